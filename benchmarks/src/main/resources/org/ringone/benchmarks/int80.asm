; INT 0x80 from ring 1 to ring 0 and back.
again:
    int 0x80
    dec dword [rounds]
    jnz again
    int 0x81

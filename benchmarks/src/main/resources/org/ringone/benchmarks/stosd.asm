; REP STOSD of 4 KiB.
again:
    mov edi, data
    mov ecx, 1024
    rep stosd
    dec dword [rounds]
    jnz again
    int 0x81

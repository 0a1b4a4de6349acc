; #GP in ring 1; the handler goes on behind the HLT.
again:
    hlt
    dec dword [rounds]
    jnz again
    int 0x81

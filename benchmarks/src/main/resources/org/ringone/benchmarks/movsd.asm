; REP MOVSD of 4 KiB.
again:
    mov esi, data
    mov edi, data + 0x10000
    mov ecx, 1024
    rep movsd
    dec dword [rounds]
    jnz again
    int 0x81

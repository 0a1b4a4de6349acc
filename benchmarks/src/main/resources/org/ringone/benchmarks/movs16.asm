; REP MOVSD of 64 bytes.
again:
    mov esi, data
    mov edi, data + 0x10000
    mov ecx, 16
    rep movsd
    dec dword [rounds]
    jnz again
    int 0x81

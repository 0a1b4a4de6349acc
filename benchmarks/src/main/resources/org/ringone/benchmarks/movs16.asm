; REP MOVSD of 64 bytes.
again:
    mov esi, data
    mov edi, data + 0x10000
    mov ecx, 16
    rep movsd
    inc ebp
    jmp again

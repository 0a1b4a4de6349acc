; REP STOSD of 4 KiB.
again:
    mov edi, data
    mov ecx, 1024
    rep stosd
    inc ebp
    jmp again

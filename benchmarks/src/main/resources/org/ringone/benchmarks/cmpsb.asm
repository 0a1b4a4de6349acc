; REPE CMPSB of 4 KiB that is equal.
again:
    mov esi, data
    mov edi, data + 0x10000
    mov ecx, 4096
    repe cmpsb
    dec dword [rounds]
    jnz again
    int 0x81

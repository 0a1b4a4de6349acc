; 16 KiB, four bytes at a time, in a plain loop.
again:
    mov esi, data
    mov edi, data + 0x10000
    mov ecx, 4096
word_loop:
    mov eax, [esi]
    mov [edi], eax
    add esi, 4
    add edi, 4
    dec ecx
    jnz word_loop
    dec dword [rounds]
    jnz again
    int 0x81

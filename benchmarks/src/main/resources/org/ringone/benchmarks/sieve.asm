; The primes below 8192, over and over.
again:
    mov edi, data
    mov ecx, 8192
    mov al, 1
fill:
    mov [edi], al
    inc edi
    dec ecx
    jnz fill
    mov esi, 2
next:
    cmp byte [data + esi], 0
    je skip
    mov eax, esi
    add eax, esi
mark:
    cmp eax, 8192
    jae skip
    mov byte [data + eax], 0
    add eax, esi
    jmp mark
skip:
    inc esi
    cmp esi, 91
    jb next
    dec dword [rounds]
    jnz again
    int 0x81

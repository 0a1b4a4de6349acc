; In ring 0: a load of CR3, and one access.
    mov eax, cr3
again:
    mov cr3, eax
    mov ebx, [data]
    dec dword [rounds]
    jnz again
    int 0x81

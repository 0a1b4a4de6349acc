; Recursion and calls through a pointer.
again:
    mov eax, 15
    call fib
    mov ebx, twice
    mov ecx, 1000
indirect:
    call ebx
    dec ecx
    jnz indirect
    dec dword [rounds]
    jnz again
    int 0x81
fib:
    cmp eax, 2
    jb leaf
    push eax
    dec eax
    call fib
    xchg eax, [esp]
    sub eax, 2
    call fib
    pop edx
    add eax, edx
    ret
leaf:
    ret
twice:
    add edx, edx
    ret

; #PF in ring 1, on a page that is never there; the handler goes on behind the load.
    mov esi, absent
again:
    mov eax, [esi]
    dec dword [rounds]
    jnz again
    int 0x81

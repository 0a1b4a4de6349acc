; One access to each of 4032 pages: what a translation costs that is seldom asked for.
again:
    mov esi, data
    mov ecx, 4032
page_loop:
    add eax, [esi]
    add esi, 4096
    dec ecx
    jnz page_loop
    dec dword [rounds]
    jnz again
    int 0x81

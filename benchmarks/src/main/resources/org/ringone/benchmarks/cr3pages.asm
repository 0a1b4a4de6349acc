; In ring 0: a load of CR3, and accesses to 16 pages.
    mov eax, cr3
again:
    mov cr3, eax
%assign page 0
%rep 16
    mov ebx, [data + page * 4096]
%assign page page + 1
%endrep
    dec dword [rounds]
    jnz again
    int 0x81

; A small bytecode interpreter: indirect jumps.
start:
    mov esi, program
dispatch:
    movzx eax, byte [esi]
    inc esi
    jmp [table + eax*4]
op_add:
    add ebx, edx
    jmp dispatch
op_sub:
    sub edx, ebx
    jmp dispatch
op_xor:
    xor ebx, 0x55
    jmp dispatch
op_inc:
    inc edx
    jmp dispatch
op_loop:
    mov esi, program
    dec dword [rounds]
    jnz dispatch
    int 0x81
    align 4
table:
    dd op_add, op_sub, op_xor, op_inc, op_loop
program:
    db 0, 3, 2, 0, 1, 3, 3, 2, 0, 1, 2, 3, 0, 0, 1, 4

; CRC-32 of 1 KiB, bit by bit: branches that nobody can foretell.
again:
    mov esi, data
    mov edx, 1024
    mov eax, 0xFFFFFFFF
byte_loop:
    movzx ebx, byte [esi]
    add ebx, esi
    xor al, bl
    mov ecx, 8
bit_loop:
    shr eax, 1
    jnc no_poly
    xor eax, 0xEDB88320
no_poly:
    dec ecx
    jnz bit_loop
    inc esi
    dec edx
    jnz byte_loop
    dec dword [rounds]
    jnz again
    int 0x81

; A program that uses what the assembler knows; program.hex holds its bytes as NASM makes them, origin 0xF5801000.
bits 32
PAGE equ 4096
start:
    mov esp, stack_top
    call .init
    jmp main
.init:
    xor eax, eax
.loop:  inc eax
    cmp eax, COUNT
    jb .loop
    ret
COUNT equ 100
%macro hypercall 1-3
    mov eax, %1
    call hyper + %1 * 32
    test eax, eax
    js %%bad
    jmp short %%ok
%%bad: ud2
%%ok:
%endmacro
main:
    hypercall 5
    hypercall 6, 7
    mov esi, message
    mov ecx, message.end - message
    rep movsb
.loop: jmp .loop
    jmp far_away
    times 100 nop
    jz main.loop
    jz far_away
    lea eax, [table + ecx*4]
    mov eax, [table]
    mov eax, [ebx + (table.end - table)]
    cmp eax, table.end - table
    push table
    push COUNT
    add ebx, PAGE
    dd (table - $$) >> 2
%assign i 0
%rep 5
    push i
    jmp shared
%assign i i+1
%endrep
shared: pushad
    iret
far_away: hlt
    jmp far_away
align 16
table: dd start, main, main.loop, $ - table
    dw 1, 2, 3
.end:
message: db "hello; 'world'", 10, 0
.end:
    align 64, db 0
hyper: resb 256
stack: times 64 dd 0
stack_top:

; expressions: the operators and their precedence
numbers:
    dd 0b101, 101b, 0o17, 17q, 0fh, 0x_f, 1_000, 0d10, 0x1F, 1Fh, 0xFFFFFFFF, -1
    dd 7/2, 7//2, 7 % 4, -7 // 2, 1<<4|3, 2+3*4, (2+3)*4, ~0, !5, !0, 5=5, 5<3, 5<=5, 5>3, 5>=6, 5<>5, 5!=4
    dd 1&&0, 1||0, 1^^1, -1>>60, -16>>>2, 5 ^ 1, 5 & 4 | 8, 4 <=> 4, -3 <=> -4, 1 + 2 << 3, - - 5, ~-1
    dq 0x123456789ABCDEF0, -1, 'abcdefgh', $$, 5
    dw 'a', 'ab', "abc", 0x1234, -1, 'a'+1
    db 'hello; "world"', 0, "it's", `a\n\t\x41\\`, 255, -128, 'z'
    dd numbers, $ - numbers, $$, (numbers - $$) * 2, numbers + 4 * PAGE, -numbers - 3, numbers.end - numbers
.end:
    lea ecx, [esi - numbers - 3]
    mov eax, [ecx*4 + numbers + 8]
    cmp ebx, numbers.end - numbers
    add ecx, later
    add ecx, large
    add ecx, numbers
later equ 5
large equ 0x80
    mov edx, [ebx + later]
    mov edx, [ebx + later + 0x7F]
    times 3 db 1, 2
    times later nop
    align 8
    db 1
    align 16, db 0
    align 32, int3
    resw 3
    resd 1

; jumps on the edge of a byte, both ways
edge:
    jmp .over
    times 127 nop
.over:
    jmp .far
    times 128 nop
.far:
    jz .back
    jmp edge
    times 126 nop
    jnz .far
.back:
    jnz .near
    times 126 nop
    jnz .back
.near:
    loop .near
    jecxz .near
    a16 loop .near
    call .near
    times 2048-($-$$) db 0xcc

; The first sector of a disk: reads the machine's memory from the sectors behind it, and enters the program.
bits 16
start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7C00
    in al, 0x92                 ; address line 20
    or al, 2
    out 0x92, al
load:
    mov si, packet
    mov ah, 0x42
    int 0x13
    jc failed
    add word [packet_segment], 64 * 32
    add word [packet_sector], 64
    dec byte [left]
    jnz load
    cli
    lgdt [gdt_pointer]
    lidt [idt_pointer]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 0x08:protected
failed:
    hlt
    jmp failed

    align 4
packet:
    dw 16, 64, 0
packet_segment:
    dw memory / 16
packet_sector:
    dw 1, 0, 0, 0
left:
    db length / (64 * 512)
gdt_pointer:
    dw 0xFFF
    dd gdt
idt_pointer:
    dw 0x7FF
    dd idt

bits 32
protected:
    mov eax, 0x10
    mov ss, eax
    mov ds, eax
    mov es, eax
    mov esp, kernel_stack
    mov eax, pointers
    mov cr3, eax
    mov eax, cr4
    or eax, 1 << 5
    mov cr4, eax
    mov eax, cr0
    or eax, 0x80010000
    mov cr0, eax
    mov eax, 0x28
    ltr ax
    mov eax, stack_selector
    push eax                    ; the two above are popped for an outer ring only
    push dword stack
    push dword 2
    push dword code_selector
    push dword program
    mov ds, eax
    mov es, eax
    mov fs, eax
    mov gs, eax
    iret

    times 510 - ($ - $$) db 0
    dw 0xAA55

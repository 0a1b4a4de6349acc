; Traps: an IDT as the processor has it becomes the trap table that the hypervisor takes. And the kernel stack.

gate_interrupt  equ 0x0E                ; bits 8 to 12 of the high half of a gate
gate_trap       equ 0x0F
trap_masks      equ 4                   ; flag: events are masked on entry

; operation convert_gate
; Makes the gate with low half EDX and high half ECX, of vector AL, the trap entry at EDI and moves EDI behind it. Gates that
; are neither interrupt nor trap gates of 32 bits are left out.
convert_gate:
        push ebx
        mov bl, ch
        and bl, 0x1F
        cmp bl, gate_interrupt
        je .gate
        cmp bl, gate_trap
        jne .out
.gate:
        mov bl, ch
        shr bl, 5
        and bl, 3                       ; the privilege level goes along
        test ch, 1
        jnz .flags
        or bl, trap_masks
.flags:
        mov [edi], al
        mov [edi + 1], bl
        mov ebx, edx
        shr ebx, 16
        mov [edi + 2], bx
        mov ebx, ecx
        mov bx, dx
        mov [edi + 4], ebx
        add edi, 8
.out:
        pop ebx
        ret

; operation load_idt
; The EDX bytes at EAX.
load_idt:
        push ebx
        push esi
        push edi
        mov [idt_base], eax
        mov [idt_size], edx
        mov esi, eax
        lea ebx, [eax + edx]
        mov edi, traps
.gate:
        cmp esi, ebx
        jae .converted
        mov eax, esi
        sub eax, [idt_base]
        shr eax, 3
        mov edx, [esi]
        mov ecx, [esi + 4]
        call convert_gate
        add esi, 8
        jmp .gate
.converted:
        call set_traps
        pop edi
        pop esi
        pop ebx
        ret

; operation write_idt_entry
; Writes the gate with low half EDX and high half ECX to the IDT entry at EAX; when that IDT is in use the hypervisor hears.
write_idt_entry:
        push ebx
        push edi
        mov [eax], edx
        mov [eax + 4], ecx
        sub eax, [idt_base]
        jb .out
        lea ebx, [eax + 8]
        cmp ebx, [idt_size]
        ja .out
        shr eax, 3
        mov edi, traps
        call convert_gate
        cmp edi, traps
        je .out
        call set_traps
.out:
        pop edi
        pop ebx
        ret

; Passes the entries from traps up to EDI.
set_traps:
        push ebx
        mov dword [edi], 0
        mov dword [edi + 4], 0
        call mc_flush
        mov ebx, traps
        mov eax, hc_set_trap_table
        call hypercall
        pop ebx
        test eax, eax
        jnz bug
        ret

; operation load_esp0
; The stack pointer EAX for entries from user code, as a task switch sets it. No task register is loaded, ever.
load_esp0:
        push eax
        xor eax, eax
        call mc_entry
        mov dword [eax], hc_stack_switch
        mov dword [eax + 8], flat_ds
        pop dword [eax + 12]
        mov eax, lazy_cpu
        jmp mc_issue

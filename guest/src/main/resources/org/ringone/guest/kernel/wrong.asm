; Wrong guests. Each is the guest kernel but for one operation; the scenarios of the rule that it breaks must catch it.
; A piece begins with the rule and the end of the sentence "a guest that ..."; what follows takes the operation's place.

; BOOT-16: a guest that takes the top of the address space for its own
; operation reserve_top
reserve_top:
        mov dword [top_address], 0xFFFFF000
        ret

; BOOT-16: a guest that believes that the hypervisor's part is 64 MiB, as it is without PAE
; operation reserve_top
reserve_top:
        mov dword [top_address], 0xFC000000 - 4096
        ret

; BOOT-17: a guest that starts before it has installed its operations
; operation start_of_day
start_of_day:
        call take_page_tables
        call reserve_top
        call start_kernel
        jmp install_operations

; BOOT-17: a guest that starts on a page table of its own and not on those it was given
; operation take_page_tables
take_page_tables:
        push ebx
        push esi
        mov eax, [start_info]
        mov eax, [eax + si_pt_base]
        mov edx, [eax + 28]
        mov eax, [eax + 24]
        call table_of
        mov [kernel_l2], eax
        mov eax, top_l1 - virt_base     ; zeros
        mov [kernel_cr3], eax
        add eax, virt_base
        call machine_frame
        mov [parameters + 4], eax
        mov dword [parameters], mmuext_new_baseptr
        mov ebx, parameters
        mov ecx, 1
        xor edx, edx
        mov esi, domid_self
        mov eax, hc_mmuext_op
        call hypercall
        pop esi
        pop ebx
        test eax, eax
        jnz bug
        ret

; BOOT-20: a guest that unmasks before it has registered its callbacks
; operation start_kernel
start_kernel:
        call map_shared_info
        call mask_channels
        call raise_event
        call [operation_irq_enable]
        jmp register_callbacks

; BOOT-20: a guest that leaves the event channels as it finds them
; operation mask_channels
mask_channels:
        ret

; PT-24: a guest that makes writable what was read-only when it builds its first tables
; operation set_pte_init
set_pte_init:
        jmp queue_entry

; PT-24: a guest that ignores every change of what is mapped read-only
; operation set_pte_init
set_pte_init:
        test byte [eax], pt_present
        jz .set
        test byte [eax], pt_rw
        jz .ignored
.set:
        jmp queue_entry
.ignored:
        ret

; PT-24: a guest that links a table first and makes it read-only then
; operation link_table
link_table:
        push eax
        push edx
        call machine_address
        mov ecx, edx
        and eax, -4096
        lea edx, [eax + pt_table]
        pop eax
        call set_pmd
        pop eax
        jmp make_readonly

; PRIV-12: a guest that executes CPUID without the prefix
; operation read_cpuid
hidden_features equ 1 << 9 | 1 << 22 | 1 << 29
read_cpuid:
        push eax
        cpuid
        cmp dword [esp], 1
        lea esp, [esp + 4]
        jne .out
        and edx, ~hidden_features
.out:
        ret

; PRIV-12: a guest that takes what the prefix gives as it is
; operation read_cpuid
read_cpuid:
        db 0x0F, 0x0B, 'xen'
        cpuid
        ret

; PRIV-12: a guest that hides its features in every leaf
; operation read_cpuid
read_cpuid:
        db 0x0F, 0x0B, 'xen'
        cpuid
        and edx, ~(1 << 9 | 1 << 22 | 1 << 29)
        ret

; PRIV-15: a guest that reads CR3 from the register
; operation read_cr3
read_cr3:
        mov eax, cr3
        ret

; PRIV-15: a guest that reads CR2 from the register
; operation read_cr2
read_cr2:
        mov eax, cr2
        ret

; PRIV-15: a guest that disables events by CLI
; operation irq_disable
irq_disable:
        cli
        ret

; PRIV-15: a guest that enters the hypervisor whenever it unmasks
; operation irq_enable
irq_enable:
        mov byte [evtchn_upcall_mask], 0
        jmp force_upcall

; PRIV-16: a guest that loads CR3 by the instruction
; operation write_cr3
write_cr3:
        push eax
        add eax, virt_base
        call machine_frame
        rol eax, 12
        mov cr3, eax
        pop eax
        mov [kernel_cr3], eax
        ret

; PRIV-16: a guest that does not keep the CR3 that it loads
; operation write_cr3
write_cr3:
        cmp eax, [kernel_cr3]
        je flush_tlb_user
        add eax, virt_base
        call machine_frame
        mov edx, eax
        mov eax, mmuext_new_baseptr
        call queue_mmuext
        mov eax, lazy_cpu
        jmp mc_issue

; PRIV-16: a guest that flushes an entry by INVLPG
; operation flush_tlb_single
flush_tlb_single:
        invlpg [eax]
        ret

; PRIV-16: a guest that flushes its own TLB where others' are meant
; operation flush_tlb_others
flush_tlb_others:
        mov eax, mmuext_tlb_flush_local
        call queue_mmuext
        mov eax, lazy_mmu
        jmp mc_issue

; SEG-14: a guest that loads a GDT whose pages it can still write
; operation load_gdt
load_gdt:
        push ebx
        mov ebx, edx
        call machine_frame
        push eax
        mov eax, 4
        call mc_entry
        pop dword [edx]
        mov dword [eax], hc_set_gdt
        mov [eax + 8], edx
        shr ebx, 3
        mov [eax + 12], ebx
        pop ebx
        mov eax, lazy_cpu
        jmp mc_issue

; SEG-14: a guest that stores its GDT entries
; operation write_gdt_entry
write_gdt_entry:
        mov [eax], edx
        mov [eax + 4], ecx
        ret

; SEG-14: a guest that puts its LDT and TSS descriptors into the GDT
; operation write_gdt_entry
write_gdt_entry:
        jmp update_descriptor

; SEG-14: a guest that loads its LDT by LLDT
; operation set_ldt
set_ldt:
        mov eax, 0x28
        lldt ax
        ret

; SEG-14: a guest that installs an LDT that it can still write
; operation set_ldt
set_ldt:
        mov ecx, edx
        mov edx, eax
        mov eax, mmuext_set_ldt
        call queue_mmuext
        mov eax, lazy_cpu
        jmp mc_issue

; TRAP-12: a guest that gives every gate the flags of a trap gate
; operation convert_gate
convert_gate:
        push ebx
        mov bl, ch
        and bl, 0x1E
        cmp bl, gate_interrupt
        jne .out
        mov [edi], al
        mov bl, ch
        shr bl, 5
        and bl, 3
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

; TRAP-12: a guest that forgets the privilege level of a gate
; operation convert_gate
convert_gate:
        push ebx
        mov bl, ch
        and bl, 0x1F
        cmp bl, gate_interrupt
        je .gate
        cmp bl, gate_trap
        jne .out
.gate:
        xor ebx, ebx
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

; TRAP-12: a guest that passes on gates of every type
; operation convert_gate
convert_gate:
        push ebx
        mov bl, ch
        shr bl, 5
        and bl, 3
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
        pop ebx
        ret

; TRAP-13: a guest that writes esp0 to a TSS of its own only
; operation load_esp0
load_esp0:
        mov [parameters + 4], eax       ; where its TSS would be
        ret

; TRAP-13: a guest that loads the task register when it switches
; operation load_esp0
load_esp0:
        mov [parameters + 4], eax
        mov eax, 0x28
        ltr ax
        ret

; TRAP-13: a guest that loads an IDT
; operation load_idt
load_idt:
        mov [idt_base], eax
        mov [idt_size], edx
        mov [parameters + 2], eax
        dec edx
        mov [parameters], dx
        lidt [parameters]
        ret

; EVT-05: a guest that does not look for pending events in sti
; operation irq_enable
irq_enable:
        mov byte [evtchn_upcall_mask], 0
        ret

; EVT-05: a guest that looks for pending events before it unmasks and not after
; operation irq_enable
irq_enable:
        cmp byte [evtchn_upcall_pending], 0
        mov byte [evtchn_upcall_mask], 0
        jne force_upcall
        ret

; EVT-05: a guest that does not look for pending events in restore_fl
; operation restore_fl
restore_fl:
        test ah, 2
        setz [evtchn_upcall_mask]
        ret

; EVT-05: a guest that unmasks when any flag is set
; operation restore_fl
restore_fl:
        test eax, eax
        setz [evtchn_upcall_mask]
        jz .out
        cmp byte [evtchn_upcall_pending], 0
        jne force_upcall
.out:
        ret

; EVT-05: a guest that unmasks and then halts by HLT
; operation safe_halt
safe_halt:
        mov byte [evtchn_upcall_mask], 0
        hlt
        ret

; EVT-05: a guest that yields where it ought to block
; operation safe_halt
safe_halt:
        push ebx
        mov eax, hc_sched_op
        xor ebx, ebx                    ; SCHEDOP_yield
        xor ecx, ecx
        call hypercall
        pop ebx
        ret

; EVT-06: a guest that pushes the flags to learn whether events are enabled
; operation save_fl
save_fl:
        pushfd
        pop eax
        and eax, 0x200
        ret

; EVT-06: a guest that looks at the lowest bit of the mask only
; operation save_fl
save_fl:
        xor eax, eax
        test byte [evtchn_upcall_mask], 1
        sete ah
        add ah, ah
        ret

; EVT-06: a guest that takes the mask for the flag
; operation save_fl
save_fl:
        movzx eax, byte [evtchn_upcall_mask]
        shl eax, 9
        ret

; UPC-06: a guest that takes every failsafe callback for a failing return
; operation failsafe_callback
failsafe_callback:
.ds:
.es:
.fs:
.gs:
        lea esp, [esp + 16]
        push eax
        mov eax, flat_ds
        mov ds, eax
        mov es, eax
        pop eax
        jmp iret_fault
.null_ds:
.null_es:
.null_fs:
.null_gs:
        ud2
        align 4, db 0
fixups          dd 0, 0
fixup_count     equ 1

; UPC-06: a guest that has no fix-ups for the selectors it tries again
; operation failsafe_callback
failsafe_callback:
        mov ds, [esp]
        mov es, [esp + 4]
        mov fs, [esp + 8]
        mov gs, [esp + 12]
        lea esp, [esp + 16]
        push eax
        mov eax, flat_ds
        mov ds, eax
        mov es, eax
        pop eax
        jmp iret_fault
        align 4, db 0
fixups          dd 0, 0
fixup_count     equ 1

; UPC-06: a guest that gives up when its failsafe callback is entered
; operation failsafe_callback
failsafe_callback:
        jmp bug
        align 4, db 0
fixups          dd 0, 0
fixup_count     equ 1

; MC-07: a guest that goes on when an entry has failed
; operation mc_flush
mc_flush:
        push ebx
        push esi
        mov ecx, [mc_count]
        jecxz .performed
        mov ebx, mc_list
        mov eax, hc_multicall
        call hypercall
.performed:
        mov dword [mc_count], 0
        mov dword [mc_used], 0
        xor esi, esi
.callback:
        cmp esi, [mc_callbacks_count]
        jae .called
        mov eax, [mc_callbacks + esi * 8 + 4]
        call [mc_callbacks + esi * 8]
        inc esi
        jmp .callback
.called:
        mov dword [mc_callbacks_count], 0
        pop esi
        pop ebx
        ret

; MC-07: a guest that writes over its queue when it is full
; operation mc_entry
mc_entry:
        push ebx
        mov ebx, eax
        call mc_hold
        cmp dword [mc_count], mc_size
        jb .room
        mov dword [mc_count], 0
        mov dword [mc_used], 0
.room:
        mov edx, [mc_used]
        lea eax, [edx + ebx + 7]
        and eax, -8
        mov [mc_used], eax
        add edx, mc_args
        mov eax, [mc_count]
        inc dword [mc_count]
        shl eax, 5
        add eax, mc_list
        pop ebx
        ret

; MC-07: a guest that makes a call while others wait in its queue
; operation set_pte_at
set_pte_at:
        push ebx
        push esi
        mov ebx, eax
        mov eax, edx
        mov edx, ecx
        mov ecx, eax
        mov esi, uvmf_invlpg
        mov eax, hc_update_va_mapping
        call hypercall
        pop esi
        pop ebx
        test eax, eax
        jnz bug
        ret

; MC-07: a guest that runs its callbacks when they are asked for
; operation mc_callback
mc_callback:
        mov ecx, eax
        mov eax, edx
        call ecx
        ret

; MC-07: a guest that flushes after every call
; operation mc_issue
mc_issue:
        call mc_flush
        mov dword [mc_held], 0
        mov eax, [mc_flags]
        jmp restore_fl

; MC-07: a guest that forgets its queue when it is lazy no more
; operation leave_lazy
leave_lazy:
        mov dword [lazy_mode], 0
        ret

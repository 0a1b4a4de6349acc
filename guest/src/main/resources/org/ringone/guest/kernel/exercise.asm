; The guest kernel by itself: it starts, does what kernels do by each of its operations, once or a few times, and switches
; off. For audits: whoever watches sees every rule for guests kept, or the one broken that a wrong guest breaks.

        bits 32

hc_set_timer_op equ 15
evtchn_bind_virq        equ 1
sched_shutdown  equ 2
reason_poweroff equ 0
reason_crash    equ 3
user_cs         equ 0xE02B              ; ring 3
user_ds         equ 0xE033
new_slot        equ 0x100               ; of the L2 in the last slot: maps 0xE0000000
data_segment    equ 0x0040B200          ; high half: ring 1, writable, limit 0xFFFF
bad_cs          equ 0x33                ; names nothing
lingering       equ 160                 ; instructions without an entry behind an unmasking
first_delay     equ 100                 ; nanoseconds from setting a timer to its event: from before the unmasking
last_delay      equ 420                 ; to behind it

; Where the kernel goes with exceptions that it has no fix-up for: each of its stubs ends in the crash.
exercise_stubs:
        times 256 nop
exercise_crash:
        mov eax, flat_ds
        mov ds, eax
        mov edx, reason_crash
shut_down:
        mov [exercise_argument], edx
        mov ebx, sched_shutdown
        mov ecx, exercise_argument
        mov eax, hc_sched_op
        call hypercall_page + hc_sched_op * 32
        jmp shut_down

; A BUG: the last part of the exercise expects one.
exercise_bug:
        mov eax, flat_ds
        mov ds, eax
        mov edx, reason_poweroff
        cmp dword [bug_expected], 0
        jne shut_down
        jmp exercise_crash

exercise_entry:
        mov [start_info], esi
        mov esp, boot_stack_top
        cld
        call start_of_day
        call exercise_traps
        call exercise_segments
        call exercise_tables
        call exercise_control
        call exercise_events
        call exercise_callbacks
        call exercise_user
        call exercise_failing_batch
        mov edx, reason_poweroff
        jmp shut_down

exercise_traps:
        mov eax, exercise_idt
        mov edx, exercise_idt_end - exercise_idt
        call load_idt
        call register_fault_handlers
        mov eax, exercise_stack_top
        jmp load_esp0

exercise_segments:
        mov eax, exercise_gdt
        mov edx, 4096
        call load_gdt
        mov eax, exercise_gdt + 8
        mov edx, 0xFFFF
        mov ecx, data_segment
        call write_gdt_entry
        mov eax, exercise_gdt + 16
        mov edx, 0xFFFF
        mov ecx, 0x8200                 ; an LDT's
        call write_gdt_entry
        mov eax, exercise_gdt + 24
        mov edx, 0xFFFF
        mov ecx, 0x8900                 ; a TSS's
        call write_gdt_entry
        mov eax, exercise_tls
        mov edx, exercise_gdt + 48
        call load_tls
        mov eax, exercise_ldt
        mov edx, 4
        call set_ldt
        mov eax, exercise_ldt + 8
        mov edx, 0xFFFF
        mov ecx, data_segment
        jmp write_ldt_entry

; EAX = the address in the boot mapping of the L1 entry that maps EAX there.
exercise_entry_of:
        push ecx
        push edx
        mov ecx, eax
        shr eax, 21
        and eax, 511
        mov edx, [kernel_l2]
        lea edx, [edx + eax * 8]
        mov eax, [edx]
        mov edx, [edx + 4]
        push ecx
        call table_of
        pop ecx
        and eax, -4096
        shr ecx, 12
        and ecx, 511
        lea eax, [eax + ecx * 8]
        pop edx
        pop ecx
        ret

exercise_tables:
        push esi
        xor esi, esi                    ; top mappings
.top:
        mov eax, exercise_page
        call machine_address
        mov ecx, edx
        lea edx, [eax + pt_present]
        mov eax, esi
        call set_fixmap
        inc esi
        cmp esi, 4
        jb .top
        mov eax, exercise_l1            ; a table of its own
        mov edx, [kernel_l2]
        add edx, new_slot * 8
        call link_table
        mov eax, exercise_page          ; an ordinary page while the first tables are built
        mov esi, pt_present | pt_rw | 0x60
        call exercise_init
        mov eax, exercise_l1            ; and one that is a table
        call exercise_init
        mov eax, lazy_mmu
        call enter_lazy
        mov esi, 40
.lazy:
        mov eax, exercise_page
        call machine_address
        mov ecx, edx
        lea edx, [eax + pt_readonly]
        mov eax, exercise_page
        call exercise_entry_of
        call set_pte
        dec esi
        jnz .lazy
        call leave_lazy
        pop esi
        ret

; set_pte_init of the entry that maps the page at EAX, with the flags ESI.
exercise_init:
        push eax
        call machine_address
        mov ecx, edx
        lea edx, [eax + esi]
        pop eax
        call exercise_entry_of
        jmp set_pte_init

exercise_control:
        push ebx
        xor eax, eax
        xor ecx, ecx
        call read_cpuid
        mov eax, 1
        xor ecx, ecx
        call read_cpuid
        pop ebx
        call read_cr0
        call clear_ts
        call read_cr2
        call read_cr4
        call read_cr3
        call write_cr3
        call flush_tlb_user
        call flush_tlb_kernel
        mov eax, exercise_page
        call flush_tlb_single
        mov eax, 1
        mov edx, -1
        call flush_tlb_others
        mov eax, 1
        mov edx, exercise_page
        jmp flush_tlb_others

; A timer's event at each instruction boundary of unmasking, before it and behind it.
exercise_events:
        push ebx
        push esi
        mov dword [exercise_argument], 0        ; VIRQ_TIMER
        mov dword [exercise_argument + 4], 0    ; vcpu 0
        mov ebx, evtchn_bind_virq
        mov ecx, exercise_argument
        mov eax, hc_event_channel_op
        call hypercall
        test eax, eax
        jnz bug
        mov eax, [exercise_argument + 8]
        btr [shared_info + 2176], eax
        mov esi, first_delay
.delay:
        call irq_disable
        call exercise_timer
        call irq_enable
        mov ecx, lingering
        loop $
        call irq_disable
        call exercise_timer
        mov eax, 0x200
        call restore_fl
        mov ecx, lingering
        loop $
        inc esi
        cmp esi, last_delay
        jb .delay
        mov esi, 5000
        call irq_disable
        call exercise_timer
        call safe_halt
        call irq_enable
        mov esi, 16
.nothing_pending:
        call irq_disable
        call save_fl
        call irq_enable
        mov ecx, lingering
        loop $
        dec esi
        jnz .nothing_pending
        pop esi
        pop ebx
        ret

; An event ESI nanoseconds from now; the time stamp counter counts them.
exercise_timer:
        push ebx
        rdtsc
        add eax, esi
        adc edx, 0
        mov ebx, eax
        mov ecx, edx
        mov eax, hc_set_timer_op
        call hypercall
        pop ebx
        ret

; A selector whose descriptor goes away, and a return to code that is not there.
exercise_callbacks:
        mov dword [task_end], exercise_crash    ; the first is nothing that a task would have to end for
        mov [task_end_stack], esp
        mov eax, 9
        mov gs, eax
        mov eax, exercise_gdt + 8
        xor edx, edx
        xor ecx, ecx
        call write_gdt_entry
        push ebp
        mov dword [task_end], .ended
        mov [task_end_stack], esp
        push dword user_ds
        push dword exercise_user_stack_top
        push dword 0x202
        push dword bad_cs
        push dword exercise_user_code
        jmp iret_path
.ended:
        pop ebp
        ret

; User code that makes one system call.
exercise_user:
        mov eax, exercise_user_code
        call exercise_open
        mov eax, exercise_user_stack
        call exercise_open
        mov word [exercise_user_code], 0x80CD   ; INT 0x80
        mov [task_end_stack], esp
        push dword user_ds
        push dword exercise_user_stack_top
        push dword 0x202
        push dword user_cs
        push dword exercise_user_code
        jmp iret_path

exercise_system_call:
        mov eax, flat_ds
        mov ds, eax
        mov es, eax
        mov esp, [task_end_stack]
        ret

; Lets user code at the page at EAX.
exercise_open:
        push eax
        call machine_address
        mov ecx, edx
        lea edx, [eax + pt_table]
        pop eax
        jmp set_pte_at

; An operation that does not exist: its batch has failed, and a kernel that takes that for fatal ends here.
exercise_failing_batch:
        mov dword [bug_expected], 1
        mov eax, 99
        xor edx, edx
        xor ecx, ecx
        call queue_mmuext
        mov eax, lazy_mmu
        call mc_issue
        jmp flush_tlb_user

        align 8, db 0
exercise_tls:
        dd 0xFFFF, data_segment, 0xFFFF, data_segment, 0xFFFF, data_segment
exercise_idt:
        times 6 dd flat_cs << 16 | exercise_crash & 0xFFFF, exercise_crash & 0xFFFF0000 | 0x8E00
        dd flat_cs << 16 | exercise_bug & 0xFFFF, exercise_bug & 0xFFFF0000 | 0x8E00
        dd flat_cs << 16 | exercise_crash & 0xFFFF, exercise_crash & 0xFFFF0000 | 0x8E00
        dd 0x40 << 16 | 0x1000, 0x18500 ; a task gate, with something in the bits that have no meaning
        times 6 dd flat_cs << 16 | exercise_crash & 0xFFFF, exercise_crash & 0xFFFF0000 | 0x8E00
        times (0x80 - 15) * 8 db 0
        dd flat_cs << 16 | exercise_system_call & 0xFFFF, exercise_system_call & 0xFFFF0000 | 0xEF00
exercise_idt_end:

        align 4096, db 0
exercise_image_end:

exercise_gdt    equ exercise_image_end
exercise_ldt    equ exercise_image_end + 0x1000
exercise_l1     equ exercise_image_end + 0x2000
exercise_page   equ exercise_image_end + 0x3000
exercise_user_code      equ exercise_image_end + 0x4000
exercise_user_stack     equ exercise_image_end + 0x5000
exercise_user_stack_top equ exercise_image_end + 0x6000
exercise_variables      equ exercise_image_end + 0x6000
exercise_argument       equ exercise_variables
bug_expected    equ exercise_variables + 16
exercise_stack_top      equ exercise_image_end + 0x7000
exercise_memory_end     equ exercise_image_end + 0x7000

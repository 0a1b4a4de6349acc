; Interrupt flags: the event mask in place of EFLAGS.IF.

; operation irq_disable
irq_disable:
        mov byte [evtchn_upcall_mask], 1
        ret

; operation irq_enable
; Unmasks first and looks then: an event that comes between the two is seen.
irq_enable:
        mov byte [evtchn_upcall_mask], 0
        cmp byte [evtchn_upcall_pending], 0
        jne force_upcall
        ret

; operation save_fl
; EAX = 0x200 when events are enabled, else 0.
save_fl:
        xor eax, eax
        cmp byte [evtchn_upcall_mask], 0
        sete ah
        add ah, ah
        ret

; operation restore_fl
; Enables events when bit 9 of EAX is set, else disables them.
restore_fl:
        test ah, 2
        jz .disable
        mov byte [evtchn_upcall_mask], 0
        cmp byte [evtchn_upcall_pending], 0
        jne force_upcall
        ret
.disable:
        mov byte [evtchn_upcall_mask], 1
        ret

; operation safe_halt
; Enables events and sleeps until one comes: one step for the hypervisor, so that none slips in between.
safe_halt:
        push ebx
        mov eax, hc_sched_op
        mov ebx, sched_block
        xor ecx, ecx
        call hypercall
        pop ebx
        test eax, eax
        jnz bug
        ret

; Enters the hypervisor, which delivers what is pending on the way back.
force_upcall:
        push ebx
        mov eax, hc_xen_version
        xor ebx, ebx
        xor ecx, ecx
        call hypercall
        pop ebx
        ret

; Performs a list of operations on the event flags and channels, and writes down after each of them, and at the entry of each
; upcall, how things stand. EBX: 0 to bind the channels and register the callback, 1 to go on with the list.
;
; data is a page: 0 operation pointer, 4 record pointer, 8 what the next upcalls do, 12 the channel they send to, 16 the event
; mask between two runs, 32 eight ports, 64 and 128 structures of hypercalls. ops is the list: four bytes each, number, two
; operands, 0; it ends with number 0. trace is where the records go.

pending_words   equ shared_info + 2048
mask_words      equ shared_info + 2176
selector        equ vcpu_info + 4
ports           equ data + 32
channels        equ 6                           ; ports 0 to 5 can be raised

        jmp begin

; A record: EAX = a value, ECX = its kind.
record:
        mov edi, [data + 4]
        mov edx, [data]
        sub edx, ops
        shl edx, 6
        or edx, ecx
        mov [edi], edx
        mov [edi + 4], eax
        movzx edx, word [evtchn_upcall_pending]
        mov [edi + 8], edx
        mov edx, [selector]
        mov [edi + 12], edx
        mov edx, [pending_words]
        mov [edi + 16], edx
        mov edx, [pending_words + 4]
        mov [edi + 20], edx
        mov edx, [mask_words]
        mov [edi + 24], edx
        mov edx, [mask_words + 4]
        mov [edi + 28], edx
        add dword [data + 4], 32
        ret

; Clears upcall_pending, the selector, and the pending bits that it names and that are not masked.
acknowledge:
        mov byte [evtchn_upcall_pending], 0
        xor eax, eax
        xchg [selector], eax
.word:
        bsf edx, eax
        jz .done
        btr eax, edx
        mov ecx, [mask_words + edx * 4]
        and [pending_words + edx * 4], ecx
        jmp .word
.done:
        ret

upcall:
        pushad
        movzx eax, word [esp + 38]              ; the mask, in the CS slot
        mov ecx, 2
        call record
        mov ebx, [data + 8]
        jmp [upcalls + ebx * 4]
upcall_by_iret:                                 ; acknowledges, returns by the iret hypercall
        call acknowledge
return_by_iret:
        popad
        jmp hypercall_page + 23 * 32
upcall_by_store:                                ; acknowledges, puts the mask back by a store
        call acknowledge
        mov al, [esp + 38]
        mov [evtchn_upcall_mask], al
        popad
        iretd
upcall_ignored:                                 ; leaves everything as it is, events masked
        popad
        iretd
upcall_that_sends:                              ; acknowledges, sends, returns by the iret hypercall; the next one only returns
        mov dword [data + 8], 0
        call acknowledge
        mov ebx, [data + 12]
        mov edx, 4
        mov esi, data + 128
        call channel
        mov ecx, 3
        call record
        jmp return_by_iret
upcall_nested:                                  ; unmasks by a store and enters the hypervisor before anything else
        mov dword [data + 8], 0
        mov byte [evtchn_upcall_mask], 0
        call op_hypercall
        mov ecx, 3
        call record
        popad
        iretd
upcalls:
        dd upcall_by_iret, upcall_by_store, upcall_ignored, upcall_that_sends, upcall_nested

; An event channel operation EDX on channel EBX, its structure at ESI.
channel:
        mov ecx, [ports + ebx * 4]
        mov [esi], ecx
        mov ecx, esi
        mov ebx, edx
        call hypercall_page + 32 * 32
        ret
op_send:
        mov edx, 4
        mov esi, data + 64
        jmp channel
op_unmask:
        mov edx, 9
        mov esi, data + 64
        jmp channel
op_mask:
        mov [evtchn_upcall_mask], bl
        xor eax, eax
        ret
op_hypercall:
        xor ebx, ebx
        xor ecx, ecx
        call hypercall_page + 17 * 32
        xor eax, eax
        ret
op_emulated:
        mov eax, cr0
        xor eax, eax
        ret
op_yield:
        xor ebx, ebx
        xor ecx, ecx
        call hypercall_page + 29 * 32
        ret
op_block:
        mov ebx, 1
        xor ecx, ecx
        call hypercall_page + 29 * 32
        ret
op_poll:
        mov eax, [ports + ebx * 4]
        mov [data + 80], eax
        mov dword [data + 64], data + 80
        mov dword [data + 68], 1
        mov dword [data + 72], 0
        mov dword [data + 76], 0
        mov ebx, 3
        mov ecx, data + 64
        call hypercall_page + 29 * 32
        ret
op_timer:                                       ; a time that is past
        mov ebx, 1
        xor ecx, ecx
        call hypercall_page + 15 * 32
        ret
op_sleep:                                       ; until the timer wakes it, 50 ms from now
        mov byte [evtchn_upcall_mask], 1
        mov ebx, [vcpu_info + 48]
        mov ecx, [vcpu_info + 52]
        add ebx, 50000000
        adc ecx, 0
        call hypercall_page + 15 * 32
        jmp op_block
op_iret:
        shl ebx, 9
        or ebx, 2
        push ebx
        push cs
        push dword .to
        xor eax, eax
        jmp hypercall_page + 23 * 32
.to:
        ret
op_native_iret:
        pushfd
        push cs
        push dword .to
        iretd
.to:
        xor eax, eax
        ret
op_mask_channel:
        mov ecx, [ports + ebx * 4]
        bts [mask_words], ecx
        xor eax, eax
        ret
op_unmask_channel:
        mov ecx, [ports + ebx * 4]
        btr [mask_words], ecx
        xor eax, eax
        ret
op_set_pending:
        mov ecx, [ports + ebx * 4]
        bts [pending_words], ecx
        xor eax, eax
        ret
op_clear_pending:
        mov ecx, [ports + ebx * 4]
        btr [pending_words], ecx
        xor eax, eax
        ret
op_upcall_pending:
        mov [evtchn_upcall_pending], bl
        xor eax, eax
        ret
op_clear_selector:
        mov dword [selector], 0
        xor eax, eax
        ret
op_next_upcalls:
        mov [data + 8], ebx
        mov [data + 12], edx
        xor eax, eax
        ret
operations:
        dd 0, op_mask, op_send, op_unmask, op_hypercall, op_emulated, op_yield, op_block, op_poll, op_timer, op_sleep
        dd op_iret, op_native_iret, op_mask_channel, op_unmask_channel, op_set_pending, op_clear_pending
        dd op_upcall_pending, op_clear_selector, op_next_upcalls

; An event channel operation EBX whose answer is the port at data + 64 + EDX: EAX = the port.
bind:
        push edx
        mov ecx, data + 64
        call hypercall_page + 32 * 32
        pop edx
        mov eax, [data + 64 + edx]
        ret
bind_ipi:
        mov dword [data + 64], 0
        mov ebx, 7
        mov edx, 4
        jmp bind
unbound:
        mov dword [data + 64], 0x7FF07FF0
        mov ebx, 6
        mov edx, 4
        jmp bind

set_up:
        mov byte [evtchn_upcall_mask], 1
        mov byte [data + 16], 1
        mov dword [data], ops
        mov dword [data + 4], trace
        mov dword [data + 8], 0
        call bind_ipi
        mov [ports], eax
        call bind_ipi
        mov [ports + 4], eax
        call unbound
        mov [ports + 12], eax
        call unbound
        mov [ports + 24], eax
        mov dword [data + 64], 0
        mov dword [data + 68], 0
        mov ebx, 1                              ; VIRQ_TIMER
        mov edx, 8
        call bind
        mov [ports + 20], eax
.another_word:
        call bind_ipi
        cmp eax, 32
        jb .another_word
        mov [ports + 8], eax
        mov dword [data + 64], 0x7FF0
        mov eax, [ports + 12]
        mov [data + 68], eax
        xor ebx, ebx
        mov edx, 8
        call bind
        mov [ports + 16], eax
        mov dword [ports + 28], 1000
        mov ebx, 7                              ; no periodic timer
        xor ecx, ecx
        xor edx, edx
        call hypercall_page + 24 * 32
        mov ebx, flat_cs
        mov ecx, upcall
        mov edx, flat_cs
        mov esi, failsafe_entry
        call hypercall_page + 4 * 32
        mov ebp, channels
.clear:
        dec ebp
        mov ecx, [ports + ebp * 4]
        btr [pending_words], ecx
        btr [mask_words], ecx
        test ebp, ebp
        jnz .clear
        mov dword [selector], 0
        mov byte [evtchn_upcall_pending], 0
        jmp finish

begin:
        test ebx, ebx
        jz set_up
        mov al, [data + 16]
        mov [evtchn_upcall_mask], al
.next:
        mov esi, [data]
        movzx eax, byte [esi]
        test eax, eax
        jz .end
        movzx ebx, byte [esi + 1]
        movzx edx, byte [esi + 2]
        add esi, 4
        mov [data], esi
        call [operations + eax * 4]
        mov ecx, 1
        call record
        jmp .next
.end:
        mov al, [evtchn_upcall_mask]
        mov [data + 16], al
        mov byte [evtchn_upcall_mask], 1
finish:
        mov edi, [data + 4]

; Batching of hypercalls: entries are queued and flushed together.

mc_size         equ 32                  ; entries
mc_args_size    equ 512                 ; bytes for their structures
mc_callbacks_max        equ 32

; operation mc_entry
; Room for one entry with EAX bytes of structures, events disabled until mc_issue. EAX = the entry, EDX = the structures.
mc_entry:
        push ebx
        mov ebx, eax
        call mc_hold
        cmp dword [mc_count], mc_size
        jae .full
        mov eax, [mc_used]
        add eax, ebx
        cmp eax, mc_args_size
        jbe .room
.full:
        call mc_flush
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

; Disables events while the queue is changed; once for several entries.
mc_hold:
        cmp dword [mc_held], 0
        jne .held
        call save_fl
        mov [mc_flags], eax
        call irq_disable
        mov dword [mc_held], 1
.held:
        ret

; operation mc_issue
; The end of an entry, or of several. EAX = the way of being lazy in which it may wait.
mc_issue:
        test eax, [lazy_mode]
        jnz .wait
        call mc_flush
.wait:
        mov dword [mc_held], 0
        mov eax, [mc_flags]
        jmp restore_fl

; operation mc_callback
; Has EAX called with EDX after the next flush, in the order of asking.
mc_callback:
        cmp dword [mc_callbacks_count], mc_callbacks_max
        jb .room
        push eax
        push edx
        call mc_flush
        pop edx
        pop eax
.room:
        mov ecx, [mc_callbacks_count]
        inc dword [mc_callbacks_count]
        mov [mc_callbacks + ecx * 8], eax
        mov [mc_callbacks + ecx * 8 + 4], edx
        ret

; operation mc_flush
; Performs what is queued, in one multicall, then the callbacks. An entry that failed is fatal: its caller has gone on long
; ago as if it had worked.
mc_flush:
        push ebx
        push esi
        push edi
        call save_fl
        push eax
        call irq_disable
        xor edi, edi                    ; entries that failed
        mov ecx, [mc_count]
        jecxz .performed
        mov ebx, mc_list
        mov eax, hc_multicall
        call hypercall
        test eax, eax
        jnz bug
.entry:
        mov eax, [ebx + 4]
        shr eax, 31
        add edi, eax
        add ebx, 32
        loop .entry
.performed:
        mov dword [mc_count], 0
        mov dword [mc_used], 0
        pop eax
        call restore_fl
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
        test edi, edi
        jnz bug
        pop edi
        pop esi
        pop ebx
        ret

; operation enter_lazy
; Lets the calls of the way in EAX (lazy_mmu, lazy_cpu) wait.
enter_lazy:
        mov [lazy_mode], eax
        ret

; operation leave_lazy
leave_lazy:
        mov dword [lazy_mode], 0
        jmp mc_flush

; Queues mmuext_op with the command EAX, its first argument EDX and its second ECX.
queue_mmuext:
        push ecx
        push edx
        push eax
        mov eax, 12
        call mc_entry
        pop dword [edx]
        pop dword [edx + 4]
        pop dword [edx + 8]
        mov dword [eax], hc_mmuext_op
        mov [eax + 8], edx
        mov dword [eax + 12], 1
        mov dword [eax + 16], 0
        mov dword [eax + 20], domid_self
        ret

; Queues update_descriptor of the one at EAX to ECX:EDX.
queue_descriptor:
        push ecx
        push edx
        call machine_address
        push edx
        push eax
        xor eax, eax
        call mc_entry
        mov dword [eax], hc_update_descriptor
        pop dword [eax + 8]
        pop dword [eax + 12]
        pop dword [eax + 16]
        pop dword [eax + 20]
        ret

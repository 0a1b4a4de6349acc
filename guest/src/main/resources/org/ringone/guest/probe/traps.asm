; Every entry of the hypervisor into this kernel: traps, event upcalls, failsafe callbacks. All are logged in one order; then
; either the interrupted code goes on or the run (or the command) that was interrupted ends.

; A log entry, 128 bytes.
le_order        equ 0
le_source       equ 4                   ; vector, source_upcall or source_failsafe
le_error        equ 8
le_frame        equ 12                  ; address of the frame
le_eip          equ 16                  ; five words of the frame as pushed
le_registers    equ 36                  ; eax ecx edx ebx esp ebp esi edi
le_ds           equ 68
le_handler      equ 84                  ; cs, ss
le_handler_eflags       equ 88
le_flags        equ 92                  ; mask, upcall_pending, as bytes
le_selector     equ 96
le_cr2          equ 100
le_extra        equ 104                 ; failsafe: ds es fs gs; upcall: count
le_words        equ 30                  ; words in use
log_size        equ 256                 ; entries; a power of two

; What a run does about one source, 32 bytes.
ha_source       equ 0
ha_times        equ 4
ha_action       equ 8
ha_operand      equ 12
ha_hook_at      equ 16
ha_hook         equ 20
ha_hits         equ 24

act_resume_at   equ 1                   ; operand is an address and not bytes to skip
act_acknowledge equ 2                   ; clear upcall_pending, the selector and the pending bits it names
act_store_mask  equ 4                   ; put the saved mask back by a store
act_iret        equ 8                   ; return by hypercall and not by the instruction

; Stack at trap_common, low to high: source, error, return frame (after the four selectors of a failsafe frame).
; Saved below: eight registers, ds, es, fs, gs.
sv_gs           equ 0
sv_fs           equ 4
sv_es           equ 8
sv_ds           equ 12
sv_edi          equ 16
sv_esi          equ 20
sv_ebp          equ 24
sv_ebx          equ 32
sv_edx          equ 36
sv_ecx          equ 40
sv_eax          equ 44
sv_source       equ 48
sv_error        equ 52
sv_frame        equ 56

upcall_entry:
        push dword 0
        push dword source_upcall
        jmp trap_common
failsafe_entry:
        push dword 0
        push dword source_failsafe
        jmp trap_common
; Where code ends as long as there is no trap table: makes the frame that INT3 would.
soft_end:
        pushfd
        push cs
        push dword soft_end
        push dword 0
        push dword end_vector
        jmp trap_common

trap_common:
        pushad
        push ds
        push es
        push fs
        push gs
        pushfd
        mov eax, flat_ds
        mov ds, eax
        mov es, eax
        pop dword [handler_eflags]
        cld
        mov ebp, esp                    ; addresses by EBP use SS, as the stack does
        mov edi, [log_count]
        mov eax, edi
        inc dword [log_count]
        and edi, log_size - 1
        shl edi, 7
        add edi, entry_log
        mov [last_entry], edi
        mov [edi + le_order], eax
        mov ecx, [ebp + sv_source]
        mov [edi + le_source], ecx
        mov eax, [ebp + sv_error]
        mov [edi + le_error], eax
        lea ebx, [ebp + sv_frame]
        mov [edi + le_frame], ebx
        cmp ecx, source_upcall
        ja .failsafe
        je .upcall
        cmp ecx, 31
        ja .framed
        bt dword [error_vectors], ecx
        jnc .framed
        sub dword [edi + le_frame], 4
.framed:
        mov eax, [ss:ebx]
        mov [edi + le_eip], eax
        mov eax, [ss:ebx + 8]
        mov [edi + le_eip + 8], eax
        mov eax, [ss:ebx + 4]
        mov [edi + le_eip + 4], eax
        and eax, 3
        cmp eax, kernel_ring
        lea edx, [ebx + 12]             ; the stack pointer before the entry, from our own ring
        jbe .own_stack
        mov eax, [ss:ebx + 16]
        mov [edi + le_eip + 16], eax
        mov edx, [ss:ebx + 12]
        mov [edi + le_eip + 12], edx
.own_stack:
        mov [edi + le_registers + 16], edx
        mov eax, [ebp + sv_eax]
        mov [edi + le_registers], eax
        mov eax, [ebp + sv_ecx]
        mov [edi + le_registers + 4], eax
        mov eax, [ebp + sv_edx]
        mov [edi + le_registers + 8], eax
        mov eax, [ebp + sv_ebx]
        mov [edi + le_registers + 12], eax
        mov eax, [ebp + sv_ebp]
        mov [edi + le_registers + 20], eax
        mov eax, [ebp + sv_esi]
        mov [edi + le_registers + 24], eax
        mov eax, [ebp + sv_edi]
        mov [edi + le_registers + 28], eax
        movzx eax, word [ebp + sv_ds]
        mov [edi + le_ds], eax
        movzx eax, word [ebp + sv_es]
        mov [edi + le_ds + 4], eax
        movzx eax, word [ebp + sv_fs]
        mov [edi + le_ds + 8], eax
        movzx eax, word [ebp + sv_gs]
        mov [edi + le_ds + 12], eax
        mov [edi + le_handler], cs
        mov [edi + le_handler + 2], ss
        mov eax, [handler_eflags]
        mov [edi + le_handler_eflags], eax
        movzx eax, word [shared_info + vi_pending]
        xchg al, ah
        mov [edi + le_flags], eax
        mov eax, [shared_info + vi_selector]
        mov [edi + le_selector], eax
        mov eax, [shared_info + vi_cr2]
        mov [edi + le_cr2], eax

        ; EBX = return frame, ECX = source. Does the run have something to say about it?
        cmp ecx, end_vector
        jne .not_the_end
        mov eax, [run_end]
        cmp eax, [edi + le_eip]
        je end_of_run
.not_the_end:
        mov edx, [handlings]
        mov eax, [handling_count]
        jmp .look
.next:
        add edx, 32
        dec eax
.look:
        test eax, eax
        jz .by_default
        cmp [edx + ha_source], ecx
        jne .next
        mov eax, [edx + ha_hits]
        inc eax
        mov [edx + ha_hits], eax
        cmp eax, [edx + ha_hook_at]
        jne .no_hook
        mov byte [shared_info + vi_mask], 1     ; or the hook's own hypercalls would take what it sends
        push ebx
        push edx
        call run_hook
        pop edx
        pop ebx
        mov ebp, esp
        mov eax, [edx + ha_hits]
.no_hook:
        cmp eax, [edx + ha_times]
        ja end_of_run
        mov eax, [edx + ha_action]
        mov edx, [edx + ha_operand]
.act:
        test eax, act_resume_at
        jnz .to
        add edx, [ss:ebx]
.to:
        mov [ss:ebx], edx
        test eax, act_acknowledge
        jz .acknowledged
        push eax
        call acknowledge
        pop eax
.acknowledged:
        test eax, act_store_mask
        jz .mask_done
        mov dl, [ss:ebx + 6]
        mov [shared_info + vi_mask], dl
.mask_done:
        mov edx, ebx
        sub edx, ebp                    ; what to drop from the stack at the end: the bytes below the frame,
        sub edx, 48                     ; less those popped by then: 8, or 24 for a failsafe frame
        cmp edx, 8
        ja .drop_failsafe
        test eax, act_iret
        pop gs
        pop fs
        pop es
        pop ds
        jnz .by_hypercall
        popad
        lea esp, [esp + 8]
        iretd
.by_hypercall:
        popad
        lea esp, [esp + 8]
        jmp hypercall_page + hc_iret * 32
.drop_failsafe:
        test eax, act_iret
        pop gs
        pop fs
        pop es
        pop ds
        jnz .failsafe_by_hypercall
        popad
        lea esp, [esp + 24]
        iretd
.failsafe_by_hypercall:
        popad
        lea esp, [esp + 24]
        jmp hypercall_page + hc_iret * 32
.by_default:
        cmp ecx, source_upcall
        jne end_of_run
        xor edx, edx
        mov eax, act_acknowledge | act_iret
        jmp .act
.upcall:
        mov eax, [upcall_count]
        inc eax
        mov [upcall_count], eax
        mov [edi + le_extra], eax
        jmp .framed
.failsafe:
        mov eax, [ss:ebx]
        mov [edi + le_extra], eax
        mov eax, [ss:ebx + 4]
        mov [edi + le_extra + 4], eax
        mov eax, [ss:ebx + 8]
        mov [edi + le_extra + 8], eax
        mov eax, [ss:ebx + 12]
        mov [edi + le_extra + 12], eax
        add ebx, 16
        jmp .framed

; Leaves whatever was interrupted for [recover], on the probe's own stack, with plain flags and segments.
end_of_run:
        mov eax, flat_ds
        mov fs, eax
        mov gs, eax
        mov edx, [recover_esp]
        mov ss, eax
        mov esp, edx
        push dword 2
        popfd
        mov eax, [recover]
        test eax, eax
        jz .lost
        jmp eax
.lost:                                  ; a trap where none can be: the step under way failed, or the probe did
        mov esp, probe_stack_top
        cmp dword [serving], 0
        jne lost_while_serving
        mov edx, [last_entry]
        mov eax, [edx + le_source]
        jmp boot_failed

; Clears upcall_pending, then the pending bits that are not masked in every word that the selector
; names, as a guest's event loop would.
acknowledge:
        mov byte [shared_info + vi_pending], 0
        xor eax, eax
        xchg [shared_info + vi_selector], eax
.word:
        bsf edx, eax
        jz .done
        btr eax, edx
        mov ecx, [shared_info + sh_evtchn_mask + edx * 4]
        lock and [shared_info + sh_evtchn_pending + edx * 4], ecx
        jmp .word
.done:
        ret

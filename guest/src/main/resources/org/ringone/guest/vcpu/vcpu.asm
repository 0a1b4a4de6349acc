; What stands behind the program of a further vcpu: its end, and what its events and exceptions do when the program has no
; handlers of its own. Known from outside: vcpu_number, vcpu_results and the vcpu's fields of shared_info.

vr_registers    equ vcpu_results        ; eax ecx edx ebx esp ebp esi edi at the end
vr_state        equ vcpu_results + 32   ; 1: came to its end, 2: an exception stopped it, 3: the failsafe callback did
vr_upcalls      equ vcpu_results + 36
vr_upcall_eip   equ vcpu_results + 40   ; where the last one interrupted it
vr_upcall_mask  equ vcpu_results + 44   ; the event mask in the last one's first instruction
vr_vector       equ vcpu_results + 48
vr_frame        equ vcpu_results + 52   ; four words as pushed

finish:
        mov [vr_registers], eax
        mov [vr_registers + 4], ecx
        mov [vr_registers + 8], edx
        mov [vr_registers + 12], ebx
        mov [vr_registers + 16], esp
        mov [vr_registers + 20], ebp
        mov [vr_registers + 24], esi
        mov [vr_registers + 28], edi
        mov dword [vr_state], 1
vcpu_off:
        mov eax, 24                     ; vcpu_op
        mov ebx, 2                      ; down
        mov ecx, vcpu_number
        xor edx, edx
        int 0x82
        jmp vcpu_off

; Counts, acknowledges what is pending and not masked, and returns to where it came from.
default_upcall:
        push eax
        movzx eax, byte [vcpu_upcall_mask]
        mov [vr_upcall_mask], eax
        push ecx
        push edx
        inc dword [vr_upcalls]
        mov eax, [esp + 12]
        mov [vr_upcall_eip], eax
        mov byte [vcpu_upcall_pending], 0
        xor eax, eax
        xchg [vcpu_pending_sel], eax
        xor ecx, ecx
.word:
        shr eax, 1
        jnc .next
        mov edx, [vcpu_evtchn_mask + ecx * 4]
        lock and [vcpu_evtchn_pending + ecx * 4], edx
.next:
        inc ecx
        test eax, eax
        jnz .word
        pop edx
        pop ecx
        pop eax
        jmp hypercall_page + 23 * 32    ; iret

default_failsafe:
        mov dword [vr_state], 3
        jmp frame_kept
trapped:
        pop dword [vr_vector]
        mov dword [vr_state], 2
frame_kept:
        pop dword [vr_frame]
        pop dword [vr_frame + 4]
        pop dword [vr_frame + 8]
        pop dword [vr_frame + 12]
        jmp vcpu_off

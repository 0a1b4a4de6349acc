; Scripts of commands. A command is an opcode byte and its operands; each leaves a status byte and its results in the
; answer. The interpreter is re-entered for the hooks of a run.

command_count   equ 12
status_done     equ 0
status_cut      equ 1                   ; a log entry follows: what cut the command short
status_hook     equ 2                   ; results of a hook follow, up to status_hook_end
status_hook_end equ 3
status_ran      equ 4                   ; a log entry follows: what ended the run
status_unknown  equ 5                   ; no such command; the script ends
status_full     equ 6                   ; no room for the result; the script ends

answer_slack    equ 256                 ; room that every result but READ's fits in

; Performs the script at ESI; EDI = where its results go, then where they end. Keeps no register.
interpret:
        push dword [recover]
        push dword [recover_esp]
        push dword [next_command]
        push dword [result_at]
        push dword [handling_count]
        mov dword [handling_count], 0
        mov dword [recover], command_cut
        mov [recover_esp], esp
command_next:
        mov [result_at], edi
        cmp edi, answer + answer_room - answer_slack
        ja command_full
        movzx eax, byte [esi]
        inc esi
        cmp eax, command_count
        jae command_unknown
        jmp [command_table + eax * 4]
command_full:
        mov byte [edi], status_full
        inc edi
        jmp command_end
command_unknown:
        mov byte [edi], status_unknown
        inc edi
command_end:
        pop dword [handling_count]
        pop dword [result_at]
        pop dword [next_command]
        pop dword [recover_esp]
        pop dword [recover]
        ret

; A trap or failsafe callback has cut a command short.
command_cut:
        mov edi, [result_at]
        mov byte [edi], status_cut
        inc edi
        mov esi, [last_entry]
        mov ecx, le_words
        rep movsd
        mov esi, [next_command]
        jmp command_next

; READ address32 length16
command_read:
        mov ebx, [esi]
        movzx ecx, word [esi + 4]
        add esi, 6
        mov [next_command], esi
        lea eax, [edi + ecx]
        cmp eax, answer + answer_room - answer_slack
        ja command_full
        mov byte [edi], status_done
        inc edi
        mov edx, esi
        mov esi, ebx
        mov eax, ecx
        shr ecx, 2
        rep movsd
        mov ecx, eax
        and ecx, 3
        rep movsb
        mov esi, edx
        jmp command_next

; WRITE address32 length16 bytes: as words as far as they go, so that 4 or 8 bytes of a table entry are 1 or 2 stores.
command_write:
        mov ebx, [esi]
        movzx ecx, word [esi + 4]
        add esi, 6
        lea eax, [esi + ecx]
        mov [next_command], eax
        mov edx, edi
        mov edi, ebx
        mov eax, ecx
        shr ecx, 2
        rep movsd
        mov ecx, eax
        and ecx, 3
        rep movsb
        mov edi, edx
        mov byte [edi], status_done
        inc edi
        jmp command_next

; FILL address32 length16 value8
command_fill:
        mov ebx, edi
        mov edi, [esi]
        movzx ecx, word [esi + 4]
        movzx eax, byte [esi + 6]
        add esi, 7
        mov [next_command], esi
        imul eax, eax, 0x01010101
        mov edx, ecx
        shr ecx, 2
        rep stosd
        mov ecx, edx
        and ecx, 3
        rep stosb
        mov edi, ebx
        mov byte [edi], status_done
        inc edi
        jmp command_next

; COPY to32 from32 length16
command_copy:
        mov ebx, edi
        mov edi, [esi]
        movzx ecx, word [esi + 8]
        mov eax, [esi + 4]
        add esi, 10
        mov [next_command], esi
        mov edx, ecx
        mov esi, eax
        shr ecx, 2
        rep movsd
        mov ecx, edx
        and ecx, 3
        rep movsb
        mov esi, [next_command]
        mov edi, ebx
        mov byte [edi], status_done
        inc edi
        jmp command_next

; DIGEST address32 length16: h = (h rol 5 xor word) * 0x9E3779B1, over words
command_digest:
        mov ebx, [esi]
        movzx ecx, word [esi + 4]
        add esi, 6
        mov [next_command], esi
        xor eax, eax
        shr ecx, 2
        jz .done
.word:
        rol eax, 5
        xor eax, [ebx]
        imul eax, eax, 0x9E3779B1
        add ebx, 4
        dec ecx
        jnz .word
.done:
        mov byte [edi], status_done
        mov [edi + 1], eax
        add edi, 5
        jmp command_next

; TABLE_DIGEST address32: the same over the 512 entries of a page table, without their accessed and dirty bits
command_table_digest:
        mov ebx, [esi]
        add esi, 4
        mov [next_command], esi
        mov ecx, 512
        xor eax, eax
.entry:
        mov edx, [ebx]
        and edx, ~0x60
        rol eax, 5
        xor eax, edx
        imul eax, eax, 0x9E3779B1
        rol eax, 5
        xor eax, [ebx + 4]
        imul eax, eax, 0x9E3779B1
        add ebx, 8
        dec ecx
        jnz .entry
        mov byte [edi], status_done
        mov [edi + 1], eax
        add edi, 5
        jmp command_next

; CALL number16 count8 arguments32...: leaves EAX
command_call:
        movzx eax, word [esi]
        movzx ecx, byte [esi + 2]
        add esi, 3
        mov edx, edi
        xor ebx, ebx
        mov edi, call_arguments
        and ecx, 7
        mov [edi], ebx                  ; arguments not given are zero
        mov [edi + 4], ebx
        mov [edi + 8], ebx
        mov [edi + 12], ebx
        mov [edi + 16], ebx
        mov [edi + 20], ebx
        rep movsd
        mov edi, edx
        mov [next_command], esi
        mov [result_at], edi
        cmp eax, hc_event_channel_op
        jne .certain
        mov [port_doubt], eax
.certain:
        mov ebx, [call_arguments]
        mov ecx, [call_arguments + 4]
        mov edx, [call_arguments + 8]
        mov esi, [call_arguments + 12]
        mov edi, [call_arguments + 16]
        mov ebp, [call_arguments + 20]
        cmp eax, 128
        jae .direct                     ; the page has room for 128
        shl eax, 5
        add eax, hypercall_page
        call eax
        jmp .back
.direct:
        int 0x82
.back:
        mov edi, [result_at]
        mov byte [edi], status_done
        mov [edi + 1], eax
        add edi, 5
        mov esi, [next_command]
        jmp command_next

; FORGET: empties the log
command_forget:
        mov dword [log_count], 0
        mov dword [upcall_count], 0
        mov byte [edi], status_done
        inc edi
        jmp command_next

; HOME: registers the probe's own trap table, callbacks and kernel stack again; leaves the first error
command_home:
        mov [next_command], esi
        push edi
        call set_own_traps
        test eax, eax
        jnz .out
        cmp dword [stage], 3
        jl .out
        call set_own_callbacks
        test eax, eax
        jnz .out
        cmp dword [stage], 4
        jl .out
        call set_own_stack
.out:
        pop edi
        mov byte [edi], status_done
        mov [edi + 1], eax
        add edi, 5
        mov esi, [next_command]
        jmp command_next

; SETTLE: clears upcall_pending, selector and the pending bits that are not masked, as the upcall handler does
command_settle:
        call acknowledge
        mov byte [edi], status_done
        inc edi
        jmp command_next

; RUN present32 value32... handlings8 (source16 action8 times16 operand32 hook_at16 hook_length16 hook)...
; Leaves, before its own result, those of hooks: status_hook, source32, results, status_hook_end.
; A set bit in `present` says that the field of that number follows; others take their defaults.
command_run:
        mov [run_result_at], edi
        mov eax, esi
        mov esi, run_defaults
        mov edi, run_state
        mov ecx, run_fields
        rep movsd
        mov esi, eax
        mov ebx, [esi]
        add esi, 4
.field:
        bsf ecx, ebx
        jz .fields_done
        btr ebx, ecx
        cmp ecx, run_fields
        lodsd
        jae .field
        mov [run_state + ecx * 4], eax
        jmp .field
.fields_done:
        movzx ebx, byte [esi]
        inc esi
        xor edx, edx                    ; handlings taken
        mov edi, run_handlings
        mov [handlings], edi
.handling:
        cmp edx, ebx
        jae .handlings_done
        cmp edx, max_handlings
        jae .handlings_done
        movzx eax, word [esi]
        mov [edi + ha_source], eax
        movzx eax, byte [esi + 2]
        mov [edi + ha_action], eax
        movzx eax, word [esi + 3]
        mov [edi + ha_times], eax
        mov eax, [esi + 5]
        mov [edi + ha_operand], eax
        movzx eax, word [esi + 9]
        mov [edi + ha_hook_at], eax
        movzx eax, word [esi + 11]
        add esi, 13
        mov [edi + ha_hook], esi
        mov dword [edi + ha_hits], 0
        add esi, eax
        add edi, 32
        inc edx
        jmp .handling
.handlings_done:
        mov [handling_count], edx
        mov [next_command], esi
        mov eax, [log_count]
        mov [run_log_start], eax
        mov dword [port_doubt], 1
        mov dword [recover], run_ended
        mov eax, [run_mask]
        cmp eax, -1
        je .mask_as_is
        mov [shared_info + vi_mask], al
.mask_as_is:
        mov eax, [run_cs]
        and eax, 3
        cmp eax, kernel_ring
        je .kernel
        push dword [run_ss]
        push dword [run_esp]
        jmp .framed
.kernel:
        mov ss, [run_ss]
        mov esp, [run_esp]
.framed:
        push dword [run_eflags]
        push dword [run_cs]
        push dword [run_eip]
        test dword [run_options], 1
        mov eax, [run_eax]
        mov ecx, [run_ecx]
        mov edx, [run_edx]
        mov ebx, [run_ebx]
        mov ebp, [run_ebp]
        mov esi, [run_esi]
        mov edi, [run_edi]
        mov gs, [run_gs]
        mov fs, [run_fs]
        mov es, [run_es]
        mov ds, [run_ds]
        jnz hypercall_page + hc_iret * 32
        iretd

run_ended:
        mov dword [handling_count], 0
        mov dword [run_end], 0
        mov dword [recover], command_cut
        mov edi, [run_result_at]
        mov byte [edi], status_ran
        inc edi
        mov esi, [last_entry]
        mov ecx, le_words
        rep movsd
        mov eax, [run_log_start]
        mov [edi], eax
        mov eax, [log_count]
        mov [edi + 4], eax
        add edi, 8
        mov esi, [next_command]
        jmp command_next

; Inside the trap handler: performs the hook of the handling at EDX. Its results go in front of the run's own.
run_hook:
        mov esi, [edx + ha_hook]
        mov edi, [run_result_at]
        cmp edi, answer + answer_room - answer_slack
        ja .out
        mov byte [edi], status_hook
        mov eax, [edx + ha_source]
        mov [edi + 1], eax
        add edi, 5
        call interpret
        mov byte [edi], status_hook_end
        inc edi
        mov [run_result_at], edi
.out:
        ret

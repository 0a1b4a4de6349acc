; A script in the image's own memory, made from a scenario by the exporter: its messages, performed by the same code as those
; that come over the console, and the answers they must have. Says each step, then PASS or FAIL, and shuts the domain down.

rs_stage        equ 0                   ; the script: the stage that the boot must have come to
rs_text         equ 4                   ; what is said first
rs_landmarks    equ 8                   ; pages found at run time
rs_landmark_count       equ 12
rs_slots        equ 16                  ; words of answers, remembered
rs_steps        equ 20
rs_step_count   equ 24
rs_end_text     equ 28                  ; what is said when all steps have passed

lm_parent       equ 0                   ; a landmark: the one that is a table with an entry for this
lm_slot         equ 4                   ; which entry of it
lm_pfn          equ 8                   ; found at run time: its pseudo-physical frame
lm_mfn          equ 12                  ; and its machine frame
lm_size         equ 16
lm_start_info   equ 1                   ; the first six are not found in tables; number 0 is pseudo-physical frame 0
lm_mfn_list     equ 2
lm_base_table   equ 3
lm_end          equ 4                   ; the first frame that the domain does not have
lm_shared_info  equ 5                   ; a machine frame only
lm_first_table  equ 6

st_text         equ 0                   ; a step: what is said before it
st_name         equ 4                   ; 'step 3 of 7'
st_meaning      equ 8                   ; the answer that it must have, in words
st_request      equ 12
st_request_size equ 16
st_answer       equ 20                  ; 0: the domain must end
st_answer_size  equ 24
st_request_fixups       equ 28
st_request_fixup_count  equ 32
st_answer_fixups        equ 36
st_answer_fixup_count   equ 40
st_size         equ 44

fx_offset       equ 0                   ; a fixup: where in the message the word stands
fx_op           equ 4                   ; byte: what it is
fx_landmark     equ 5                   ; byte: of which page it is
fx_index        equ 8                   ; so many pages behind that; or the slot
fx_addend       equ 12
fx_size         equ 16
fx_frame        equ 0                   ; the machine frame's number
fx_low          equ 1                   ; its machine address, low word
fx_high         equ 2                   ; and the high one, with other bits of a table entry
fx_entry        equ 3                   ; the low word of an entry seen: its accessed and dirty bits may be as they are
fx_reverse      equ 4                   ; four bytes a machine frame: where the machine-to-physical table has it
fx_address      equ 5                   ; virtual address
fx_number       equ 6                   ; pseudo-physical frame number
fx_slot         equ 7                   ; what was remembered
fx_remember     equ 8                   ; of an answer: whatever it is, remembered
fx_flags        equ 9                   ; saved flags seen: RF may be as it is
flag_rf         equ 0x10000

sched_shutdown  equ 2
reason_poweroff equ 0
reason_crash    equ 3
flush_tries     equ 100000
shown_bytes     equ 16

replay:
        mov dword [serving], 1
        mov ebx, [replay_script]
        mov esi, [ebx + rs_text]
        call say
        mov ebx, [replay_script]
        mov eax, [stage]
        cmp eax, [ebx + rs_stage]
        jne replay_wrong_stage
        call find_landmarks
        mov ebx, [replay_script]
        mov eax, [ebx + rs_steps]
        mov [replay_step_at], eax
        mov eax, [ebx + rs_step_count]
        mov [replay_steps_left], eax
.next:
        cmp dword [replay_steps_left], 0
        je .passed
        push dword 0                    ; two words, so that the stack is as deep as when serving: it shows in the log
        push dword 0
        call replay_step
        add esp, 8
        add dword [replay_step_at], st_size
        dec dword [replay_steps_left]
        jmp .next
.passed:
        mov ebx, [replay_script]
        mov esi, [ebx + rs_end_text]
        call say
        mov esi, text_pass
        call say
        mov eax, reason_poweroff
        jmp shut_down

replay_step:
        mov ebx, [replay_step_at]
        mov esi, [ebx + st_text]
        call say
        mov ebx, [replay_step_at]
        cmp dword [ebx + st_answer], 0
        jne .survivable
        call flush_console              ; what is said may be the last
        mov ebx, [replay_step_at]
.survivable:
        mov esi, [ebx + st_request]
        mov ecx, [ebx + st_request_size]
        mov edi, request
        rep movsb
        mov dword [edi], 0
        mov esi, [ebx + st_request_fixups]
        mov ecx, [ebx + st_request_fixup_count]
        mov edi, request
        mov edx, answer
        call fix
        cmp dword [can_poll], 0
        je .quiet
        mov eax, [console_port]
        lock btr [shared_info + sh_evtchn_pending], eax
.quiet:
        call answer_request
        mov ebx, [replay_step_at]
        mov edi, [ebx + st_answer]
        test edi, edi
        jz replay_survived
        mov esi, [ebx + st_answer_fixups]
        mov ecx, [ebx + st_answer_fixup_count]
        mov edx, answer
        call fix
        mov ebx, [replay_step_at]
        mov edi, [ebx + st_answer]
        mov esi, answer
        xor ecx, ecx
.byte:
        cmp ecx, [ebx + st_answer_size]
        jae .expected_end
        cmp ecx, [answer_size]
        jae replay_differs
        mov al, [esi + ecx]
        cmp al, [edi + ecx]
        jne replay_differs
        inc ecx
        jmp .byte
.expected_end:
        cmp ecx, [answer_size]
        jne replay_differs
        ret

; The answer differs at byte ECX.
replay_differs:
        mov [replay_offset], ecx
        mov esi, text_meaning
        call say
        mov ebx, [replay_step_at]
        mov esi, [ebx + st_meaning]
        call say
        mov esi, text_fail
        call say
        mov ebx, [replay_step_at]
        mov esi, [ebx + st_name]
        call say
        mov esi, text_fail_byte
        call say
        mov eax, [replay_offset]
        call say_hex
        mov esi, text_expected
        call say
        mov ebx, [replay_step_at]
        mov esi, [ebx + st_answer]
        mov ecx, [ebx + st_answer_size]
        call say_bytes
        mov esi, text_seen
        call say
        mov esi, answer
        mov ecx, [answer_size]
        call say_bytes
        jmp replay_failed
replay_survived:
        mov esi, text_fail
        call say
        mov ebx, [replay_step_at]
        mov esi, [ebx + st_name]
        call say
        mov esi, text_survived
        call say
        jmp replay_failed
replay_wrong_stage:
        mov esi, text_wrong_stage
        call say
        mov eax, [stage]
        call say_hex
        jmp replay_failed
; A trap came outside of any command; what it was has been said.
replay_lost:
        mov esi, text_fail
        call say
        mov esi, text_trap
        call say
replay_failed:
        mov esi, text_newline
        call say
        mov eax, reason_crash

; Ends the domain for reason EAX, when everything that was said has been taken.
shut_down:
        push eax
        call flush_console
        pop eax
        cmp dword [stage], 0
        jle .stay                       ; there are no hypercalls to do it with
        mov [argument], eax
        mov ebx, sched_shutdown
        mov ecx, argument
        call hypercall_page + hc_sched_op * 32
.stay:
        call yield
        jmp .stay

; Waits, but not for ever, until the console's other end has taken all that was said.
flush_console:
        cmp dword [initial_domain], 0
        jne .out
        mov dword [flush_left], flush_tries
.look:
        mov ebx, [console_ring]
        mov eax, [ebx + cr_out_prod]
        cmp eax, [ebx + cr_out_cons]
        je .out
        call yield
        dec dword [flush_left]
        jnz .look
.out:
        ret

; Prints what there is from [replay_offset] on of the ECX bytes at ESI, a few at most.
say_bytes:
        mov eax, [replay_offset]
        add esi, eax
        sub ecx, eax
        jbe .nothing
        cmp ecx, shown_bytes
        jbe .few
        mov ecx, shown_bytes
.few:
        mov edi, tx
.byte:
        movzx eax, byte [esi]
        inc esi
        mov edx, eax
        shr eax, 4
        and edx, 15
        mov al, [hex_digits + eax]
        mov dl, [hex_digits + edx]
        mov byte [edi], ' '
        mov [edi + 1], al
        mov [edi + 2], dl
        add edi, 3
        dec ecx
        jnz .byte
        mov edx, edi
        mov ecx, tx
        sub edx, ecx
        jmp console_write
.nothing:
        mov esi, text_nothing
        jmp say

; Finds out where the pages are that words of messages may be about.
find_landmarks:
        mov ebp, [replay_script]
        mov ecx, [start_info]
        mov ebx, [ebp + rs_landmarks]
        mov dword [ebx + lm_pfn], 0
        mov eax, ecx
        call page_number
        mov [ebx + lm_start_info * lm_size + lm_pfn], eax
        mov eax, [ecx + si_mfn_list]
        mov [replay_mfn_list], eax
        call page_number
        mov [ebx + lm_mfn_list * lm_size + lm_pfn], eax
        mov eax, [ecx + si_pt_base]
        call page_number
        mov [ebx + lm_base_table * lm_size + lm_pfn], eax
        mov eax, [ecx + si_nr_pages]
        mov [replay_nr_pages], eax
        mov [ebx + lm_end * lm_size + lm_pfn], eax
        mov eax, [ecx + si_shared_info]
        shr eax, 12
        mov [ebx + lm_shared_info * lm_size + lm_mfn], eax
        mov edx, [ebp + rs_landmark_count]
        sub edx, lm_first_table
        jbe .out
        mov ebp, ebx                    ; the first of all
        add ebx, lm_first_table * lm_size
.table:
        mov esi, [ebx + lm_parent]
        shl esi, 4
        mov esi, [ebp + esi + lm_pfn]
        shl esi, 12
        add esi, virt_base
        mov ecx, [ebx + lm_slot]
        lea esi, [esi + ecx * 8]
        mov eax, [esi]
        mov ecx, [esi + 4]
        shr eax, 12
        and ecx, 0xFFF
        shl ecx, 20
        or eax, ecx
        mov edi, [replay_mfn_list]
        mov ecx, [replay_nr_pages]
        repne scasd
        jne .unknown
        sub edi, [replay_mfn_list]
        lea eax, [edi - 4]
        shr eax, 2
        mov [ebx + lm_pfn], eax
.unknown:                               ; it stays pseudo-physical frame 0, and what is about it will differ
        add ebx, lm_size
        dec edx
        jnz .table
.out:
        ret

; EAX = the pseudo-physical frame of address EAX. Keeps the others.
page_number:
        sub eax, virt_base
        shr eax, 12
        ret

; Puts in their places the ECX words that the fixups at ESI describe, in the message at EDI. The answer just seen is at EDX.
fix:
        test ecx, ecx
        jz .done
.fixup:
        push ecx
        mov ebx, [esi + fx_index]
        movzx ecx, byte [esi + fx_op]
        cmp ecx, fx_slot
        je .slot
        cmp ecx, fx_remember
        je .remember
        ja .flags
        movzx ebp, byte [esi + fx_landmark]
        shl ebp, 4
        mov eax, [replay_script]
        add ebp, [eax + rs_landmarks]
        mov eax, [ebp + lm_pfn]
        add eax, ebx
        cmp ecx, fx_address
        jae .virtual
        cmp byte [esi + fx_landmark], lm_shared_info
        mov ebx, [ebp + lm_mfn]
        je .frame
        mov ebx, -1
        cmp eax, [replay_nr_pages]
        jae .frame                      ; there is no such page
        mov ebx, [replay_mfn_list]
        mov ebx, [ebx + eax * 4]
.frame:
        mov eax, ebx
        cmp ecx, fx_low
        jb .add
        je .low
        cmp ecx, fx_high
        je .high
        cmp ecx, fx_entry
        je .entry
        shl eax, 2
        jmp .add
.low:
        shl eax, 12
        jmp .add
.high:
        shr eax, 20
        jmp .add
.entry:
        shl eax, 12
        add eax, [esi + fx_addend]
        mov ecx, [esi + fx_offset]
        mov ecx, [edx + ecx]
        and eax, ~0x60
        and ecx, 0x60
        or eax, ecx
        jmp .put
.virtual:
        jne .add
        shl eax, 12
        add eax, virt_base
.add:
        add eax, [esi + fx_addend]
        jmp .put
.slot:
        mov eax, [replay_script]
        mov eax, [eax + rs_slots]
        mov eax, [eax + ebx * 4]
        jmp .add
.flags:
        mov eax, [esi + fx_offset]
        mov eax, [edx + eax]
        xor eax, [esi + fx_addend]
        and eax, flag_rf
        xor eax, [esi + fx_addend]
        jmp .put
.remember:
        mov ecx, [replay_script]
        mov ecx, [ecx + rs_slots]
        mov eax, [esi + fx_offset]
        mov eax, [edx + eax]
        mov [ecx + ebx * 4], eax
.put:
        mov ecx, [esi + fx_offset]
        mov [edi + ecx], eax
        pop ecx
        add esi, fx_size
        dec ecx
        jnz .fixup
.done:
        ret

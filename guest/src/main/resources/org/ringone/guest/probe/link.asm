; Frames. To the guest:   { id kind index payload crc }     at most 120 bytes
;         from the guest: ~ id kind index payload crc !     at most 127 bytes, each written at once
; Every character between the delimiters stands for six bits: '0' + value. id numbers messages. Towards the guest the index
; of a frame in its message is one character, and four more high bits stand above the two of the kind; from the guest it is
; two characters. Low bits come first. The crc is three characters, over all before it.

rx_size         equ 128
in_payload      equ 84                  ; bytes in a full frame towards the guest: 112 characters
out_payload     equ 87                  ; 116 characters

kind_more       equ 0                   ; towards the guest: a part of a message
kind_last       equ 1                   ; its last part: perform it
kind_again      equ 2                   ; send the answer's part `index` again
kind_hello      equ 3                   ; say who and how far you are
answer_taken    equ 0                   ; from the guest: that part was taken
answer_more     equ 1                   ; a part of the answer
answer_last     equ 2                   ; its last part
answer_hello    equ 3
answer_bad      equ 4                   ; not understood; the index says why
bad_crc         equ 1
bad_order       equ 2
bad_length      equ 3
no_message      equ 63

serve:
        mov dword [serving], 1
.wait:
        cmp dword [can_poll], 0
        je .look
        mov eax, [console_port]
        lock btr [shared_info + sh_evtchn_pending], eax
.look:
        call console_read
        test eax, eax
        jnz .some
        call idle
        jmp .wait
.some:
        mov esi, rx
        lea ebp, [rx + eax]             ; its end
        mov edi, [frame_at]
.byte:
        mov al, [esi]
        inc esi
        cmp al, '{'
        je .open
        cmp al, '}'
        je .close
        mov [edi], al
        cmp edi, frame + 119            ; a frame that is too long fails its crc
        adc edi, 0
.more:
        cmp esi, ebp
        jb .byte
        mov [frame_at], edi
        jmp .wait
.open:
        mov edi, frame
        jmp .more
.close:
        mov [frame_at], edi
        push esi
        push ebp
        call take_frame
        pop ebp
        pop esi
        mov edi, frame + 119            ; until the next opening nothing counts
        jmp .more

; A frame lies at `frame`, up to [frame_at].
take_frame:
        mov ecx, [frame_at]
        sub ecx, frame + 3              ; characters before the crc
        cmp ecx, 3
        jl .ignored
        mov esi, frame
        call crc                        ; EAX, and ESI behind the last
        movzx edx, byte [esi + 2]
        sub edx, '0'
        shl edx, 6
        movzx ebx, byte [esi + 1]
        lea edx, [edx + ebx - '0']
        shl edx, 6
        movzx ebx, byte [esi]
        lea edx, [edx + ebx - '0']
        cmp eax, edx
        mov eax, bad_crc
        jne .bad
        mov ecx, esi
        sub ecx, frame + 3              ; payload characters
        movzx eax, byte [frame]
        sub eax, '0'
        movzx ebx, byte [frame + 1]
        sub ebx, '0'
        mov edx, ebx
        and ebx, 3
        shr edx, 2
        shl edx, 6
        movzx edi, byte [frame + 2]
        lea edx, [edx + edi - '0']
        cmp ebx, kind_last
        jbe .part
        cmp ebx, kind_hello
        je .hello
        cmp eax, [message_id]
        jne .disorder
        cmp dword [performed], 0
        je .disorder
        imul eax, edx, out_payload
        cmp eax, [answer_size]
        jb send_part
.disorder:
        mov eax, bad_order
.bad:
        mov [tx_index], eax
        mov dword [tx_kind], answer_bad
        xor ecx, ecx
        jmp send_frame
.ignored:
        ret
.hello:
        call compose_hello
        mov dword [tx_kind], answer_hello
        mov dword [tx_index], 0
        mov esi, hello
        mov ecx, hello_size
        jmp send_frame
.too_long:
        mov eax, bad_length
        jmp .bad
.part:
        cmp eax, [message_id]
        je .same
        mov [message_id], eax
        mov dword [parts], 0
        mov dword [performed], 0
.same:
        cmp dword [performed], 0
        jne send_answer                 ; it was performed and its answer lost
        cmp edx, [parts]
        jb .taken
        ja .disorder
        imul edi, edx, in_payload
        cmp edi, request_size - in_payload
        ja .too_long
        inc dword [parts]
        push ebx
        push edx
        add edi, request
        mov esi, frame + 3
        call decode
        mov dword [edi], 0              ; a script that has no end ends here
        pop edx
        pop ebx
        cmp ebx, kind_last
        je perform
.taken:
        mov [tx_index], edx
        mov dword [tx_kind], answer_taken
        xor ecx, ecx
        jmp send_frame

perform:
        mov dword [performed], 1
        call answer_request

send_answer:
        xor edx, edx
.part:
        push edx
        call send_part
        pop edx
        inc edx
        imul eax, edx, out_payload
        cmp eax, [answer_size]
        jb .part
        ret

; Performs the script at `request`; its results are at `answer` then. What it starts from is always the same: it shows in the
; log when a command is cut short.
answer_request:
        mov dword [answer_size], 0
        mov dword [port_doubt], 0
        xor eax, eax
        xor ecx, ecx
        xor edx, edx
        xor ebx, ebx
        xor ebp, ebp
        mov esi, request
        mov edi, answer
        call interpret
        sub edi, answer
        mov [answer_size], edi
        cmp dword [port_doubt], 0
        jne check_console_port
        ret

; Sends part EDX of the answer.
send_part:
        mov [tx_index], edx
        imul esi, edx, out_payload
        mov ecx, [answer_size]
        sub ecx, esi                    ; what is left
        add esi, answer
        mov dword [tx_kind], answer_last
        cmp ecx, out_payload
        jbe send_frame
        mov ecx, out_payload
        mov dword [tx_kind], answer_more

; Sends a frame with ECX bytes at ESI as its payload.
send_frame:
        mov edi, tx
        mov byte [edi], '~'
        mov al, [message_id]
        add al, '0'
        mov [edi + 1], al
        mov al, [tx_kind]
        add al, '0'
        mov [edi + 2], al
        mov eax, [tx_index]
        mov edx, eax
        and al, 63
        add al, '0'
        mov [edi + 3], al
        shr edx, 6
        add dl, '0'
        mov [edi + 4], dl
        add edi, 5
        test ecx, ecx
        jz .coded
.group:
        mov eax, [esi]
        add esi, 3
        mov edx, eax
        and eax, 0xFFF
        and edx, 0xFFF000
        shl edx, 4
        or eax, edx
        mov edx, eax
        and eax, 0x003F003F
        and edx, 0x0FC00FC0
        lea eax, [eax + edx * 4 + '0000']
        mov [edi], eax
        add edi, 4
        sub ecx, 3
        ja .group
.coded:
        mov esi, tx + 1
        mov ecx, edi
        sub ecx, esi
        call crc                        ; ESI is then where EDI was
        mov edx, eax
        and al, 63
        add al, '0'
        mov [esi], al
        mov eax, edx
        shr eax, 6
        and al, 63
        add al, '0'
        mov [esi + 1], al
        shr edx, 12
        add dl, '0'
        mov [esi + 2], dl
        mov byte [esi + 3], '!'
        lea edx, [esi + 4]
        mov ecx, tx
        sub edx, ecx
        jmp console_write

; Decodes ECX characters at ESI, in groups of four, to three bytes each at EDI (and may write one byte more).
decode:
        sub ecx, 4
        jl .done
.group:
        mov eax, [esi]
        add esi, 4
        sub eax, '0000'
        mov edx, eax
        and eax, 0x003F003F
        and edx, 0x3F003F00
        shr edx, 2
        or eax, edx
        mov edx, eax
        and eax, 0xFFF
        shr edx, 4
        and edx, 0xFFF000
        or eax, edx
        mov [edi], eax
        add edi, 3
        sub ecx, 4
        jge .group
.done:
        ret

; EAX = the CRC-16 (reflected, polynomial 0x8408, start 0xFFFF) of ECX bytes (at least 1) at ESI. ESI ends behind them.
crc:
        mov eax, 0xFFFF
.byte:
        movzx edx, byte [esi]
        inc esi
        xor dl, al
        shr eax, 8
        xor eax, [crc_table + edx * 4]
        dec ecx
        jnz .byte
        ret

make_crc_table:
        xor edx, edx
.value:
        mov eax, edx
        mov ecx, 8
.bit:
        shr eax, 1
        jnc .even
        xor eax, 0x8408
.even:
        dec ecx
        jnz .bit
        mov [crc_table + edx * 4], eax
        inc edx
        cmp edx, 256
        jb .value
        ret

; What answers a hello: version, stage, error of the step it stopped in, that step's name.
hello_size      equ 42
compose_hello:
        mov edi, hello
        mov byte [edi], probe_version
        mov al, [stage]
        mov [edi + 1], al
        mov eax, [step_error]
        mov [edi + 2], eax
        mov eax, [image_digest]
        mov [edi + 6], eax
        add edi, 10
        mov esi, [step]
        mov ecx, 32
        xor eax, eax
        push edi
        rep stosb
        pop edi
        mov ecx, 31
.name:
        inc esi
        mov al, [esi]
        test al, al
        jz .done
        mov [edi], al
        inc edi
        dec ecx
        jnz .name
.done:
        ret

; A trap came while the probe itself was at work and not a command: it says so and serves on.
lost_while_serving:
        mov esi, text_lost
        call say
        mov edx, [last_entry]
        mov eax, [edx + le_source]
        call say_hex
        mov esi, text_at
        call say
        mov edx, [last_entry]
        mov eax, [edx + le_eip]
        call say_hex
        mov esi, text_newline
        call say
        cmp dword [replay_script], 0
        jne replay_lost
        jmp serve

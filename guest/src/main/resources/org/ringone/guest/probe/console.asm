; The console: a ring shared with the console's other end (ordinary domain), or hypercalls (initial domain).

cr_out          equ 1024                ; the ring page: input 0..1023, output 1024..3071, then four free-running indices
cr_in_cons      equ 3072
cr_in_prod      equ 3076
cr_out_cons     equ 3080
cr_out_prod     equ 3084
cr_in_size      equ 1024
cr_out_size     equ 2048
cio_write       equ 0
cio_read        equ 1

; Writes EDX bytes at ECX, all of them. Keeps EBP.
console_write:
        cmp dword [initial_domain], 0
        je .ring
        mov eax, ecx
        mov ecx, edx
        mov edx, eax
        mov ebx, cio_write
        jmp hypercall_page + hc_console_io * 32
.ring:
        mov esi, ecx
        mov ebx, [console_ring]
.some:
        mov eax, [ebx + cr_out_prod]
        mov ecx, eax
        sub ecx, [ebx + cr_out_cons]
        neg ecx
        add ecx, cr_out_size            ; room
        jz .full
        and eax, cr_out_size - 1
        mov edi, cr_out_size            ; up to the end of the ring
        sub edi, eax
        cmp ecx, edi
        jbe .no_wrap
        mov ecx, edi
.no_wrap:
        cmp ecx, edx
        jbe .no_more
        mov ecx, edx
.no_more:
        lea edi, [ebx + cr_out + eax]
        mov eax, ecx
        rep movsb
        add [ebx + cr_out_prod], eax
        sub edx, eax
        jnz .some
        jmp notify_console
.full:
        push edx
        push esi
        push ebx
        call notify_console
        call yield
        pop ebx
        pop esi
        pop edx
        jmp .some

; Tells the console's other end that the ring has changed, once there are hypercalls.
notify_console:
        cmp dword [stage], 0
        jle .out
        mov eax, [console_port]
        mov [argument], eax
        mov ebx, evtchn_send
        mov ecx, argument
        jmp hypercall_page + hc_event_channel_op * 32
.out:
        ret

; Reads what has come in, at most rx_size bytes, to rx. EAX = how many. Keeps EBP.
console_read:
        cmp dword [initial_domain], 0
        je .ring
        mov ebx, cio_read
        mov ecx, rx_size
        mov edx, rx
        call hypercall_page + hc_console_io * 32
        test eax, eax
        jns .out
        xor eax, eax
.out:
        ret
.ring:
        mov ebx, [console_ring]
        mov eax, [ebx + cr_in_cons]
        mov ecx, [ebx + cr_in_prod]
        sub ecx, eax
        and eax, cr_in_size - 1
        mov edx, cr_in_size
        sub edx, eax
        cmp ecx, edx
        jbe .no_wrap
        mov ecx, edx
.no_wrap:
        cmp ecx, rx_size
        jbe .no_more
        mov ecx, rx_size
.no_more:
        lea esi, [ebx + eax]
        mov edi, rx
        mov eax, ecx
        rep movsb
        add [ebx + cr_in_cons], eax
        ret

; Finds the event channel that tells of console input and keeps it masked: it is only polled for. EAX = 0 or the errno.
bind_console:
        cmp dword [initial_domain], 0
        je .given
        mov dword [argument], virq_console
        mov dword [argument + 4], 0     ; on vcpu 0
        mov ebx, evtchn_bind_virq
        mov ecx, argument
        call hypercall_page + hc_event_channel_op * 32
        test eax, eax
        jnz .out
        mov eax, [argument + 8]
        mov [console_port], eax
.given:
        mov dword [can_poll], 1
        xor eax, eax
.out:
        ret

; After a command that may have closed the console's port: sees whether it still stands, binds it again where possible.
check_console_port:
        mov dword [can_poll], 0
        cmp dword [stage], 3
        jl .out
        mov word [argument], 0x7FF0     ; ourselves
        mov word [argument + 2], 0
        mov eax, [console_port]
        mov [argument + 4], eax
        mov ebx, evtchn_status
        mov ecx, argument
        call hypercall_page + hc_event_channel_op * 32
        test eax, eax
        jnz bind_again
        cmp dword [initial_domain], 0
        je .ring
        cmp dword [argument + 8], 4     ; bound to a virtual interrupt
        jne bind_again
        mov dword [can_poll], 1
.out:
        ret
.ring:
        cmp dword [argument + 8], 2     ; connected to another domain
        jne .out
        mov dword [can_poll], 1
        ret
bind_again:
        cmp dword [initial_domain], 0
        jne bind_console
        ret

; Waits until there may be console input. The caller has cleared the port's pending bit before it last looked.
idle:
        cmp dword [can_poll], 0
        je yield
        mov dword [argument], console_port
        mov dword [argument + 4], 1
        mov dword [argument + 8], 0     ; for ever
        mov dword [argument + 12], 0
        mov ebx, sched_poll
        mov ecx, argument
        call hypercall_page + hc_sched_op * 32
        test eax, eax
        js yield
        ret

yield:
        cmp dword [stage], 0
        jg yield_now
        ret                             ; there are no hypercalls to do it with
yield_now:
        mov ebx, sched_yield
        xor ecx, ecx
        jmp hypercall_page + hc_sched_op * 32

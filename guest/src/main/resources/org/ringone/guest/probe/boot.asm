; The stages of coming up, in their published order. Each step says its name before it is tried.

boot:
        ; -- stage 0: start_info, and a console --
        mov esi, [start_info]
        mov eax, [esi + si_flags]
        and eax, sif_initdomain
        mov [initial_domain], eax
        jnz .have_console
        mov eax, [esi + si_console_port]
        mov [console_port], eax
        mov eax, [esi + si_console_mfn] ; its pseudo-physical frame, from the list of machine frames
        mov edi, [esi + si_mfn_list]
        mov ecx, [esi + si_nr_pages]
        repne scasd
        jne .nobody                     ; no console: nobody to tell
        sub edi, [esi + si_mfn_list]
        lea edi, [edi * 2 - 8]
        shl edi, 9                      ; (index / 4 - 1) * 4096
        add edi, virt_base
        mov [console_ring], edi
.have_console:
        call make_crc_table
        mov esi, text_hello
        call say
        mov eax, step_start_info
        call begin_step
        mov esi, [start_info]
        cmp dword [esi], 'xen-'
        mov eax, -1
        jne boot_failed
        mov dword [stage], 0

        ; -- stage 1: hypercalls --
        mov eax, step_hypercall_page
        call begin_step
        mov eax, -1
        cmp dword [hypercall_page + hc_xen_version * 32], 0
        je boot_failed
        mov eax, step_xen_version
        call begin_step
        xor ebx, ebx                    ; XENVER_version
        xor ecx, ecx
        call hypercall_page + hc_xen_version * 32
        mov [xen_version], eax
        test eax, eax
        js boot_failed
        mov eax, step_sched_op
        call begin_step
        call yield_now
        test eax, eax
        js boot_failed
        mov dword [stage], 1

        ; -- stage 2: trap table --
        mov eax, step_set_trap_table
        call begin_step
        call make_stubs
        call set_own_traps
        test eax, eax
        jnz boot_failed
        mov eax, step_first_trap
        call begin_step
        mov dword [recover], .trapped
        mov [recover_esp], esp
        ud2
.trapped:
        mov dword [recover], 0
        mov edx, [last_entry]
        mov eax, [edx + le_source]
        cmp eax, 6
        jne boot_failed
        mov dword [stage], 2

        ; -- stage 3: shared_info, callbacks and events --
        mov eax, step_map_shared_info
        call begin_step
        mov esi, [start_info]
        call map_shared_info
        test eax, eax
        jnz boot_failed
        cmp dword [entry_eip], entry_quiet
        je .kept
        call keep_shared_info
.kept:
        mov edi, shared_info + sh_evtchn_mask
        mov eax, -1
        mov ecx, 32
        rep stosd
        mov eax, step_set_callbacks
        call begin_step
        call set_own_callbacks
        test eax, eax
        jnz boot_failed
        mov eax, step_console_port
        call begin_step
        call bind_console
        test eax, eax
        js boot_failed
        mov eax, step_first_upcall
        call begin_step
        call first_upcall
        test eax, eax
        jnz boot_failed
        mov dword [stage], 3

        ; -- stage 4: kernel stack and user pages --
        mov eax, step_stack_switch
        call begin_step
        call set_own_stack
        test eax, eax
        jnz boot_failed
        mov eax, step_user_pages
        call begin_step
        call open_user_pages
        test eax, eax
        jnz boot_failed
        mov eax, step_first_user_code
        call begin_step
        mov byte [user_code], 0xCC       ; INT3
        mov dword [recover], .came_back
        mov [recover_esp], esp
        push dword user_ds
        push dword user_stack_top
        push dword 0x202
        push dword user_cs
        push dword user_code
        iretd
.came_back:
        mov dword [recover], 0
        mov edx, [last_entry]
        mov eax, [edx + le_source]
        cmp eax, end_vector
        jne boot_failed
        mov dword [stage], 4
        mov dword [step], step_none
        jmp ready
.nobody:
        jmp .nobody

ready:
        mov dword [log_count], 0
        mov dword [upcall_count], 0
        mov esi, text_ready
        call say
        cmp dword [replay_script], 0
        jne replay
        jmp serve

; Maps shared_info; ESI points to start_info. EAX = result.
map_shared_info:
        mov ebx, shared_info
        mov ecx, [esi + si_shared_info]
        or ecx, 3                       ; present, writable
        xor edx, edx
        mov esi, 2                      ; flush this entry
        jmp hypercall_page + hc_update_va_mapping * 32

; Keeps a copy of shared_info as it is now.
keep_shared_info:
        cld
        mov esi, shared_info
        mov edi, entry_shared_info
        mov ecx, 1024
        rep movsd
        ret

; Raises one event on a port of our own and takes it. EAX = 0 when exactly one upcall came.
first_upcall:
        mov dword [argument], 0         ; on vcpu 0
        mov ebx, evtchn_bind_ipi
        mov ecx, argument
        call hypercall_page + hc_event_channel_op * 32
        test eax, eax
        jnz .out
        mov eax, [argument + 4]
        mov [argument], eax             ; what send and close want
        btr [shared_info + sh_evtchn_mask], eax
        mov dword [upcall_count], 0
        mov ebx, evtchn_send
        mov ecx, argument
        call hypercall_page + hc_event_channel_op * 32
        test eax, eax
        jnz .out
        mov byte [shared_info + vi_mask], 0
        xor ebx, ebx
        xor ecx, ecx
        call hypercall_page + hc_xen_version * 32
        mov byte [shared_info + vi_mask], 1
        mov eax, [argument]
        bts [shared_info + sh_evtchn_mask], eax
        mov ebx, evtchn_close
        mov ecx, argument
        call hypercall_page + hc_event_channel_op * 32
        mov eax, [upcall_count]
        dec eax
.out:
        ret

; Lets ring 3 at the user pages. EAX = 0 or the errno.
open_user_pages:
        mov ebx, user_pages
.page:
        mov eax, ebx
        sub eax, virt_base
        shr eax, 12
        mov esi, [start_info]
        mov esi, [esi + si_mfn_list]
        mov ecx, [esi + eax * 4]
        mov edx, ecx
        shl ecx, 12
        shr edx, 20
        or ecx, 7                       ; present, writable, user
        mov esi, 2                      ; flush this entry
        push ebx
        call hypercall_page + hc_update_va_mapping * 32
        pop ebx
        test eax, eax
        jnz .out
        add ebx, 4096
        cmp ebx, user_pages_end
        jb .page
.out:
        ret

; Registers the probe's trap table: every vector, with descriptor privilege 0 but for the breakpoint, overflow and INT 0x80;
; none masks events. EAX = the result.
set_own_traps:
        mov edi, trap_table
        xor edx, edx
.entry:
        xor eax, eax
        cmp edx, 3
        je .user
        cmp edx, 4
        je .user
        cmp edx, 0x80
        jne .kernel
.user:
        mov al, 3
.kernel:
        mov [edi], dl
        mov [edi + 1], al
        mov word [edi + 2], flat_cs
        mov eax, edx
        shl eax, 4
        add eax, trap_stubs
        mov [edi + 4], eax
        add edi, 8
        inc edx
        cmp edx, 256
        jb .entry
        mov dword [edi], 0
        mov dword [edi + 4], 0
        mov ebx, trap_table
        call hypercall_page + hc_set_trap_table * 32
        ret

set_own_callbacks:
        mov ebx, flat_cs
        mov ecx, upcall_entry
        mov edx, flat_cs
        mov esi, failsafe_entry
        call hypercall_page + hc_set_callbacks * 32
        ret

set_own_stack:
        mov ebx, flat_ds
        mov ecx, kernel_stack_top
        call hypercall_page + hc_stack_switch * 32
        ret

; Writes the 256 entry stubs, 16 bytes each: push 0 (where the processor pushes no error code), push the vector, jump.
make_stubs:
        mov edi, trap_stubs
        xor edx, edx
.stub:
        mov ebx, edi
        cmp edx, 31
        ja .none
        bt dword [error_vectors], edx
        jc .pushed
.none:
        mov word [edi], 0x006A
        add edi, 2
.pushed:
        mov byte [edi], 0x68
        mov [edi + 1], edx
        mov byte [edi + 5], 0xE9
        mov eax, trap_common
        sub eax, edi
        sub eax, 10
        mov [edi + 6], eax
        lea edi, [ebx + 16]
        inc edx
        cmp edx, 256
        jb .stub
        ret

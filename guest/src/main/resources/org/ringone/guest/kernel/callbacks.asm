; The hypervisor's ways into this kernel: the event callback, the failsafe callback; and the way back.

; operation register_callbacks
register_callbacks:
        push ebx
        push esi
        mov ebx, flat_cs
        mov ecx, event_callback
        mov edx, flat_cs
        mov esi, failsafe_callback
        mov eax, hc_set_callbacks
        call hypercall
        pop esi
        pop ebx
        test eax, eax
        jnz bug
        ret

; operation register_fault_handlers
; Of #NP and #GP, which a bad selector raises.
register_fault_handlers:
        push edi
        mov edi, traps
        mov dword [edi], 11 | flat_cs << 16
        mov dword [edi + 4], not_present_fault
        mov dword [edi + 8], 13 | flat_cs << 16
        mov dword [edi + 12], protection_fault
        add edi, 16
        call set_traps
        pop edi
        ret

; operation event_callback
; Takes the pending channels, counts them, and goes back: once for as often as something has come meanwhile.
event_callback:
        push eax
        push ecx
        push edx
        push ds
        mov eax, flat_ds
        mov ds, eax
        inc dword [event_upcalls]
        mov byte [evtchn_upcall_pending], 0
        xor eax, eax
        xchg [shared_info + 4], eax     ; the selector of words
.word:
        bsf edx, eax
        jz .done
        btr eax, edx
.port:
        mov ecx, [shared_info + 2176 + edx * 4]
        not ecx
        and ecx, [shared_info + 2048 + edx * 4]
        bsf ecx, ecx
        jz .word
        lock btr [shared_info + 2048 + edx * 4], ecx
        inc dword [events_taken]
        jmp .port
.done:
        pop ds
        pop edx
        pop ecx
        pop eax
        jmp iret_path

; operation iret_path
; To the frame on the stack: EIP, CS, EFLAGS, and ESP, SS of user code. The event mask becomes what its IF says.
iret_path:
        jmp hypercall_page + hc_iret * 32

; operation failsafe_callback
; Entered with DS, ES, FS, GS and a frame that could not be returned to. The selectors are tried again: when one of them
; fails (the exception's handler finds the place in the table of fix-ups), that was it; it becomes null and the frame can be
; gone back to. When none fails it was the return itself, and the kernel does what it does about a failing IRET.
failsafe_callback:
        push eax
        mov eax, 1
.ds:
        mov ds, [esp + 4]
.es:
        mov es, [esp + 8]
.fs:
        mov fs, [esp + 12]
.gs:
        mov gs, [esp + 16]
        test eax, eax
        pop eax
        lea esp, [esp + 16]
        jz .segment
        push eax
        mov eax, flat_ds
        mov ds, eax
        mov es, eax
        pop eax
        jmp iret_fault
.segment:
        inc dword [ss:segment_faults]
        jmp iret_path
.null_ds:
        xor eax, eax
        mov [esp + 4], eax
        jmp .ds
.null_es:
        xor eax, eax
        mov [esp + 8], eax
        jmp .es
.null_fs:
        xor eax, eax
        mov [esp + 12], eax
        jmp .fs
.null_gs:
        xor eax, eax
        mov [esp + 16], eax
        jmp .gs
        align 4, db 0
fixups          dd failsafe_callback.ds, failsafe_callback.null_ds, failsafe_callback.es, failsafe_callback.null_es
                dd failsafe_callback.fs, failsafe_callback.null_fs, failsafe_callback.gs, failsafe_callback.null_gs
fixup_count     equ 4

; The user task that was to be returned to gets the fault: it ends, and the kernel goes on where it waits for that.
iret_fault:
        inc dword [iret_faults]
        mov eax, [esp]
        mov [faulting_eip], eax
        mov eax, [esp + 4]
        mov [faulting_cs], eax
        mov esp, [task_end_stack]
        jmp [task_end]

; Handlers of the exceptions that a selector can raise. A place with a fix-up goes on there; everything else is the business
; of the kernel's other handler.
not_present_fault:
        push dword trap_stubs + 16 * 11
        jmp selector_fault
protection_fault:
        push dword trap_stubs + 16 * 13
selector_fault:
        push eax
        push ecx
        mov eax, [esp + 16]             ; the saved EIP
        xor ecx, ecx
.look:
        cmp eax, [cs:fixups + ecx * 8]  ; DS may be the one that is bad
        je .found
        inc ecx
        cmp ecx, fixup_count
        jb .look
        pop ecx
        pop eax
        ret
.found:
        mov eax, [cs:fixups + ecx * 8 + 4]
        mov [esp + 16], eax
        pop ecx
        pop eax
        add esp, 8
        iretd

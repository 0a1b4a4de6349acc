; The guest kernel: the paravirtual operations of a kernel for this interface. This file: constants, making hypercalls.
;
; Arguments come in EAX, EDX and ECX, a result leaves in EAX; EBX, ESI, EDI and EBP are kept. "; operation NAME" begins an
; operation, which can be replaced as a whole. The probe's symbols and the origin come from whoever assembles it.

        bits 32

flat_cs         equ 0xE019              ; ring 1
flat_ds         equ 0xE021

hc_set_trap_table       equ 0
hc_mmu_update   equ 1
hc_set_gdt      equ 2
hc_stack_switch equ 3
hc_set_callbacks        equ 4
hc_update_descriptor    equ 10
hc_multicall    equ 13
hc_update_va_mapping    equ 14
hc_xen_version  equ 17
hc_iret         equ 23
hc_mmuext_op    equ 26
hc_sched_op     equ 29
hc_event_channel_op     equ 32

domid_self      equ 0x7FF0
uvmf_invlpg     equ 2
xenver_platform_parameters      equ 5
sched_block     equ 1
evtchn_send     equ 4
evtchn_bind_ipi equ 7

mmuext_new_baseptr      equ 5
mmuext_tlb_flush_local  equ 6
mmuext_invlpg_local     equ 7
mmuext_tlb_flush_multi  equ 8
mmuext_invlpg_multi     equ 9
mmuext_set_ldt  equ 13

pt_present      equ 1
pt_rw           equ 2
pt_table        equ 0x67                ; present, writable, user, accessed, dirty: an entry for a table
pt_readonly     equ 0x61                ; present, accessed, dirty

mach2phys       equ 0xF5800000

si_shared_info  equ 36                  ; start_info
si_pt_base      equ 60
si_mfn_list     equ 68

lazy_mmu        equ 1                   ; ways of being lazy: calls that may wait for a flush
lazy_cpu        equ 2

kernel_start:
        jmp kernel_entry

; What nobody may let pass: a hypercall that this kernel relies on was refused.
bug:
        ud2

; operation hypercall
; Makes the hypercall whose number is in EAX with the arguments in EBX, ECX, EDX, ESI and EDI, and notes it in the log of
; calls. EAX = its result; all other registers are kept, whatever the hypervisor does with them.
hypercall:
        push ebp
        push edi
        push esi
        push edx
        push ecx
        push ebx
        push dword [call_count]
        call note_call
        cmp eax, hc_multicall
        jne .make
        call note_entries
.make:
        push eax
        shl eax, 5
        add eax, hypercall_page
        call eax
        pop edx                         ; the number
        pop ecx                         ; that of its record
        mov ebx, [esp]
        mov ebp, [esp + 4]
        call note_result
        cmp edx, hc_multicall
        jne .out
        test eax, eax
        jnz .out
        call note_results
.out:
        pop ebx
        pop ecx
        pop edx
        pop esi
        pop edi
        pop ebp
        ret

; A record of a call, 32 bytes.
cl_number       equ 0                   ; with in_multicall when it is an entry of the multicall before it
cl_arguments    equ 4                   ; five
cl_detail       equ 24                  ; mmuext_op: the command
cl_result       equ 28
call_log_size   equ 128                 ; records; a power of two
in_multicall    equ 1 << 31
no_result       equ 0x5A5A5A5A

; Notes the call that the registers hold. Keeps them.
note_call:
        push ebp
        mov ebp, [call_count]
        inc dword [call_count]
        and ebp, call_log_size - 1
        shl ebp, 5
        add ebp, call_log
        mov [ebp + cl_number], eax
        mov [ebp + cl_arguments], ebx
        mov [ebp + cl_arguments + 4], ecx
        mov [ebp + cl_arguments + 8], edx
        mov [ebp + cl_arguments + 12], esi
        mov [ebp + cl_arguments + 16], edi
        mov dword [ebp + cl_detail], 0
        mov dword [ebp + cl_result], no_result
        cmp al, hc_mmuext_op
        jne .out
        push dword [ebx]
        pop dword [ebp + cl_detail]
.out:
        pop ebp
        ret

; Notes ECX entries of the multicall list at EBX. Keeps all registers.
note_entries:
        pushad
        mov ebp, ebx
        jecxz .out
.entry:
        push ecx
        mov eax, [ebp]
        or eax, in_multicall
        mov ebx, [ebp + 8]
        mov ecx, [ebp + 12]
        mov edx, [ebp + 16]
        mov esi, [ebp + 20]
        mov edi, [ebp + 24]
        call note_call
        pop ecx
        add ebp, 32
        loop .entry
.out:
        popad
        ret

; Notes EAX as the result of the record with number ECX; ECX becomes the next one.
note_result:
        push ecx
        and ecx, call_log_size - 1
        shl ecx, 5
        mov [call_log + ecx + cl_result], eax
        pop ecx
        inc ecx
        ret

; Notes the results of the EBP entries of the multicall list at EBX, from the record with number ECX. Keeps EAX.
note_results:
        push eax
.entry:
        dec ebp
        js .out
        mov eax, [ebx + 4]
        call note_result
        add ebx, 32
        jmp .entry
.out:
        pop eax
        ret

; The machine address of what lies at EAX in the boot mapping: EDX:EAX. Keeps ECX.
machine_address:
        push ecx
        mov ecx, eax
        sub ecx, virt_base
        shr ecx, 12
        mov edx, [start_info]
        mov edx, [edx + si_mfn_list]
        mov ecx, [edx + ecx * 4]
        mov edx, ecx
        shr edx, 20
        shl ecx, 12
        and eax, 0xFFF
        or eax, ecx
        pop ecx
        ret

; The machine frame of what lies at EAX in the boot mapping. Keeps ECX and EDX.
machine_frame:
        push edx
        sub eax, virt_base
        shr eax, 12
        mov edx, [start_info]
        mov edx, [edx + si_mfn_list]
        mov eax, [edx + eax * 4]
        pop edx
        ret

; The address in the boot mapping of the table that the entry in EDX:EAX names.
table_of:
        shrd eax, edx, 12
        and eax, 0xFFFFFF
        mov eax, [mach2phys + eax * 4]
        shl eax, 12
        add eax, virt_base
        ret

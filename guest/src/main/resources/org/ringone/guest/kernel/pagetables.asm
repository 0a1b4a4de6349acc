; Page tables. Entries are EDX low and ECX high half.

; operation set_pte_init
; The entry at EAX, while the kernel builds its first tables from those it was given: what is mapped read-only there is so
; because it is a table. It stays so; every other change is let through.
set_pte_init:
        test byte [eax], pt_present
        jz .set
        test byte [eax], pt_rw
        jnz .set
        and edx, ~pt_rw
.set:
        jmp queue_entry

; operation set_pte
set_pte:
        jmp queue_entry

; operation set_pmd
; The L2 entry at EAX.
set_pmd:
        jmp queue_entry

; operation set_pud
; The L3 entry at EAX.
set_pud:
        jmp queue_entry

; operation set_pte_at
; The entry that maps address EAX in the present address space; at once, after what is queued.
set_pte_at:
        push ebx
        push esi
        push eax
        push edx
        push ecx
        call mc_flush
        pop edx
        pop ecx
        pop ebx
        mov esi, uvmf_invlpg
        mov eax, hc_update_va_mapping
        call hypercall
        pop esi
        pop ebx
        test eax, eax
        jnz bug
        ret

; operation make_readonly
; The page at EAX in the boot mapping.
make_readonly:
        push eax
        call machine_address
        mov ecx, edx
        and eax, -4096
        lea edx, [eax + pt_readonly]
        pop eax
        jmp set_pte_at

; operation link_table
; Makes the page at EAX the table of the L2 entry at EDX: read-only before it is one.
link_table:
        push eax
        push edx
        call make_readonly
        pop edx
        pop eax
        push edx
        call machine_address
        mov ecx, edx
        and eax, -4096
        lea edx, [eax + pt_table]
        pop eax
        jmp set_pmd

; Queues an mmu_update of the entry at EAX in the boot mapping to ECX:EDX.
queue_entry:
        push ecx
        push edx
        call machine_address
        push edx
        push eax
        mov eax, 16
        call mc_entry
        pop dword [edx]
        pop dword [edx + 4]
        pop dword [edx + 8]
        pop dword [edx + 12]
        mov dword [eax], hc_mmu_update
        mov [eax + 8], edx
        mov dword [eax + 12], 1
        mov dword [eax + 16], 0
        mov dword [eax + 20], domid_self
        mov eax, lazy_mmu
        jmp mc_issue

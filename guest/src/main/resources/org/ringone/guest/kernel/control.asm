; Control registers, the TLB, CPUID.

; operation read_cr0
read_cr0:
        mov eax, cr0
        ret

; operation write_cr0
; The hypervisor emulates the instruction as far as TS.
write_cr0:
        mov cr0, eax
        ret

; operation clear_ts
clear_ts:
        clts
        ret

; operation read_cr2
read_cr2:
        mov eax, [shared_info + 8]      ; vcpu_info.arch.cr2
        ret

; operation write_cr2
write_cr2:
        mov [shared_info + 8], eax
        ret

; operation read_cr3
; The pseudo-physical address of the top table, kept by the kernel for its processor.
read_cr3:
        mov eax, [kernel_cr3]
        ret

; operation write_cr3
; The same value again flushes the TLB only.
write_cr3:
        cmp eax, [kernel_cr3]
        je flush_tlb_user
        mov [kernel_cr3], eax
        add eax, virt_base
        call machine_frame
        mov edx, eax
        mov eax, mmuext_new_baseptr
        call queue_mmuext
        mov eax, lazy_cpu
        jmp mc_issue

; operation read_cr4
read_cr4:
        mov eax, cr4
        ret

; operation write_cr4
; What it asks for is not the guest's to decide.
write_cr4:
        ret

; operation flush_tlb_user
flush_tlb_user:
        mov eax, mmuext_tlb_flush_local
        call queue_mmuext
        mov eax, lazy_mmu
        jmp mc_issue

; operation flush_tlb_kernel
; No entry is global under this hypervisor.
flush_tlb_kernel:
        mov eax, mmuext_tlb_flush_local
        call queue_mmuext
        mov eax, lazy_mmu
        jmp mc_issue

; operation flush_tlb_single
; The entry of address EAX.
flush_tlb_single:
        mov edx, eax
        and edx, -4096
        mov eax, mmuext_invlpg_local
        call queue_mmuext
        mov eax, lazy_mmu
        jmp mc_issue

; operation flush_tlb_others
; On the vcpus whose bits are set in EAX: the entry of address EDX, or all with -1.
flush_tlb_others:
        mov [vcpu_set], eax
        mov ecx, vcpu_set
        mov eax, mmuext_tlb_flush_multi
        cmp edx, -1
        je .queue
        and edx, -4096
        mov eax, mmuext_invlpg_multi
.queue:
        call queue_mmuext
        mov eax, lazy_mmu
        jmp mc_issue

; operation read_cpuid
; EAX EBX ECX EDX = what leaf EAX, subleaf ECX has, as the hypervisor shows it with its prefix; without APIC, ACPI and
; automatic clock control, which are not this kernel's.
hidden_features equ 1 << 9 | 1 << 22 | 1 << 29
read_cpuid:
        push eax
        db 0x0F, 0x0B, 'xen'
        cpuid
        cmp dword [esp], 1
        lea esp, [esp + 4]
        jne .out
        and edx, ~hidden_features
.out:
        ret

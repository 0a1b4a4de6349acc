; Start of day, and what a kernel does with its operations when it starts in its ordinary way.

; The first instruction when the domain is started with this kernel: afterwards the probe starts as if nothing had been.
kernel_entry:
        mov [boot_esi], esi
        mov [boot_esp], esp
        mov [start_info], esi
        mov esp, boot_stack_top
        cld
        call start_of_day
        mov byte [evtchn_upcall_mask], 1
        mov esi, [boot_esi]
        mov esp, [boot_esp]
        jmp probe_entry

; operation start_of_day
start_of_day:
        call install_operations
        call take_page_tables
        call reserve_top
        jmp start_kernel

; operation install_operations
; The paravirtual operations take the place of the native ones.
install_operations:
        push esi
        push edi
        mov esi, paravirtual_operations
        mov edi, operations
        mov ecx, operations_count
        rep movsd
        pop edi
        pop esi
        ret

; operation take_page_tables
; The tables that the hypervisor supplied are the kernel's first ones.
take_page_tables:
        mov eax, [start_info]
        mov eax, [eax + si_pt_base]
        mov [kernel_l3], eax
        lea edx, [eax - virt_base]
        mov [kernel_cr3], edx
        mov edx, [eax + 28]
        mov eax, [eax + 24]
        call table_of
        mov [kernel_l2], eax
        ret

; operation reserve_top
; The hypervisor says where its part of the address space begins; the kernel's own top mappings end a page below.
reserve_top:
        push ebx
        mov ebx, xenver_platform_parameters
        mov ecx, parameters
        mov eax, hc_xen_version
        call hypercall
        pop ebx
        test eax, eax
        jnz bug
        mov eax, [parameters]
        sub eax, 4096
        mov [top_address], eax
        ret

; operation start_kernel
; What starts every kernel, by its operations only.
start_kernel:
        call [operation_irq_disable]
        call map_shared_info
        call mask_channels
        call register_callbacks
        call raise_event
        call [operation_irq_enable]
        call [operation_read_cr3]
        cmp eax, [kernel_cr3]
        jne bug
        ret

; operation mask_channels
; None is to come before somebody has asked for it.
mask_channels:
        push edi
        mov edi, shared_info + 2176
        mov eax, -1
        mov ecx, 32
        rep stosd
        pop edi
        ret

map_shared_info:
        mov edx, [start_info]
        mov edx, [edx + si_shared_info]
        or edx, pt_present | pt_rw
        xor ecx, ecx
        mov eax, shared_info
        call set_pte_at
        mov byte [evtchn_upcall_mask], 1
        ret

; An event of the kernel's own on a channel that it lets through.
raise_event:
        push ebx
        mov dword [channel], 0          ; on vcpu 0
        mov ebx, evtchn_bind_ipi
        mov ecx, channel
        mov eax, hc_event_channel_op
        call hypercall
        test eax, eax
        jnz bug
        mov eax, [channel + 4]
        mov [channel], eax
        btr [shared_info + 2176], eax
        mov ebx, evtchn_send
        mov ecx, channel
        mov eax, hc_event_channel_op
        call hypercall
        pop ebx
        test eax, eax
        jnz bug
        ret

; operation set_fixmap
; Maps ECX:EDX at the address with number EAX from the top down; EAX = that address.
set_fixmap:
        push ebx
        push esi
        push edi
        mov esi, edx
        mov edi, ecx
        shl eax, 12
        mov ebx, [top_address]
        sub ebx, eax
        mov eax, ebx
        shr eax, 21
        and eax, 511
        mov ecx, [kernel_l2]
        lea edx, [ecx + eax * 8]
        test byte [edx], pt_present
        jnz .linked
        mov eax, top_l1
        call link_table
.linked:
        mov edx, esi
        mov ecx, edi
        mov eax, ebx
        call set_pte_at
        mov eax, ebx
        pop edi
        pop esi
        pop ebx
        ret

; Native operations: right on a bare processor, where the kernel would be in ring 0.
native_irq_disable:
        cli
        ret
native_irq_enable:
        sti
        ret
native_read_cr3:
        mov eax, cr3
        ret

        align 4, db 0
operations:
operation_irq_disable   dd native_irq_disable
operation_irq_enable    dd native_irq_enable
operation_read_cr3      dd native_read_cr3
operations_count        equ 3
paravirtual_operations  dd irq_disable, irq_enable, read_cr3

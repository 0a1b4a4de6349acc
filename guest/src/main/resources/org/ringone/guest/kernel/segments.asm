; Segmentation: the GDT, its entries, thread-local storage, the LDT. Descriptors are EDX low and ECX high half.

descriptor_ldt  equ 0x82                ; bits 8 to 15 of the high half
descriptor_tss  equ 0x89
gdt_frames      equ 14
tls_entries     equ 3

; operation load_gdt
; The EDX bytes at EAX, a page's start in the boot mapping.
load_gdt:
        push ebx
        push esi
        push edi
        mov ebx, edx
        mov esi, eax
        test eax, 0xFFF
        jnz bug
        mov edi, eax
.page:
        mov eax, edi
        call make_readonly
        add edi, 4096
        lea eax, [esi + ebx]
        cmp edi, eax
        jb .page
        mov eax, gdt_frames * 4
        call mc_entry
        mov dword [eax], hc_set_gdt
        mov [eax + 8], edx
        mov ecx, ebx
        shr ecx, 3
        mov [eax + 12], ecx
.frame:
        mov eax, esi
        call machine_frame
        mov [edx], eax
        add edx, 4
        add esi, 4096
        cmp esi, edi
        jb .frame
        mov eax, lazy_cpu
        call mc_issue
        pop edi
        pop esi
        pop ebx
        ret

; operation write_gdt_entry
; The entry at EAX in the boot mapping. The kernel's own LDT and TSS descriptors are the hypervisor's business.
write_gdt_entry:
        cmp ch, descriptor_ldt
        je .out
        cmp ch, descriptor_tss
        je .out
        jmp update_descriptor
.out:
        ret

; operation write_ldt_entry
; The entry at EAX in the boot mapping.
write_ldt_entry:
        jmp update_descriptor

; operation load_tls
; The three descriptors at EAX become the GDT entries from the one at EDX on.
load_tls:
        push ebx
        push esi
        push edi
        mov esi, eax
        mov edi, edx
        mov ebx, tls_entries
        cmp dword [lazy_mode], lazy_cpu
        jne .entry
        xor eax, eax
        mov gs, eax                     ; it may name an entry that goes away, and the switch reloads it anyway
.entry:
        mov eax, edi
        mov edx, [esi]
        mov ecx, [esi + 4]
        call queue_descriptor
        add esi, 8
        add edi, 8
        dec ebx
        jnz .entry
        pop edi
        pop esi
        pop ebx
        mov eax, lazy_cpu
        jmp mc_issue

; operation set_ldt
; EDX entries at EAX, a page's start; none with 0.
set_ldt:
        push ebx
        push esi
        push edi
        mov ebx, eax
        mov esi, edx
        mov edi, eax
        lea edx, [eax + edx * 8]
.page:
        cmp edi, edx
        jae .readonly
        push edx
        mov eax, edi
        call make_readonly
        pop edx
        add edi, 4096
        jmp .page
.readonly:
        mov eax, mmuext_set_ldt
        mov edx, ebx
        mov ecx, esi
        call queue_mmuext
        pop edi
        pop esi
        pop ebx
        mov eax, lazy_cpu
        jmp mc_issue

; The descriptor at EAX in the boot mapping becomes ECX:EDX, at once, after what is queued.
update_descriptor:
        push ebx
        push esi
        push edx
        push ecx
        call machine_address
        push eax
        push edx
        call mc_flush
        pop ecx
        pop ebx
        pop esi
        pop edx
        mov eax, hc_update_descriptor
        call hypercall
        pop esi
        pop ebx
        test eax, eax
        jnz bug
        ret

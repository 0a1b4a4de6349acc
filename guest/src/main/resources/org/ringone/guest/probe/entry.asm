; The probe: a small paravirtual kernel that serves commands over its console. This file: constants of the interface, the
; first instructions, and the words about boot stages. virt_base and the origin come from whoever assembles it.

        bits 32

flat_cs         equ 0xE019              ; ring 1
flat_ds         equ 0xE021
user_cs         equ 0xE02B              ; ring 3
user_ds         equ 0xE033
kernel_ring     equ 1

hc_set_trap_table       equ 0
hc_stack_switch         equ 3
hc_set_callbacks        equ 4
hc_update_va_mapping    equ 14
hc_xen_version          equ 17
hc_console_io           equ 18
hc_iret                 equ 23
hc_sched_op             equ 29
hc_event_channel_op     equ 32

sched_yield     equ 0
sched_poll      equ 3
evtchn_bind_virq        equ 1
evtchn_close    equ 3
evtchn_send     equ 4
evtchn_status   equ 5
evtchn_bind_ipi equ 7
virq_console    equ 2

si_nr_pages     equ 32                  ; start_info
si_shared_info  equ 36
si_flags        equ 40
si_console_mfn  equ 52
si_console_port equ 56
si_pt_base      equ 60
si_mfn_list     equ 68
sif_initdomain  equ 2

vi_pending      equ 0                   ; vcpu_info, the first thing in shared_info
vi_mask         equ 1
vi_selector     equ 4
vi_cr2          equ 8
sh_evtchn_pending       equ 2048
sh_evtchn_mask  equ 2176

end_vector      equ 3                   ; INT3 at the end of its code completes a run
source_upcall   equ 0x100
source_failsafe equ 0x101

; The first instruction, as the ENTRY note names it. The second entry is for images whose ELF header names it and which
; have no such note: so it can be told which was taken.
entry:
        mov [entry_eax], eax
        mov dword [entry_eip], entry
        jmp capture
entry_elf:
        mov [entry_eax], eax
        mov dword [entry_eip], entry_elf
        jmp capture

; The third is for images that want to know shared_info as nobody has touched it: it looks before it says a word.
entry_quiet:
        pushad
        call map_shared_info
        call keep_shared_info
        popad
        mov [entry_eax], eax
        mov dword [entry_eip], entry_quiet
capture:
        mov [entry_ecx], ecx
        mov [entry_edx], edx
        mov [entry_ebx], ebx
        mov [entry_esp], esp
        mov [entry_ebp], ebp
        mov [entry_esi], esi
        mov [entry_edi], edi
        pushfd
        pop dword [entry_eflags]
        mov [entry_ds], ds
        mov [entry_es], es
        mov [entry_fs], fs
        mov [entry_gs], gs
        mov [entry_cs], cs
        mov [entry_ss], ss
        smsw eax
        mov [entry_cr0], eax
        mov esp, probe_stack_top
        cld
        mov [start_info], esi
        jmp boot

; ---- saying things ----

; Prints the string at ESI, up to its NUL. Keeps no register but EBP.
say:
        mov ecx, esi
.length:
        cmp byte [esi], 0
        lea esi, [esi + 1]
        jne .length
        lea edx, [esi - 1]
        sub edx, ecx
        jmp console_write

; Prints EAX as eight hexadecimal digits.
say_hex:
        mov edi, hex_text
        mov ecx, 8
.digit:
        rol eax, 4
        mov edx, eax
        and edx, 15
        mov dl, [hex_digits + edx]
        mov [edi], dl
        inc edi
        dec ecx
        jnz .digit
        mov ecx, hex_text
        mov edx, 8
        jmp console_write

; Begins the boot step whose description EAX points to (stage digit, name, NUL) and says so.
begin_step:
        mov [step], eax
        mov esi, text_stage
        call say
        mov eax, [step]
        movzx edx, byte [eax]
        mov [digit_text], dl
        mov ecx, digit_text
        mov edx, 1
        call console_write
        mov esi, text_colon
        call say
        mov esi, [step]
        inc esi
        call say
        mov esi, text_newline
        jmp say

; The step begun last has failed with EAX. The stages below it are served.
boot_failed:
        mov [step_error], eax
        mov esp, probe_stack_top
        mov esi, text_stopped
        call say
        mov esi, [step]
        inc esi
        call say
        mov esi, text_error
        call say
        mov eax, [step_error]
        call say_hex
        mov esi, text_newline
        call say
        jmp ready

; Memory that starts as zeros, behind the program.

        align 4096, db 0
kernel_image_end:

top_l1          equ kernel_image_end
call_log        equ kernel_image_end + 0x1000   ; call_log_size records of 32 bytes
mc_list         equ kernel_image_end + 0x2000   ; mc_size entries
mc_args         equ kernel_image_end + 0x2400
mc_callbacks    equ kernel_image_end + 0x2600
variables       equ kernel_image_end + 0x2800
boot_stack_top  equ kernel_image_end + 0x3000   ; 1.5 KiB
traps           equ kernel_image_end + 0x3000   ; 257 entries of 8 bytes
kernel_memory_end       equ kernel_image_end + 0x4000

call_count      equ variables
mc_count        equ variables + 4
mc_used         equ variables + 8
mc_callbacks_count      equ variables + 12
mc_held         equ variables + 16
mc_flags        equ variables + 20
lazy_mode       equ variables + 24
idt_base        equ variables + 28
idt_size        equ variables + 32
kernel_cr3      equ variables + 36
kernel_l3       equ variables + 40
kernel_l2       equ variables + 44
top_address     equ variables + 48
vcpu_set        equ variables + 52
event_upcalls   equ variables + 56
events_taken    equ variables + 60
segment_faults  equ variables + 64
iret_faults     equ variables + 68
faulting_eip    equ variables + 72
faulting_cs     equ variables + 76
task_end        equ variables + 80
task_end_stack  equ variables + 84
boot_esi        equ variables + 88
boot_esp        equ variables + 92
channel         equ variables + 96      ; 8 bytes
parameters      equ variables + 104

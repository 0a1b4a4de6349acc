; Words, tables, and memory that starts as zeros (after the image).

probe_version   equ 1

        align 4, db 0
command_table   dd command_end, command_read, command_write, command_fill, command_copy, command_digest, command_call
                dd command_run, command_forget, command_home, command_settle, command_table_digest

run_defaults    dd 0xA0000000, 0xA1010000, 0xA2020000, 0xA3030000, code_stack_top, 0xA5050000, 0xA6060000, 0xA7070000
                dd kernel_code, 0x202, flat_cs, flat_ds, flat_ds, flat_ds, flat_ds, flat_ds, -1, 0, 0
run_fields      equ 19
max_handlings   equ 16

; Those of the processor, and 15, by which the 4-GiB-segments assist tells of a segment that it turned over.
error_vectors   dd 1 << 8 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 17
image_digest    dd 0                    ; put in when the image is built
replay_script   dd 0                    ; put in by the exporter: what to perform instead of serving

stage           dd -1
step            dd step_none
step_error      dd 0
message_id      dd no_message
recover         dd 0                    ; where to go when a trap ends what is under way; 0: it must not
frame_at        dd frame + 119

text_hello      db 13, 10, 'ringone: probe 1, stages 0 to 4', 10, 0
text_stage      db 'ringone: stage ', 0
text_colon      db ': ', 0
text_newline    db 10, 0
text_stopped    db 'ringone: stopped in ', 0
text_error      db ', result ', 0
text_ready      db 'ringone: ready', 10, 0
text_lost       db 'ringone: lost, vector ', 0
text_at         db ' at ', 0
text_pass       db 'ringone: PASS', 10, 0
text_fail       db 'ringone: FAIL in ', 0
text_fail_byte  db ', byte ', 0
text_expected   db ' of the answer: expected', 0
text_seen       db ', seen', 0
text_nothing    db ' nothing', 0
text_meaning    db 'ringone: what it should have been: ', 0
text_survived   db ': the domain lives on', 0
text_wrong_stage        db 'ringone: FAIL in booting, complete stages up to ', 0
text_trap       db 'an exception outside of any command', 0
hex_digits      db '0123456789abcdef'
hex_text        db '00000000'
digit_text      db '0'

step_none       db '-', 0
step_start_info db '0start_info', 0
step_hypercall_page     db '1hypercall_page', 0
step_xen_version        db '1xen_version', 0
step_sched_op   db '1sched_op', 0
step_set_trap_table     db '2set_trap_table', 0
step_first_trap db '2first_trap', 0
step_map_shared_info    db '3map_shared_info', 0
step_set_callbacks      db '3set_callbacks', 0
step_console_port       db '3console_port', 0
step_first_upcall       db '3first_upcall', 0
step_stack_switch       db '4stack_switch', 0
step_user_pages db '4user_pages', 0
step_first_user_code    db '4first_user_code', 0

        align 4096, db 0
image_end:

; Zeros, by pages. Those that a hypervisor or a test may give another meaning come alone.
hypercall_page          equ image_end
shared_info             equ image_end + 0x1000
entry_shared_info       equ image_end + 0x2000  ; as it was before the probe changed it
probe_stack_top         equ image_end + 0x5000  ; 8 KiB
kernel_stack_top        equ image_end + 0x7000  ; 8 KiB: entries from outer rings
code_stack_top          equ image_end + 0x9000  ; 8 KiB: ring-1 code under test
kernel_code             equ image_end + 0x9000  ; 8 KiB of it
user_pages              equ image_end + 0xB000  ; 8 pages: code, code, stack, data
user_code               equ user_pages
user_stack_top          equ user_pages + 0x3000
user_data               equ user_pages + 0x3000
user_pages_end          equ user_pages + 0x8000
trap_stubs              equ image_end + 0x13000
answer                  equ image_end + 0x14000
answer_room             equ 0x3000
request                 equ image_end + 0x17000
request_size            equ 0x2000
entry_log               equ image_end + 0x19000 ; log_size entries of 128 bytes
trap_table              equ image_end + 0x21000 ; 257 entries of 8 bytes
variables               equ image_end + 0x22000
scratch_pages           equ image_end + 0x24000 ; 64 pages that the probe never touches
spare_pages             equ image_end + 0x64000 ; 16 more, to be unmapped and mapped anew
memory_end              equ image_end + 0x74000

entry_state             equ variables           ; as the first instruction found it
entry_eax               equ entry_state
entry_ecx               equ entry_state + 4
entry_edx               equ entry_state + 8
entry_ebx               equ entry_state + 12
entry_esp               equ entry_state + 16
entry_ebp               equ entry_state + 20
entry_esi               equ entry_state + 24
entry_edi               equ entry_state + 28
entry_eflags            equ entry_state + 32
entry_ds                equ entry_state + 36
entry_es                equ entry_state + 40
entry_fs                equ entry_state + 44
entry_gs                equ entry_state + 48
entry_eip               equ entry_state + 52
entry_cs                equ entry_state + 56
entry_ss                equ entry_state + 60
entry_cr0               equ entry_state + 64

start_info              equ variables + 0x80
initial_domain          equ variables + 0x84
console_ring            equ variables + 0x88
console_port            equ variables + 0x8C
can_poll                equ variables + 0x90
xen_version             equ variables + 0x94
argument                equ variables + 0xA0    ; 32 bytes of hypercall structures
call_arguments          equ variables + 0xC0    ; 8 words
serving                 equ variables + 0xE0
recover_esp             equ variables + 0xE4
log_count               equ variables + 0xE8
upcall_count            equ variables + 0xEC
last_entry              equ variables + 0xF0
handler_eflags          equ variables + 0xF4
handlings               equ variables + 0xF8
handling_count          equ variables + 0xFC
next_command            equ variables + 0x100
result_at               equ variables + 0x104
run_result_at           equ variables + 0x108
run_log_start           equ variables + 0x10C
replay_mfn_list         equ variables + 0x110
replay_nr_pages         equ variables + 0x114
port_doubt              equ variables + 0x118
parts                   equ variables + 0x11C
performed               equ variables + 0x120
answer_size             equ variables + 0x124
tx_kind                 equ variables + 0x128
tx_index                equ variables + 0x12C
replay_step_at          equ variables + 0x130
replay_steps_left       equ variables + 0x134
replay_offset           equ variables + 0x138
flush_left              equ variables + 0x13C
hello                   equ variables + 0x140   ; 64 bytes
run_state               equ variables + 0x180
run_eax                 equ run_state
run_ecx                 equ run_state + 4
run_edx                 equ run_state + 8
run_ebx                 equ run_state + 12
run_esp                 equ run_state + 16
run_ebp                 equ run_state + 20
run_esi                 equ run_state + 24
run_edi                 equ run_state + 28
run_eip                 equ run_state + 32
run_eflags              equ run_state + 36
run_cs                  equ run_state + 40
run_ss                  equ run_state + 44
run_ds                  equ run_state + 48
run_es                  equ run_state + 52
run_fs                  equ run_state + 56
run_gs                  equ run_state + 60
run_mask                equ run_state + 64
run_options             equ run_state + 68      ; bit 0: enter by the iret hypercall
run_end                 equ run_state + 72      ; the EIP that INT3 saves at the end of the code
rx                      equ variables + 0x200   ; rx_size bytes
frame                   equ variables + 0x280   ; 120 characters
tx                      equ variables + 0x300   ; 128 bytes
run_handlings           equ variables + 0x400   ; max_handlings of 32 bytes
crc_table               equ variables + 0x800   ; 256 words

@MC
Feature: How a guest kernel batches its hypercalls

  Operations of the guest kernel: mc_entry (bytes of structures in EAX; gives the entry in EAX, the structures in EDX), mc_issue
  (way of being lazy in EAX), mc_flush, mc_callback (function in EAX, its argument in EDX), enter_lazy, leave_lazy.

  @MC-07
  Rule: Calls are queued, flushed when full or on request, in order with others; callbacks follow; a failed entry is fatal

    Scenario: MC-07.a a context switch is one entry into the hypervisor
      Given the guest kernel
      And a page "stack"
      And a page "gdt"
      And a page "tls"
      And a page "ldt" mapped read-only
      And a page "base" made out as an L3 table
      And the guest kernel has run
        """
        mov eax, gdt
        mov edx, 4096
        call load_gdt
        """
      When the guest kernel runs with ESI = base - virt_base
        """
        mov eax, lazy_cpu
        call enter_lazy
        mov eax, stack + 4096
        call load_esp0
        mov eax, tls
        mov edx, gdt + 6 * 8
        call load_tls
        mov eax, esi
        call write_cr3
        mov eax, mmuext_set_ldt
        mov edx, ldt
        mov ecx, 512
        call queue_mmuext
        mov eax, lazy_cpu
        call mc_issue
        mov edi, [call_count]
        call leave_lazy
        """
      Then the code runs to its end
      And EDI is 0
      And its hypercalls are multicall[stack_switch, update_descriptor, update_descriptor, update_descriptor, mmuext_op(NEW_BASEPTR), mmuext_op(SET_LDT)]

    Scenario Outline: <case> <count> queued entries, none of them performed before the flush: <calls>
      Given the guest kernel
      When the guest kernel runs with ESI = <count>
        """
        mov eax, lazy_mmu
        call enter_lazy
        queue:
        dec esi
        js queued
        mov eax, 8
        call mc_entry
        mov dword [eax], __HYPERVISOR_XEN_VERSION
        mov dword [eax + 8], 0
        mov dword [eax + 12], 0
        mov eax, lazy_mmu
        call mc_issue
        jmp queue
        queued:
        mov edi, [call_count]
        call mc_flush
        """
      Then the code runs to its end
      And EDI is <before>
      And it made <calls> multicalls, of <entries> entries

      Examples: the queue has 32 entries
        | case    | count | before | calls | entries   |
        | MC-07.b | 1     | 0      | 1     | 1         |
        | MC-07.c | 31    | 0      | 1     | 31        |
        | MC-07.d | 32    | 0      | 1     | 32        |
        | MC-07.e | 33    | 33     | 2     | 32, 1     |
        | MC-07.f | 65    | 66     | 3     | 32, 32, 1 |
        | MC-07.g | 0     | 0      | 0     | none      |

    Scenario Outline: <case> room for structures of <bytes> bytes runs out after <fit> entries
      Given the guest kernel
      When the guest kernel runs with ESI = <fit> + 1
        """
        mov eax, lazy_mmu
        call enter_lazy
        queue:
        mov eax, <bytes>
        call mc_entry
        mov dword [eax], __HYPERVISOR_XEN_VERSION
        mov dword [eax + 8], 0
        mov dword [eax + 12], 0
        mov eax, lazy_mmu
        call mc_issue
        dec esi
        jnz queue
        call mc_flush
        """
      Then the code runs to its end
      And it made 2 multicalls, of <fit>, 1 entries

      Examples: there are 512 bytes, taken by eights
        | case    | bytes | fit |
        | MC-07.h | 512   | 1   |
        | MC-07.i | 256   | 2   |
        | MC-07.j | 257   | 1   |
        | MC-07.k | 16    | 32  |
        | MC-07.l | 17    | 21  |

    Scenario: MC-07.m without laziness every call is performed at once
      Given the guest kernel
      And a page "page"
      When the guest kernel runs
        """
        call flush_tlb_user
        call flush_tlb_kernel
        """
      Then the code runs to its end
      And its hypercalls are multicall[mmuext_op(TLB_FLUSH_LOCAL)], multicall[mmuext_op(TLB_FLUSH_LOCAL)]

    Scenario: MC-07.n only calls of the way it is lazy in wait; what comes through takes them along, in order
      Given the guest kernel
      And a page "page"
      When the guest kernel runs with ESI = page
        """
        mov eax, lazy_mmu
        call enter_lazy
        call flush_tlb_user
        mov eax, esi
        call flush_tlb_single
        mov edi, [call_count]
        mov eax, esi
        call load_esp0
        """
      Then the code runs to its end
      And EDI is 0
      And its hypercalls are multicall[mmuext_op(TLB_FLUSH_LOCAL), mmuext_op(INVLPG_LOCAL), stack_switch]

    Scenario: MC-07.o a call that is not batched comes after those that wait
      Given the guest kernel
      And a page "page"
      And a page "other"
      And a page "window"
      When the guest kernel runs with ESI = boot_l1 + (window >> 12 & 511) * 8, EDI = entry(page, PRESENT RW), EBP = entry(other, PRESENT RW)
        """
        mov eax, lazy_mmu
        call enter_lazy
        mov eax, esi
        mov edx, edi
        xor ecx, ecx
        call set_pte
        mov eax, window
        mov edx, ebp
        xor ecx, ecx
        call set_pte_at
        call leave_lazy
        """
      Then the code runs to its end
      And its hypercalls are multicall[mmu_update], update_va_mapping
      And the entry that maps "window" is entry(other, PRESENT RW)

    Scenario: MC-07.p a guest that makes a call while others wait has them in the wrong order
      Given a guest kernel that "makes a call while others wait in its queue"
      And a page "page"
      And a page "other"
      And a page "window"
      When the guest kernel runs with ESI = boot_l1 + (window >> 12 & 511) * 8, EDI = entry(page, PRESENT RW), EBP = entry(other, PRESENT RW)
        """
        mov eax, lazy_mmu
        call enter_lazy
        mov eax, esi
        mov edx, edi
        xor ecx, ecx
        call set_pte
        mov eax, window
        mov edx, ebp
        xor ecx, ecx
        call set_pte_at
        call leave_lazy
        """
      Then the code runs to its end
      And its hypercalls are update_va_mapping, multicall[mmu_update]
      And the entry that maps "window" is entry(page, PRESENT RW)

    Scenario: MC-07.q callbacks run after the flush, in the order of asking, each once
      Given the guest kernel
      And a page "trail"
      When the guest kernel runs
        """
        mov dword [trail + 64], trail
        mov eax, lazy_mmu
        call enter_lazy
        call flush_tlb_user
        mov eax, note
        mov edx, 1
        call mc_callback
        mov eax, note
        mov edx, 2
        call mc_callback
        mov esi, [trail]
        call mc_flush
        call mc_flush
        jmp noted
        note:                           ; its argument, and how many calls had been made
        mov ecx, [trail + 64]
        mov [ecx], eax
        mov eax, [call_count]
        mov [ecx + 4], eax
        add dword [trail + 64], 8
        ret
        noted:
        mov edi, [trail + 64]
        sub edi, trail
        """
      Then the code runs to its end
      And ESI is 0
      And EDI is 16
      And the 32 bits at trail are 1
      And the 32 bits at trail + 4 are 2
      And the 32 bits at trail + 8 are 2
      And the 32 bits at trail + 12 are 2

    Scenario: MC-07.r the 33rd callback has the queue flushed
      Given the guest kernel
      And a page "trail"
      When the guest kernel runs
        """
        mov eax, lazy_mmu
        call enter_lazy
        call flush_tlb_user
        mov esi, 33
        again:
        mov eax, note
        xor edx, edx
        call mc_callback
        dec esi
        jnz again
        mov ebp, [trail]
        call mc_flush
        mov edi, [trail]
        jmp noted
        note:
        inc dword [trail]
        ret
        noted: nop
        """
      Then the code runs to its end
      And EBP is 32
      And EDI is 33

    Scenario Outline: <case> a failed entry is fatal, <where>; what follows it is performed
      Given the guest kernel
      And a page "window"
      And a page "other"
      When the guest kernel runs with ESI = boot_l1 + (window >> 12 & 511) * 8, EBP = boot_l1 + (other >> 12 & 511) * 8, EDI = hypervisor_frame << 12 | 3
        """
        mov eax, lazy_mmu
        call enter_lazy
        <before>
        mov eax, esi
        mov edx, edi
        xor ecx, ecx
        call set_pte
        mov eax, ebp
        xor edx, edx
        xor ecx, ecx
        call set_pte
        call leave_lazy
        """
      Then it stops at its own BUG
      And the entry that maps "window" is entry(window, PRESENT RW)
      And the entry that maps "other" is 0

      Examples:
        | case    | where     | before              |
        | MC-07.s | the first | nop                 |
        | MC-07.t | a later   | call flush_tlb_user |

    Scenario: MC-07.u a guest that goes on when an entry has failed believes in a mapping that is not there
      Given a guest kernel that "goes on when an entry has failed"
      And a page "window"
      When the guest kernel runs with EAX = boot_l1 + (window >> 12 & 511) * 8, EDX = hypervisor_frame << 12 | 3
        """
        xor ecx, ecx
        call set_pte
        """
      Then the code runs to its end
      And the entry that maps "window" is entry(window, PRESENT RW)

    Scenario: MC-07.v while an entry is being made events wait; afterwards they come
      Given the guest kernel
      And an event channel "port"
      When the guest kernel runs with mask = 0
        """
        mov eax, lazy_mmu
        call enter_lazy
        mov eax, 8
        call mc_entry
        movzx esi, byte [evtchn_upcall_mask]
        mov dword [eax], __HYPERVISOR_XEN_VERSION
        mov dword [eax + 8], 0
        mov dword [eax + 12], 0
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        mov ebx, EVTCHNOP_SEND
        mov ecx, port_argument
        call hypercall
        movzx edi, byte [evtchn_upcall_pending]
        mov eax, lazy_mmu
        call mc_issue
        movzx ebp, byte [evtchn_upcall_pending]
        """
      Then the code runs to its end
      And ESI is 1
      And EDI is 1
      And EBP is 0
      And 1 upcall came
      And the 8 bits at evtchn_upcall_mask are 0

    Scenario: MC-07.w leaving laziness flushes; nothing waits afterwards
      Given the guest kernel
      When the guest kernel runs
        """
        mov eax, lazy_cpu
        call enter_lazy
        mov eax, kernel_stack_top
        call load_esp0
        call leave_lazy
        mov edi, [mc_count]
        mov esi, [call_count]
        call mc_flush
        """
      Then the code runs to its end
      And EDI is 0
      And ESI is 2
      And its hypercalls are multicall[stack_switch]

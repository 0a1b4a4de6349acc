@UPC
Feature: How a guest kernel takes its upcalls

  @UPC-06
  Rule: The guest has both callbacks; the failsafe callback tells a bad segment from a bad return, and the kernel lives

    Scenario: UPC-06.a both are registered in one call
      Given the guest kernel
      When the guest kernel calls register_callbacks
      Then the code runs to its end
      And its hypercalls are set_callbacks
      And argument 1 of its hypercall 1 is FLAT_RING1_CS
      And argument 2 of its hypercall 1 is event_callback
      And argument 3 of its hypercall 1 is FLAT_RING1_CS
      And argument 4 of its hypercall 1 is failsafe_callback

    Scenario: UPC-06.b the event callback takes what is pending and goes back to where the guest was
      Given the guest kernel
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel runs with mask = 1, ESI = 0x11112222
        """
        call register_callbacks
        call irq_enable
        mov edi, esi
        """
      Then the code runs to its end
      And EDI is 0x11112222
      And the 32 bits at event_upcalls are 1
      And the 32 bits at events_taken are 1
      And the 8 bits at evtchn_upcall_pending are 0
      And the 8 bits at evtchn_upcall_mask are 0

    Scenario: UPC-06.c several channels are taken in one upcall
      Given the guest kernel
      And an event channel "one"
      And an event channel "other"
      And an event is pending on "one"
      And an event is pending on "other"
      When the guest kernel runs with mask = 1
        """
        call register_callbacks
        call irq_enable
        """
      Then the code runs to its end
      And the 32 bits at event_upcalls are 1
      And the 32 bits at events_taken are 2

    @host-32
    Scenario Outline: <case> the descriptor that <register> names goes away: it becomes null and the code goes on
      Given the guest kernel
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest kernel runs with mask = 1, EDI = 0x33334444
        """
        call register_callbacks
        call register_fault_handlers
        mov eax, 0x09
        mov <register>, eax
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_SET_GDT
        call hypercall
        mov edx, <register>
        """
      Then the code runs to its end
      And EDX is 0
      And EDI is 0x33334444
      And the 32 bits at segment_faults are 1
      And the 32 bits at iret_faults are 0
      And the 8 bits at evtchn_upcall_mask are 1

      Examples: a bad segment
        | case     | register |
        | UPC-06.d | gs       |
        | UPC-06.e | fs       |
        | UPC-06.f | es       |

    @host-32
    Scenario: UPC-06.g two of them at once: both become null
      Given the guest kernel
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest kernel runs with mask = 1
        """
        call register_callbacks
        call register_fault_handlers
        mov eax, 0x09
        mov fs, eax
        mov gs, eax
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_SET_GDT
        call hypercall
        mov edx, fs
        mov ecx, gs
        """
      Then the code runs to its end
      And EDX is 0
      And ECX is 0
      And the 32 bits at segment_faults are 1
      And the 32 bits at iret_faults are 0

    @era-3.1 @era-4.2
    Scenario Outline: <case> a return to <cs>:<ss> ends the task: it gets the fault, the kernel goes on
      Given the guest kernel
      When the guest kernel runs with mask = 1
        """
        call register_callbacks
        call register_fault_handlers
        mov dword [task_end], ended
        mov [task_end_stack], esp
        push dword <ss>
        push dword user_stack_top
        push dword 0x202
        push dword <cs>
        push dword 0x1234
        jmp iret_path
        ended:
        mov byte [evtchn_upcall_mask], 1
        mov edi, 0x600D
        """
      Then the code runs to its end
      And EDI is 0x600D
      And the 32 bits at iret_faults are 1
      And the 32 bits at segment_faults are 0
      And the 32 bits at faulting_eip are 0x1234
      And the 16 bits at faulting_cs are <cs>

      Examples: a bad return
        | case     | cs     | ss     |
        | UPC-06.h | 0x1239 | 0xE033 |
        | UPC-06.i | 0x123B | 0xE033 |
        | UPC-06.j | 0x0009 | 0xE033 |
        | UPC-06.k | 0xE02B | 0x1233 |

    @era-3.1 @era-4.2
    Scenario: UPC-06.l the kernel lives on: after a task that ended so, another one runs
      Given the guest kernel
      And the guest kernel has run
        """
        call register_callbacks
        call register_fault_handlers
        mov dword [task_end], ended
        mov [task_end_stack], esp
        push dword 0xE033
        push dword user_stack_top
        push dword 0x202
        push dword 0x1239
        push dword 0x1234
        jmp iret_path
        ended:
        mov byte [evtchn_upcall_mask], 1
        """
      When the guest enters ring 3 by the iret hypercall
        """
        mov eax, 0x12345678
        """
      Then the code runs to its end
      And EAX is 0x12345678

    @host-32
    Scenario: UPC-06.m a guest that takes every failsafe callback for a failing return ends a task that did nothing wrong
      Given a guest kernel that "takes every failsafe callback for a failing return"
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest kernel runs with mask = 1
        """
        call register_callbacks
        call register_fault_handlers
        mov dword [task_end], ended
        mov [task_end_stack], esp
        mov eax, 0x09
        mov gs, eax
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_SET_GDT
        call hypercall
        mov edi, 0x600D
        ended: nop
        """
      Then the code runs to its end
      And the 32 bits at iret_faults are 1
      And the 32 bits at segment_faults are 0

    @host-32
    Scenario: UPC-06.n a guest without fix-ups faults in its failsafe callback
      Given a guest kernel that "has no fix-ups for the selectors it tries again"
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest kernel runs with mask = 1
        """
        call register_callbacks
        mov eax, 0x09
        mov gs, eax
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_SET_GDT
        call hypercall
        """
      Then it is refused with #GP(8)

    @era-3.1 @era-4.2
    Scenario: UPC-06.o a guest that gives up in its failsafe callback dies of a bad return
      Given a guest kernel that "gives up when its failsafe callback is entered"
      When the guest kernel runs with mask = 1
        """
        call register_callbacks
        push dword 0xE033
        push dword user_stack_top
        push dword 0x202
        push dword 0x1239
        push dword 0x1234
        jmp iret_path
        """
      Then it stops at its own BUG

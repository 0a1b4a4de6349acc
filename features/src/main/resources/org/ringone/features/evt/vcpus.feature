@EVT
Feature: Event flags of several vcpus

  @EVT-15
  Rule: The mask and pending flag of one vcpu leave those of the others alone

    Background:
      Given a domain of 3 vcpus

    Scenario: EVT-15.a a vcpu that is started has events masked and nothing pending
      When vcpu 1 is started with
        """
        movzx eax, byte [vcpu1_upcall_mask]
        movzx ecx, byte [vcpu1_upcall_pending]
        mov edx, [vcpu1_pending_sel]
        """
      Then vcpu 1 comes to its end
      And EAX of vcpu 1 is 1
      And ECX of vcpu 1 is 0
      And EDX of vcpu 1 is 0

    Scenario: EVT-15.b an event for vcpu 1 changes nothing of the others' flags
      Given the event channel "port" of vcpu 1
      And events are masked
      And the bits of "port" are pending 0, mask 0, selector 0, and upcall_pending is 0
      When an event is sent to "port"
      Then it returns 0
      And the bits of "port" read pending 1, mask 0, selector 0, and upcall_pending is 0
      And the 8 bits at vcpu1_upcall_pending are 1
      And the 32 bits at vcpu1_pending_sel are 1
      And the 8 bits at vcpu2_upcall_pending are 0
      And the 32 bits at vcpu2_pending_sel are 0

    Scenario: EVT-15.c an event for vcpu 0 changes nothing of the others' flags
      Given an event channel "port"
      And an event is pending on "port"
      Then the 8 bits at evtchn_upcall_pending are 1
      And the 8 bits at vcpu1_upcall_pending are 0
      And the 8 bits at vcpu2_upcall_pending are 0
      And the 32 bits at vcpu1_pending_sel are 0

    Scenario Outline: <case> with vcpu 0's mask at <mask>, vcpu 1 is interrupted when its own is 0
      Given the event channel "port" of vcpu 1
      And events are masked
      And the 8 bits at evtchn_upcall_mask are 1
      And the code has run in ring 1
        """
        mov byte [evtchn_upcall_mask], <mask>
        """
      When vcpu 1 is started with
        """
        mov byte [vcpu1_upcall_mask], 0
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        after:
        mov byte [vcpu1_upcall_mask], 1
        """
      Then vcpu 1 comes to its end
      And 1 upcall came on vcpu 1
      And the upcall on vcpu 1 came at "after"
      And the 8 bits at evtchn_upcall_mask are <mask>
      And the 8 bits at evtchn_upcall_pending are 0

      Examples:
        | case     | mask |
        | EVT-15.d | 1    |
        | EVT-15.e | 0    |

    Scenario: EVT-15.f with vcpu 1 masked its event waits, whatever vcpu 0 does
      Given the event channel "port" of vcpu 1
      And events are masked
      When vcpu 1 is started with
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        movzx esi, byte [vcpu1_upcall_pending]
        movzx edi, byte [vcpu1_upcall_mask]
        """
      Then vcpu 1 comes to its end
      And ESI of vcpu 1 is 1
      And EDI of vcpu 1 is 1
      And 0 upcalls came on vcpu 1
      When the guest runs in ring 1 with mask = 0
        """
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And 0 upcalls came
      And the 8 bits at vcpu1_upcall_pending are 1

    Scenario: EVT-15.g the upcall on vcpu 1 masks vcpu 1 alone
      Given the event channel "port" of vcpu 1
      And events are masked
      And a page "seen"
      And vcpu 1 is started with
        """
        mov byte [evtchn_upcall_mask], 0
        mov byte [vcpu1_upcall_mask], 0
        mov byte [vcpu2_upcall_mask], 0
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        jmp finish
        upcall:
        movzx eax, byte [evtchn_upcall_mask]
        mov [seen], eax
        movzx eax, byte [vcpu1_upcall_mask]
        mov [seen + 4], eax
        movzx eax, byte [vcpu2_upcall_mask]
        mov [seen + 8], eax
        mov byte [evtchn_upcall_mask], 1
        mov byte [vcpu1_upcall_pending], 0
        jmp finish
        """
      Then vcpu 1 comes to its end
      And the 32 bits at seen are 0
      And the 32 bits at seen + 4 are 1
      And the 32 bits at seen + 8 are 0

    Scenario: EVT-15.h iret on vcpu 1 sets vcpu 1's mask alone
      Given events are masked
      When vcpu 1 is started with
        """
        pushfd
        or dword [esp], 0x200
        push dword FLAT_RING1_CS
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        movzx eax, byte [vcpu1_upcall_mask]
        movzx ecx, byte [evtchn_upcall_mask]
        """
      Then vcpu 1 comes to its end
      And EAX of vcpu 1 is 0
      And ECX of vcpu 1 is 1

    Scenario: EVT-15.i SCHEDOP_block on vcpu 1 unmasks vcpu 1 alone, and vcpu 0 can wake it
      Given the event channel "port" of vcpu 1
      And events are masked
      And a page "progress"
      And vcpu 1 is started with
        """
        mov dword [progress], 1
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        after:
        movzx esi, byte [vcpu1_upcall_mask]
        """
      And the guest waits until the 32 bits at progress are 1
      And the guest waits until the 8 bits at vcpu1_upcall_mask are 0
      Then the 8 bits at evtchn_upcall_mask are 1
      When an event is sent to "port"
      Then it returns 0
      And vcpu 1 comes to its end
      And 1 upcall came on vcpu 1
      And the upcall on vcpu 1 came at "after"
      And ESI of vcpu 1 is 0

    Scenario: EVT-15.j a send to a vcpu that is down waits for it
      Given the event channel "port" of vcpu 1
      And events are masked
      And vcpu 1 has the program
        """
        mov byte [vcpu1_upcall_mask], 0
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        after:
        nop
        """
      When an event is sent to "port"
      Then it returns 0
      And the 8 bits at vcpu1_upcall_pending are 1
      When the guest calls vcpu_op(VCPUOP_INITIALISE, 1, vcpu1_context)
      Then it returns 0
      When the guest calls vcpu_op(VCPUOP_UP, 1, 0)
      Then it returns 0
      And vcpu 1 comes to its end
      And 1 upcall came on vcpu 1

    Scenario: EVT-15.k two vcpus each get their own events
      Given the event channel "one" of vcpu 1
      And the event channel "two" of vcpu 2
      And events are masked
      And a page "progress"
      And vcpu 1 is started with
        """
        mov dword [progress], 1
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        """
      And vcpu 2 is started with
        """
        mov dword [progress + 4], 1
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        """
      And the guest waits until the 64 bits at progress are 0x100000001
      And the guest waits until the 8 bits at vcpu1_upcall_mask are 0
      And the guest waits until the 8 bits at vcpu2_upcall_mask are 0
      When an event is sent to "two"
      Then it returns 0
      And vcpu 2 comes to its end
      And 1 upcall came on vcpu 2
      And 0 upcalls came on vcpu 1
      When an event is sent to "one"
      Then it returns 0
      And vcpu 1 comes to its end
      And 1 upcall came on vcpu 1
      And 1 upcall came on vcpu 2

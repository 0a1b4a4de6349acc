@EVT
Feature: How a guest kernel enables and disables events

  Operations of the guest kernel: irq_disable, irq_enable, save_fl, restore_fl (flags in EAX) and safe_halt.

  @EVT-05
  Rule: After unmasking, a guest must look whether something is pending and enter the hypervisor

    Scenario Outline: <case> <operation> with EAX = <EAX>, mask <mask>, an event pending: <upcalls> upcalls, mask <then>
      Given the guest kernel
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel calls <operation> with mask = <mask>, EAX = <EAX>
      Then the code runs to its end
      And <upcalls> upcall came
      And its hypercalls are <calls>
      And the 8 bits at evtchn_upcall_mask are <then>

      Examples: it is delivered before the operation returns
        | case     | operation  | EAX        | mask | upcalls | calls       | then |
        | EVT-05.a | irq_enable | 0          | 1    | 1       | xen_version | 0    |
        | EVT-05.f | restore_fl | 0x200      | 1    | 1       | xen_version | 0    |
        | EVT-05.g | restore_fl | 0x202      | 1    | 1       | xen_version | 0    |
        | EVT-05.h | restore_fl | 0xFFFFFFFF | 1    | 1       | xen_version | 0    |
        | EVT-05.i | irq_enable | 0          | 0xFF | 1       | xen_version | 0    |

      Examples: it stays pending
        | case     | operation   | EAX        | mask | upcalls | calls | then |
        | EVT-05.l | irq_disable | 0          | 1    | 0       | none  | 1    |
        | EVT-05.n | restore_fl  | 0          | 1    | 0       | none  | 1    |
        | EVT-05.p | restore_fl  | 0xFFFFFDFF | 1    | 0       | none  | 1    |

    Scenario Outline: <case> already unmasked with an event pending: after <operation> with EAX = <EAX> it has come
      Given the guest kernel
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel runs with mask = 1, EAX = <EAX>
        """
        mov byte [evtchn_upcall_mask], 0
        call <operation>
        movzx edi, byte [evtchn_upcall_pending]
        """
      Then the code runs to its end
      And 1 upcall came
      And EDI is 0
      And the 8 bits at evtchn_upcall_mask are 0

      Examples:
        | case     | operation  | EAX   |
        | EVT-05.j | irq_enable | 0     |
        | EVT-05.k | restore_fl | 0x200 |

    Scenario Outline: <case> unmasked with an event pending: <operation> with EAX = <EAX> masks and does not have it delivered
      Given the guest kernel
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel runs with mask = 1, EAX = <EAX>
        """
        mov byte [evtchn_upcall_mask], 0
        call <operation>
        """
      Then the code runs to its end
      And 0 upcalls came
      And its hypercalls are none
      And the 8 bits at evtchn_upcall_mask are 1
      And the 8 bits at evtchn_upcall_pending are 1

      Examples:
        | case     | operation   | EAX |
        | EVT-05.m | irq_disable | 0   |
        | EVT-05.o | restore_fl  | 0   |
        | EVT-05.q | restore_fl  | 2   |

    Scenario Outline: <case> <operation> with EAX = <EAX>, mask <mask>, nothing pending: no entry, no upcall
      Given the guest kernel
      When the guest kernel calls <operation> with mask = <mask>, EAX = <EAX>
      Then the code runs to its end
      And 0 upcalls came
      And its hypercalls are none
      And the 8 bits at evtchn_upcall_mask are <then>

      Examples:
        | case     | operation   | EAX   | mask | then |
        | EVT-05.c | irq_enable  | 0     | 1    | 0    |
        | EVT-05.r | irq_enable  | 0     | 0    | 0    |
        | EVT-05.s | restore_fl  | 0x200 | 1    | 0    |
        | EVT-05.t | restore_fl  | 0     | 0    | 1    |
        | EVT-05.u | irq_disable | 0     | 0    | 1    |

    Scenario Outline: <case> a guest that <wrong> loses time: masking again, it has not had the event
      Given a guest kernel that "<wrong>"
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel runs with mask = 1, EAX = 0x200
        """
        call <operation>
        nop
        nop
        call irq_disable
        """
      Then the code runs to its end
      And 0 upcalls came
      And its hypercalls are none
      And the 8 bits at evtchn_upcall_pending are 1

      Examples:
        | case     | operation  | wrong                                              |
        | EVT-05.b | irq_enable | does not look for pending events in sti            |
        | EVT-05.v | restore_fl | does not look for pending events in restore_fl     |

    Scenario: EVT-05.w what a guest that does not look has lost comes with its next entry into the hypervisor
      Given a guest kernel that "does not look for pending events in sti"
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel runs with mask = 1
        """
        call irq_enable
        nop
        call force_upcall
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came inside the hypercall page

    Scenario: EVT-05.d safe_halt with an event pending comes back with it at once
      Given the guest kernel
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel calls safe_halt with mask = 1
      Then the code runs to its end
      And 1 upcall came
      And its hypercalls are sched_op(BLOCK)
      And the 8 bits at evtchn_upcall_mask are 0

    Scenario: EVT-05.e safe_halt sleeps until an event comes
      Given the guest kernel
      And the timer's event channel "timer"
      When the guest kernel runs with mask = 1
        """
        mov eax, [shared_info + 48]     ; system time at the last tick
        mov edx, [shared_info + 52]
        add eax, 200000000              ; 200 ms behind now
        adc edx, 0
        mov ebx, eax
        mov ecx, edx
        mov eax, __HYPERVISOR_SET_TIMER_OP
        call hypercall
        call safe_halt
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came inside the hypercall page
      And its hypercalls are set_timer_op, sched_op(BLOCK)

    Scenario: EVT-05.x a guest that unmasks and then halts by HLT faults
      Given a guest kernel that "unmasks and then halts by HLT"
      When the guest kernel runs with mask = 1
        """
        call safe_halt
        """
      Then it is refused with #GP(0)

    Scenario: EVT-05.y nested: the event comes when the outermost operation enables, not before
      Given the guest kernel
      And an event channel "port"
      When the guest kernel runs with mask = 0
        """
        call save_fl
        mov esi, eax
        call irq_disable
        call save_fl
        mov edi, eax
        call irq_disable
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        mov ebx, EVTCHNOP_SEND
        mov ecx, port_argument
        call hypercall
        mov eax, edi
        call restore_fl
        movzx ebp, byte [evtchn_upcall_pending]
        mov eax, esi
        call restore_fl
        movzx ebx, byte [evtchn_upcall_pending]
        """
      Then the code runs to its end
      And ESI is 0x200
      And EDI is 0
      And EBP is 1
      And EBX is 0
      And 1 upcall came
      And its hypercalls are event_channel_op(SEND), xen_version

    Scenario Outline: <case> <operation>: an event that comes at any instruction is delivered once, none while masked
      Given the guest kernel
      And an event channel "port"
      When an event comes to "port" at each instruction boundary of
        """
        call irq_disable
        mov eax, 0x200
        call <operation>
        nop
        """
      Then at each of at least 8 boundaries the event was delivered exactly once and never while masked

      Examples:
        | case      | operation  |
        | EVT-05.z  | irq_enable |
        | EVT-05.aa | restore_fl |

    Scenario: EVT-05.bb a guest that looks before it unmasks loses an event that comes in between
      Given a guest kernel that "looks for pending events before it unmasks and not after"
      And an event channel "port"
      When an event comes to "port" at each instruction boundary of
        """
        call irq_disable
        call irq_enable
        nop
        """
      Then there is a boundary at which the event was not delivered

  @EVT-06
  Rule: save_fl gives IF exactly when the mask is 0

    Scenario Outline: <case> save_fl gives <flags> for a mask of <mask>
      Given the guest kernel
      When the guest kernel calls save_fl with mask = <mask>
      Then the code runs to its end
      And EAX is <flags>
      And its hypercalls are none

      Examples:
        | case     | mask | flags |
        | EVT-06.a | 0    | 0x200 |
        | EVT-06.b | 1    | 0     |
        | EVT-06.c | 0xFF | 0     |
        | EVT-06.f | 2    | 0     |
        | EVT-06.g | 0x80 | 0     |

    Scenario Outline: <case> pushing the flags gives IF whatever the mask is: <mask>
      Given a guest kernel that "pushes the flags to learn whether events are enabled"
      When the guest kernel calls save_fl with mask = <mask>
      Then the code runs to its end
      And EAX is 0x200

      Examples: so this is the wrong way
        | case     | mask |
        | EVT-06.d | 0    |
        | EVT-06.e | 1    |

    Scenario Outline: <case> what save_fl gives, restore_fl puts back: mask <mask>
      Given the guest kernel
      When the guest kernel runs with mask = <mask>
        """
        call save_fl
        mov esi, eax
        mov byte [evtchn_upcall_mask], <other>
        mov eax, esi
        call restore_fl
        call save_fl
        """
      Then the code runs to its end
      And EAX is <flags>
      And ESI is <flags>
      And the 8 bits at evtchn_upcall_mask are <mask>

      Examples:
        | case     | mask | other | flags |
        | EVT-06.h | 0    | 1     | 0x200 |
        | EVT-06.i | 1    | 0     | 0     |

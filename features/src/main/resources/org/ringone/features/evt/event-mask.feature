@EVT
Feature: The event mask takes the place of the interrupt flag

  The guest kernel runs in ring 1, so the processor's interrupt flag is not its own. Events are masked by a byte in the
  guest's memory, evtchn_upcall_mask; evtchn_upcall_pending beside it says that something waits.

  @EVT-01
  Rule: IF is not the guest's

    Scenario Outline: <case> with the mask at <mask> PUSHF shows IF set
      When the guest runs in ring 1 with mask = <mask>
        """
        pushfd
        pop eax
        """
      Then the code runs to its end
      And EAX & 0x200 is 0x200

      Examples:
        | case     | mask |
        | EVT-01.a | 0    |
        | EVT-01.b | 1    |

    Scenario Outline: <case> POPF that would <do> IF changes neither IF nor the mask
      When the guest runs in ring 1 with mask = <mask>
        """
        push dword <flags>
        popfd
        pushfd
        pop eax
        movzx ecx, byte [evtchn_upcall_mask]
        """
      Then the code runs to its end
      And EAX & 0x200 is 0x200
      And ECX is <mask>

      Examples:
        | case     | do    | flags | mask |
        | EVT-01.c | clear | 0x002 | 0    |
        | EVT-01.d | clear | 0x002 | 1    |
        | EVT-01.e | set   | 0x202 | 1    |

    Scenario Outline: <case> after POPF with IF <if> an event is delivered exactly when the mask is 0: mask <mask>
      Given an event channel "port"
      When the guest runs in ring 1 with mask = <mask>
        """
        push dword <flags>
        popfd
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        sent:
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And <count> upcalls came

      Examples:
        | case     | if    | flags | mask | count |
        | EVT-01.f | clear | 0x002 | 0    | 1     |
        | EVT-01.g | clear | 0x002 | 1    | 0     |
        | EVT-01.h | set   | 0x202 | 0    | 1     |
        | EVT-01.i | set   | 0x202 | 1    | 0     |

    Scenario Outline: <case> <instruction> with virtual IOPL 0 faults and leaves the mask at <mask>
      When the guest runs in ring 1 with mask = <mask>
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed
      And the saved event mask is <mask>

      Examples:
        | case     | instruction | mask |
        | EVT-01.j | cli         | 0    |
        | EVT-01.k | cli         | 1    |
        | EVT-01.l | sti         | 0    |
        | EVT-01.m | sti         | 1    |

    Scenario Outline: <case> <instruction> with virtual IOPL 1 completes and does nothing to the mask
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      When the guest runs in ring 1 with mask = <mask>
        """
        <instruction>
        movzx ecx, byte [evtchn_upcall_mask]
        pushfd
        pop eax
        """
      Then the code runs to its end
      And ECX is <mask>
      And EAX & 0x200 is 0x200

      Examples:
        | case     | instruction | mask |
        | EVT-01.n | cli         | 0    |
        | EVT-01.o | cli         | 1    |
        | EVT-01.p | sti         | 1    |
        | EVT-01.q | sti         | 0    |

    Scenario Outline: <case> IRET to a frame with IF <if> leaves the mask at <mask>
      When the guest runs in ring 1 with mask = <mask>
        """
        push dword <flags>
        push dword FLAT_RING1_CS
        push dword there
        iretd
        there:
        movzx ecx, byte [evtchn_upcall_mask]
        pushfd
        pop eax
        """
      Then the code runs to its end
      And ECX is <mask>
      And EAX & 0x200 is 0x200

      Examples:
        | case     | if    | flags | mask |
        | EVT-01.r | clear | 0x002 | 0    |
        | EVT-01.s | clear | 0x002 | 1    |
        | EVT-01.t | set   | 0x202 | 0    |
        | EVT-01.u | set   | 0x202 | 1    |

    Scenario: EVT-01.v IRET with IF set delivers nothing while the mask is 1
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        push dword 0x202
        push dword FLAT_RING1_CS
        push dword there
        iretd
        there:
        mov eax, __HYPERVISOR_XEN_VERSION
        xor ebx, ebx
        xor ecx, ecx
        int 0x82
        """
      Then the code runs to its end
      And 0 upcalls came

  @EVT-02
  Rule: A non-zero mask blocks delivery for as long as it stays

    Scenario Outline: <case> with the mask at <mask> a send makes pending and no upcall happens
      Given an event channel "port"
      When the guest runs in ring 1 with mask = <mask>
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        mov esi, eax
        mov edi, 10
        again:
        mov eax, __HYPERVISOR_SCHED_OP
        mov ebx, SCHEDOP_YIELD
        xor ecx, ecx
        int 0x82
        dec edi
        jnz again
        movzx eax, byte [evtchn_upcall_pending]
        movzx ecx, byte [evtchn_upcall_mask]
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And 0 upcalls came
      And ESI is 0
      And EAX is 1
      And ECX is <mask>

      Examples: every non-zero value masks
        | case     | mask |
        | EVT-02.a | 1    |
        | EVT-02.b | 2    |
        | EVT-02.c | 0x80 |
        | EVT-02.d | 0xFF |

    Scenario Outline: <case> <what> does not deliver a masked event either
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        <code>
        """
      Then the code runs to its end
      And 0 upcalls came
      And the 8 bits at evtchn_upcall_pending are 1

      Examples: ways into the hypervisor that are no hypercall
        | case     | what                     | code         |
        | EVT-02.e | an emulated instruction  | mov eax, cr0 |
        | EVT-02.f | another one              | clts         |

  @EVT-03
  Rule: A plain store that clears the mask delivers nothing by itself

    Scenario: EVT-03.a the guest runs on after the store and gets the event at its next hypercall
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        mov byte [evtchn_upcall_mask], 0
        nop
        nop
        nop
        nop
        mov ecx, 1
        mov eax, __HYPERVISOR_XEN_VERSION
        xor ebx, ebx
        int 0x82
        after:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"

    Scenario Outline: <case> nor does clearing it by <what>
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        xor edx, edx
        <instruction>
        nop
        nop
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And 0 upcalls came
      And the 8 bits at evtchn_upcall_pending are 1

      Examples:
        | case     | what      | instruction                                   |
        | EVT-03.b | XCHG      | xchg dl, [evtchn_upcall_mask]                 |
        | EVT-03.c | AND       | and byte [evtchn_upcall_mask], 0              |
        | EVT-03.d | LOCK DEC  | lock dec byte [evtchn_upcall_mask]            |
        | EVT-03.e | MOV       | mov byte [evtchn_upcall_mask], dl             |

  @EVT-04
  Rule: After unmasking, the next entry into the hypervisor delivers before the guest's next instruction

    Scenario Outline: <case> <call> delivers
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        mov byte [evtchn_upcall_mask], 0
        mov eax, <number>
        mov ebx, <first>
        mov ecx, <second>
        xor edx, edx
        int 0x82
        after:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"
      And the upcall's frame has mask 0

      Examples: whatever the hypercall is, and whether it succeeds
        | case     | call                      | number                        | first             | second        |
        | EVT-04.a | xen_version               | __HYPERVISOR_XEN_VERSION      | XENVER_VERSION    | 0             |
        | EVT-04.b | sched_op(yield)           | __HYPERVISOR_SCHED_OP         | SCHEDOP_YIELD     | 0             |
        | EVT-04.c | a number nobody has       | 63                            | 0                 | 0             |
        | EVT-04.d | fpu_taskswitch            | __HYPERVISOR_FPU_TASKSWITCH   | 0                 | 0             |
        | EVT-04.e | an empty multicall        | __HYPERVISOR_MULTICALL        | 0                 | 0             |
        | EVT-04.f | a refused update_descriptor | __HYPERVISOR_UPDATE_DESCRIPTOR | 1              | 0             |
        | EVT-04.g | a bad event-channel command | __HYPERVISOR_EVENT_CHANNEL_OP | 99              | 0             |
        | EVT-04.h | EVTCHNOP_unmask of the port | __HYPERVISOR_EVENT_CHANNEL_OP | EVTCHNOP_UNMASK | port_argument |

    Scenario: EVT-04.i a hypercall through the hypercall page delivers before its return
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        mov byte [evtchn_upcall_mask], 0
        xor ebx, ebx
        xor ecx, ecx
        call hypercall_page + __HYPERVISOR_XEN_VERSION * 32
        after:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came inside the hypercall page

    Scenario: EVT-04.j a send while unmasked is itself such an entry
      Given an event channel "port"
      When the guest runs in ring 1 with mask = 0
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        after:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"

  @EVT-07
  Rule: Delivery masks events first, pushes the frame with the mask as it was, and leaves pending set

    Scenario: EVT-07.a delivery to ring 1
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        mov byte [evtchn_upcall_mask], 0
        mov eax, __HYPERVISOR_XEN_VERSION
        xor ebx, ebx
        xor ecx, ecx
        int 0x82
        after:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And in its first instruction the mask was 1 and pending was 1
      And the upcall came at "after"
      And the upcall's frame has CS FLAT_RING1_CS
      And the upcall's frame has mask 0
      And the upcall's frame has IF 1

    Scenario: EVT-07.b delivery to ring 3
      Given an event channel "port"
      And an event is pending on "port"
      When the guest enters ring 3 by the iret hypercall
        """
        start:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "start"
      And in its first instruction the mask was 1 and pending was 1
      And the upcall's frame has CS FLAT_RING3_CS
      And the upcall's frame has SS FLAT_RING3_SS
      And the upcall's frame has mask 0
      And the upcall's frame has IF 1

    Scenario: EVT-07.c the upcall returns to where it came from, with nothing changed but the mask
      Given an event channel "port"
      When the guest runs in ring 1 with mask = 0, ESI = 0x11112222, EDI = 0x33334444, EBP = 0x55556666
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        movzx edx, byte [evtchn_upcall_mask]
        """
      Then the code runs to its end
      And 1 upcall came
      And EDX is 0
      And ESI is 0x11112222
      And EDI is 0x33334444
      And EBP is 0x55556666

  @EVT-08
  Rule: iret to a frame with IF set unmasks and delivers at once what is pending: nothing is lost, nothing comes early

    Scenario: EVT-08.a an event at each instruction of the window before and after iret
      Given an event channel "port"
      When an event is sent to "port" at each instruction boundary of
        """
        mov byte [evtchn_upcall_mask], 1
        nop
        pushfd
        push dword FLAT_RING1_CS
        push dword there
        nop
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        nop
        nop
        """
      Then at each of at least 7 boundaries the event was delivered exactly once and never while masked

    Scenario: EVT-08.b the bits of the frame's CS slot above the selector do not count
      Given an event channel "port"
      When an event is sent to "port" at each instruction boundary of
        """
        mov byte [evtchn_upcall_mask], 1
        pushfd
        push dword FLAT_RING1_CS + 0x10000
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        nop
        """
      Then at each of at least 5 boundaries the event was delivered exactly once and never while masked

    Scenario: EVT-08.c a pending event is delivered at the target of iret
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        pushfd
        push dword FLAT_RING1_CS
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "there"
      And the upcall's frame has mask 0

    Scenario: EVT-08.d with IF clear in the frame iret masks, and nothing is delivered
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        pushfd
        and dword [esp], 0xFFFFFDFF
        push dword FLAT_RING1_CS
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        movzx edx, byte [evtchn_upcall_mask]
        """
      Then the code runs to its end
      And 0 upcalls came
      And EDX is 1
      And the 8 bits at evtchn_upcall_pending are 1

    Scenario: EVT-08.e an event raised from outside at each instruction from one sleep to the next
      Given an event channel "wake"
      And an event channel "port"
      When an event is raised on "port" at each instruction boundary after "wake" woke the guest for
        """
        mov byte [evtchn_upcall_mask], 1
        nop
        pushfd
        push dword FLAT_RING1_CS
        push dword there
        nop
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        nop
        """
      Then at each of at least 10 boundaries the event was delivered before the guest slept again and never while masked

    Scenario: EVT-08.f the same when the guest unmasks by a store and looks
      Given an event channel "wake"
      And an event channel "port"
      When an event is raised on "port" at each instruction boundary after "wake" woke the guest for
        """
        mov byte [evtchn_upcall_mask], 1
        nop
        mov byte [evtchn_upcall_mask], 0
        cmp byte [evtchn_upcall_pending], 0
        je nothing
        mov eax, __HYPERVISOR_XEN_VERSION
        xor ebx, ebx
        xor ecx, ecx
        int 0x82
        nothing:
        nop
        """
      Then at each of at least 10 boundaries the event was delivered before the guest slept again and never while masked

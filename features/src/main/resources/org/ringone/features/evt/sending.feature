@EVT
Feature: Sending and unmasking events

  A channel has a pending bit and a mask bit in the shared info page; each vcpu has a word of selector bits, one for each word
  of pending bits, and the byte evtchn_upcall_pending.

  @EVT-09
  Rule: A send sets the pending bit; the upcall follows only if that bit, the mask bit and the selector bit were clear

    Scenario Outline: <case> a send with pending <pending>, mask <mask>, selector <selector>, upcall_pending <upcall>
      Given an event channel "port"
      And events are masked
      And the bits of "port" are pending <pending>, mask <mask>, selector <selector>, and upcall_pending is <upcall>
      When an event is sent to "port"
      Then it returns 0
      And the bits of "port" read pending 1, mask <mask>, selector <then selector>, and upcall_pending is <then upcall>

      Examples: nothing was waiting
        | case     | pending | mask | selector | upcall | then selector | then upcall |
        | EVT-09.a | 0       | 0    | 0        | 0      | 1             | 1           |
        | EVT-09.b | 0       | 0    | 1        | 0      | 1             | 0           |
        | EVT-09.c | 0       | 1    | 0        | 0      | 0             | 0           |
        | EVT-09.d | 0       | 1    | 1        | 0      | 1             | 0           |

      Examples: the event was waiting already
        | case     | pending | mask | selector | upcall | then selector | then upcall |
        | EVT-09.e | 1       | 0    | 0        | 0      | 0             | 0           |
        | EVT-09.f | 1       | 0    | 1        | 0      | 1             | 0           |
        | EVT-09.g | 1       | 1    | 0        | 0      | 0             | 0           |
        | EVT-09.h | 1       | 1    | 1        | 0      | 1             | 0           |

      Examples: another upcall was waiting already
        | case     | pending | mask | selector | upcall | then selector | then upcall |
        | EVT-09.i | 0       | 0    | 0        | 1      | 1             | 1           |
        | EVT-09.j | 0       | 1    | 0        | 1      | 0             | 1           |
        | EVT-09.k | 1       | 0    | 0        | 1      | 0             | 1           |

    Scenario Outline: <case> the selector bit is that of the port's own word: a port beyond <port>
      Given an event channel "port" beyond port <port>
      And events are masked
      And the bits of "port" are pending 0, mask 0, selector 0, and upcall_pending is 0
      When an event is sent to "port"
      Then it returns 0
      And the bits of "port" read pending 1, mask 0, selector 1, and upcall_pending is 1
      And the 32 bits at evtchn_pending_sel are 1 << ((<port> + 1) >> 5)

      Examples: first ports of a word
        | case     | port |
        | EVT-09.l | 31   |
        | EVT-09.m | 63   |
        | EVT-09.n | 127  |
        | EVT-09.o | 255  |
        | EVT-09.p | 511  |

    Scenario: EVT-09.q a second channel of the same word adds its bit and no upcall of its own
      Given an event channel "port"
      And an event channel "other"
      And events are masked
      When an event is sent to "port"
      And an event is sent to "other"
      Then the bits of "port" read pending 1, mask 0, selector 1, and upcall_pending is 1
      And the bits of "other" read pending 1, mask 0, selector 1, and upcall_pending is 1
      When the guest runs in ring 1 with mask = 0
        """
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        """
      Then the code runs to its end
      And 1 upcall came

    Scenario: EVT-09.r many sends without an acknowledgement bring one upcall
      Given an event channel "port"
      When the guest runs in ring 1 with mask = 1, EDI = 50
        """
        again:
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        dec edi
        jnz again
        mov byte [evtchn_upcall_mask], 0
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        here:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "here"

    Scenario: EVT-09.s through a channel of the domain's own the other end is told, not the sender's
      Given the two ends "near" and "far" of a channel of the domain's own
      And events are masked
      And the bits of "near" are pending 0, mask 0, selector 0, and upcall_pending is 0
      When an event is sent to "near"
      Then it returns 0
      And the bits of "far" read pending 1, mask 0, selector 1, and upcall_pending is 1
      And the bits of "near" read pending 0, mask 0, selector 1, and upcall_pending is 1

    Scenario: EVT-09.t a send through a port that nobody has bound is accepted and lost
      Given an unbound port "port" for domain DOMID_SELF
      And events are masked
      And the bits of "port" are pending 0, mask 0, selector 0, and upcall_pending is 0
      When an event is sent to "port"
      Then it returns 0
      And the bits of "port" read pending 0, mask 0, selector 0, and upcall_pending is 0

    Scenario: EVT-09.u a send to another domain sets its bits and none of the sender's
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain first.domid
      And events are masked
      And the bits of "far" are pending 0, mask 0, selector 0, and upcall_pending is 0
      And from here on the guest is the first domain
      And "near" is connected to port second.far of domain second.domid
      And events are masked
      And the bits of "near" are pending 0, mask 0, selector 0, and upcall_pending is 0
      When an event is sent to "near"
      Then it returns 0
      And the bits of "near" read pending 0, mask 0, selector 0, and upcall_pending is 0
      When from here on the guest is the second domain
      Then the bits of "far" read pending 1, mask 0, selector 1, and upcall_pending is 1

    Scenario Outline: <case> what the receiving domain has set counts: pending <pending>, mask <mask>, selector <selector>
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain first.domid
      And from here on the guest is the first domain
      And "near" is connected to port second.far of domain second.domid
      And from here on the guest is the second domain
      And events are masked
      And the bits of "far" are pending <pending>, mask <mask>, selector <selector>, and upcall_pending is 0
      And from here on the guest is the first domain
      When an event is sent to "near"
      Then it returns 0
      When from here on the guest is the second domain
      Then the bits of "far" read pending 1, mask <mask>, selector <then selector>, and upcall_pending is <upcall>

      Examples:
        | case     | pending | mask | selector | then selector | upcall |
        | EVT-09.v | 0       | 1    | 0        | 0             | 0      |
        | EVT-09.w | 1       | 0    | 0        | 0             | 0      |
        | EVT-09.x | 0       | 0    | 1        | 1             | 0      |

    Scenario: EVT-09.y an event sent through a channel reaches the other domain's kernel as one upcall
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain first.domid
      And from here on the guest is the first domain
      And "near" is connected to port second.far of domain second.domid
      When an event is sent to "near"
      Then it returns 0
      When from here on the guest is the second domain
      And the guest runs in ring 1 with mask = 0
        """
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        here:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "here"

    Scenario: EVT-09.z an event that came before the channel was bound is made up for at the near end
      Given the two ends "near" and "far" of a channel of the domain's own
      Then the bits of "near" read pending 1, mask 0, selector 1, and upcall_pending is 1

  @EVT-10
  Rule: EVTCHNOP_unmask on a pending channel raises the upcall again; a store that clears the mask bit does not

    Scenario Outline: <case> EVTCHNOP_unmask with pending <pending>, mask <mask>, selector <selector>, upcall_pending <upcall>
      Given an event channel "port"
      And events are masked
      And the bits of "port" are pending <pending>, mask <mask>, selector <selector>, and upcall_pending is <upcall>
      When the guest calls event_channel_op(EVTCHNOP_UNMASK, {port})
      Then it returns 0
      And the bits of "port" read pending <pending>, mask 0, selector <then selector>, and upcall_pending is <then upcall>

      Examples: only what the mask bit held back is raised
        | case     | pending | mask | selector | upcall | then selector | then upcall |
        | EVT-10.a | 1       | 1    | 0        | 0      | 1             | 1           |
        | EVT-10.b | 1       | 1    | 1        | 0      | 1             | 0           |
        | EVT-10.c | 1       | 0    | 0        | 0      | 0             | 0           |
        | EVT-10.d | 1       | 0    | 1        | 0      | 1             | 0           |
        | EVT-10.e | 0       | 1    | 0        | 0      | 0             | 0           |
        | EVT-10.f | 0       | 1    | 1        | 0      | 1             | 0           |
        | EVT-10.g | 0       | 0    | 0        | 0      | 0             | 0           |
        | EVT-10.h | 0       | 0    | 1        | 0      | 1             | 0           |
        | EVT-10.i | 1       | 1    | 0        | 1      | 1             | 1           |

    Scenario Outline: <case> a channel masked while the event came: <how> brings <count> upcalls
      Given an event channel "port"
      And events are masked
      And the bits of "port" are pending 0, mask 1, selector 0, and upcall_pending is 0
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 0
        """
        mov esi, port
        <instruction>
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        """
      Then the code runs to its end
      And <count> upcalls came
      And the bits of "port" read pending <pending>, mask 0, selector 0, and upcall_pending is 0

      Examples: a hypercall, and stores of all kinds
        | case     | how        | instruction                                                                                                   | count | pending |
        | EVT-10.j | a hypercall | mov ecx, port_argument\nmov ebx, EVTCHNOP_UNMASK\nmov eax, __HYPERVISOR_EVENT_CHANNEL_OP\nint 0x82 | 1     | 0       |
        | EVT-10.k | BTR        | btr dword [evtchn_mask], esi                                                                                  | 0     | 1       |
        | EVT-10.l | LOCK BTR   | lock btr dword [evtchn_mask], esi                                                                             | 0     | 1       |
        | EVT-10.m | MOV        | mov dword [evtchn_mask], 0xFFFFFFFF\nmov edx, [evtchn_mask]\nbtr edx, esi\nmov [evtchn_mask], edx | 0     | 1       |

    Scenario: EVT-10.n unmasking a channel that is delivered at once interrupts at the hypercall's end
      Given an event channel "port"
      And events are masked
      And the bits of "port" are pending 1, mask 1, selector 0, and upcall_pending is 0
      When the guest runs in ring 1 with mask = 0
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_UNMASK
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        here:
        mov esi, eax
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "here"
      And ESI is 0

    Scenario: EVT-10.o unmasking one channel leaves the others' mask bits alone
      Given an event channel "port"
      And an event channel "other"
      And events are masked
      And the bits of "other" are pending 1, mask 1, selector 0, and upcall_pending is 0
      And the bits of "port" are pending 0, mask 1, selector 0, and upcall_pending is 0
      When the guest calls event_channel_op(EVTCHNOP_UNMASK, {port})
      Then it returns 0
      And the bits of "other" read pending 1, mask 1, selector 0, and upcall_pending is 0

    Scenario: EVT-10.p a channel of vcpu 1 is raised on vcpu 1 when vcpu 0 unmasks it
      Given a domain of 2 vcpus
      And the event channel "port" of vcpu 1
      And events are masked
      And the bits of "port" are pending 1, mask 1, selector 0, and upcall_pending is 0
      When the guest calls event_channel_op(EVTCHNOP_UNMASK, {port})
      Then it returns 0
      And the bits of "port" read pending 1, mask 0, selector 0, and upcall_pending is 0
      And the 8 bits at vcpu1_upcall_pending are 1
      And the 32 bits at vcpu1_pending_sel are 1

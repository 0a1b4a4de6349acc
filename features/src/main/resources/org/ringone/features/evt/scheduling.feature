@EVT
Feature: Scheduling operations

  @EVT-12
  Rule: block unmasks and sleeps until an event is pending; poll waits for named ports; yield returns; shutdown ends the domain

    Scenario Outline: <case> block with an event pending comes back at once, unmasked, by the upcall: <form>, mask <mask>
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = <mask>
        """
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, <form>
        int 0x82
        after:
        mov esi, eax
        movzx edi, byte [evtchn_upcall_mask]
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"
      And the upcall's frame has mask 0
      And ESI is 0
      And EDI is 0

      Examples:
        | case     | form                           | mask |
        | EVT-12.a | __HYPERVISOR_SCHED_OP          | 1    |
        | EVT-12.b | __HYPERVISOR_SCHED_OP          | 0xFF |
        | EVT-12.c | __HYPERVISOR_SCHED_OP_COMPAT   | 1    |

    Scenario Outline: <case> block with nothing pending sleeps until something is, mask <mask>
      Given the timer's event channel "timer"
      And a clock "clock"
      When the guest runs in ring 1 with mask = <mask>
        """
        mov ebx, vcpu_info
        call clock
        add eax, 3000000
        adc edx, 0
        mov esi, eax
        mov edi, edx
        mov ebx, eax
        mov ecx, edx
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        after:
        mov ebx, vcpu_info
        call clock
        sub eax, esi
        sbb edx, edi
        movzx ecx, byte [evtchn_upcall_mask]
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"
      And the upcall's frame has mask 0
      And EDX is 0
      And ECX is 0

      Examples:
        | case     | mask |
        | EVT-12.d | 1    |
        | EVT-12.e | 0    |

    Scenario: EVT-12.f an event on a masked channel is no reason to come back
      Given the timer's event channel "timer"
      And an event channel "port"
      And events are masked
      And the bits of "port" are pending 0, mask 1, selector 0, and upcall_pending is 0
      And an event is pending on "port"
      And a clock "clock"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, vcpu_info
        call clock
        add eax, 3000000
        adc edx, 0
        mov esi, eax
        mov edi, edx
        mov ebx, eax
        mov ecx, edx
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        after:
        mov ebx, vcpu_info
        call clock
        sub eax, esi
        sbb edx, edi
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"
      And EDX is 0
      And the bits of "port" read pending 1, mask 1, selector 0, and upcall_pending is 0

    Scenario: EVT-12.g a domain that blocks sleeps until another one sends
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain first.domid
      And from here on the guest is the first domain
      And "near" is connected to port second.far of domain second.domid
      And a page "progress"
      And the code has run in ring 1
        """
        mov byte [evtchn_upcall_mask], 0
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        mov byte [evtchn_upcall_mask], 1
        """
      When the guest runs in ring 1 for ever
        """
        mov dword [progress], 1
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        mov dword [progress], 2
        """
      And from here on the guest is the second domain
      And an event is sent to "far"
      Then it returns 0
      And the first domain still answers
      When from here on the guest is the first domain
      Then the 32 bits at progress are 2

    Scenario Outline: <case> poll with <what> pending comes back at once, with nothing delivered
      Given an event channel "port"
      And an event channel "other"
      And an event is pending on "port"
      And a page "list"
      And "list" holds <ports>
      When the guest calls sched_op(SCHEDOP_POLL, {list, <count>, u64 0})
      Then it returns 0
      And the 8 bits at evtchn_upcall_mask are 1
      And the bits of "port" read pending 1, mask 0, selector 1, and upcall_pending is 1

      Examples:
        | case     | what                  | ports              | count |
        | EVT-12.h | its only port         | port               | 1     |
        | EVT-12.i | the first of two      | port + (other << 32) | 2   |
        | EVT-12.j | the second of two     | other + (port << 32) | 2   |
        | EVT-12.k | one before a bad one  | port + (1024 << 32)  | 2   |

    Scenario: EVT-12.l poll looks at pending bits, whether the channel is masked or not
      Given an event channel "port"
      And events are masked
      And the bits of "port" are pending 1, mask 1, selector 0, and upcall_pending is 0
      And a page "list"
      And "list" holds port
      When the guest calls sched_op(SCHEDOP_POLL, {list, 1, u64 0})
      Then it returns 0

    Scenario: EVT-12.m poll with 128 ports, the last of them pending
      Given an event channel "port"
      And an event channel "other"
      And an event is pending on "port"
      And a page "list"
      When the guest runs in ring 1
        """
        cld
        mov edi, list + 16
        mov eax, other
        mov ecx, 127
        rep stosd
        mov dword [edi], port
        mov dword [list], list + 16
        mov dword [list + 4], 128
        mov ebx, SCHEDOP_POLL
        mov ecx, list
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        """
      Then the code runs to its end
      And EAX is 0

    Scenario Outline: <case> poll for <what> is refused with <errno>
      Given an event channel "port"
      And a page "list"
      And "list" holds <ports>
      When the guest calls sched_op(SCHEDOP_POLL, <structure>)
      Then it is refused with <errno>

      Examples:
        | case     | what                          | ports             | structure                  | errno  |
        | EVT-12.n | 129 ports                     | port              | {list, 129, u64 1}         | EINVAL |
        | EVT-12.o | 0xFFFFFFFF ports              | port              | {list, 0xFFFFFFFF, u64 1}  | EINVAL |
        | EVT-12.p | port 1024                     | 1024              | {list, 1, u64 1}           | EINVAL |
        | EVT-12.q | port 0xFFFFFFFF               | 0xFFFFFFFF        | {list, 1, u64 1}           | EINVAL |
        | EVT-12.r | a bad port after a good one   | port + (1024 << 32) | {list, 2, u64 1}         | EINVAL |
        | EVT-12.s | a list in Xen's memory        | port              | {0xF6800000, 1, u64 1}     | EFAULT |
        | EVT-12.t | a list that is not mapped     | port              | {0x1000, 1, u64 1}         | EFAULT |
        | EVT-12.u | a structure in Xen's memory   | port              | 0xF6800000                 | EFAULT |
        | EVT-12.v | a structure that is not mapped | port             | 0x1000                     | EFAULT |

    Scenario Outline: <case> poll of <count> ports that stay quiet comes back when its time is up: <when>
      Given an event channel "port"
      And a page "list"
      And a clock "clock"
      When the guest runs in ring 1 with mask = 1
        """
        mov dword [list], list + 16
        mov dword [list + 4], <count>
        mov dword [list + 16], port
        mov ebx, vcpu_info
        call clock
        add eax, <nanoseconds>
        adc edx, 0
        mov [list + 8], eax
        mov [list + 12], edx
        mov ebx, SCHEDOP_POLL
        mov ecx, list
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        mov esi, eax
        mov ebx, vcpu_info
        call clock
        sub eax, [list + 8]
        sbb edx, [list + 12]
        movzx ecx, byte [evtchn_upcall_mask]
        """
      Then the code runs to its end
      And 0 upcalls came
      And ESI is 0
      And EDX is 0
      And ECX is 1

      Examples:
        | case      | count | when       | nanoseconds |
        | EVT-12.w  | 1     | soon       | 100000      |
        | EVT-12.x  | 1     | later      | 5000000     |
        | EVT-12.y  | 0     | later      | 2000000     |
        | EVT-12.z  | 1     | now        | 0           |

    Scenario: EVT-12.ba poll with a time long gone comes back
      Given an event channel "port"
      And a page "list"
      And "list" holds port
      When the guest calls sched_op(SCHEDOP_POLL, {list, 1, u64 1})
      Then it returns 0

    Scenario: EVT-12.bb poll comes back when another vcpu sends to a port that it names
      Given a domain of 2 vcpus
      And an event channel "port"
      And events are masked
      And vcpu 1 has the program
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        """
      And a page "list"
      And the guest has called vcpu_op(VCPUOP_INITIALISE, 1, vcpu1_context)
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, VCPUOP_UP
        mov ecx, 1
        xor edx, edx
        mov eax, __HYPERVISOR_VCPU_OP
        int 0x82
        mov dword [list], list + 16
        mov dword [list + 4], 1
        mov dword [list + 16], port
        mov ebx, SCHEDOP_POLL
        mov ecx, list
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        mov esi, eax
        mov edx, [evtchn_pending]
        and edx, 1 << port
        """
      Then the code runs to its end
      And 0 upcalls came
      And ESI is 0
      And EDX is 1 << port
      And vcpu 1 comes to its end
      And EAX of vcpu 1 is 0

    Scenario Outline: <case> yield returns 0: <form>
      When the guest calls <form>(SCHEDOP_YIELD, 0)
      Then it returns 0

      Examples:
        | case      | form            |
        | EVT-12.bc | sched_op        |
        | EVT-12.bd | sched_op_compat |

    Scenario: EVT-12.be while one vcpu yields the other gets on
      Given a domain of 2 vcpus
      And a page "progress"
      And vcpu 1 is started with
        """
        mov ecx, 100
        again:
        inc dword [progress]
        loop again
        """
      When the guest runs in ring 1
        """
        mov edi, 100000
        again:
        mov ebx, SCHEDOP_YIELD
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        cmp dword [progress], 100
        je done
        dec edi
        jnz again
        """
      Then the code runs to its end
      And the 32 bits at progress are 100

    Scenario Outline: <case> shutdown with reason <reason> ends the domain with it
      When the guest calls sched_op(SCHEDOP_SHUTDOWN, {SHUTDOWN_<reason>})
      Then the domain has shut down with reason <reason>

      Examples:
        | case      | reason   |
        | EVT-12.bf | POWEROFF |
        | EVT-12.bg | REBOOT   |
        | EVT-12.bh | CRASH    |

      @ordinary
      Examples: of no use to the initial domain
        | case      | reason  |
        | EVT-12.bi | SUSPEND |

    Scenario Outline: <case> the old form of shutdown has the reason <reason> for its argument
      When the guest calls sched_op_compat(SCHEDOP_SHUTDOWN, SHUTDOWN_<reason>)
      Then the domain has shut down with reason <reason>

      Examples:
        | case      | reason   |
        | EVT-12.bj | POWEROFF |
        | EVT-12.bk | REBOOT   |
        | EVT-12.bl | CRASH    |

    Scenario Outline: <case> <request> is refused with <errno>
      When the guest calls <request>
      Then it is refused with <errno>

      Examples:
        | case      | request                                   | errno  |
        | EVT-12.ca | sched_op(99, 0)                           | ENOSYS |
        | EVT-12.cb | sched_op(0xFFFFFFFF, 0)                   | ENOSYS |
        | EVT-12.cc | sched_op_compat(SCHEDOP_POLL, 0)          | ENOSYS |
        | EVT-12.cd | sched_op_compat(99, 0)                    | ENOSYS |
        | EVT-12.ce | sched_op(SCHEDOP_SHUTDOWN, 0xF6800000)    | EFAULT |
        | EVT-12.cf | sched_op(SCHEDOP_SHUTDOWN, 0x1000)        | EFAULT |

      @ordinary
      Examples: what is the initial domain's only
        | case      | request                                               | errno |
        | EVT-12.cg | sched_op(SCHEDOP_REMOTE_SHUTDOWN, {u16 domid, 0})     | EPERM |

      @initial
      Examples: a domain that does not exist
        | case      | request                                               | errno |
        | EVT-12.ch | sched_op(SCHEDOP_REMOTE_SHUTDOWN, {u16 0x7123, 0})    | ESRCH |

  @EVT-13
  Rule: A domain that masks events for ever holds up no other domain

    Scenario Outline: <case> while the first domain <does>, the second one is served
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain first.domid
      And from here on the guest is the first domain
      And "near" is connected to port second.far of domain second.domid
      And events are masked
      When the guest runs in ring 1 for ever
        """
        mov byte [evtchn_upcall_mask], 1
        again:
        <code>
        jmp again
        """
      Then the first domain still runs
      And the second domain still answers
      When from here on the guest is the second domain
      And an event is sent to "far"
      Then it returns 0
      When the guest runs in ring 1 with mask = 0
        """
        mov edi, 20
        again:
        mov ebx, SCHEDOP_YIELD
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        dec edi
        jnz again
        """
      Then the code runs to its end
      And EDI is 0
      And the first domain still runs

      Examples: with events masked
        | case     | does                       | code                                                                                                     |
        | EVT-13.a | spins                      | nop                                                                                                      |
        | EVT-13.b | makes hypercalls           | mov eax, __HYPERVISOR_XEN_VERSION\nxor ebx, ebx\nxor ecx, ecx\nint 0x82                                  |
        | EVT-13.c | sends events to the second | mov ecx, near_argument\nmov ebx, EVTCHNOP_SEND\nmov eax, __HYPERVISOR_EVENT_CHANNEL_OP\nint 0x82         |
        | EVT-13.d | takes exceptions           | xor ebx, ebx\nmov eax, cr0                                                                               |

    Scenario: EVT-13.e timers of the second domain come in time
      Given a second domain
      And from here on the guest is the second domain
      And the timer's event channel "timer"
      And a clock "clock"
      And from here on the guest is the first domain
      And events are masked
      And the guest runs in ring 1 for ever
        """
        again: jmp again
        """
      And from here on the guest is the second domain
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, vcpu_info
        call clock
        add eax, 3000000
        adc edx, 0
        mov esi, eax
        mov edi, edx
        mov ebx, eax
        mov ecx, edx
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        mov ebx, vcpu_info
        call clock
        sub eax, esi
        sbb edx, edi
        """
      Then the code runs to its end
      And 1 upcall came
      And EDX is 0

    Scenario: EVT-13.f a domain that sleeps with events masked holds up nobody and answers when it is asked
      Given a second domain
      And events are masked
      When from here on the guest is the second domain
      And the guest runs in ring 1
        """
        mov eax, 7
        """
      Then the code runs to its end
      And the first domain still answers

  @EVT-16
  Rule: Unmasking with an event pending and no event callback registered kills the domain

    Scenario Outline: <case> <what> kills the domain
      Given an event channel "port"
      And an event is pending on "port"
      And the guest has called set_callbacks(0, 0, FLAT_RING1_CS, failsafe_entry)
      When the guest runs in ring 1 with mask = 1
        """
        <unmask>
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        """
      Then the domain is killed

      Examples: every way to unmask
        | case     | what                        | unmask                                                                                                    |
        | EVT-16.a | a store and a hypercall     | mov byte [evtchn_upcall_mask], 0                                                                          |
        | EVT-16.b | SCHEDOP_block               | mov ebx, SCHEDOP_BLOCK\nxor ecx, ecx\nmov eax, __HYPERVISOR_SCHED_OP\nint 0x82                            |
        | EVT-16.c | the iret hypercall          | pushfd\npush dword FLAT_RING1_CS\npush dword there\njmp hypercall_page + __HYPERVISOR_IRET * 32\nthere: |

    Scenario Outline: <case> a callback with selector <selector> is none
      Given an event channel "port"
      And an event is pending on "port"
      And the guest has called set_callbacks(<selector>, upcall_entry, FLAT_RING1_CS, failsafe_entry)
      When the guest runs in ring 1 with mask = 1
        """
        mov byte [evtchn_upcall_mask], 0
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        """
      Then the domain is killed

      Examples: null selectors
        | case     | selector |
        | EVT-16.d | 0        |
        | EVT-16.e | 1        |
        | EVT-16.f | 3        |

    Scenario: EVT-16.g while events stay masked a domain without a callback lives
      Given an event channel "port"
      And an event is pending on "port"
      And the guest has called set_callbacks(0, 0, FLAT_RING1_CS, failsafe_entry)
      When the guest runs in ring 1 with mask = 1
        """
        mov edi, 100
        again:
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        dec edi
        jnz again
        """
      Then the code runs to its end
      And EDI is 0

    Scenario: EVT-16.h with nothing pending an unmasked domain without a callback lives until something is
      Given an event channel "port"
      And the guest has called set_callbacks(0, 0, FLAT_RING1_CS, failsafe_entry)
      When the guest runs in ring 1 with mask = 0
        """
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      When the guest runs in ring 1 with mask = 0
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        """
      Then the domain is killed

    Scenario: EVT-16.i the second domain lives on
      Given a second domain
      And an event channel "port"
      And an event is pending on "port"
      And the guest has called set_callbacks(0, 0, FLAT_RING1_CS, failsafe_entry)
      When the guest runs in ring 1 with mask = 0
        """
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        """
      Then the domain is killed
      And the first domain was killed
      And the second domain still answers

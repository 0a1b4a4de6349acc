@EVT
Feature: Timers and time

  System time is in nanoseconds. Each vcpu's share of it lies in its vcpu_info, with a version that is odd while it is changed.

  @EVT-14
  Rule: set_timer_op raises VIRQ_TIMER once, at its time or later; a periodic timer runs besides; system time never goes back

    Scenario Outline: <case> a timer set <nanoseconds> ns ahead comes once, not before its time
      Given the timer's event channel "timer"
      And a clock "clock"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, vcpu_info
        call clock
        add eax, <nanoseconds>
        adc edx, 0
        mov esi, eax
        mov edi, edx
        mov ebx, eax
        mov ecx, edx
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        mov ebp, eax
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
      And EBP is 0
      And EDX is 0

      Examples:
        | case     | nanoseconds |
        | EVT-14.a | 1           |
        | EVT-14.b | 1000        |
        | EVT-14.c | 100000      |
        | EVT-14.d | 1000000     |
        | EVT-14.e | 20000000    |

    Scenario: EVT-14.f a timer set to a time long gone comes at once
      Given the timer's event channel "timer"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, 1
        xor ecx, ecx
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        """
      Then the code runs to its end
      And 1 upcall came

    Scenario Outline: <case> <what>: <count> events in the next 30 ms
      Given the timer's event channel "timer"
      And a clock "clock"
      And a page "list"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, vcpu_info
        call clock
        mov esi, eax
        mov edi, edx
        add eax, 30000000
        adc edx, 0
        mov [list + 8], eax
        mov [list + 12], edx
        mov ebx, esi
        mov ecx, edi
        add ebx, 5000000
        adc ecx, 0
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        <then>
        mov byte [evtchn_upcall_mask], 0
        again:
        mov dword [list], 0
        mov dword [list + 4], 0
        mov ebx, SCHEDOP_POLL
        mov ecx, list
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        mov ebx, vcpu_info
        call clock
        sub eax, [list + 8]
        sbb edx, [list + 12]
        js again
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And <count> upcalls came

      Examples: a timer is one event, a time of 0 cancels it, a new time takes the place of the old
        | case     | what                   | then                                                                                                                                                                                                       | count |
        | EVT-14.g | a timer left alone     | nop                                                                                                                                                                                                        | 1     |
        | EVT-14.h | cancelled              | xor ebx, ebx\nxor ecx, ecx\nmov eax, __HYPERVISOR_SET_TIMER_OP\nint 0x82                                                                                                                                  | 0     |
        | EVT-14.i | set again to later     | mov ebx, esi\nmov ecx, edi\nadd ebx, 20000000\nadc ecx, 0\nmov eax, __HYPERVISOR_SET_TIMER_OP\nint 0x82                                                                                                  | 1     |
        | EVT-14.j | set again beyond       | mov ebx, esi\nmov ecx, edi\nadd ebx, 900000000\nadc ecx, 0\nmov eax, __HYPERVISOR_SET_TIMER_OP\nint 0x82                                                                                                 | 0     |
        | EVT-14.k | set again to long ago  | mov ebx, 1\nxor ecx, ecx\nmov eax, __HYPERVISOR_SET_TIMER_OP\nint 0x82                                                                                                                                    | 1     |
        | EVT-14.l | stopped by VCPUOP_stop_singleshot_timer | mov ebx, VCPUOP_STOP_SINGLESHOT_TIMER\nxor ecx, ecx\nxor edx, edx\nmov eax, __HYPERVISOR_VCPU_OP\nint 0x82                                                                               | 0     |

    @era-3.1
    Scenario Outline: <case> a time that is <what> counts as 100 ms from now
      Given the timer's event channel "timer"
      And a clock "clock"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, vcpu_info
        call clock
        mov esi, eax
        mov edi, edx
        mov ebx, 0
        mov ecx, <high>
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
        sub eax, 100000000
        sbb edx, 0
        """
      Then the code runs to its end
      And 1 upcall came
      And EDX is 0

      Examples:
        | case     | what             | high       |
        | EVT-14.m | negative         | 0x80000000 |
        | EVT-14.n | 13 days away     | 0x00100000 |
        | EVT-14.o | centuries away   | 0x7FFFFFFF |

    Scenario Outline: <case> with its periodic timer <how>, a vcpu that runs for 35 ms gets <least> to <most> events
      Given the event channel "timer" of virtual interrupt VIRQ_TIMER on vcpu 0
      And a clock "clock"
      And a page "structure"
      When the guest runs in ring 1 with mask = 1
        """
        <set>
        mov byte [evtchn_upcall_pending], 0
        mov dword [evtchn_pending_sel], 0
        lock and dword [evtchn_pending], ~(1 << timer)
        mov ebx, vcpu_info
        call clock
        add eax, 35000000
        adc edx, 0
        mov esi, eax
        mov edi, edx
        mov byte [evtchn_upcall_mask], 0
        again:
        mov ebx, 2000
        spin:
        dec ebx
        jnz spin
        xor ecx, ecx
        mov eax, __HYPERVISOR_XEN_VERSION
        int 0x82
        mov ebx, vcpu_info
        call clock
        sub eax, esi
        sbb edx, edi
        js again
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And between <least> and <most> upcalls came

      Examples: every 10 ms until it is stopped or set otherwise
        | case     | how              | set                                                                                                                                                                         | least | most |
        | EVT-14.p | as it is at first | nop                                                                                                                                                                        | 1     | 4    |
        | EVT-14.q | stopped          | mov ebx, VCPUOP_STOP_PERIODIC_TIMER\nxor ecx, ecx\nxor edx, edx\nmov eax, __HYPERVISOR_VCPU_OP\nint 0x82                                                                   | 0     | 0    |
        | EVT-14.r | set to 15 ms     | mov dword [structure], 15000000\nmov dword [structure + 4], 0\nmov ebx, VCPUOP_SET_PERIODIC_TIMER\nxor ecx, ecx\nmov edx, structure\nmov eax, __HYPERVISOR_VCPU_OP\nint 0x82 | 1     | 3    |
        | EVT-14.s | set to 3 ms      | mov dword [structure], 3000000\nmov dword [structure + 4], 0\nmov ebx, VCPUOP_SET_PERIODIC_TIMER\nxor ecx, ecx\nmov edx, structure\nmov eax, __HYPERVISOR_VCPU_OP\nint 0x82  | 3     | 12   |

    Scenario Outline: <case> <request> is refused with <errno>
      When the guest calls vcpu_op(<request>)
      Then it is refused with <errno>

      Examples:
        | case      | request                                                     | errno                    |
        | EVT-14.ba | VCPUOP_SET_PERIODIC_TIMER, 0, {u64 0}                       | EINVAL                   |
        | EVT-14.bb | VCPUOP_SET_PERIODIC_TIMER, 0, {u64 999999}                  | EINVAL                   |
        | EVT-14.bc | VCPUOP_SET_PERIODIC_TIMER, 0, 0xF6800000                    | EFAULT                   |
        | EVT-14.bd | VCPUOP_SET_PERIODIC_TIMER, 31, {u64 10000000}               | ENOENT                   |
        | EVT-14.be | VCPUOP_SET_PERIODIC_TIMER, 32, {u64 10000000}               | EINVAL, from 4.17: ENOENT |
        | EVT-14.bf | VCPUOP_SET_PERIODIC_TIMER, 0xFFFFFFFF, {u64 10000000}       | EINVAL, from 4.17: ENOENT |
        | EVT-14.bg | VCPUOP_STOP_PERIODIC_TIMER, 31, 0                           | ENOENT                   |
        | EVT-14.bh | VCPUOP_SET_SINGLESHOT_TIMER, 0, 0xF6800000                  | EFAULT                   |
        | EVT-14.bi | VCPUOP_SET_SINGLESHOT_TIMER, 31, {u64 0, 0, 0}              | ENOENT                   |
        | EVT-14.bj | VCPUOP_STOP_SINGLESHOT_TIMER, 31, 0                         | ENOENT                   |

    Scenario: EVT-14.bk the shortest period is 1 ms
      When the guest calls vcpu_op(VCPUOP_SET_PERIODIC_TIMER, 0, {u64 1000000})
      Then it returns 0
      When the guest calls vcpu_op(VCPUOP_STOP_PERIODIC_TIMER, 0, 0)
      Then it returns 0

    Scenario Outline: <case> another vcpu's single-shot timer is not this one's to <what>
      Given a domain of 2 vcpus
      When the guest calls vcpu_op(<request>)
      Then it is refused with EINVAL

      Examples:
        | case      | what | request                                               |
        | EVT-14.bl | set  | VCPUOP_SET_SINGLESHOT_TIMER, 1, {u64 0, 0, 0}          |
        | EVT-14.bm | stop | VCPUOP_STOP_SINGLESHOT_TIMER, 1, 0                     |

    Scenario Outline: <case> another vcpu's periodic timer is: <request>
      Given a domain of 2 vcpus
      When the guest calls vcpu_op(<request>)
      Then it returns 0

      Examples:
        | case      | request                                            |
        | EVT-14.bn | VCPUOP_SET_PERIODIC_TIMER, 1, {u64 10000000}       |
        | EVT-14.bo | VCPUOP_STOP_PERIODIC_TIMER, 1, 0                   |

    Scenario Outline: <case> VCPUOP_set_singleshot_timer, flags <flags>, for a time <when>: result <result>, <count> events
      Given the timer's event channel "timer"
      And a clock "clock"
      And a page "structure"
      And a page "list"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, vcpu_info
        call clock
        mov esi, eax
        mov edi, edx
        add eax, 20000000
        adc edx, 0
        mov [list + 8], eax
        mov [list + 12], edx
        add esi, <distance>
        adc edi, <carry>
        mov [structure], esi
        mov [structure + 4], edi
        mov dword [structure + 8], <flags>
        mov ebx, VCPUOP_SET_SINGLESHOT_TIMER
        xor ecx, ecx
        mov edx, structure
        mov eax, __HYPERVISOR_VCPU_OP
        int 0x82
        mov ebp, eax
        mov byte [evtchn_upcall_mask], 0
        again:
        mov dword [list], 0
        mov dword [list + 4], 0
        mov ebx, SCHEDOP_POLL
        mov ecx, list
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        mov ebx, vcpu_info
        call clock
        sub eax, [list + 8]
        sbb edx, [list + 12]
        js again
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And <count> upcalls came
      And EBP is <result>

      Examples: flag 1 (VCPU_SSHOTTMR_future) asks for an error when the time is past
        | case      | flags | when       | distance    | carry       | result | count |
        | EVT-14.ca | 0     | to come    | 4000000     | 0           | 0      | 1     |
        | EVT-14.cb | 1     | to come    | 4000000     | 0           | 0      | 1     |
        | EVT-14.cc | 0     | past       | -1000       | -1          | 0      | 1     |
        | EVT-14.ce | 0     | far ahead  | 900000000   | 0           | 0      | 0     |

      @era-3.1 @era-4.2
      Examples: later ones ignore the flag
        | case      | flags | when       | distance    | carry       | result | count |
        | EVT-14.cd | 1     | past       | -1000       | -1          | -ETIME | 0     |

    Scenario Outline: <case> system time never goes back, with <what> between two looks
      Given a clock "clock"
      And a page "last"
      When the guest runs in ring 1 with mask = 1
        """
        mov dword [last], 0
        mov dword [last + 4], 0
        mov dword [last + 8], <looks>
        again:
        mov ebx, vcpu_info
        call clock
        mov esi, eax
        mov edi, edx
        sub eax, [last]
        sbb edx, [last + 4]
        jc back
        mov [last], esi
        mov [last + 4], edi
        <between>
        dec dword [last + 8]
        jnz again
        back:
        mov ecx, [last + 8]
        """
      Then the code runs to its end
      And ECX is 0

      Examples:
        | case      | what        | looks | between                                                                              |
        | EVT-14.da | nothing     | 20000 | nop                                                                                  |
        | EVT-14.db | hypercalls  | 2000  | mov eax, __HYPERVISOR_XEN_VERSION\nxor ebx, ebx\nxor ecx, ecx\nint 0x82              |
        | EVT-14.dc | yields      | 2000  | mov eax, __HYPERVISOR_SCHED_OP\nmov ebx, SCHEDOP_YIELD\nxor ecx, ecx\nint 0x82        |

    @cpu-synchronous-clocks
    Scenario: EVT-14.dd one vcpu's system time is never a millisecond behind another's
      Given a domain of 2 vcpus
      And a clock "clock"
      And a page "last"
      And vcpu 1 is started with
        """
        xor ebp, ebp
        turn:
        cmp dword [last + 16], 2
        je finish
        cmp dword [last + 16], 1
        jne pass
        mov ebx, vcpu1_info
        call clock
        mov esi, eax
        mov edi, edx
        add eax, 1000000
        adc edx, 0
        sub eax, [last]
        sbb edx, [last + 4]
        adc ebp, 0
        mov [last], esi
        mov [last + 4], edi
        mov dword [last + 16], 0
        pass:
        mov eax, __HYPERVISOR_SCHED_OP
        mov ebx, SCHEDOP_YIELD
        xor ecx, ecx
        int 0x82
        jmp turn
        """
      When the guest runs in ring 1 with mask = 1
        """
        mov dword [last + 20], 300
        xor ebp, ebp
        turn:
        cmp dword [last + 16], 0
        jne pass
        mov ebx, vcpu_info
        call clock
        mov esi, eax
        mov edi, edx
        add eax, 1000000
        adc edx, 0
        sub eax, [last]
        sbb edx, [last + 4]
        adc ebp, 0
        mov [last], esi
        mov [last + 4], edi
        dec dword [last + 20]
        jz end
        mov dword [last + 16], 1
        pass:
        mov eax, __HYPERVISOR_SCHED_OP
        mov ebx, SCHEDOP_YIELD
        xor ecx, ecx
        int 0x82
        jmp turn
        end:
        mov dword [last + 16], 2
        """
      Then the code runs to its end
      And EBP is 0
      And vcpu 1 comes to its end
      And EBP of vcpu 1 is 0

    Scenario: EVT-14.de a guest that comes back after sleep sees that time has passed
      Given a clock "clock"
      And a page "list"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, vcpu_info
        call clock
        mov esi, eax
        mov edi, edx
        add eax, 50000000
        adc edx, 0
        mov dword [list], 0
        mov dword [list + 4], 0
        mov [list + 8], eax
        mov [list + 12], edx
        mov ebx, SCHEDOP_POLL
        mov ecx, list
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        mov ebx, vcpu_info
        call clock
        sub eax, esi
        sbb edx, edi
        sub eax, 50000000
        sbb edx, 0
        """
      Then the code runs to its end
      And EDX is 0

    Scenario: EVT-14.df the wall clock is there and consistent
      When the guest runs in ring 1
        """
        mov eax, [wc_version]
        and eax, 1
        mov ecx, [wc_sec]
        mov edx, [wc_nsec]
        xor esi, esi
        cmp ecx, 0
        setne bl
        cmp edx, 1000000000
        setb bh
        and ebx, 0x101
        """
      Then the code runs to its end
      And EAX is 0
      And EBX is 0x101

    Scenario: EVT-14.dg the timer's interrupt of vcpu 1 is raised on vcpu 1 alone
      Given a domain of 2 vcpus
      And the event channel "timer" of virtual interrupt VIRQ_TIMER on vcpu 1
      And a clock "clock"
      And events are masked
      And vcpu 1 is started with
        """
        mov ebx, VCPUOP_STOP_PERIODIC_TIMER
        mov ecx, 1
        xor edx, edx
        mov eax, __HYPERVISOR_VCPU_OP
        int 0x82
        mov byte [vcpu1_upcall_pending], 0
        mov dword [vcpu1_pending_sel], 0
        lock and dword [evtchn_pending], ~(1 << timer)
        mov byte [vcpu1_upcall_mask], 1
        mov ebx, vcpu1_info
        call clock
        add eax, 300000
        adc edx, 0
        mov ebx, eax
        mov ecx, edx
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        after:
        nop
        """
      Then vcpu 1 comes to its end
      And 1 upcall came on vcpu 1
      And the upcall on vcpu 1 came at "after"
      And the 8 bits at evtchn_upcall_pending are 0
      And the 32 bits at evtchn_pending_sel are 0

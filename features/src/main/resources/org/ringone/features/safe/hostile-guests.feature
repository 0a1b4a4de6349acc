@SAFE
Feature: Guests that try everything
  What they try is made up from a seed, the same every time. A guest that ends itself in the course of it is followed by another.
  At the end of each life the hypervisor must live, a domain beside it must answer and have its memory as it was, a new domain must come
  up, and when all are destroyed one that takes the whole machine can be built.

  @SAFE-03
  Rule: No sequence makes the hypervisor hang, crash, loop or leak

    Scenario Outline: <case> <calls> calls of hypercall <number>, <name>, with garbage
      When a guest makes <calls> calls of hypercall <number> with garbage, seed <seed>
      Then at the end of each of its lives everybody else was well

      Examples: each hypercall of the interface
        | case       | number | name                          | calls | seed |
        | SAFE-03.a  | 0      | set_trap_table                | 60    | 100  |
        | SAFE-03.b  | 1      | mmu_update                    | 60    | 101  |
        | SAFE-03.c  | 2      | set_gdt                       | 60    | 102  |
        | SAFE-03.d  | 3      | stack_switch                  | 60    | 103  |
        | SAFE-03.e  | 4      | set_callbacks                 | 60    | 104  |
        | SAFE-03.f  | 5      | fpu_taskswitch                | 60    | 105  |
        | SAFE-03.g  | 6      | sched_op_compat               | 60    | 106  |
        | SAFE-03.h  | 7      | platform_op                   | 60    | 107  |
        | SAFE-03.i  | 8      | set_debugreg                  | 60    | 108  |
        | SAFE-03.j  | 9      | get_debugreg                  | 60    | 109  |
        | SAFE-03.k  | 10     | update_descriptor             | 60    | 110  |
        | SAFE-03.l  | 12     | memory_op                     | 60    | 112  |
        | SAFE-03.m  | 13     | multicall                     | 60    | 113  |
        | SAFE-03.n  | 14     | update_va_mapping             | 60    | 114  |
        | SAFE-03.o  | 15     | set_timer_op                  | 60    | 115  |
        | SAFE-03.p  | 16     | event_channel_op_compat       | 60    | 116  |
        | SAFE-03.q  | 17     | xen_version                   | 60    | 117  |
        | SAFE-03.r  | 18     | console_io                    | 60    | 118  |
        | SAFE-03.s  | 19     | physdev_op_compat             | 60    | 119  |
        | SAFE-03.t  | 20     | grant_table_op                | 60    | 120  |
        | SAFE-03.u  | 21     | vm_assist                     | 60    | 121  |
        | SAFE-03.v  | 22     | update_va_mapping_otherdomain | 60    | 122  |
        | SAFE-03.w  | 23     | iret                          | 60    | 123  |
        | SAFE-03.x  | 24     | vcpu_op                       | 60    | 124  |
        | SAFE-03.y  | 25     | set_segment_base              | 60    | 125  |
        | SAFE-03.z  | 26     | mmuext_op                     | 60    | 126  |
        | SAFE-03.aa | 27     | acm_op                        | 60    | 127  |
        | SAFE-03.ab | 28     | nmi_op                        | 60    | 128  |
        | SAFE-03.ac | 29     | sched_op                      | 60    | 129  |
        | SAFE-03.ad | 30     | callback_op                   | 60    | 130  |
        | SAFE-03.ae | 31     | xenoprof_op                   | 60    | 131  |
        | SAFE-03.af | 32     | event_channel_op              | 60    | 132  |
        | SAFE-03.ag | 33     | physdev_op                    | 60    | 133  |
        | SAFE-03.ah | 34     | hvm_op                        | 60    | 134  |
        | SAFE-03.ai | 35     | sysctl                        | 60    | 135  |
        | SAFE-03.aj | 36     | domctl                        | 60    | 136  |
        | SAFE-03.ak | 37     | kexec_op                      | 60    | 137  |

      Examples: numbers that nobody has
        | case       | number | name               | calls | seed  |
        | SAFE-03.al | 38     | which there is not | 20    | 138   |
        | SAFE-03.am | 63     | which there is not | 20    | 163   |
        | SAFE-03.an | 127    | which there is not | 20    | 227   |
        | SAFE-03.ao | 1000   | which there is not | 20    | 1100  |
        | SAFE-03.ap | 65535  | which there is not | 20    | 65635 |

    Scenario Outline: <case> <calls> calls of any hypercall with garbage
      When a guest makes <calls> calls of any hypercall with garbage, seed <seed>
      Then at the end of each of its lives everybody else was well

      Examples:
        | case       | calls | seed |
        | SAFE-03.aq | 300   | 1    |
        | SAFE-03.ar | 300   | 2    |
        | SAFE-03.as | 300   | 3    |
        | SAFE-03.at | 300   | 4    |

    @cpu-iret-vm-check
    Scenario Outline: <case> <count> pieces of random code in ring <ring>
      When a guest runs <count> pieces of random code in ring <ring>, seed <seed>
      Then at the end of each of its lives everybody else was well

      Examples:
        | case       | count | ring | seed |
        | SAFE-03.au | 60    | 1    | 11   |
        | SAFE-03.av | 60    | 1    | 12   |
        | SAFE-03.aw | 60    | 1    | 13   |
        | SAFE-03.ax | 60    | 3    | 11   |
        | SAFE-03.ay | 60    | 3    | 12   |
        | SAFE-03.az | 60    | 3    | 13   |

  @SAFE-04
  Rule: A domain that has ended gives back all of its memory

    Scenario Outline: <case> a domain with <has>, destroyed while it runs
      Given <has>
      When the domain is destroyed
      Then a domain as large as an unused machine takes comes up

      Examples: nothing of its own, and every kind of thing that holds a page
        | case      | has                                                  |
        | SAFE-04.a | a page "page"                                        |
        | SAFE-04.b | a page "table" in use as an L1 table                 |
        | SAFE-04.c | a page "table" in use as an L2 table                 |
        | SAFE-04.d | a page "table" in use as an L3 table                 |
        | SAFE-04.e | a page "table" in use as an L1 table by being linked |
        | SAFE-04.f | a page "base" in use as an L3 table by being loaded  |
        | SAFE-04.g | a frame "gone" that was given back                   |
        | SAFE-04.h | the assist WRITABLE_PAGETABLES is on                 |
        | SAFE-04.i | an event channel "port"                              |
        | SAFE-04.j | a page "edge" right below the hypervisor's range     |

    Scenario Outline: <case> a domain with a page mapped <count> times is destroyed
      Given a page "page"
      And an address "one" that maps "page" with <flags>
      And an address "two" that maps "page" with <flags>
      When the domain is destroyed
      Then a domain as large as an unused machine takes comes up

      Examples:
        | case      | count | flags      |
        | SAFE-04.k | three | PRESENT RW |
        | SAFE-04.l | three | PRESENT    |

    Scenario Outline: <case> a domain with a table that names itself <how> is destroyed
      Given a page "table" made out as an <level> table
      And entry <slot> of "table" is entry(table, PRESENT)
      And "table" has been pinned as an <level> table
      When the domain is destroyed
      Then a domain as large as an unused machine takes comes up

      Examples: the linear tables of old
        | case      | how       | level | slot |
        | SAFE-04.m | in slot 7 | L1    | 7    |
        | SAFE-04.n | in slot 5 | L2    | 5    |
        | SAFE-04.o | in slot 0 | L2    | 0    |

    Scenario Outline: <case> a domain with descriptor tables of its own is destroyed: <call>
      Given a page "gdt" mapped read-only
      And a page "ldt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, ldt, 512}])
      And the code has run in ring 1
        """
        <use>
        """
      When the domain is destroyed
      Then a domain as large as an unused machine takes comes up

      Examples: with the LDT used, and not
        | case      | call     | use                      |
        | SAFE-04.p | not used | nop                      |
        | SAFE-04.q | used     | mov eax, 7\nlar ecx, eax |

    @ordinary
    Scenario Outline: <case> a domain that has <end> is destroyed
      Given a page "table" in use as an L1 table
      And a page "reason"
      And "reason" holds <reason>
      When the guest calls sched_op(SCHEDOP_SHUTDOWN, reason)
      Then the domain has shut down with reason <end>
      When the domain is destroyed
      Then a domain as large as an unused machine takes comes up

      Examples: each way to shut down
        | case      | reason | end      |
        | SAFE-04.r | 0      | poweroff |
        | SAFE-04.s | 1      | reboot   |
        | SAFE-04.t | 2      | suspend  |
        | SAFE-04.u | 3      | crash    |

    Scenario: SAFE-04.v a domain that was killed is destroyed
      Given a page "table" in use as an L3 table
      When the guest runs in ring 1 with ESP = 0
        """
        ud2
        """
      Then the domain is killed
      When the domain is destroyed
      Then a domain as large as an unused machine takes comes up

    Scenario: SAFE-04.w a domain with pages shared by a second one's side is destroyed, and then the second
      Given a second domain
      And a page "table" in use as an L1 table
      When the domain is destroyed
      Then the second domain still answers
      And a domain as large as an unused machine takes comes up

    Scenario: SAFE-04.x a domain of several vcpus is destroyed
      Given a domain of 4 vcpus
      And a page "page"
      When the domain is destroyed
      Then a domain as large as an unused machine takes comes up

    Scenario Outline: <case> after <count> domains that have <what> there is as much memory as before
      When <count> domains have <what>
      And the domain is destroyed
      Then a domain as large as an unused machine takes comes up

      Examples:
        | case      | count | what                       |
        | SAFE-04.y | 20    | come up and been destroyed |
        | SAFE-04.z | 200   | been built and destroyed   |

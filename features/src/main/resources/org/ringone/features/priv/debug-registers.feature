@PRIV
Feature: The debug registers, by hypercall and by instruction

  @PRIV-09
  Rule: set_debugreg and get_debugreg do what the instructions do; a breakpoint in the hypervisor's range is refused

    Scenario Outline: <case> DR<n> keeps <value>, set and read by hypercall
      When the guest calls set_debugreg(<n>, <value>)
      Then it is accepted
      When the guest calls get_debugreg(<n>)
      Then it returns <value>

      Examples: any address below the hypervisor, mapped or not
        | case      | n | value                 |
        | PRIV-09.a | 0 | 0                     |
        | PRIV-09.b | 1 | 1                     |
        | PRIV-09.c | 2 | 0x7FFFFFFF            |
        | PRIV-09.d | 3 | 0xC0101234            |
        | PRIV-09.e | 0 | 0xF5000000            |

      @host-32
      Examples: four bytes that end where the hypervisor begins
        | case      | n | value                 |
        | PRIV-09.f | 0 | VIRT_START - 4        |
        | PRIV-09.g | 3 | VIRT_START - 4        |

    @host-32
    Scenario Outline: <case> a breakpoint at <value> is refused in DR<n>, and the old one stays
      Given the guest has called set_debugreg(<n>, 0x1234)
      When the guest calls set_debugreg(<n>, <value>)
      Then it is refused with EPERM
      And nothing has changed
      When the guest calls get_debugreg(<n>)
      Then it returns 0x1234
      When the guest runs in ring 1
        """
        mov ecx, dr<n>
        """
      Then the code runs to its end
      And ECX is 0x1234

      Examples: four bytes of which the last one, or all, are the hypervisor's; and which wrap
        | case      | n | value          |
        | PRIV-09.h | 0 | VIRT_START - 3 |
        | PRIV-09.i | 1 | VIRT_START - 1 |
        | PRIV-09.j | 2 | VIRT_START     |
        | PRIV-09.k | 3 | 0xF6800000     |
        | PRIV-09.l | 0 | 0xFC000000     |
        | PRIV-09.m | 1 | 0xFFFFFFFC     |
        | PRIV-09.n | 2 | 0xFFFFFFFD     |
        | PRIV-09.o | 3 | 0xFFFFFFFF     |

    @host-32
    Scenario Outline: <case> MOV of <value> to DR<n> faults, and the old breakpoint stays
      Given the guest has called set_debugreg(<n>, 0x1234)
      When the guest runs in ring 1 with EBX = <value>
        """
        here: mov dr<n>, ebx
        """
      Then it faults with #GP(0) at "here"
      And no register has changed
      When the guest calls get_debugreg(<n>)
      Then it returns 0x1234

      Examples:
        | case      | n | value          |
        | PRIV-09.p | 0 | VIRT_START - 3 |
        | PRIV-09.q | 1 | VIRT_START     |
        | PRIV-09.r | 2 | 0xFC000000     |
        | PRIV-09.s | 3 | 0xFFFFFFFF     |

    Scenario Outline: <case> what set_debugreg put into DR<n>, MOV reads
      Given the guest has called set_debugreg(<n>, <value>)
      When the guest runs in ring 1
        """
        mov esi, dr<n>
        """
      Then the code runs to its end
      And ESI is <reads>
      And no register but ESI has changed

      Examples:
        | case      | n | value      | reads      |
        | PRIV-09.t | 0 | 0xC0101234 | 0xC0101234 |
        | PRIV-09.u | 1 | 0x00000001 | 0x00000001 |
        | PRIV-09.v | 2 | 0xBFFFFFFF | 0xBFFFFFFF |
        | PRIV-09.w | 3 | 0xF4001000 | 0xF4001000 |
        | PRIV-09.x | 7 | 0x00000001 | 0x00000401 |

      @era-3.1
      Examples: DR6's fixed bits
        | case      | n | value      | reads      |
        | PRIV-09.y | 6 | 0x00000000 | 0xFFFF0FF0 |

    Scenario Outline: <case> what MOV put into DR<n>, get_debugreg gives
      Given the code has run in ring 1
        """
        mov eax, <value>
        mov dr<n>, eax
        """
      When the guest calls get_debugreg(<n>)
      Then it returns <reads>

      Examples:
        | case       | n | value      | reads      |
        | PRIV-09.z  | 0 | 0xC0101234 | 0xC0101234 |
        | PRIV-09.aa | 1 | 0x00000001 | 0x00000001 |
        | PRIV-09.ab | 2 | 0xBFFFFFFF | 0xBFFFFFFF |
        | PRIV-09.ac | 3 | 0xF4001000 | 0xF4001000 |
        | PRIV-09.ad | 7 | 0x00000100 | 0x00000500 |

      @era-3.1
      Examples: DR6's fixed bits
        | case       | n | value      | reads      |
        | PRIV-09.ae | 6 | 0x0000500F | 0xFFFF4FFF |

    Scenario Outline: <case> the registers are four: a new DR<n> leaves the others alone
      Given the guest has called set_debugreg(0, 0x1000)
      And the guest has called set_debugreg(1, 0x2000)
      And the guest has called set_debugreg(2, 0x3000)
      And the guest has called set_debugreg(3, 0x4000)
      And the guest has called set_debugreg(<n>, 0x5000)
      When the guest runs in ring 1
        """
        mov eax, dr0
        mov ecx, dr1
        mov edx, dr2
        mov ebx, dr3
        """
      Then the code runs to its end
      And EAX is <dr0>
      And ECX is <dr1>
      And EDX is <dr2>
      And EBX is <dr3>

      Examples:
        | case       | n | dr0    | dr1    | dr2    | dr3    |
        | PRIV-09.af | 0 | 0x5000 | 0x2000 | 0x3000 | 0x4000 |
        | PRIV-09.ag | 1 | 0x1000 | 0x5000 | 0x3000 | 0x4000 |
        | PRIV-09.ah | 2 | 0x1000 | 0x2000 | 0x5000 | 0x4000 |
        | PRIV-09.ai | 3 | 0x1000 | 0x2000 | 0x3000 | 0x5000 |

    @era-3.1
    Scenario Outline: <case> DR<n> first reads 0
      When the guest calls get_debugreg(<n>)
      Then it returns 0

      Examples: nothing of the hypervisor's own or of another domain's is seen
        | case       | n |
        | PRIV-09.aj | 0 |
        | PRIV-09.ak | 1 |
        | PRIV-09.al | 2 |
        | PRIV-09.am | 3 |
        | PRIV-09.an | 6 |
        | PRIV-09.ao | 7 |

    @era-3.1
    Scenario Outline: <case> DR6 set to <value> reads <reads>
      Given the guest has called set_debugreg(6, <value>)
      When the guest calls get_debugreg(6)
      Then it returns <reads>

      Examples: bits 4 to 11 and 16 to 31 are always set, bit 12 never
        | case       | value      | reads      |
        | PRIV-09.ap | 0          | 0xFFFF0FF0 |
        | PRIV-09.aq | 0xFFFFFFFF | 0xFFFFEFFF |
        | PRIV-09.ar | 0x1000     | 0xFFFF0FF0 |
        | PRIV-09.as | 0x400A     | 0xFFFF4FFA |

    @era-3.1
    Scenario Outline: <case> DR7 set to <value> reads <reads>: <what>
      When the guest calls set_debugreg(7, <value>)
      Then it is accepted
      When the guest calls get_debugreg(7)
      Then it returns <reads>
      When the guest calls set_debugreg(7, 0)
      Then it is accepted
      When the guest calls get_debugreg(7)
      Then it returns 0

      Examples: no breakpoint here lies where the guest's code runs
        | case       | value      | reads      | what                                       |
        | PRIV-09.at | 0x00000055 | 0x00000455 | four local breakpoints                     |
        | PRIV-09.au | 0x000000AA | 0x000004AA | four global ones                           |
        | PRIV-09.av | 0x00000300 | 0x00000700 | LE and GE                                  |
        | PRIV-09.aw | 0x0000D800 | 0x00000400 | reserved bits                              |
        | PRIV-09.ax | 0x11110000 | 0x11110400 | writes of one byte                         |
        | PRIV-09.ay | 0x55550000 | 0x55550400 | writes of two bytes                        |
        | PRIV-09.az | 0xFFFF0000 | 0xFFFF0400 | reads and writes of four bytes             |

    @era-3.1
    Scenario Outline: <case> DR7 set to <value> is refused: <what>
      Given the guest has called set_debugreg(7, 0x100)
      When the guest calls set_debugreg(7, <value>)
      Then it is refused with EPERM
      When the guest calls get_debugreg(7)
      Then it returns 0x500
      When the guest runs in ring 1 with EDX = <value>
        """
        here: mov dr7, edx
        """
      Then it faults with #GP(0) at "here"
      And no register has changed
      When the guest calls get_debugreg(7)
      Then it returns 0x500

      Examples: GD; breakpoints on I/O; eight bytes; enabled or not
        | case       | value      | what                            |
        | PRIV-09.ba | 0x00002000 | general detect                  |
        | PRIV-09.bb | 0x00002001 | general detect and a breakpoint |
        | PRIV-09.bc | 0x00020000 | I/O in DR0, not enabled         |
        | PRIV-09.bd | 0x00020001 | I/O in DR0                      |
        | PRIV-09.be | 0x00200008 | I/O in DR1                      |
        | PRIV-09.bf | 0x02000010 | I/O in DR2                      |
        | PRIV-09.bg | 0x20000080 | I/O in DR3                      |
        | PRIV-09.bh | 0x00090001 | eight bytes in DR0              |
        | PRIV-09.bi | 0x00900004 | eight bytes in DR1              |
        | PRIV-09.bj | 0x08000000 | eight bytes in DR2, not enabled |
        | PRIV-09.bk | 0x90000040 | eight bytes in DR3              |

    Scenario Outline: <case> there is no DR<n>
      When the guest calls set_debugreg(<n>, 0)
      Then it is refused with EINVAL, from 4.17: ENODEV
      And nothing has changed

      Examples:
        | case       | n          |
        | PRIV-09.bl | 8          |
        | PRIV-09.bm | 0x7FFFFFFF |
        | PRIV-09.bn | -1         |
        | PRIV-09.bo | 0x80000000 |

      @era-3.1
      Examples: later Xens let 4 and 5 stand for 6 and 7
        | case       | n          |
        | PRIV-09.bp | 4          |
        | PRIV-09.bq | 5          |

    Scenario Outline: <case> DR<n>, which is not there, cannot be read
      When the guest calls get_debugreg(<n>)
      Then it is refused with EINVAL, from 4.17: ENODEV

      Examples:
        | case       | n          |
        | PRIV-09.br | 8          |
        | PRIV-09.bs | 0x7FFFFFFF |
        | PRIV-09.bt | -1         |

    Scenario: PRIV-09.bu a breakpoint set by hypercall is the processor's
      Given a page "data"
      And the guest has called set_debugreg(1, data + 4)
      And the guest has called set_debugreg(7, 0xD00004)
      When the guest runs in ring 1
        """
        mov dword [data + 8], 1
        mov dword [data + 4], 2
        here: nop
        """
      Then it faults with #DB at "here"

    Scenario: PRIV-09.bv one that was refused is not
      Given a page "data"
      And the guest has called set_debugreg(1, data + 4)
      When the guest calls set_debugreg(7, 0x2D00004)
      Then it is refused with EPERM
      When the guest runs in ring 1
        """
        mov dword [data + 4], 2
        nop
        """
      Then the code runs to its end

    @host-32
    Scenario: PRIV-09.bw in a multicall
      When the guest makes a multicall of
        | set_debugreg(0, 0x1000) |
        | set_debugreg(1, 0xFFFFFFFF) |
        | set_debugreg(2, 0x3000) |
        | get_debugreg(2)         |
      Then it returns 0
      And the results are 0, -EPERM, 0, 0x3000

@PRIV
Feature: An instruction that is emulated, faults or is refused leaves everything else alone

  Flags are written as EFLAGS: 0x8D7 has CF, PF, AF, ZF, SF and OF set, 0xED7 DF and IF as well, 0x202 none of them. Ports are
  some that no machine has: reads give ones.

  @PRIV-14
  Rule: Whatever becomes of a privileged instruction, other registers and flags keep their values

    Scenario Outline: <case> <instruction> with flags of <flags>
      When the guest runs in ring 1 with EFLAGS = <flags>, ECX = 0xC0000080
        """
        <instruction>
        """
      Then the code runs to its end
      And no register but <changed> has changed

      Examples: emulated instructions; the flags that a MOV of the hypervisor's own would leave undefined
        | case      | instruction  | flags | changed             |
        | PRIV-14.a | clts         | 0xED7 | ECX                 |
        | PRIV-14.b | clts         | 0x202 | ECX                 |
        | PRIV-14.c | wbinvd       | 0xED7 | ECX                 |
        | PRIV-14.d | mov eax, cr0 | 0xED7 | EAX, ECX            |
        | PRIV-14.e | mov edi, cr0 | 0x202 | EDI, ECX            |
        | PRIV-14.f | mov ebp, cr2 | 0xED7 | EBP, ECX            |
        | PRIV-14.g | mov ebx, cr3 | 0xED7 | EBX, ECX            |
        | PRIV-14.h | mov esi, cr4 | 0xED7 | ESI, ECX            |
        | PRIV-14.i | mov edx, dr0 | 0xED7 | EDX, ECX            |
        | PRIV-14.j | mov eax, dr6 | 0x202 | EAX, ECX            |
        | PRIV-14.k | mov eax, dr7 | 0xED7 | EAX, ECX            |
        | PRIV-14.l | mov cr2, eax | 0xED7 | ECX                 |
        | PRIV-14.m | mov dr2, eax | 0xED7 | ECX                 |
        | PRIV-14.n | mov dr6, eax | 0x202 | ECX                 |
        | PRIV-14.o | rdmsr        | 0xED7 | EAX, EDX            |
        | PRIV-14.p | rdmsr        | 0x202 | EAX, EDX            |

    Scenario Outline: <case> <instruction> changes ESP and nothing else
      When the guest runs in ring 1 with EFLAGS = 0xED7
        """
        mov ebx, esp
        <instruction>
        mov eax, esp
        mov esp, ebx
        """
      Then the code runs to its end
      And EAX & <mask> is <value>
      And no register but EAX and EBX has changed

      Examples: the stack pointer is a register like the others
        | case       | instruction  | mask       | value      |
        | PRIV-14.q  | mov esp, cr0 | 0x80000001 | 0x80000001 |

      @era-3.1 @era-4.2
      Examples: the bit of DR7 that always reads 1 is not shown
        | case       | instruction  | mask       | value      |
        | PRIV-14.r  | mov esp, dr7 | 0xFFFFFFFF | 0          |

    Scenario Outline: <case> with virtual IOPL 1 <instruction> with flags of <flags>
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      When the guest runs in ring 1 with EDX = 0x2A0, EFLAGS = <flags>
        """
        <instruction>
        """
      Then the code runs to its end
      And no register but <changed> has changed

      Examples:
        | case       | instruction   | flags | changed  |
        | PRIV-14.s  | cli           | 0xED7 | EDX      |
        | PRIV-14.t  | sti           | 0xED7 | EDX      |
        | PRIV-14.u  | sti           | 0x202 | EDX      |
        | PRIV-14.v  | in al, dx     | 0xED7 | EAX, EDX |
        | PRIV-14.w  | in ax, dx     | 0x202 | EAX, EDX |
        | PRIV-14.x  | in eax, dx    | 0xED7 | EAX, EDX |
        | PRIV-14.y  | in eax, 0xE8  | 0xED7 | EAX, EDX |
        | PRIV-14.z  | out dx, al    | 0xED7 | EDX      |
        | PRIV-14.aa | out dx, eax   | 0x202 | EDX      |
        | PRIV-14.ab | out 0xE8, ax  | 0xED7 | EDX      |

    Scenario Outline: <case> in ring <ring> <instruction> faults with flags of <flags> and all registers as they were
      When the guest runs in ring <ring> with EFLAGS = <flags>
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples: instructions that are never emulated, values that are refused, ports without a right to them
        | case       | ring | instruction       | flags |
        | PRIV-14.ac | 1    | hlt               | 0xED7 |
        | PRIV-14.ad | 1    | invd              | 0x202 |
        | PRIV-14.ae | 1    | lmsw ax           | 0xED7 |
        | PRIV-14.af | 1    | mov cr0, eax      | 0xED7 |
        | PRIV-14.ag | 1    | mov cr0, eax      | 0x202 |
        | PRIV-14.ah | 1    | mov cr3, eax      | 0xED7 |
        | PRIV-14.ak | 1    | in al, dx         | 0xED7 |
        | PRIV-14.al | 1    | out dx, eax       | 0xED7 |
        | PRIV-14.am | 1    | cli               | 0xED7 |
        | PRIV-14.an | 1    | sti               | 0x202 |
        | PRIV-14.ao | 3    | hlt               | 0xED7 |
        | PRIV-14.ap | 3    | mov eax, cr0      | 0xED7 |
        | PRIV-14.aq | 3    | mov cr3, eax      | 0x202 |
        | PRIV-14.ar | 3    | rdmsr             | 0xED7 |
        | PRIV-14.as | 3    | in eax, dx        | 0xED7 |
        | PRIV-14.at | 3    | cli               | 0xED7 |

      @era-3.1
      Examples: later, values of CR4 and DR7 are made good
        | case       | ring | instruction       | flags |
        | PRIV-14.ai | 1    | mov cr4, eax      | 0xED7 |
        | PRIV-14.aj | 1    | mov dr7, esi      | 0xED7 |

    Scenario Outline: <case> <prefix> before <instruction> plays no part
      When the guest runs in ring 1 with EFLAGS = 0xED7, ECX = 0
        """
        db <bytes>
        <instruction>
        """
      Then the code runs to its end
      And no register but EAX has changed
      And EAX & <mask> is <value>

      Examples: control registers are 32 bits wide whatever the operand size, and have no address
        | case       | prefix   | bytes | instruction  | mask       | value      |
        | PRIV-14.au | 66       | 0x66  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.av | 67       | 0x67  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.aw | ES       | 0x26  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.ax | CS       | 0x2E  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.ay | SS       | 0x36  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.az | DS       | 0x3E  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.ba | FS       | 0x64  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.bb | GS       | 0x65  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.bc | REPNE    | 0xF2  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.bd | REP      | 0xF3  | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.be | 66       | 0x66  | mov eax, cr3 | 0xFFFFFFFF | mfn(boot_l3) << 12 \| mfn(boot_l3) >> 20 |
        | PRIV-14.bg | REP      | 0xF3  | clts         | 0xFFFFFFFF | 0xA0000000 |
        | PRIV-14.bh | GS       | 0x65  | wbinvd       | 0xFFFFFFFF | 0xA0000000 |
        | PRIV-14.bi | seven    | 0x65, 0x66, 0x67, 0x26, 0x3E, 0xF3, 0x64 | mov eax, cr0 | 0x80000001 | 0x80000001 |

      @era-3.1 @era-4.2
      Examples: the bit of DR7 that always reads 1 is not shown
        | case       | prefix   | bytes | instruction  | mask       | value      |
        | PRIV-14.bf | 66       | 0x66  | mov eax, dr7 | 0xFFFFFFFF | 0          |

    Scenario Outline: <case> <prefix> before <instruction>: it faults with #GP(0), nothing changed
      When the guest runs in ring <ring> with EFLAGS = 0xED7
        """
        here: db <bytes>
        <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples: EIP is that of the first prefix
        | case       | ring | prefix  | bytes                  | instruction  |
        | PRIV-14.bj | 1    | 66      | 0x66                   | hlt          |
        | PRIV-14.bk | 1    | 67      | 0x67                   | hlt          |
        | PRIV-14.bl | 1    | SS      | 0x36                   | hlt          |
        | PRIV-14.bm | 1    | REP     | 0xF3                   | invd         |
        | PRIV-14.bn | 1    | GS, 66  | 0x65, 0x66             | mov cr0, eax |
        | PRIV-14.bo | 1    | REPNE   | 0xF2                   | in al, dx    |
        | PRIV-14.bp | 1    | 67, REP | 0x67, 0xF3             | cli          |
        | PRIV-14.bq | 3    | 66      | 0x66                   | hlt          |
        | PRIV-14.br | 3    | FS      | 0x64                   | mov eax, cr0 |
        | PRIV-14.bs | 3    | REP     | 0xF3                   | in al, dx    |

    @cpu-lock-check
    Scenario Outline: <case> LOCK before <instruction> is undefined
      When the guest runs in ring <ring> with EFLAGS = 0xED7
        """
        here: db 0xF0
        <instruction>
        """
      Then it faults with #UD at "here"
      And no register has changed

      Examples:
        | case       | ring | instruction  |
        | PRIV-14.bt | 1    | hlt          |
        | PRIV-14.bu | 1    | clts         |
        | PRIV-14.bv | 1    | in al, dx    |
        | PRIV-14.bw | 1    | cli          |
        | PRIV-14.bx | 3    | hlt          |
        | PRIV-14.by | 3    | in al, dx    |

    Scenario Outline: <case> <instruction> across the end of a page, <before> bytes before it
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And two pages "code" that lie side by side
      When the guest runs in ring 1 with EFLAGS = 0xED7, EDX = 0x2A0, at = code + 4096 - <before>
        """
        <instruction>
        """
      Then the code runs to its end
      And no register but <changed> has changed

      Examples:
        | case       | instruction          | before | changed  |
        | PRIV-14.bz | clts                 | 1      | EDX      |
        | PRIV-14.ca | wbinvd               | 1      | EDX      |
        | PRIV-14.cb | mov eax, cr2         | 1      | EAX, EDX |
        | PRIV-14.cc | mov dr1, eax         | 2      | EDX      |
        | PRIV-14.cd | in al, 0xE8          | 1      | EAX, EDX |
        | PRIV-14.ce | in ax, dx            | 1      | EAX, EDX |
        | PRIV-14.cf | out 0xE8, eax        | 1      | EDX      |
        | PRIV-14.cg | o16 a16 clts         | 2      | EDX      |
        | PRIV-14.ch | o16 a16 clts         | 1      | EDX      |
        | PRIV-14.ci | cli                  | 1      | EDX      |

    Scenario Outline: <case> <instruction> whose end lies in an absent page: a page fault for it
      Given two pages "code" that lie side by side
      And the code has run in ring 1
        """
        mov dword [code + 4096 - <before>], <bytes>
        """
      When "code.second" is mapped nowhere
      And the guest runs in ring 1 what lies at code + 4096 - <before>
      Then #PF(0x10) is raised
      And EIP is code + 4096 - <before>
      And CR2 is code + 4096
      And no register has changed

      Examples: the processor cannot fetch it, so the hypervisor does not see it
        | case       | instruction  | bytes      | before |
        | PRIV-14.cj | clts         | 0x90060F   | 1      |
        | PRIV-14.ck | mov eax, cr0 | 0x90C0200F | 1      |
        | PRIV-14.cl | in al, 0xE8  | 0x9090E8E4 | 1      |

    Scenario Outline: <case> <instruction> in a code segment with a base
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "code"
      And the guest's GDT holds
        | 1 | descriptor(code, 0xFFF, <access>) |
      When the guest runs in ring 1 with CS = 0x09, EFLAGS = 0xED7, EDX = 0x2A0, at = code + 0x120, origin = 0x120
        """
        <instruction>
        """
      Then the code runs to its end
      And no register but <changed> has changed
      And CS is 0x09

      Examples: readable or not, conforming or not
        | case       | access | instruction            | changed  |
        | PRIV-14.cn | 0x4BA  | mov eax, cr0           | EAX, EDX |
        | PRIV-14.co | 0x4B8  | mov eax, cr0           | EAX, EDX |
        | PRIV-14.cp | 0x4BE  | mov dr3, eax           | EDX      |
        | PRIV-14.cq | 0x4BA  | clts                   | EDX      |
        | PRIV-14.cr | 0x4BA  | in eax, dx             | EAX, EDX |
        | PRIV-14.cs | 0x4BA  | sti                    | EDX      |

    Scenario Outline: <case> <instruction> in a 16-bit code segment with a base
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "code"
      And the guest's GDT holds
        | 1 | descriptor(code, 0xFFF, 0x0BA) |
      When the guest runs in ring 1 with CS = 0x09, EFLAGS = 0xED7, at = code + 0x120, origin = 0x120
        """
        bits 16
        <instruction>
        """
      Then the code runs to its end
      And no register but EAX has changed
      And EAX & <mask> is <value>

      Examples:
        | case       | instruction  | mask       | value      |
        | PRIV-14.ct | mov eax, cr0 | 0x80000001 | 0x80000001 |
        | PRIV-14.cu | cli          | 0xFFFFFFFF | 0xA0000000 |

    Scenario Outline: <case> in 16-bit code <instruction> reads <bits> bits of a port
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "code"
      And the guest's GDT holds
        | 1 | descriptor(code, 0xFFF, 0x0BA) |
      When the guest runs in ring 1 with CS = 0x09, EAX = 0x11223344, EDX = 0x2A0, at = code, origin = 0
        """
        bits 16
        <instruction>
        """
      Then the code runs to its end
      And EAX is <eax>

      Examples: the code segment says how wide operands are, 66 says the other
        | case       | instruction  | bits | eax        |
        | PRIV-14.cv | in ax, dx    | 16   | 0x1122FFFF |
        | PRIV-14.cw | in eax, dx   | 32   | 0xFFFFFFFF |
        | PRIV-14.cx | in al, dx    | 8    | 0x112233FF |

    @cpu-segment-limits
    Scenario: PRIV-14.cy an emulated instruction may end where its code segment ends; what follows faults there
      Given a page "code"
      And the guest's GDT holds
        | 1 | descriptor(code, 0x12, 0x4BA) |
      When the guest runs in ring 1 with CS = 0x09, at = code + 0x10, origin = 0x10
        """
        mov eax, cr0
        after:
        """
      Then the failsafe callback is entered at "after"
      And EAX & 1 is 1

    Scenario Outline: <case> in ring 3, in a code segment with a base, <instruction> faults at its offset
      Given a page "code" that ring 3 may use
      And the guest's GDT holds
        | 1 | descriptor(code, 0xFFF, 0x4FA) |
      When the guest runs in ring 3 with CS = 0x0B, EFLAGS = 0xED7, at = code + 0x120, origin = 0x120
        """
        nop
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed
      And CS is 0x0B

      Examples:
        | case       | instruction  |
        | PRIV-14.cz | mov eax, cr0 |
        | PRIV-14.da | hlt          |
        | PRIV-14.db | in al, dx    |

    Scenario Outline: <case> <instruction> of memory through <segment> with a base
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "memory"
      And the guest's GDT holds
        | 1 | descriptor(memory, 0xFFF, 0x4B2) |
      When the guest runs in ring 1 with <segment> = 0x09, EDX = 0x2A0, ECX = 3, ESI = 0x20, EDI = 0x20, EFLAGS = <flags>
        """
        <instruction>
        """
      Then the code runs to its end
      And no register but EDX, ECX, ESI and EDI has changed
      And ECX is <ecx>
      And ESI is <esi>
      And EDI is <edi>
      And the 64 bits at memory + 0x18 are <below>
      And the 64 bits at memory + 0x20 are <at>

      Examples: input through ES upwards and downwards; output through DS or the segment of the prefix
        | case       | segment | instruction  | flags | ecx | esi  | edi  | below              | at                 |
        | PRIV-14.dc | ES      | insb         | 0xAD7 | 3   | 0x20 | 0x21 | 0                  | 0xFF               |
        | PRIV-14.dd | ES      | insd         | 0xED7 | 3   | 0x20 | 0x1C | 0                  | 0xFFFFFFFF         |
        | PRIV-14.de | ES      | rep insw     | 0xAD7 | 0   | 0x20 | 0x26 | 0                  | 0xFFFFFFFFFFFF     |
        | PRIV-14.df | ES      | rep insb     | 0xED7 | 0   | 0x20 | 0x1D | 0xFFFF000000000000 | 0xFF               |
        | PRIV-14.dg | ES      | gs insb      | 0xAD7 | 3   | 0x20 | 0x21 | 0                  | 0xFF               |
        | PRIV-14.dh | DS      | outsb        | 0xAD7 | 3   | 0x21 | 0x20 | 0                  | 0                  |
        | PRIV-14.di | DS      | rep outsd    | 0xED7 | 0   | 0x14 | 0x20 | 0                  | 0                  |
        | PRIV-14.dj | ES      | es outsw     | 0xAD7 | 3   | 0x22 | 0x20 | 0                  | 0                  |
        | PRIV-14.dk | FS      | fs outsb     | 0xED7 | 3   | 0x1F | 0x20 | 0                  | 0                  |
        | PRIV-14.dl | GS      | rep gs outsb | 0xAD7 | 0   | 0x23 | 0x20 | 0                  | 0                  |

    Scenario Outline: <case> <instruction> through <segment> reaches beyond its limit after <done>: #GP(0) there
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "memory"
      And the guest's GDT holds
        | 1 | descriptor(memory, 0x7F, 0x4B2) |
      When the guest runs in ring 1 with <segment> = 0x09, EDX = 0x2A0, ECX = 4, ESI = <index>, EDI = <index>, EFLAGS = 0xAD7
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register but EDX, ECX, ESI and EDI has changed
      And ECX is 4 - <counted>
      And ESI is <index> + <esi>
      And EDI is <index> + <edi>
      And the 64 bits at memory + 0x80 are 0

      Examples: what was done before stays done and is told in the registers
        | case       | segment | instruction  | done         | index | counted | esi | edi |
        | PRIV-14.dm | ES      | insb         | nothing      | 0x80  | 0       | 0   | 0   |
        | PRIV-14.dn | ES      | insd         | nothing      | 0x7D  | 0       | 0   | 0   |
        | PRIV-14.do | ES      | rep insb     | two elements | 0x7E  | 2       | 0   | 2   |
        | PRIV-14.dp | ES      | rep insd     | one element  | 0x7A  | 1       | 0   | 4   |
        | PRIV-14.dq | DS      | outsb        | nothing      | 0x80  | 0       | 0   | 0   |
        | PRIV-14.dr | FS      | rep fs outsw | three        | 0x7A  | 3       | 6   | 0   |
        | PRIV-14.ds | GS      | gs outsd     | nothing      | -1    | 0       | 0   | 0   |

    Scenario Outline: <case> <instruction> through a <what> segment faults with #GP(0)
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "memory"
      And the guest's GDT holds
        | 1 | descriptor(memory, 0xFFF, <access>) |
      When the guest runs in ring 1 with <segment> = <selector>, EDX = 0x2A0, ECX = 2, ESI = 0, EDI = 0
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed
      And the 64 bits at memory are 0

      Examples:
        | case       | what            | access | segment | selector | instruction |
        | PRIV-14.dt | read-only       | 0x4B0  | ES      | 0x09     | insb        |
        | PRIV-14.du | readable code   | 0x4BA  | ES      | 0x09     | insb        |
        | PRIV-14.dv | null            | 0x4B2  | ES      | 0        | rep insb    |
        | PRIV-14.dw | null            | 0x4B2  | DS      | 0        | outsb       |
        | PRIV-14.dx | null            | 0x4B2  | FS      | 0        | fs outsb    |

    Scenario Outline: <case> OUTS reads through a <what> segment
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "memory"
      And the guest's GDT holds
        | 1 | descriptor(memory, 0xFFF, <access>) |
      When the guest runs in ring 1 with GS = 0x09, EDX = 0x2A0, ESI = 0xFFC
        """
        gs outsd
        """
      Then the code runs to its end
      And ESI is 0x1000

      Examples: up to its last byte
        | case       | what            | access |
        | PRIV-14.dy | read-only       | 0x4B0  |
        | PRIV-14.dz | readable code   | 0x4BA  |

    Scenario Outline: <case> with 67 <instruction> uses 16 bits of its index and counter
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And a page "memory"
      And the guest's GDT holds
        | 1 | descriptor(memory - 0xF000, 0xFFFF, 0x4B2) |
      When the guest runs in ring 1 with ES = 0x09, DS = 0x09, EDX = 0x2A0, ECX = 0x77770002, ESI = 0x5555FFFE, EDI = 0x5555FFFE, EFLAGS = <flags>
        """
        <instruction>
        """
      Then the code runs to its end
      And ECX is <ecx>
      And ESI is <esi>
      And EDI is <edi>

      Examples: the upper halves stay, an index wraps within its lower one
        | case       | instruction   | flags | ecx        | esi        | edi        |
        | PRIV-14.ea | a16 insb      | 0x202 | 0x77770002 | 0x5555FFFE | 0x5555FFFF |
        | PRIV-14.eb | a16 rep insb  | 0x202 | 0x77770000 | 0x5555FFFE | 0x55550000 |
        | PRIV-14.ec | a16 rep outsb | 0x602 | 0x77770000 | 0x5555FFFC | 0x5555FFFE |

    Scenario: PRIV-14.ed with 67 a counter whose lower half is 0 does nothing
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      When the guest runs in ring 1 with EDX = 0x2A0, ECX = 0x77770000, EDI = 0, EFLAGS = 0xED7
        """
        a16 rep insb
        """
      Then the code runs to its end
      And no register has changed

    Scenario Outline: <case> <instruction> at a page that is absent: a page fault there, nothing counted for it
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      And two pages "memory" that lie side by side
      When "memory.second" is mapped nowhere
      And the guest runs in ring 1 with EDX = 0x2A0, ECX = 3, EDI = memory + 4096 - <before>, ESI = memory + 4096 - <before>, EFLAGS = 0xAD7
        """
        here: <instruction>
        """
      Then it faults with #PF(<error>) at "here"
      And CR2 is memory + 4096
      And no register but EDX, ECX, ESI and EDI has changed
      And ECX is 3 - <counted>
      And EDI is memory + 4096 - <before> + <edi>
      And ESI is memory + 4096 - <before> + <esi>

      Examples:
        | case       | instruction | before | error | counted | edi | esi |
        | PRIV-14.ee | insb        | 0      | 2     | 0       | 0   | 0   |
        | PRIV-14.ef | rep insb    | 2      | 2     | 2       | 2   | 0   |
        | PRIV-14.eg | outsb       | 0      | 0     | 0       | 0   | 0   |
        | PRIV-14.eh | rep outsd   | 8      | 0     | 2       | 0   | 8   |

    Scenario Outline: <case> from ring 3 with virtual IOPL 3 <instruction> keeps what it should
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {3})
      When the guest runs in ring 3 with EDX = 0x2A0, EFLAGS = 0xED7
        """
        <instruction>
        """
      Then the code runs to its end
      And no register but <changed> has changed

      Examples:
        | case       | instruction | changed  |
        | PRIV-14.ei | cli         | EDX      |
        | PRIV-14.ej | in eax, dx  | EAX, EDX |
        | PRIV-14.ek | out dx, al  | EDX      |

    Scenario: PRIV-14.el from ring 3 a page fault of INS is the user's
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {3})
      And an address "hole" that maps nothing
      When the guest runs in ring 3 with EDX = 0x2A0, EDI = hole, EFLAGS = 0xED7
        """
        here: insb
        """
      Then it faults with #PF(6) at "here"
      And CR2 is hole
      And no register has changed

    Scenario Outline: <case> a refused <instruction> leaves segment registers with other bases alone
      Given a page "memory"
      And the guest's GDT holds
        | 1 | descriptor(memory, 0xFFF, 0x4B2) |
        | 2 | descriptor(memory, 0x7F, 0x4B0)  |
      When the guest runs in ring 1 with ES = 0x09, FS = 0x11, GS = 0x09, EFLAGS = 0xED7
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples:
        | case       | instruction    |
        | PRIV-14.em | hlt            |
        | PRIV-14.en | mov cr0, eax   |
        | PRIV-14.eo | lgdt [fs:0]    |
        | PRIV-14.ep | es invlpg [0]  |

    Scenario Outline: <case> an emulated <what> leaves segment registers with other bases alone
      Given a page "memory"
      And "memory" holds 0x600DF00D
      And the guest's GDT holds
        | 1 | descriptor(memory, 0xFFF, 0x4B2) |
        | 2 | descriptor(memory, 0x7F, 0x4B0)  |
      When the guest runs in ring 1 with ES = 0x09, FS = 0x11, GS = 0x09, EFLAGS = 0xED7
        """
        <instruction>
        mov ecx, [es:0]
        mov edx, [fs:0]
        mov ebx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D
      And EDX is 0x600DF00D
      And EBX is 0x600DF00D
      And no register but EAX, ECX, EDX and EBX has changed

      Examples:
        | case       | what         | instruction                          |
        | PRIV-14.eq | MOV from CR0 | mov eax, cr0                         |
        | PRIV-14.er | CLTS         | clts                                 |
        | PRIV-14.es | CPUID        | mov eax, 1\ndb 0x0F,0x0B,"xen"\ncpuid |

@PRIV
Feature: Privileged instructions of a kernel in ring 1

  @PRIV-01
  Rule: The guest kernel runs in ring 1, user code in ring 3, wherever CS and SS are seen

    Scenario Outline: <case> in ring <ring> the registers have RPL <ring>
      When the guest runs in ring <ring>
        """
        mov eax, cs
        and eax, 3
        mov ecx, ss
        and ecx, 3
        """
      Then the code runs to its end
      And EAX is <ring>
      And ECX is <ring>

      Examples:
        | case      | ring |
        | PRIV-01.a | 1    |
        | PRIV-01.b | 3    |

    Scenario Outline: <case> a trap from ring <ring> saves a CS with RPL <ring> and enters a handler in ring 1
      When the guest runs in ring <ring>
        """
        here: ud2
        """
      Then it faults with #UD at "here"
      And CS & 3 is <ring>
      And the handler runs in ring 1

      Examples:
        | case      | ring |
        | PRIV-01.c | 1    |
        | PRIV-01.d | 3    |

    Scenario: PRIV-01.e a trap from ring 3 saves an SS with RPL 3
      When the guest runs in ring 3
        """
        here: ud2
        """
      Then it faults with #UD at "here"
      And SS & 3 is 3

    Scenario: PRIV-01.f the event upcall is entered in ring 1
      Given an event channel "port"
      And an event is pending on "port"
      When the guest enters ring 3 by the iret hypercall
        """
        nop
        """
      Then the code runs to its end
      And the upcall ran in ring 1
      And the upcall's frame has CS FLAT_RING3_CS

  @PRIV-02
  Rule: Instructions that fault with #GP(0) in ring 1

    Scenario Outline: <case> <instruction> faults
      Given a page "memory"
      When the guest runs in ring 1 with ECX = 0
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register but ECX has changed

      Examples: descriptor-table registers
        | case      | instruction          |
        | PRIV-02.a | lgdt [memory]        |
        | PRIV-02.b | lidt [memory]        |
        | PRIV-02.c | lldt ax              |
        | PRIV-02.d | lldt word [memory]   |
        | PRIV-02.e | ltr ax               |
        | PRIV-02.f | ltr word [memory]    |

      Examples: the machine status word, caches and the TLB
        | case      | instruction          |
        | PRIV-02.g | lmsw ax              |
        | PRIV-02.h | lmsw word [memory]   |
        | PRIV-02.i | invlpg [memory]      |
        | PRIV-02.j | invd                 |

      Examples: system-call return, counters, halt
        | case      | instruction |
        | PRIV-02.k | sysexit     |
        | PRIV-02.l | rdpmc       |
        | PRIV-02.m | hlt         |

      Examples: a prefix does not help
        | case      | instruction           |
        | PRIV-02.n | fs lgdt [memory]      |
        | PRIV-02.o | o16 lgdt [memory]     |
        | PRIV-02.p | rep hlt               |

    @era-3.1
    Scenario Outline: <case> <instruction> faults: DR4 and DR5 cannot be written
      When the guest runs in ring 1 with EAX = 0
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register but EAX has changed

      Examples: later Xens let them stand for DR6 and DR7
        | case      | instruction  |
        | PRIV-02.q | mov dr4, eax |
        | PRIV-02.r | mov dr5, eax |

  @PRIV-03
  Rule: Instructions that are emulated in ring 1 complete with the architectural result

    Scenario Outline: <case> <instruction> completes and changes no register
      When the guest runs in ring 1 with EAX = 0, ECX = 0xC0000080, EDX = 0
        """
        <instruction>
        """
      Then the code runs to its end
      And no register but EAX, ECX and EDX has changed

      Examples:
        | case      | instruction |
        | PRIV-03.a | clts        |
        | PRIV-03.b | wbinvd      |

    Scenario Outline: <case> MOV from <register> to <to>
      When the guest runs in ring 1
        """
        mov <to>, <register>
        """
      Then the code runs to its end
      And no register but <to> has changed
      And <to> & <mask> is <value>

      Examples: to every general register
        | case      | register | to  | mask       | value      |
        | PRIV-03.c | cr0      | EAX | 0x80000001 | 0x80000001 |
        | PRIV-03.d | cr0      | ECX | 0x80000001 | 0x80000001 |
        | PRIV-03.e | cr0      | EDX | 0x80000001 | 0x80000001 |
        | PRIV-03.f | cr0      | EBX | 0x80000001 | 0x80000001 |
        | PRIV-03.g | cr0      | EBP | 0x80000001 | 0x80000001 |
        | PRIV-03.h | cr0      | ESI | 0x80000001 | 0x80000001 |
        | PRIV-03.i | cr0      | EDI | 0x80000001 | 0x80000001 |
        | PRIV-03.j | cr4      | EAX | 0x20       | 0x20       |
        | PRIV-03.k | cr3      | EAX | 0xFFFFF000 | mfn(boot_l3) << 12 & 0xFFFFF000 |

    Scenario: PRIV-03.l CR2 reads as the address of the last page fault
      Given an address "hole" that maps nothing
      And the code was cut short in ring 1 by #PF(0)
        """
        mov eax, [hole + 0x123]
        """
      When the guest runs in ring 1
        """
        mov eax, cr2
        """
      Then the code runs to its end
      And EAX is hole + 0x123
      And no register but EAX has changed

    Scenario: PRIV-03.m MOV to CR2 is read back
      When the guest runs in ring 1
        """
        mov eax, 0x12345678
        mov cr2, eax
        mov ecx, cr2
        """
      Then the code runs to its end
      And ECX is 0x12345678

    Scenario Outline: <case> MOV to CR0 <does> TS, and only TS
      When the guest runs in ring 1
        """
        mov esi, cr0
        mov eax, esi
        <change>
        mov cr0, eax
        mov edi, cr0
        clts
        xor esi, edi
        """
      Then the code runs to its end
      And EDI & 8 is <ts>
      And ESI & 0xFFFFFFF7 is 0

      Examples:
        | case      | does   | change          | ts |
        | PRIV-03.n | sets   | or eax, 8       | 8  |
        | PRIV-03.o | clears | and eax, ~8     | 0  |

    Scenario Outline: <case> MOV of <register>'s own value to it completes
      When the guest runs in ring 1
        """
        mov eax, <register>
        mov <register>, eax
        mov ecx, <register>
        sub ecx, eax
        """
      Then the code runs to its end
      And ECX is 0

      Examples:
        | case      | register |
        | PRIV-03.p | cr0      |
        | PRIV-03.q | cr3      |
        | PRIV-03.r | cr4      |

    Scenario Outline: <case> <register> keeps what MOV wrote
      When the guest runs in ring 1
        """
        mov eax, <value>
        mov <register>, eax
        mov ecx, <register>
        xor eax, eax
        mov dr7, eax
        """
      Then the code runs to its end
      And ECX & <mask> is <value> & <mask>

      Examples:
        | case      | register | value      | mask       |
        | PRIV-03.s | dr0      | 0xC0101234 | 0xFFFFFFFF |
        | PRIV-03.t | dr1      | 0x00001000 | 0xFFFFFFFF |
        | PRIV-03.u | dr2      | 0xBFFFFFFF | 0xFFFFFFFF |
        | PRIV-03.v | dr3      | 0x00000000 | 0xFFFFFFFF |
        | PRIV-03.w | dr7      | 0x00000001 | 0x00000001 |

    Scenario: PRIV-03.x DR6 can be read
      When the guest runs in ring 1
        """
        mov ecx, dr6
        """
      Then the code runs to its end
      And no register but ECX has changed

    @era-3.1
    Scenario Outline: <case> <register> reads 0
      When the guest runs in ring 1
        """
        mov ecx, <register>
        """
      Then the code runs to its end
      And ECX is 0
      And no register but ECX has changed

      Examples: registers that are not there
        | case       | register |
        | PRIV-03.ba | dr4      |
        | PRIV-03.bb | dr5      |

    Scenario: PRIV-03.y RDMSR of a readable register completes
      When the guest runs in ring 1 with ECX = 0xC0000080
        """
        rdmsr
        """
      Then the code runs to its end
      And no register but EAX, EDX and ECX has changed
      And ECX is 0xC0000080

    @era-3.1 @era-4.2
    Scenario: PRIV-03.z WRMSR completes and changes nothing
      When the guest runs in ring 1 with ECX = 0xC0000080
        """
        rdmsr
        mov esi, eax
        xor eax, 1
        wrmsr
        rdmsr
        sub esi, eax
        """
      Then the code runs to its end
      And ESI is 0

    @ordinary
    Scenario Outline: <case> with virtual IOPL 1 <instruction> of a port that is not the domain's
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      When the guest runs in ring 1 with EAX = 0x11223344, EDX = 0x3F5
        """
        <instruction>
        """
      Then the code runs to its end
      And EAX is <eax>
      And no register but EAX and EDX has changed
      And EDX is 0x3F5

      Examples: reads all ones, swallows writes
        | case       | instruction  | eax        |
        | PRIV-03.aa | in al, dx    | 0x112233FF |
        | PRIV-03.ab | in ax, dx    | 0x1122FFFF |
        | PRIV-03.ac | in eax, dx   | 0xFFFFFFFF |
        | PRIV-03.ad | in al, 0x60  | 0x112233FF |
        | PRIV-03.ae | in ax, 0x61  | 0x1122FFFF |
        | PRIV-03.af | in eax, 0x61 | 0xFFFFFFFF |
        | PRIV-03.ag | out dx, al   | 0x11223344 |
        | PRIV-03.ah | out dx, ax   | 0x11223344 |
        | PRIV-03.ai | out dx, eax  | 0x11223344 |
        | PRIV-03.aj | out 0x60, al | 0x11223344 |

    @ordinary
    Scenario Outline: <case> with virtual IOPL 1 <instruction> works through memory
      Given a page "memory"
      And the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      When the guest runs in ring 1 with ECX = 3, EDX = 0x3F5, ESI = memory, EDI = memory, EAX = 0
        """
        cld
        <instruction>
        mov eax, [memory]
        """
      Then the code runs to its end
      And EAX is <eax>
      And ECX is <ecx>
      And EDI is memory + <edi>
      And ESI is memory + <esi>

      Examples:
        | case       | instruction | eax        | ecx | edi | esi |
        | PRIV-03.ak | insb        | 0x000000FF | 3   | 1   | 0   |
        | PRIV-03.al | insw        | 0x0000FFFF | 3   | 2   | 0   |
        | PRIV-03.am | insd        | 0xFFFFFFFF | 3   | 4   | 0   |
        | PRIV-03.an | rep insb    | 0x00FFFFFF | 0   | 3   | 0   |
        | PRIV-03.ao | rep insd    | 0xFFFFFFFF | 0   | 12  | 0   |
        | PRIV-03.ap | outsb       | 0          | 3   | 0   | 1   |
        | PRIV-03.aq | rep outsb   | 0          | 0   | 0   | 3   |
        | PRIV-03.ar | rep outsd   | 0          | 0   | 0   | 12  |

    @ordinary
    Scenario Outline: <case> the virtual I/O bitmap gives port <port> without any IOPL
      Given a page "bitmap"
      And every byte of "bitmap" is 0xFF
      And the bit of port <port> in "bitmap" is clear
      And the guest has called physdev_op(PHYSDEVOP_SET_IOBITMAP, {bitmap, 32768})
      When the guest runs in ring <ring> with EAX = 0, EDX = <port>
        """
        in al, dx
        """
      Then the code runs to its end
      And EAX is 0xFF

      Examples:
        | case       | port   | ring |
        | PRIV-03.as | 0x3F5  | 1    |
        | PRIV-03.at | 0      | 1    |
        | PRIV-03.au | 0x7FFE | 1    |
        | PRIV-03.av | 0x3F5  | 3    |

      @era-4.2 @era-4.17
      Examples: the last port of the bitmap, which 3.1 leaves out
        | case       | port   | ring |
        | PRIV-03.az | 0x7FFF | 1    |

    Scenario Outline: <case> an emulated instruction across the end of a page goes on at the next instruction
      Given two pages "code" that lie side by side
      When the guest runs in ring 1 at code + 4096 - <before>
        """
        mov eax, cr0
        nop
        mov ecx, 0x600D
        """
      Then the code runs to its end
      And ECX is 0x600D
      And EAX & 0x80000001 is 0x80000001

      Examples:
        | case       | before |
        | PRIV-03.aw | 1      |
        | PRIV-03.ax | 2      |
        | PRIV-03.ay | 3      |

  @PRIV-04
  Rule: An attempt to change what is not the guest's faults with #GP(0) and changes nothing

    Scenario Outline: <case> MOV to CR0 that changes bit <bit> faults
      When the guest runs in ring 1
        """
        mov ebx, cr0
        mov eax, ebx
        xor eax, 1 << <bit>
        here: mov cr0, eax
        """
      Then it faults with #GP(0) at "here"
      And EAX is EBX ^ (1 << <bit>)
      And the value of EBX is called "before"
      When the guest runs in ring 1
        """
        mov eax, cr0
        """
      Then EAX is before

      Examples: PE, MP, EM, NE, WP, AM, CD, PG
        | case      | bit |
        | PRIV-04.a | 0   |
        | PRIV-04.b | 1   |
        | PRIV-04.c | 2   |
        | PRIV-04.d | 5   |
        | PRIV-04.e | 16  |
        | PRIV-04.f | 18  |
        | PRIV-04.g | 30  |
        | PRIV-04.h | 31  |

    @era-3.1
    Scenario Outline: <case> MOV to CR4 that changes bit <bit> faults
      When the guest runs in ring 1
        """
        mov ebx, cr4
        mov eax, ebx
        xor eax, 1 << <bit>
        here: mov cr4, eax
        """
      Then it faults with #GP(0) at "here"
      And EAX is EBX ^ (1 << <bit>)

      Examples: VME, PVI, TSD, DE, PAE, MCE, PCE
        | case      | bit |
        | PRIV-04.i | 0   |
        | PRIV-04.j | 1   |
        | PRIV-04.k | 2   |
        | PRIV-04.l | 3   |
        | PRIV-04.m | 5   |
        | PRIV-04.n | 6   |
        | PRIV-04.o | 8   |

    @cpu-unknown-msr-faults
    Scenario Outline: <case> RDMSR of <msr>, which no processor has, faults
      When the guest runs in ring 1 with ECX = <msr>
        """
        here: rdmsr
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples:
        | case      | msr        |
        | PRIV-04.p | 0xFFFFFFFF |
        | PRIV-04.q | 0xC0FFEE00 |
        | PRIV-04.r | 0x40000FFF |

    @ordinary
    Scenario Outline: <case> <instruction> without a right to it faults
      Given a page "memory"
      When the guest runs in ring 1 with EDX = 0x80, ECX = 2, ESI = memory, EDI = memory
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed
      And the 32 bits at memory are 0

      Examples:
        | case       | instruction  |
        | PRIV-04.s  | in al, dx    |
        | PRIV-04.t  | in ax, dx    |
        | PRIV-04.u  | in eax, dx   |
        | PRIV-04.v  | in al, 0x80  |
        | PRIV-04.w  | out dx, al   |
        | PRIV-04.x  | out 0x80, al |
        | PRIV-04.y  | insb         |
        | PRIV-04.z  | rep insb     |
        | PRIV-04.aa | outsd        |
        | PRIV-04.ab | rep outsb    |

    @ordinary
    Scenario Outline: <case> with a bitmap that gives only port 0x3F5, <instruction> of port <port> faults
      Given a page "bitmap"
      And every byte of "bitmap" is 0xFF
      And the bit of port 0x3F5 in "bitmap" is clear
      And the guest has called physdev_op(PHYSDEVOP_SET_IOBITMAP, {bitmap, 4096 * 8})
      When the guest runs in ring 1 with EDX = <port>
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples: a neighbour; an access that reaches into one; a port beyond the bitmap
        | case       | instruction | port   |
        | PRIV-04.ac | in al, dx   | 0x3F4  |
        | PRIV-04.ad | in al, dx   | 0x3F6  |
        | PRIV-04.ae | in ax, dx   | 0x3F5  |
        | PRIV-04.af | in eax, dx  | 0x3F3  |
        | PRIV-04.ag | in al, dx   | 0x8000 |
        | PRIV-04.ah | in al, dx   | 0xFFFF |

    @ordinary @era-3.1
    Scenario: PRIV-04.ai the last port of a bitmap is not within it
      Given a page "bitmap"
      And the guest has called physdev_op(PHYSDEVOP_SET_IOBITMAP, {bitmap, 32768})
      When the guest runs in ring 1 with EDX = 0x7FFF
        """
        here: in al, dx
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

  @PRIV-05
  Rule: From ring 3 every privileged instruction faults; I/O needs virtual IOPL 3 or the bitmap

    Scenario Outline: <case> <instruction> in ring 3 faults
      Given a page "memory" that ring 3 may use
      When the guest runs in ring 3 with ECX = 0, EDX = 0x80, EDI = memory, ESI = memory
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples:
        | case      | instruction        |
        | PRIV-05.a | lgdt [memory]      |
        | PRIV-05.b | lidt [memory]      |
        | PRIV-05.c | lldt ax            |
        | PRIV-05.d | ltr ax             |
        | PRIV-05.e | lmsw ax            |
        | PRIV-05.f | invlpg [memory]    |
        | PRIV-05.g | invd               |
        | PRIV-05.h | wbinvd             |
        | PRIV-05.i | hlt                |
        | PRIV-05.j | clts               |
        | PRIV-05.k | sysexit            |
        | PRIV-05.l | mov eax, cr0       |
        | PRIV-05.m | mov cr0, eax       |
        | PRIV-05.n | mov eax, cr2       |
        | PRIV-05.o | mov eax, cr3       |
        | PRIV-05.p | mov cr3, eax       |
        | PRIV-05.q | mov eax, cr4       |
        | PRIV-05.r | mov eax, dr7       |
        | PRIV-05.s | mov dr0, eax       |
        | PRIV-05.t | rdmsr              |
        | PRIV-05.u | wrmsr              |
        | PRIV-05.v | cli                |
        | PRIV-05.w | sti                |
        | PRIV-05.x | in al, dx          |
        | PRIV-05.y | out dx, al         |
        | PRIV-05.z | insb               |
        | PRIV-05.aa | outsb             |

    @ordinary
    Scenario Outline: <case> with virtual IOPL <iopl> <instruction> in ring 3 faults
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {<iopl>})
      When the guest runs in ring 3 with EDX = 0x3F5
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples:
        | case       | iopl | instruction |
        | PRIV-05.ab | 1    | in al, dx   |
        | PRIV-05.ac | 2    | in al, dx   |
        | PRIV-05.ad | 2    | cli         |
        | PRIV-05.ae | 1    | sti         |

    @ordinary
    Scenario Outline: <case> with virtual IOPL 3 <instruction> in ring 3 completes
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {3})
      When the guest runs in ring 3 with EDX = 0x3F5, EAX = 0, mask = 0
        """
        <instruction>
        nop
        """
      Then the code runs to its end
      And EAX is <eax>

      Examples:
        | case       | instruction | eax  |
        | PRIV-05.af | in al, dx   | 0xFF |
        | PRIV-05.ag | out dx, al  | 0    |
        | PRIV-05.ah | cli         | 0    |
        | PRIV-05.ai | sti         | 0    |

    Scenario Outline: <case> an I/O privilege level of <iopl> is refused
      When the guest calls physdev_op(PHYSDEVOP_SET_IOPL, {<iopl>})
      Then it is refused with EINVAL

      Examples:
        | case       | iopl |
        | PRIV-05.aj | 4    |
        | PRIV-05.ak | 255  |

    @ordinary
    Scenario: PRIV-05.al a bitmap of more than 65536 ports is refused
      Given a page "bitmap"
      When the guest calls physdev_op(PHYSDEVOP_SET_IOBITMAP, {bitmap, 65537})
      Then it is refused with EINVAL

  @PRIV-06
  Rule: Blocking is asked for with SCHEDOP_block, never by HLT

    Scenario: PRIV-06.a HLT faults although an event is pending
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1
        """
        here: hlt
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

    Scenario: PRIV-06.b HLT faults even with virtual IOPL 3
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {3})
      When the guest runs in ring 1
        """
        here: hlt
        """
      Then it faults with #GP(0) at "here"

    Scenario: PRIV-06.c SCHEDOP_block unmasks and returns 0 when an event is pending
      Given an event channel "port"
      And an event is pending on "port"
      When the guest runs in ring 1 with mask = 1
        """
        mov eax, __HYPERVISOR_SCHED_OP
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        int 0x82
        after:
        movzx edx, byte [evtchn_upcall_mask]
        """
      Then the code runs to its end
      And EAX is 0
      And EDX is 0
      And 1 upcall came
      And the upcall came at "after"

    Scenario: PRIV-06.d SCHEDOP_block sleeps until the timer's event
      Given the timer's event channel "timer"
      When the guest runs in ring 1 with mask = 1
        """
        mov ebx, [shared_info + 48]     ; system_time
        mov ecx, [shared_info + 52]
        add ebx, 5000000
        adc ecx, 0
        mov eax, __HYPERVISOR_SET_TIMER_OP
        int 0x82
        mov eax, __HYPERVISOR_SCHED_OP
        mov ebx, SCHEDOP_BLOCK
        xor ecx, ecx
        int 0x82
        after:
        nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"

  @PRIV-07
  Rule: fpu_taskswitch and CLTS govern a virtual TS; the next FPU use raises #NM, whose delivery clears it

    Scenario Outline: <case> with TS set <instruction> raises #NM
      Given the guest has called fpu_taskswitch(1)
      When the guest runs in ring <ring>
        """
        here: <instruction>
        """
      Then it faults with #NM at "here"
      And no register has changed

      Examples:
        | case      | ring | instruction |
        | PRIV-07.a | 1    | fninit      |
        | PRIV-07.b | 1    | fld1        |
        | PRIV-07.c | 3    | fninit      |

      Examples: MMX, SSE and SSE2 are use of the FPU, too
        | case      | ring | instruction       |
        | PRIV-07.j | 1    | paddb mm0, mm1    |
        | PRIV-07.k | 1    | movaps xmm0, xmm1 |
        | PRIV-07.l | 3    | movd ecx, mm2     |
        | PRIV-07.m | 3    | addpd xmm1, xmm2  |

    Scenario: PRIV-07.d TS reads as set after fpu_taskswitch(1)
      Given the guest has called fpu_taskswitch(1)
      When the guest runs in ring 1
        """
        mov eax, cr0
        clts
        """
      Then the code runs to its end
      And EAX & 8 is 8

    Scenario Outline: <case> <what> clears it
      Given the guest has called fpu_taskswitch(1)
      When the guest runs in ring 1
        """
        <code>
        mov eax, cr0
        fninit
        """
      Then the code runs to its end
      And EAX & 8 is 0

      Examples:
        | case      | what              | code                                                      |
        | PRIV-07.e | CLTS              | clts                                                      |
        | PRIV-07.f | fpu_taskswitch(0) | mov eax, __HYPERVISOR_FPU_TASKSWITCH\nxor ebx, ebx\nint 0x82 |

    Scenario: PRIV-07.g the delivery of #NM clears it: the same instruction works when it is tried again
      Given the guest has called fpu_taskswitch(1)
      When the guest runs in ring 1, and goes on after 1 #NM
        """
        fninit
        fnstsw ax
        mov ecx, cr0
        """
      Then the code runs to its end
      And 1 #NM came
      And ECX & 8 is 0
      And EAX & 0xFFFF is 0

    Scenario: PRIV-07.h without TS the FPU works and Xen's own lazy switching is not seen
      Given the guest has called fpu_taskswitch(0)
      When the guest runs in ring 1
        """
        fninit
        fnstsw ax
        movzx eax, ax
        """
      Then the code runs to its end
      And EAX is 0

    Scenario: PRIV-07.i the FPU's contents outlive hypercalls and upcalls
      Given a page "memory"
      And the guest has called fpu_taskswitch(0)
      When the guest runs in ring 1
        """
        fninit
        fld1
        mov eax, __HYPERVISOR_SCHED_OP
        mov ebx, SCHEDOP_YIELD
        xor ecx, ecx
        int 0x82
        fstp dword [memory]
        mov ecx, [memory]
        """
      Then the code runs to its end
      And ECX is 0x3F800000

    Scenario: PRIV-07.n the contents of XMM registers, too
      Given the guest has called fpu_taskswitch(0)
      When the guest runs in ring 1 with EDI = 0x600DCAFE
        """
        movd xmm7, edi
        mov eax, __HYPERVISOR_SCHED_OP
        mov ebx, SCHEDOP_YIELD
        xor ecx, ecx
        int 0x82
        movd esi, xmm7
        """
      Then the code runs to its end
      And ESI is 0x600DCAFE

  @PRIV-08
  Rule: CR3 is the base and changes only for a good one; CR2 is in vcpu_info and in CR2

    Scenario: PRIV-08.a CR3 names the boot L3
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is mfn(boot_l3) << 12 | mfn(boot_l3) >> 20

    Scenario: PRIV-08.b after a new base CR3 names it
      Given a page "base" in use as an L3 table by being loaded
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is mfn(base) << 12 | mfn(base) >> 20

    Scenario: PRIV-08.c MOV to CR3 of a good L3 switches to it
      Given a page "base" made out as an L3 table
      When the guest runs in ring 1 with EAX = mfn(base) << 12 | mfn(base) >> 20
        """
        mov cr3, eax
        mov ecx, cr3
        """
      Then the code runs to its end
      And ECX is mfn(base) << 12 | mfn(base) >> 20
      And "base" cannot be mapped writable

    Scenario Outline: <case> MOV to CR3 of <what> faults and the old base stays
      Given a page "page"
      And a page "low" in use as an L1 table
      And a page "middle" in use as an L2 table
      When the guest runs in ring 1 with EAX = <frame> << 12 | <frame> >> 20
        """
        here: mov cr3, eax
        """
      Then it faults with #GP(0) at "here"
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then EAX is mfn(boot_l3) << 12 | mfn(boot_l3) >> 20

      Examples:
        | case      | what                  | frame                     |
        | PRIV-08.d | an ordinary page      | mfn(page)                 |
        | PRIV-08.e | an L1 table           | mfn(low)                  |
        | PRIV-08.f | an L2 table           | mfn(middle)               |
        | PRIV-08.g | the hypervisor's page | hypervisor_frame          |
        | PRIV-08.h | a frame beyond memory | first_frame_beyond_memory |

    Scenario Outline: <case> a page fault in ring <ring> leaves its address in vcpu_info and in CR2
      Given an address "hole" that maps nothing
      And the code was cut short in ring <ring> by #PF(<error>)
        """
        <instruction>
        """
      When the guest runs in ring 1
        """
        mov eax, cr2
        mov ecx, [arch_cr2]
        """
      Then the code runs to its end
      And EAX is hole + <offset>
      And ECX is hole + <offset>

      Examples: first byte, last byte, a write, from user code
        | case      | ring | instruction                | error | offset |
        | PRIV-08.i | 1    | mov eax, [hole]            | 0     | 0      |
        | PRIV-08.j | 1    | mov al, [hole + 4095]      | 0     | 4095   |
        | PRIV-08.k | 1    | mov [hole + 8], eax        | 2     | 8      |
        | PRIV-08.l | 3    | mov eax, [hole + 16]       | 4     | 16     |
        | PRIV-08.m | 3    | mov [hole + 20], eax       | 6     | 20     |

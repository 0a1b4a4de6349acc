@PRIV
Feature: CPUID, plain and behind the forced-emulation prefix

  The prefix is UD2 followed by the letters "xen": 0F 0B 78 65 6E.

  @PRIV-10
  Rule: The prefix before CPUID gives the hypervisor's view; before anything else it is an undefined instruction

    Scenario Outline: <case> in ring <ring> leaf 0x40000000 names the hypervisor
      When the guest runs in ring <ring> with EAX = 0x40000000
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        """
      Then the code runs to its end
      And EBX is 0x566E6558
      And ECX is 0x65584D4D
      And EDX is 0x4D4D566E
      And no register but EAX, EBX, ECX and EDX has changed

      Examples: "XenVMMXenVMM"
        | case      | ring |
        | PRIV-10.a | 1    |
        | PRIV-10.b | 3    |

    @era-3.1
    Scenario: PRIV-10.c the last of the hypervisor's leaves is 0x40000002
      When the guest runs in ring 1 with EAX = 0x40000000
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        """
      Then the code runs to its end
      And EAX is 0x40000002

    Scenario: PRIV-10.d leaf 0x40000001 gives the version that xen_version gives
      Given a page "version"
      When the guest runs in ring 1
        """
        mov eax, __HYPERVISOR_XEN_VERSION
        mov ebx, XENVER_VERSION
        xor ecx, ecx
        int 0x82
        mov esi, eax
        mov eax, 0x40000001
        db 0x0F, 0x0B, "xen"
        cpuid
        sub esi, eax
        """
      Then the code runs to its end
      And ESI is 0
      And EBX is 0
      And ECX is 0
      And EDX is 0

    @era-3.1
    Scenario: PRIV-10.e leaf 0x40000002 says where a hypercall page is asked for
      When the guest runs in ring 1 with EAX = 0x40000002
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        """
      Then the code runs to its end
      And EAX is 1
      And EBX is 0x40000000
      And ECX is 0
      And EDX is 0

    Scenario Outline: <case> flags of <flags> stay in ring <ring>
      When the guest runs in ring <ring> with EAX = 1, EFLAGS = <flags>
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        """
      Then the code runs to its end
      And no register but EAX, EBX, ECX and EDX has changed

      Examples:
        | case      | ring | flags |
        | PRIV-10.f | 1    | 0xED7 |
        | PRIV-10.g | 1    | 0x202 |
        | PRIV-10.h | 3    | 0xED7 |
        | PRIV-10.i | 3    | 0x602 |

    Scenario Outline: <case> in ring <ring> the prefix before <what> is UD2 and nothing more
      When the guest runs in ring <ring> with EFLAGS = 0xED7
        """
        here: db 0x0F, 0x0B, "xen"
        <code>
        """
      Then it faults with #UD at "here"
      And no register has changed

      Examples: instructions that are emulated without it, others, and nearly CPUID
        | case       | ring | what                       | code                        |
        | PRIV-10.j  | 1    | NOP                        | nop                         |
        | PRIV-10.k  | 1    | MOV from CR0               | mov eax, cr0                |
        | PRIV-10.l  | 1    | CLTS                       | clts                        |
        | PRIV-10.m  | 1    | HLT                        | hlt                         |
        | PRIV-10.n  | 1    | RDMSR                      | rdmsr                       |
        | PRIV-10.o  | 1    | RDTSC                      | rdtsc                       |
        | PRIV-10.p  | 1    | the prefix again           | db 0x0F, 0x0B, "xen"\ncpuid |
        | PRIV-10.q  | 1    | UD2                        | ud2                         |
        | PRIV-10.r  | 1    | CPUID with 66              | db 0x66\ncpuid              |
        | PRIV-10.s  | 1    | CPUID with REP             | db 0xF3\ncpuid              |
        | PRIV-10.t  | 1    | CPUID with LOCK            | db 0xF0\ncpuid              |
        | PRIV-10.u  | 1    | half of CPUID              | db 0x0F, 0xA3               |
        | PRIV-10.v  | 1    | half of CPUID, the second  | db 0x0E, 0xA2               |
        | PRIV-10.w  | 3    | NOP                        | nop                         |
        | PRIV-10.x  | 3    | CLTS                       | clts                        |
        | PRIV-10.y  | 3    | IN                         | in al, dx                   |
        | PRIV-10.z  | 3    | the prefix again           | db 0x0F, 0x0B, "xen"\ncpuid |

    Scenario Outline: <case> <what> is no prefix
      When the guest runs in ring 1 with EAX = 0x40000000
        """
        here: db <bytes>
        cpuid
        """
      Then it faults with #UD at "here"
      And no register has changed

      Examples: other letters, other cases, fewer of them, a prefix of its own
        | case       | what                  | bytes                      |
        | PRIV-10.aa | UD2 alone             | 0x0F, 0x0B                 |
        | PRIV-10.ab | UD2 and "xe"          | 0x0F, 0x0B, "xe"           |
        | PRIV-10.ac | UD2 and "Xen"         | 0x0F, 0x0B, "Xen"          |
        | PRIV-10.ad | UD2 and "xem"         | 0x0F, 0x0B, "xem"          |
        | PRIV-10.ae | UD2 and "nex"         | 0x0F, 0x0B, "nex"          |
        | PRIV-10.af | REP UD2 and "xen"     | 0xF3, 0x0F, 0x0B, "xen"    |
        | PRIV-10.ag | 66 UD2 and "xen"      | 0x66, 0x0F, 0x0B, "xen"    |
        | PRIV-10.ah | CS UD2 and "xen"      | 0x2E, 0x0F, 0x0B, "xen"    |

    Scenario Outline: <case> the end of a page after <before> of the seven bytes
      Given two pages "code" that lie side by side
      When the guest runs in ring 1 with EAX = 0x40000000, at = code + 4096 - <before>
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        mov esi, 0x600D
        """
      Then the code runs to its end
      And EBX is 0x566E6558
      And ESI is 0x600D

      Examples:
        | case       | before |
        | PRIV-10.ai | 1      |
        | PRIV-10.aj | 2      |
        | PRIV-10.ak | 3      |
        | PRIV-10.al | 4      |
        | PRIV-10.am | 5      |
        | PRIV-10.an | 6      |
        | PRIV-10.ao | 7      |

    Scenario Outline: <case> after <before> of the bytes comes a page that is absent: a page fault for its first byte
      Given two pages "code" that lie side by side
      And the code has run in ring 1
        """
        mov dword [code + 4096 - <before>], 0x65780B0F
        mov dword [code + 4096 - <before> + 4], 0xA20F6E
        """
      When "code.second" is mapped nowhere
      And the guest runs in ring 1 what lies at code + 4096 - <before>
      Then #PF(0) is raised
      And EIP is code + 4096 - <before>
      And CR2 is code + 4096
      And no register has changed

      Examples: UD2 itself is there, the letters are not all, or CPUID is not
        | case       | before |
        | PRIV-10.ap | 2      |
        | PRIV-10.aq | 3      |
        | PRIV-10.ar | 4      |
        | PRIV-10.as | 5      |

  @PRIV-11
  Rule: In that view leaf 1 lacks VME, DE, PSE, PGE and SEP, and MTRR for an ordinary domain; RDTSCP is hidden

    Scenario Outline: <case> in ring <ring> leaf 1 EDX lacks <feature>
      When the guest runs in ring <ring> with EAX = 1
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        """
      Then the code runs to its end
      And EDX & 1 << <bit> is 0

      Examples: whatever the processor has
        | case      | ring | feature | bit |
        | PRIV-11.a | 1    | PSE     | 3   |
        | PRIV-11.b | 1    | PGE     | 13  |
        | PRIV-11.c | 3    | PSE     | 3   |
        | PRIV-11.d | 3    | PGE     | 13  |

      @era-3.1
      Examples: whatever the processor has; later Xens show some of it
        | case      | ring | feature | bit |
        | PRIV-11.e | 1    | VME     | 1   |
        | PRIV-11.f | 1    | DE      | 2   |
        | PRIV-11.g | 1    | SEP     | 11  |
        | PRIV-11.h | 3    | VME     | 1   |
        | PRIV-11.i | 3    | DE      | 2   |
        | PRIV-11.j | 3    | SEP     | 11  |

    @ordinary
    Scenario Outline: <case> in ring <ring> an ordinary domain sees no MTRR
      When the guest runs in ring <ring> with EAX = 1
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        """
      Then the code runs to its end
      And EDX & 1 << 12 is 0

      Examples:
        | case      | ring |
        | PRIV-11.k | 1    |
        | PRIV-11.l | 3    |

    @era-3.1
    Scenario Outline: <case> in ring <ring> no other bit of leaf 1 is hidden, and none is made up
      When the guest runs in ring <ring>
        """
        mov eax, 1
        xor ecx, ecx
        cpuid
        push eax
        push ecx
        push edx
        mov eax, 1
        xor ecx, ecx
        db 0x0F, 0x0B, "xen"
        cpuid
        pop esi
        xor esi, edx
        and esi, ~(1 << 1 | 1 << 2 | 1 << 3 | 1 << 11 | 1 << 12 | 1 << 13)
        pop edi
        xor edi, ecx
        pop ebp
        xor ebp, eax
        """
      Then the code runs to its end
      And ESI is 0
      And EDI is 0
      And EBP is 0

      Examples:
        | case      | ring |
        | PRIV-11.m | 1    |
        | PRIV-11.n | 3    |

    @initial @era-3.1
    Scenario: PRIV-11.o an initial domain sees the MTRR bit as the processor has it
      When the guest runs in ring 1
        """
        mov eax, 1
        cpuid
        mov esi, edx
        mov eax, 1
        db 0x0F, 0x0B, "xen"
        cpuid
        xor esi, edx
        and esi, 1 << 12
        """
      Then the code runs to its end
      And ESI is 0

    Scenario Outline: <case> in ring <ring> RDTSCP is hidden
      When the guest runs in ring <ring> with EAX = 0x80000001
        """
        db 0x0F, 0x0B, "xen"
        cpuid
        """
      Then the code runs to its end
      And EDX & 1 << 27 is 0

      Examples:
        | case      | ring |
        | PRIV-11.p | 1    |
        | PRIV-11.q | 3    |

    @era-3.1
    Scenario Outline: <case> leaf <leaf> is the processor's own
      When the guest runs in ring <ring>
        """
        mov eax, <leaf>
        xor ecx, ecx
        cpuid
        push eax
        push ebx
        push ecx
        push edx
        mov eax, <leaf>
        xor ecx, ecx
        db 0x0F, 0x0B, "xen"
        cpuid
        pop esi
        xor esi, edx
        and esi, <mask>
        pop edi
        xor edi, ecx
        pop ebp
        xor ebp, ebx
        pop edx
        xor edx, eax
        """
      Then the code runs to its end
      And ESI is 0
      And EDI is 0
      And EBP is 0
      And EDX is 0

      Examples: all that are neither leaf 1 nor the hypervisor's, the last ones of each range, and one beyond
        | case       | ring | leaf       | mask       |
        | PRIV-11.r  | 1    | 0          | -1         |
        | PRIV-11.s  | 1    | 2          | -1         |
        | PRIV-11.t  | 1    | 0x3FFFFFFF | -1         |
        | PRIV-11.u  | 1    | 0x40000003 | -1         |
        | PRIV-11.v  | 1    | 0x80000000 | -1         |
        | PRIV-11.w  | 1    | 0x80000001 | ~(1 << 27) |
        | PRIV-11.x  | 1    | 0x80000002 | -1         |
        | PRIV-11.y  | 1    | 0x80000008 | -1         |
        | PRIV-11.z  | 1    | 0x80000009 | -1         |
        | PRIV-11.aa | 3    | 0          | -1         |
        | PRIV-11.ab | 3    | 0x80000001 | ~(1 << 27) |
        | PRIV-11.ac | 3    | 0x80000008 | -1         |

  @PRIV-13
  Rule: Plain CPUID runs natively

    Scenario Outline: <case> in ring <ring> plain CPUID shows what the hypervisor's own tables need
      When the guest runs in ring <ring> with EAX = 1
        """
        cpuid
        """
      Then the code runs to its end
      And EDX & <bits> is <bits>
      And no register but EAX, EBX, ECX and EDX has changed

      Examples: PAE; a 32-bit hypervisor of the era also needs PSE and PGE, which its view hides
        | case      | ring | bits   |
        | PRIV-13.a | 1    | 0x40   |
        | PRIV-13.b | 3    | 0x40   |

      @era-3.1
      Examples: PSE and PGE, which the view hides
        | case      | ring | bits   |
        | PRIV-13.c | 1    | 0x2008 |
        | PRIV-13.d | 3    | 0x2008 |

    Scenario Outline: <case> leaf <leaf> is the same in ring 1 and ring 3
      When the guest runs in ring 1 with EAX = <leaf>, ECX = 0
        """
        cpuid
        """
      Then the code runs to its end
      And the value of EAX is called "a"
      And the value of ECX is called "c"
      And the value of EDX is called "d"
      When the guest runs in ring 3 with EAX = <leaf>, ECX = 0
        """
        cpuid
        """
      Then the code runs to its end
      And EAX is a
      And ECX is c
      And EDX is d

      Examples:
        | case      | leaf       |
        | PRIV-13.e | 0          |
        | PRIV-13.f | 1          |
        | PRIV-13.g | 0x80000000 |
        | PRIV-13.h | 0x80000001 |

    @era-3.1
    Scenario Outline: <case> in ring <ring> plain CPUID does not name the hypervisor
      When the guest runs in ring <ring> with EAX = 0x40000000
        """
        cpuid
        xor ebx, 0x566E6558
        neg ebx
        sbb ebx, ebx
        """
      Then the code runs to its end
      And EBX is -1

      Examples:
        | case      | ring |
        | PRIV-13.i | 1    |
        | PRIV-13.j | 3    |

    Scenario Outline: <case> in ring <ring> flags of <flags> stay
      When the guest runs in ring <ring> with EAX = 0, EFLAGS = <flags>
        """
        cpuid
        """
      Then the code runs to its end
      And no register but EAX, EBX, ECX and EDX has changed

      Examples:
        | case      | ring | flags |
        | PRIV-13.k | 1    | 0xED7 |
        | PRIV-13.l | 3    | 0xED7 |

    Scenario: PRIV-13.m plain CPUID is no entry into the hypervisor: a pending event stays pending
      Given an event channel "port"
      When the guest runs in ring 1 with mask = 1
        """
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        mov ebx, EVTCHNOP_SEND
        push dword port
        mov ecx, esp
        int 0x82
        pop edx
        mov byte [evtchn_upcall_mask], 0
        xor eax, eax
        cpuid
        movzx esi, byte [evtchn_upcall_pending]
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And ESI is 1
      And 0 upcalls came

@TRAP
Feature: Traps, exceptions, system calls and the kernel stack

  handler(n) is the guest kernel's own handler of vector n.

  @TRAP-01
  Rule: set_trap_table registers handlers up to an entry with address 0; NULL clears all

    @cpu-int-n-error-code
    Scenario Outline: <case> vector <vector> is entered from ring <ring>
      Given the guest has called set_trap_table([{<vector>, 3, FLAT_RING1_CS, handler(<vector>)}])
      When the guest runs in ring <ring>
        """
        int <vector>
        next: nop
        """
      Then it traps with vector <vector> at "next"

      Examples:
        | case      | vector | ring |
        | TRAP-01.a | 0x40   | 1    |
        | TRAP-01.b | 0x40   | 3    |
        | TRAP-01.c | 0x21   | 3    |
        | TRAP-01.d | 0xFF   | 3    |

    @cpu-int-n-error-code
    Scenario: TRAP-01.e several entries in one table
      Given the guest has called set_trap_table([{0x40, 3, FLAT_RING1_CS, handler(0x41)}, {0x50, 3, FLAT_RING1_CS, handler(0x50)}])
      When the guest runs in ring 3
        """
        int 0x50
        next: nop
        """
      Then it traps with vector 0x50 at "next"

    @cpu-int-n-error-code
    Scenario: TRAP-01.f later tables add to earlier ones
      Given the guest has called set_trap_table([{0x40, 3, FLAT_RING1_CS, handler(0x40)}])
      And the guest has called set_trap_table([{0x41, 3, FLAT_RING1_CS, handler(0x41)}])
      When the guest runs in ring 3
        """
        int 0x40
        next: nop
        """
      Then it traps with vector 0x40 at "next"

    @cpu-int-n-error-code
    Scenario: TRAP-01.g a later entry of a vector takes the place of an earlier one
      Given the guest has called set_trap_table([{0x40, 3, FLAT_RING1_CS, handler(0x40)}, {0x40, 3, FLAT_RING1_CS, handler(0x41)}])
      When the guest runs in ring 3
        """
        int 0x40
        next: nop
        """
      Then it traps with vector 0x41 at "next"

    Scenario: TRAP-01.h NULL clears all
      Given the guest has called set_trap_table(0)
      When the guest runs in ring 1
        """
        ud2
        """
      Then the domain is killed

    Scenario Outline: <case> a table at <where> is refused
      Given an address "hole" that maps nothing
      When the guest calls set_trap_table(<where>)
      Then it is refused with EFAULT

      Examples:
        | case      | where      |
        | TRAP-01.i | hole       |
        | TRAP-01.j | 0xF6800000 |
        | TRAP-01.k | 0xFFFFFFFC |

  @TRAP-02
  Rule: The frame is the architecture's, with the saved event mask beside CS and IF saying whether events were enabled

    Scenario Outline: <case> an exception from ring <ring> with the mask at <mask>
      When the guest runs in ring <ring> with mask = <mask>
        """
        here: ud2
        """
      Then it faults with #UD at "here"
      And CS is <cs>
      And the saved event mask is <mask>
      And EFLAGS & 0x200 is <if>
      And the handler starts with TF, RF, NT and VM clear

      Examples:
        | case      | ring | mask | cs            | if    |
        | TRAP-02.a | 1    | 0    | FLAT_RING1_CS | 0x200 |
        | TRAP-02.b | 1    | 1    | FLAT_RING1_CS | 0     |
        | TRAP-02.c | 3    | 0    | FLAT_RING3_CS | 0x200 |
        | TRAP-02.d | 3    | 1    | FLAT_RING3_CS | 0     |

    Scenario: TRAP-02.e from ring 3 the frame holds ESP and SS
      When the guest runs in ring 3
        """
        mov ebx, esp
        here: ud2
        """
      Then it faults with #UD at "here"
      And SS is FLAT_RING3_SS
      And ESP is EBX

    Scenario Outline: <case> NT set in the interrupted flags is clear in the handler
      When the guest runs in ring <ring>
        """
        pushfd
        or dword [esp], 0x4000
        popfd
        here: ud2
        """
      Then it faults with #UD at "here"
      And EFLAGS & 0x4000 is 0x4000
      And the handler starts with TF, RF, NT and VM clear

      Examples:
        | case      | ring |
        | TRAP-02.f | 1    |
        | TRAP-02.g | 3    |

  @TRAP-03
  Rule: The entry's flags say who may raise it by INT n, and whether it masks events

    @cpu-int-n-error-code
    Scenario Outline: <case> INT 0x40 from ring <ring> with DPL <dpl> faults
      Given the guest has called set_trap_table([{0x40, <dpl>, FLAT_RING1_CS, handler(0x40)}])
      When the guest runs in ring <ring>
        """
        here: int 0x40
        """
      Then it faults with #GP(0x202) at "here"

      Examples:
        | case      | ring | dpl |
        | TRAP-03.a | 1    | 0   |
        | TRAP-03.b | 3    | 0   |
        | TRAP-03.c | 3    | 1   |
        | TRAP-03.d | 3    | 2   |

    @cpu-int-n-error-code
    Scenario Outline: <case> INT 0x40 from ring <ring> with DPL <dpl> is delivered
      Given the guest has called set_trap_table([{0x40, <dpl>, FLAT_RING1_CS, handler(0x40)}])
      When the guest runs in ring <ring>
        """
        int 0x40
        next: nop
        """
      Then it traps with vector 0x40 at "next"

      Examples:
        | case      | ring | dpl |
        | TRAP-03.e | 1    | 1   |
        | TRAP-03.f | 1    | 2   |
        | TRAP-03.g | 1    | 3   |
        | TRAP-03.h | 3    | 3   |

    @cpu-int-n-error-code
    Scenario Outline: <case> with flags <flags> and the mask at <before> the handler has a mask of <after>
      Given the guest has called set_trap_table([{0x40, <flags>, FLAT_RING1_CS, handler(0x40)}])
      When the guest runs in ring 3 with mask = <before>
        """
        int 0x40
        next: nop
        """
      Then it traps with vector 0x40 at "next"
      And the saved event mask is <before>
      And the event mask in the handler is <after>

      Examples:
        | case      | flags | before | after |
        | TRAP-03.i | 3     | 0      | 0     |
        | TRAP-03.j | 3     | 1      | 1     |
        | TRAP-03.k | 7     | 0      | 1     |
        | TRAP-03.l | 7     | 1      | 1     |

  @TRAP-05
  Rule: Every exception is delivered, with the architecture's error code and saved EIP

    Scenario Outline: <case> in ring <ring>: <instruction>
      Given an address "hole" that maps nothing
      When the guest runs in ring <ring> with EAX = 0, ECX = 0, EDX = 0
        """
        here: <instruction>
        """
      Then it faults with <exception> at "here"

      Examples: faults, at the instruction
        | case      | ring | instruction              | exception |
        | TRAP-05.a | 1    | div ecx                  | #DE       |
        | TRAP-05.b | 3    | div ecx                  | #DE       |
        | TRAP-05.c | 1    | ud2                      | #UD       |
        | TRAP-05.d | 3    | ud2                      | #UD       |
        | TRAP-05.e | 1    | mov eax, [hole]          | #PF(0)    |
        | TRAP-05.f | 1    | mov [hole], eax          | #PF(2)    |
        | TRAP-05.g | 3    | mov eax, [hole]          | #PF(4)    |
        | TRAP-05.h | 3    | mov [hole], eax          | #PF(6)    |
        | TRAP-05.i | 3    | mov eax, [kernel_code]   | #PF(5)    |
        | TRAP-05.j | 3    | mov [kernel_code], eax   | #PF(7)    |
        | TRAP-05.k | 1    | hlt                      | #GP(0)    |
        | TRAP-05.l | 3    | hlt                      | #GP(0)    |

    Scenario Outline: <case> in ring <ring>: <instruction> traps
      When the guest runs in ring <ring>
        """
        <before>
        <instruction>
        next: nop
        """
      Then it traps with vector <vector> at "next"

      Examples: traps, at the next instruction
        | case      | ring | before                | instruction | vector |
        | TRAP-05.m | 1    | nop                   | int3        | 3      |
        | TRAP-05.n | 3    | nop                   | int3        | 3      |
        | TRAP-05.o | 1    | mov al, 0x7F\nadd al, 1 | into      | 4      |
        | TRAP-05.p | 3    | mov al, 0x7F\nadd al, 1 | into      | 4      |

    Scenario Outline: <case> BOUND outside its bounds in ring <ring>
      Given a page "bounds" that ring 3 may use
      When the guest runs in ring <ring> with EAX = 5
        """
        here: bound eax, [bounds]
        """
      Then it faults with #BR at "here"

      Examples:
        | case      | ring |
        | TRAP-05.q | 1    |
        | TRAP-05.r | 3    |

    Scenario Outline: <case> in ring <ring> <what> faults with <exception>
      Given a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFF, 0x473)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest runs in ring <ring> with EAX = 0x0B
        """
        here: <instruction>
        """
      Then it faults with <exception> at "here"

      Examples: a segment that is not present
        | case      | ring | what                     | instruction | exception |
        | TRAP-05.s | 1    | a load of DS             | mov ds, eax | #NP(8)    |
        | TRAP-05.t | 3    | a load of GS             | mov gs, eax | #NP(8)    |
        | TRAP-05.u | 3    | a load of SS             | mov ss, eax | #SS(8)    |

    @cpu-alignment-check
    Scenario: TRAP-05.v a misaligned access with AC set in ring 3
      Given a page "memory" that ring 3 may use
      When the guest runs in ring 3
        """
        pushfd
        or dword [esp], 0x40000
        popfd
        here: mov eax, [memory + 1]
        """
      Then it faults with #AC(0) at "here"

  @TRAP-06
  Rule: INT 0x80 goes straight to the guest kernel when its entry has flag bit 2 clear

    Scenario Outline: <case> from ring 3 with the mask at <mask>: the mask untouched
      Given the guest has called set_trap_table([{0x80, 3, FLAT_RING1_CS, handler(0x80)}])
      When the guest runs in ring 3 with mask = <mask>
        """
        int 0x80
        next: nop
        """
      Then it traps with vector 0x80 at "next"
      And the saved event mask is <saved>
      And EFLAGS & 0x200 is <if>
      And the event mask in the handler is <mask>

      Examples:
        | case      | mask | saved | if    |
        | TRAP-06.a | 0    | 0     | 0x200 |

      @host-32
      Examples: nothing but the processor is on the way
        | case      | mask | saved | if    |
        | TRAP-06.b | 1    | 0     | 0x200 |

      @host-64
      Examples: the hypervisor passes it on, and saves the mask as ever
        | case      | mask | saved | if    |
        | TRAP-06.c | 1    | 1     | 0     |

  @TRAP-07
  Rule: SYSENTER is not supported

    @era-3.1 @era-4.2
    Scenario Outline: <case> SYSENTER in ring <ring> faults
      When the guest runs in ring <ring>
        """
        here: sysenter
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples:
        | case      | ring |
        | TRAP-07.a | 1    |
        | TRAP-07.b | 3    |

  @TRAP-08
  Rule: stack_switch sets the stack used on entry from an outer ring

    Scenario Outline: <case> with ss <given> the handler runs on it with ss <runs>
      Given a page "stack"
      And the guest has called stack_switch(<given>, stack + 4096)
      When the guest runs in ring 3
        """
        here: ud2
        """
      Then it faults with #UD at "here"
      And the frame lies at stack + 4096 - 20
      And the handler's SS is <runs>

      Examples: the RPL is raised to 1
        | case      | given  | runs   |
        | TRAP-08.a | 0xE021 | 0xE021 |
        | TRAP-08.b | 0xE020 | 0xE021 |

    Scenario Outline: <case> an unusable ss <given> kills the domain when it is used
      Given a page "stack"
      And the guest has called stack_switch(<given>, stack + 4096)
      When the guest runs in ring 3
        """
        ud2
        """
      Then the domain is killed

      @cpu-null-ss-check
      Examples: none at all
        | case      | given  |
        | TRAP-08.c | 0      |
        | TRAP-08.d | 1      |

      Examples:
        | case      | given  |
        | TRAP-08.e | 0xE010 |
        | TRAP-08.f | 0xE033 |
        | TRAP-08.g | 0x1239 |

    Scenario: TRAP-08.h from ring 1 the current stack goes on
      Given a page "stack"
      And the guest has called stack_switch(FLAT_RING1_SS, stack + 4096)
      When the guest runs in ring 1
        """
        mov ebx, esp
        here: ud2
        """
      Then it faults with #UD at "here"
      And the frame lies at EBX - 12

  @TRAP-09
  Rule: An exception without a handler, or whose frame cannot be pushed, kills the domain

    Scenario Outline: <case> <vector> without a handler, from ring <ring>
      Given the guest has called set_trap_table(0)
      When the guest runs in ring <ring>
        """
        <instruction>
        """
      Then the domain is killed

      Examples:
        | case      | vector | ring | instruction     |
        | TRAP-09.a | #UD    | 1    | ud2             |
        | TRAP-09.b | #UD    | 3    | ud2             |
        | TRAP-09.c | #GP    | 1    | hlt             |
        | TRAP-09.d | #PF    | 1    | mov eax, [0]    |

    Scenario Outline: <case> from ring 1 with a stack at <where>
      Given an address "hole" that maps nothing
      And a page "table" in use as an L1 table
      When the guest runs in ring 1
        """
        mov esp, <where>
        ud2
        """
      Then the domain is killed

      Examples: unmapped, read-only, in Xen's range
        | case      | where       |
        | TRAP-09.e | hole + 4096 |
        | TRAP-09.f | table + 128 |
        | TRAP-09.g | 0xFC000000  |

  @TRAP-10
  Rule: The iret hypercall restores the frame; the event mask becomes the inverse of IF

    Scenario Outline: <case> IF <if> and a CS slot of <slot>: the mask becomes <mask>
      When the guest runs in ring 1 with mask = <before>
        """
        push dword <flags>
        push dword FLAT_RING1_CS + <slot>
        push dword there
        mov eax, 0x600DF00D
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        movzx edx, byte [evtchn_upcall_mask]
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And EDX is <mask>
      And EAX is 0x600DF00D

      Examples: all eight combinations
        | case      | if    | flags | slot    | before | mask |
        | TRAP-10.a | set   | 0x202 | 0       | 0      | 0    |
        | TRAP-10.b | set   | 0x202 | 0       | 1      | 0    |
        | TRAP-10.c | set   | 0x202 | 0x10000 | 0      | 0    |
        | TRAP-10.d | set   | 0x202 | 0x10000 | 1      | 0    |
        | TRAP-10.e | clear | 0x002 | 0       | 0      | 1    |
        | TRAP-10.f | clear | 0x002 | 0       | 1      | 1    |
        | TRAP-10.g | clear | 0x002 | 0x10000 | 0      | 1    |
        | TRAP-10.h | clear | 0x002 | 0x10000 | 1      | 1    |

    Scenario: TRAP-10.i IOPL is not taken from the frame
      When the guest runs in ring 1
        """
        push dword 0x3202
        push dword FLAT_RING1_CS
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        pushfd
        pop eax
        """
      Then the code runs to its end
      And EAX & 0x3000 is 0

    Scenario: TRAP-10.j arithmetic flags are
      When the guest runs in ring 1
        """
        push dword 0xAD7
        push dword FLAT_RING1_CS
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        pushfd
        pop eax
        """
      Then the code runs to its end
      And EAX & 0xCD5 is 0x8D5

    Scenario Outline: <case> a CS of ring 0 kills the domain: <cs>
      When the guest runs in ring 1
        """
        push dword 0x202
        push dword <cs>
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there:
        nop
        """
      Then the domain is killed

      Examples:
        | case      | cs     |
        | TRAP-10.k | 0xE008 |
        | TRAP-10.l | 0xE018 |
        | TRAP-10.m | 0      |

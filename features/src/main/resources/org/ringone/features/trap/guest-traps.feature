@TRAP
Feature: How a guest kernel sets up its traps and its kernel stack

  Operations of the guest kernel: load_idt (address in EAX, bytes in EDX), write_idt_entry (entry's address in EAX, gate in
  ECX:EDX), load_esp0 (stack pointer in EAX).

  @TRAP-12
  Rule: Interrupt gates get flag bit 2, trap gates do not, the DPL goes along, other types are left out

    Scenario Outline: <case> a <kind> gate with DPL <dpl> gets the flags <flags>
      Given the guest kernel
      And a page "idt"
      When the guest kernel runs with ESI = <access>
        """
        mov edx, 0xE019 << 16 | 0x5678
        mov ecx, 0x12340000
        or ecx, esi
        mov [idt + 0x21 * 8], edx
        mov [idt + 0x21 * 8 + 4], ecx
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        """
      Then the code runs to its end
      And its hypercalls are set_trap_table
      And the 8 bits at traps are 0x21
      And the 8 bits at traps + 1 are <flags>
      And the 16 bits at traps + 2 are FLAT_RING1_CS
      And the 32 bits at traps + 4 are 0x12345678
      And the 64 bits at traps + 8 are 0

      Examples:
        | case      | kind      | dpl | access | flags |
        | TRAP-12.a | interrupt | 0   | 0x8E00 | 4     |
        | TRAP-12.b | interrupt | 1   | 0xAE00 | 5     |
        | TRAP-12.c | interrupt | 2   | 0xCE00 | 6     |
        | TRAP-12.d | interrupt | 3   | 0xEE00 | 7     |
        | TRAP-12.e | trap      | 0   | 0x8F00 | 0     |
        | TRAP-12.f | trap      | 1   | 0xAF00 | 1     |
        | TRAP-12.g | trap      | 2   | 0xCF00 | 2     |
        | TRAP-12.h | trap      | 3   | 0xEF00 | 3     |

    Scenario Outline: <case> <what> is left out
      Given the guest kernel
      And a page "idt"
      When the guest kernel runs with ESI = <access>
        """
        mov edx, 0xE019 << 16 | 0x5678
        mov ecx, 0x12340000
        or ecx, esi
        mov [idt + 0x21 * 8], edx
        mov [idt + 0x21 * 8 + 4], ecx
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        """
      Then the code runs to its end
      And its hypercalls are set_trap_table
      And the 64 bits at traps are 0

      Examples:
        | case      | what                    | access |
        | TRAP-12.i | a task gate             | 0x8500 |
        | TRAP-12.j | a call gate             | 0x8C00 |
        | TRAP-12.k | a 16-bit interrupt gate | 0x8600 |
        | TRAP-12.l | a 16-bit trap gate      | 0xE700 |
        | TRAP-12.m | a code segment          | 0x9E00 |
        | TRAP-12.n | an empty entry          | 0      |

    Scenario: TRAP-12.o the entries come in the order of their vectors, from the first to the last
      Given the guest kernel
      And a page "idt"
      When the guest kernel runs
        """
        mov edi, idt
        xor ecx, ecx
        fill:
        mov dword [edi], 0xE019 << 16 | 0x0100
        mov dword [edi + 4], 0x8F00
        add edi, 8
        inc ecx
        cmp ecx, 256
        jb fill
        mov dword [idt + 3 * 8], flat_cs << 16 | (trap_stubs + 3 * 16) & 0xFFFF
        mov dword [idt + 3 * 8 + 4], (trap_stubs + 3 * 16) & 0xFFFF0000 | 0xEF00
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        """
      Then the code runs to its end
      And the 8 bits at traps are 0
      And the 8 bits at traps + 127 * 8 are 127
      And the 8 bits at traps + 255 * 8 are 255
      And the 64 bits at traps + 256 * 8 are 0

    @cpu-int-n-error-code
    Scenario Outline: <case> an INT from ring <ring> through <kind> gate with DPL <dpl> is entered with mask <mask>
      Given the guest kernel
      And a page "idt"
      And the guest kernel has run
        """
        mov dword [idt + 0x21 * 8], flat_cs << 16 | (trap_stubs + 0x21 * 16) & 0xFFFF
        mov dword [idt + 0x21 * 8 + 4], (trap_stubs + 0x21 * 16) & 0xFFFF0000 | <access>
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        """
      When the guest runs in ring <ring> with mask = 0
        """
        int 0x21
        after: nop
        """
      Then it traps with vector 0x21 at "after"
      And the event mask in the handler is <mask>
      And the saved event mask is 0

      Examples:
        | case      | ring | kind         | dpl | access | mask |
        | TRAP-12.p | 1    | an interrupt | 1   | 0xAE00 | 1    |
        | TRAP-12.q | 1    | a trap       | 1   | 0xAF00 | 0    |
        | TRAP-12.r | 3    | an interrupt | 3   | 0xEE00 | 1    |
        | TRAP-12.s | 3    | a trap       | 3   | 0xEF00 | 0    |

    @cpu-int-n-error-code
    Scenario: TRAP-12.t an INT from ring 3 through a gate with DPL 0 faults
      Given the guest kernel
      And a page "idt"
      And the guest kernel has run
        """
        mov dword [idt + 0x21 * 8], flat_cs << 16 | (trap_stubs + 0x21 * 16) & 0xFFFF
        mov dword [idt + 0x21 * 8 + 4], (trap_stubs + 0x21 * 16) & 0xFFFF0000 | 0x8E00
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        """
      When the guest runs in ring 3
        """
        there: int 0x21
        """
      Then it faults with #GP(0x21 * 8 + 2) at "there"

    @cpu-int-n-error-code
    Scenario: TRAP-12.u a guest that forgets the privilege level of its gates has no system calls
      Given a guest kernel that "forgets the privilege level of a gate"
      And a page "idt"
      And the guest kernel has run
        """
        mov dword [idt + 0x21 * 8], flat_cs << 16 | (trap_stubs + 0x21 * 16) & 0xFFFF
        mov dword [idt + 0x21 * 8 + 4], (trap_stubs + 0x21 * 16) & 0xFFFF0000 | 0xEF00
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        """
      When the guest runs in ring 3
        """
        there: int 0x21
        """
      Then it faults with #GP(0x21 * 8 + 2) at "there"

    @cpu-int-n-error-code
    Scenario: TRAP-12.v a guest that gives every gate the flags of a trap gate is not masked in its interrupt handlers
      Given a guest kernel that "gives every gate the flags of a trap gate"
      And a page "idt"
      And the guest kernel has run
        """
        mov dword [idt + 0x21 * 8], flat_cs << 16 | (trap_stubs + 0x21 * 16) & 0xFFFF
        mov dword [idt + 0x21 * 8 + 4], (trap_stubs + 0x21 * 16) & 0xFFFF0000 | 0xAE00
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        """
      When the guest runs in ring 1 with mask = 0
        """
        int 0x21
        after: nop
        """
      Then it traps with vector 0x21 at "after"
      And the event mask in the handler is 0

    Scenario Outline: <case> write_idt_entry of <what>
      Given the guest kernel
      And a page "idt"
      And a page "elsewhere"
      And the guest kernel has run
        """
        mov eax, idt
        mov edx, 64 * 8
        call load_idt
        """
      When the guest kernel runs with EAX = <where>, EDX = FLAT_RING1_CS << 16 | 0x5678, ECX = 0x12340000 | <access>
        """
        mov ebx, eax
        call write_idt_entry
        mov eax, [ebx]
        mov edx, [ebx + 4]
        """
      Then the code runs to its end
      And EAX is FLAT_RING1_CS << 16 | 0x5678
      And EDX is 0x12340000 | <access>
      And its hypercalls are <calls>

      Examples:
        | case       | what                     | where          | access | calls          |
        | TRAP-12.w  | a gate of the IDT in use | idt + 0x21 * 8 | 0xEF00 | set_trap_table |
        | TRAP-12.x  | the first one            | idt            | 0x8E00 | set_trap_table |
        | TRAP-12.y  | the last one             | idt + 63 * 8   | 0x8E00 | set_trap_table |
        | TRAP-12.z  | one behind it            | idt + 64 * 8   | 0x8E00 | none           |
        | TRAP-12.aa | a gate of another table  | elsewhere      | 0x8E00 | none           |
        | TRAP-12.bb | a task gate              | idt + 8 * 8    | 0x8500 | none           |

  @TRAP-13
  Rule: The guest passes esp0 by stack_switch at each task switch and never loads TR or an IDT

    Scenario Outline: <case> after load_esp0 an entry from ring 3 has its frame at <stack>
      Given the guest kernel
      And a page "stack"
      And the guest kernel has run
        """
        mov eax, stack + 2048
        call load_esp0
        mov eax, <stack>
        call load_esp0
        """
      When the guest runs in ring 3
        """
        there: ud2
        """
      Then it faults with #UD at "there"
      And the frame lies at <stack> - 20

      Examples:
        | case      | stack        |
        | TRAP-13.a | stack + 4096 |
        | TRAP-13.b | stack + 1024 |

    Scenario: TRAP-13.c it is one call, with the kernel's data selector
      Given the guest kernel
      And a page "stack"
      When the guest kernel calls load_esp0 with EAX = stack + 4096
      Then the code runs to its end
      And its hypercalls are multicall[stack_switch]
      And argument 1 of its hypercall 2 is FLAT_RING1_SS
      And argument 2 of its hypercall 2 is stack + 4096

    Scenario: TRAP-13.d in a lazy context switch it waits, and the last one counts
      Given the guest kernel
      And a page "stack"
      And the guest kernel has run
        """
        mov eax, lazy_cpu
        call enter_lazy
        mov eax, stack + 2048
        call load_esp0
        mov eax, stack + 4096
        call load_esp0
        call leave_lazy
        """
      When the guest runs in ring 3
        """
        there: ud2
        """
      Then it faults with #UD at "there"
      And the frame lies at stack + 4096 - 20
      And its hypercalls are multicall[stack_switch, stack_switch]

    Scenario: TRAP-13.e a guest that writes esp0 to a TSS of its own is entered on the old stack
      Given a guest kernel that "writes esp0 to a TSS of its own only"
      And a page "stack"
      And the guest kernel has run
        """
        mov eax, stack + 4096
        call load_esp0
        """
      When the guest runs in ring 3
        """
        there: ud2
        """
      Then it faults with #UD at "there"
      And the frame lies at kernel_stack_top - 20

    Scenario: TRAP-13.f a guest that loads the task register faults
      Given a guest kernel that "loads the task register when it switches"
      And a page "stack"
      When the guest kernel calls load_esp0 with EAX = stack + 4096
      Then it is refused with #GP(0)

    Scenario: TRAP-13.g load_idt loads none
      Given the guest kernel
      And a page "idt"
      When the guest kernel runs
        """
        sidt [idt + 2048]
        mov eax, idt
        mov edx, 256 * 8
        call load_idt
        sidt [idt + 2064]
        mov eax, [idt + 2050]
        mov edx, [idt + 2066]
        """
      Then the code runs to its end
      And its hypercalls are set_trap_table
      And EAX is EDX

    Scenario: TRAP-13.h a guest that loads an IDT faults
      Given a guest kernel that "loads an IDT"
      And a page "idt"
      When the guest kernel calls load_idt with EAX = idt, EDX = 2048
      Then it is refused with #GP(0)

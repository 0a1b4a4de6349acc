@SEG
Feature: Thread-local storage

  @SEG-09
  Rule: Three update_descriptor calls change the TLS descriptors, single or in one multicall; the next load of FS or GS sees them

    Background:
      Given a page "one" that ring 3 may use
      And a page "two" that ring 3 may use
      And a page "three" that ring 3 may use
      And "one" holds 0x11111111
      And "two" holds 0x22222222
      And "three" holds 0x33333333
      And the guest's GDT holds
        | 5 | descriptor(one, 0xFFF, 0x4F2) |
        | 9 | descriptor(two, 0xFFF, 0x4F2) |

    Scenario Outline: <case> by single calls; a load of <register> with slot <slot> in ring <ring>
      Given the guest has called update_descriptor(slot(gdt, 6), descriptor(one, 0xFFF, 0x4F2))
      And the guest has called update_descriptor(slot(gdt, 7), descriptor(two, 0xFFF, 0x4F2))
      And the guest has called update_descriptor(slot(gdt, 8), descriptor(three, 0xFFF, 0x4F2))
      When the guest runs in ring <ring> with EAX = <slot> << 3 | 3
        """
        mov <register>, eax
        mov ecx, [<register>:0]
        """
      Then the code runs to its end
      And ECX is <value>

      Examples: what the kernel's own loads see, it sees with RPL 1
        | case     | ring | register | slot | value      |
        | SEG-09.a | 3    | gs       | 6    | 0x11111111 |
        | SEG-09.b | 3    | gs       | 7    | 0x22222222 |
        | SEG-09.c | 3    | gs       | 8    | 0x33333333 |
        | SEG-09.d | 3    | fs       | 6    | 0x11111111 |
        | SEG-09.e | 3    | fs       | 7    | 0x22222222 |
        | SEG-09.f | 3    | fs       | 8    | 0x33333333 |
        | SEG-09.g | 1    | gs       | 6    | 0x11111111 |
        | SEG-09.h | 1    | fs       | 8    | 0x33333333 |

    Scenario Outline: <case> by one multicall; a load of <register> with slot <slot> in ring <ring>
      When the guest makes a multicall of
        | update_descriptor(slot(gdt, 6), descriptor(one, 0xFFF, 0x4F2))   |
        | update_descriptor(slot(gdt, 7), descriptor(two, 0xFFF, 0x4F2))   |
        | update_descriptor(slot(gdt, 8), descriptor(three, 0xFFF, 0x4F2)) |
      Then it returns 0
      And the results are 0, 0, 0
      When the guest runs in ring <ring> with EAX = <slot> << 3 | 3
        """
        mov <register>, eax
        mov ecx, [<register>:0]
        """
      Then the code runs to its end
      And ECX is <value>

      Examples:
        | case     | ring | register | slot | value      |
        | SEG-09.i | 3    | gs       | 6    | 0x11111111 |
        | SEG-09.j | 3    | gs       | 7    | 0x22222222 |
        | SEG-09.k | 3    | gs       | 8    | 0x33333333 |
        | SEG-09.l | 3    | fs       | 7    | 0x22222222 |
        | SEG-09.m | 1    | gs       | 7    | 0x22222222 |
        | SEG-09.n | 1    | fs       | 6    | 0x11111111 |

    Scenario: SEG-09.o from one thread to the next, as a context switch does it
      Given the guest has called update_descriptor(slot(gdt, 6), descriptor(one, 0xFFF, 0x4F2))
      When the guest runs in ring 3 with GS = 0x33
        """
        mov ecx, [gs:0]
        """
      Then ECX is 0x11111111
      When the guest makes a multicall of
        | stack_switch(FLAT_RING1_SS, kernel_stack_top)                  |
        | update_descriptor(slot(gdt, 6), descriptor(two, 0xFFF, 0x4F2)) |
        | update_descriptor(slot(gdt, 7), 0)                             |
        | update_descriptor(slot(gdt, 8), 0)                             |
        | fpu_taskswitch(1)                                              |
      Then the results are 0, 0, 0, 0, 0
      When the guest runs in ring 3 with GS = 0x33
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x22222222

    Scenario Outline: <case> the neighbours of the TLS slots stay: slot <slot>
      When the guest makes a multicall of
        | update_descriptor(slot(gdt, 6), descriptor(three, 0xFFF, 0x4F2)) |
        | update_descriptor(slot(gdt, 7), descriptor(three, 0xFFF, 0x4F2)) |
        | update_descriptor(slot(gdt, 8), descriptor(three, 0xFFF, 0x4F2)) |
      Then the results are 0, 0, 0
      And descriptor <slot> of "gdt" reads descriptor(<base>, 0xFFF, 0x4F2)

      Examples:
        | case     | slot | base  |
        | SEG-09.p | 5    | one   |
        | SEG-09.q | 6    | three |
        | SEG-09.r | 7    | three |
        | SEG-09.s | 8    | three |
        | SEG-09.t | 9    | two   |

    Scenario Outline: <case> slot <slot> emptied by <how> cannot be loaded any more
      Given the guest has called update_descriptor(slot(gdt, 6), descriptor(one, 0xFFF, 0x4F2))
      And the guest has called update_descriptor(slot(gdt, 7), descriptor(two, 0xFFF, 0x4F2))
      And the guest has called update_descriptor(slot(gdt, 8), descriptor(three, 0xFFF, 0x4F2))
      And the guest has called update_descriptor(slot(gdt, <slot>), <descriptor>)
      When the guest runs in ring 3 with EAX = <slot> << 3 | 3
        """
        here: mov gs, eax
        """
      Then it faults with <exception> at "here"
      And no register has changed

      Examples:
        | case     | slot | how                   | descriptor                    | exception |
        | SEG-09.u | 6    | a null descriptor     | 0                             | #GP(0x30) |
        | SEG-09.v | 7    | one that is not there | descriptor(two, 0xFFF, 0x472) | #NP(0x38) |
        | SEG-09.w | 8    | a null descriptor     | 0                             | #GP(0x40) |

    Scenario Outline: <case> a bad descriptor for slot <slot> is refused, the other two are changed
      Given the guest has called update_descriptor(slot(gdt, 6), descriptor(one, 0xFFF, 0x4F2))
      And the guest has called update_descriptor(slot(gdt, 7), descriptor(one, 0xFFF, 0x4F2))
      And the guest has called update_descriptor(slot(gdt, 8), descriptor(one, 0xFFF, 0x4F2))
      When the guest makes a multicall of
        | update_descriptor(slot(gdt, 6), descriptor(two, 0xFFF, <six>))   |
        | update_descriptor(slot(gdt, 7), descriptor(two, 0xFFF, <seven>)) |
        | update_descriptor(slot(gdt, 8), descriptor(two, 0xFFF, <eight>)) |
      Then it returns 0
      And result <result> is -EINVAL
      And descriptor <slot> of "gdt" reads descriptor(one, 0xFFF, 0x4F2)
      And descriptor <good> of "gdt" reads descriptor(two, 0xFFF, 0x4F2)
      And descriptor <also> of "gdt" reads descriptor(two, 0xFFF, 0x4F2)

      Examples: a task state segment
        | case     | slot | six   | seven | eight | result | good | also |
        | SEG-09.x | 6    | 0x089 | 0x4F2 | 0x4F2 | 1      | 7    | 8    |
        | SEG-09.y | 7    | 0x4F2 | 0x089 | 0x4F2 | 2      | 6    | 8    |
        | SEG-09.z | 8    | 0x4F2 | 0x4F2 | 0x089 | 3      | 6    | 7    |

    @cpu-segment-limits
    Scenario Outline: <case> a thread's limit of <limit> is exact: <instruction>
      Given the guest has called update_descriptor(slot(gdt, 6), descriptor(one, <limit>, 0x4F2))
      When the guest runs in ring 3 with GS = 0x33
        """
        mov eax, [gs:<last>]
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"

      Examples:
        | case      | limit | last  | instruction        |
        | SEG-09.ba | 3     | 0     | mov eax, [gs:1]    |
        | SEG-09.bb | 0xFF  | 0xFC  | mov al, [gs:0x100] |
        | SEG-09.bc | 0xFFF | 0xFFC | mov [gs:0xFFF], ax |

    Scenario: SEG-09.bd a load of GS after the call, in the kernel, sees the new base
      Given the guest has called update_descriptor(slot(gdt, 6), descriptor(one, 0xFFF, 0x4F2))
      And "low" stands for descriptor(two, 0xFFF, 0x4F2) & 0xFFFFFFFF
      And "high" stands for descriptor(two, 0xFFF, 0x4F2) >> 32
      And "address" stands for slot(gdt, 6)
      When the guest runs in ring 1 with GS = 0x33
        """
        mov edi, [gs:0]
        mov eax, __HYPERVISOR_UPDATE_DESCRIPTOR
        mov ebx, address
        xor ecx, ecx
        mov edx, low
        mov esi, high
        int 0x82
        mov ebp, eax
        mov eax, 0x33
        mov gs, eax
        mov esi, [gs:0]
        """
      Then the code runs to its end
      And EDI is 0x11111111
      And EBP is 0
      And ESI is 0x22222222

@SEG
Feature: How a guest kernel sets up its GDT and LDT

  Operations of the guest kernel: load_gdt (address in EAX, bytes in EDX), write_gdt_entry and write_ldt_entry (entry's
  address in EAX, descriptor in ECX:EDX), load_tls (three descriptors at EAX, the GDT entries from EDX on), set_ldt (address
  in EAX, entries in EDX).

  @SEG-14
  Rule: GDT pages are read-only before set_gdt, entries change by update_descriptor, no LDT or TSS descriptors, the LDT by MMUEXT_SET_LDT

    Scenario Outline: <case> load_gdt of <bytes> bytes
      Given the guest kernel
      And a page "gdt"
      When the guest kernel calls load_gdt with EAX = gdt, EDX = <bytes>
      Then the code runs to its end
      And its hypercalls are update_va_mapping, multicall[set_gdt]
      And argument 2 of its hypercall 3 is <entries>
      And the entry that maps "gdt" is entry(gdt, PRESENT)
      And "gdt" cannot be mapped writable

      Examples:
        | case     | bytes | entries |
        | SEG-14.a | 4096  | 512     |
        | SEG-14.b | 256   | 32      |
        | SEG-14.c | 8     | 1       |

    Scenario: SEG-14.d load_gdt of two pages
      Given the guest kernel
      And two pages "gdt" that lie side by side
      When the guest kernel calls load_gdt with EAX = gdt, EDX = 8192
      Then the code runs to its end
      And its hypercalls are update_va_mapping, update_va_mapping, multicall[set_gdt]
      And "gdt" cannot be mapped writable
      And "gdt.second" cannot be mapped writable

    Scenario: SEG-14.e the descriptors of the GDT are used
      Given the guest kernel
      And a page "gdt"
      And entry 5 of "gdt" is descriptor(0, 0xF67FF, 0xCB3)
      And "gdt" is writable at its own address again
      When the guest kernel runs with EAX = gdt, EDX = 256
        """
        call load_gdt
        mov eax, 5 * 8 + 1
        mov fs, eax
        mov eax, [fs:gdt]
        """
      Then the code runs to its end
      And FS is 0x29

    Scenario: SEG-14.f a GDT that does not start with its page is the kernel's own mistake
      Given the guest kernel
      And a page "gdt"
      When the guest kernel calls load_gdt with EAX = gdt + 8, EDX = 256
      Then it stops at its own BUG

    Scenario: SEG-14.g a guest whose GDT page can still be written is refused, which is fatal
      Given a guest kernel that "loads a GDT whose pages it can still write"
      And a page "gdt"
      When the guest kernel calls load_gdt with EAX = gdt, EDX = 4096
      Then it stops at its own BUG
      And "gdt" can be mapped writable

    Scenario Outline: <case> write_gdt_entry of <what>
      Given the guest kernel
      And a page "gdt"
      And the guest kernel has run
        """
        mov eax, gdt
        mov edx, 4096
        call load_gdt
        """
      When the guest kernel runs with EAX = gdt + 7 * 8, EDX = <low>, ECX = <high>
        """
        call write_gdt_entry
        """
      Then the code runs to its end
      And its hypercalls are <calls>
      And descriptor 7 of "gdt" reads <after>

      Examples:
        | case     | what                     | low        | high       | calls             | after              |
        | SEG-14.h | ring-1 data              | 0x1000FFFF | 0x0040B300 | update_descriptor | 0x0040B3001000FFFF |
        | SEG-14.i | ring-3 code              | 0x1000FFFF | 0x0040FB00 | update_descriptor | 0x0040FB001000FFFF |
        | SEG-14.j | a null descriptor        | 0          | 0          | update_descriptor | 0                  |
        | SEG-14.k | an LDT descriptor        | 0x10000027 | 0x00008200 | none              | 0                  |
        | SEG-14.l | a TSS descriptor         | 0x10000067 | 0x00008900 | none              | 0                  |

    Scenario: SEG-14.m a guest that stores its GDT entries faults
      Given a guest kernel that "stores its GDT entries"
      And a page "gdt"
      And the guest kernel has run
        """
        mov eax, gdt
        mov edx, 4096
        call load_gdt
        """
      When the guest kernel runs with EAX = gdt + 7 * 8, EDX = 0x1000FFFF, ECX = 0x0040B300
        """
        call write_gdt_entry
        """
      Then it is refused with #PF(3)
      And descriptor 7 of "gdt" reads 0

    Scenario Outline: <case> a guest that puts its <what> descriptor into the GDT is refused, which is fatal
      Given a guest kernel that "puts its LDT and TSS descriptors into the GDT"
      And a page "gdt"
      And the guest kernel has run
        """
        mov eax, gdt
        mov edx, 4096
        call load_gdt
        """
      When the guest kernel runs with EAX = gdt + 7 * 8, EDX = 0x10000067, ECX = <high>
        """
        call write_gdt_entry
        """
      Then it stops at its own BUG
      And descriptor 7 of "gdt" reads 0

      Examples:
        | case     | what | high   |
        | SEG-14.n | LDT  | 0x8200 |
        | SEG-14.o | TSS  | 0x8900 |

    Scenario: SEG-14.p load_tls changes three entries in one call
      Given the guest kernel
      And a page "gdt"
      And a page "tls"
      And the guest kernel has run
        """
        mov eax, gdt
        mov edx, 4096
        call load_gdt
        mov dword [tls], 0x1000FFFF
        mov dword [tls + 4], 0x0040F300
        mov dword [tls + 8], 0x2000FFFF
        mov dword [tls + 12], 0x0040F300
        """
      When the guest kernel runs with EAX = tls, EDX = gdt + 6 * 8
        """
        call load_tls
        mov eax, 6 * 8 + 3
        mov gs, eax
        """
      Then the code runs to its end
      And its hypercalls are multicall[update_descriptor, update_descriptor, update_descriptor]
      And descriptor 6 of "gdt" reads 0x0040F3001000FFFF
      And descriptor 7 of "gdt" reads 0x0040F3002000FFFF
      And descriptor 8 of "gdt" reads 0
      And GS is 0x33

    Scenario: SEG-14.q in a lazy context switch load_tls waits, with GS out of the way
      Given the guest kernel
      And a page "gdt"
      And a page "tls"
      And the guest kernel has run
        """
        mov eax, gdt
        mov edx, 4096
        call load_gdt
        """
      When the guest kernel runs with EAX = lazy_cpu
        """
        call enter_lazy
        mov eax, tls
        mov edx, gdt + 6 * 8
        call load_tls
        mov ebx, [call_count]
        mov esi, gs
        call leave_lazy
        """
      Then the code runs to its end
      And EBX is 0
      And ESI is 0
      And its hypercalls are multicall[update_descriptor, update_descriptor, update_descriptor]

    Scenario Outline: <case> set_ldt of <entries> entries
      Given the guest kernel
      And a page "ldt"
      When the guest kernel calls set_ldt with EAX = <base>, EDX = <entries>
      Then the code runs to its end
      And its hypercalls are <calls>
      And argument 2 of its hypercall <last> is 1

      Examples:
        | case     | base | entries | last | calls                                              |
        | SEG-14.r | ldt  | 512     | 3    | update_va_mapping, multicall[mmuext_op(SET_LDT)]   |
        | SEG-14.s | ldt  | 1       | 3    | update_va_mapping, multicall[mmuext_op(SET_LDT)]   |
        | SEG-14.t | 0    | 0       | 2    | multicall[mmuext_op(SET_LDT)]                      |

    Scenario: SEG-14.u the descriptors of the LDT are used, and change by update_descriptor
      Given the guest kernel
      And a page "ldt"
      When the guest kernel runs with EAX = ldt, EDX = 512
        """
        call set_ldt
        mov eax, ldt + 2 * 8
        mov edx, 0x1000FFFF
        mov ecx, 0x0040B300
        call write_ldt_entry
        mov eax, 2 * 8 + 4 + 1
        mov fs, eax
        """
      Then the code runs to its end
      And its hypercalls are update_va_mapping, multicall[mmuext_op(SET_LDT)], update_descriptor
      And FS is 0x15
      And "ldt" cannot be mapped writable

    Scenario: SEG-14.v a guest that loads its LDT by LLDT faults
      Given a guest kernel that "loads its LDT by LLDT"
      And a page "ldt"
      When the guest kernel calls set_ldt with EAX = ldt, EDX = 512
      Then it is refused with #GP(0)

    Scenario: SEG-14.w a guest whose LDT can still be written faults when it uses it
      Given a guest kernel that "installs an LDT that it can still write"
      And a page "ldt"
      And "ldt" holds descriptor(0, 0xFFFF, 0x4B3)
      When the guest kernel runs with EAX = ldt, EDX = 512
        """
        call set_ldt
        mov eax, 4 + 1
        used:
        mov fs, eax
        """
      Then it is refused with #PF(0)

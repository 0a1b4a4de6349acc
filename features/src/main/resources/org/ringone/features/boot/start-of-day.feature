@BOOT
Feature: How a guest kernel finds itself at its first instruction

  @BOOT-05
  Rule: Execution starts at the ENTRY note's address; the ELF header's entry counts only without that note

    Scenario Outline: <case> ENTRY note <note>, e_entry <header>: execution starts at <start>
      When a domain is built from a kernel whose ENTRY note is <note> and whose e_entry is <header>
      Then its first instruction is at <start>

      Examples: entry and entry_elf are two entry points of the kernel
        | case      | note      | header    | start     |
        | BOOT-05.a | entry     | entry     | entry     |
        | BOOT-05.b | entry     | entry_elf | entry     |
        | BOOT-05.c | entry_elf | entry     | entry_elf |
        | BOOT-05.d | entry     | zero      | entry     |
        | BOOT-05.e | absent    | entry_elf | entry_elf |
        | BOOT-05.f | absent    | entry     | entry     |

  @BOOT-06
  Rule: The guest starts in 32-bit protected mode with paging on, PAE as negotiated

    Scenario: BOOT-06.a CR0.PE is set at the first instruction
      When a domain is built from a kernel and started
      Then at its first instruction CR0 has PE and PE set

    Scenario: BOOT-06.b CR0.PE and CR0.PG read as set
      When the guest runs in ring 1
        """
        mov eax, cr0
        """
      Then the code runs to its end
      And EAX & 0x80000001 is 0x80000001

    Scenario: BOOT-06.c CR4.PAE reads as set
      When the guest runs in ring 1
        """
        mov eax, cr4
        """
      Then the code runs to its end
      And EAX & 0x20 is 0x20

    Scenario: BOOT-06.d code runs with 32-bit operands and addresses
      When the guest runs in ring 1
        """
        mov eax, 0x12345678
        lea ecx, [eax+eax*2]
        """
      Then the code runs to its end
      And EAX is 0x12345678
      And ECX is 0x369D0368

    Scenario: BOOT-06.e page-table entries are 8 bytes wide
      Given a page "page"
      Then the entry that maps "page" is entry(page, PRESENT RW)

  @BOOT-07
  Rule: Flat segments at entry; the FLAT selectors are in every GDT

    Scenario Outline: <case> <register> is <selector> at the first instruction
      When a domain is built from a kernel and started
      Then at its first instruction <register> is <selector>

      Examples:
        | case      | register | selector |
        | BOOT-07.a | CS       | 0xE019   |
        | BOOT-07.b | DS       | 0xE021   |
        | BOOT-07.c | ES       | 0xE021   |
        | BOOT-07.d | SS       | 0xE021   |
        | BOOT-07.e | FS       | 0xE021   |
        | BOOT-07.f | GS       | 0xE021   |

    Scenario Outline: <case> in ring <ring> <selector> can be loaded and has base 0
      The same word is read through the selector and through the flat segment that the guest started with.

      Given a page "cell" that ring 3 may use
      And "cell" holds 0x600DF00D
      When the guest runs in ring <ring>
        """
        mov eax, <selector>
        mov gs, eax
        mov ecx, [gs:cell]
        mov edx, [cell]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D
      And EDX is 0x600DF00D
      And GS is <selector>

      Examples:
        | case      | ring | selector      |
        | BOOT-07.g | 1    | FLAT_RING1_DS |
        | BOOT-07.h | 1    | FLAT_RING3_DS |
        | BOOT-07.i | 3    | FLAT_RING3_DS |
        | BOOT-07.j | 1    | FLAT_RING1_CS |
        | BOOT-07.k | 3    | FLAT_RING3_CS |

    Scenario Outline: <case> <selector> stays loadable after the guest has installed <table>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt(<table>)
      When the guest runs in ring 1
        """
        mov eax, <selector>
        mov gs, eax
        """
      Then the code runs to its end
      And GS is <selector>

      Examples:
        | case      | selector      | table           |
        | BOOT-07.l | FLAT_RING1_DS | [mfn(gdt)], 512 |
        | BOOT-07.m | FLAT_RING3_DS | [mfn(gdt)], 512 |
        | BOOT-07.n | FLAT_RING1_DS | 0, 0            |
        | BOOT-07.o | FLAT_RING3_CS | 0, 0            |

  @BOOT-08
  Rule: ESI holds the address of start_info, whose magic names version and architecture

    Scenario: BOOT-08.a start_info lies where ESI points
      When a domain is built from a kernel and started
      Then start_info lies at a page's start in the boot mapping

    Scenario: BOOT-08.b the magic names an xen-3 interface on 32-bit x86 with PAE
      When a domain is built from a kernel and started
      Then start_info.magic starts with "xen-3" and ends with "-x86_32p"

    @era-3.1
    Scenario: BOOT-08.c the magic of the era
      When a domain is built from a kernel and started
      Then start_info.magic is "xen-3.0-x86_32p"

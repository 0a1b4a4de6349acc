@PT
Feature: How a guest kernel builds its first page tables

  Operations of the guest kernel: set_pte_init (entry's address in EAX, value in ECX:EDX), make_readonly (a page in EAX) and
  link_table (a page in EAX, the L2 entry's address in EDX).

  @PT-24
  Rule: Read-only stays read-only; every other change is let through; a new table is read-only before it is linked

    Scenario Outline: <case> an entry with <before> that is set to <asked> becomes <after>
      Given the guest kernel
      And a page "page"
      And an address "window" that maps "page" with <before>
      When the guest kernel runs with EAX = boot_l1 + (window >> 12 & 511) * 8, EDX = entry(page, <asked>), ECX = <high>
        """
        call set_pte_init
        """
      Then the code runs to its end
      And its hypercalls are multicall[mmu_update]
      And the entry that maps "window" is entry(page, <after>) | <high> << 32

      Examples: read-only stays read-only
        | case    | before       | asked            | high       | after            |
        | PT-24.a | PRESENT      | PRESENT RW       | 0          | PRESENT          |
        | PT-24.b | PRESENT      | PRESENT RW       | 0x80000000 | PRESENT          |
        | PT-24.c | PRESENT      | PRESENT          | 0x80000000 | PRESENT          |
        | PT-24.d | PRESENT      | PRESENT RW USER  | 0          | PRESENT USER     |
        | PT-24.e | PRESENT USER | PRESENT RW       | 0          | PRESENT          |
        | PT-24.f | PRESENT      | PRESENT RW 0x200 | 0          | PRESENT 0x200    |

      Examples: what is writable can become anything
        | case    | before     | asked           | high       | after           |
        | PT-24.g | PRESENT RW | PRESENT RW      | 0x80000000 | PRESENT RW      |
        | PT-24.h | PRESENT RW | PRESENT         | 0          | PRESENT         |
        | PT-24.i | PRESENT RW | PRESENT RW USER | 0          | PRESENT RW USER |

    Scenario Outline: <case> where nothing is mapped the entry becomes what is asked for: <asked>
      Given the guest kernel
      And a page "page"
      And an address "hole" that maps nothing
      When the guest kernel runs with EAX = boot_l1 + (hole >> 12 & 511) * 8, EDX = entry(page, <asked>), ECX = 0
        """
        call set_pte_init
        """
      Then the code runs to its end
      And the entry that maps "hole" is entry(page, <asked>)

      Examples:
        | case    | asked      |
        | PT-24.j | PRESENT RW |
        | PT-24.k | PRESENT    |

    Scenario: PT-24.l an entry can be taken away
      Given the guest kernel
      And a page "page"
      And an address "window" that maps "page" with PRESENT
      When the guest kernel runs with EAX = boot_l1 + (window >> 12 & 511) * 8
        """
        xor ecx, ecx
        xor edx, edx
        call set_pte_init
        """
      Then the code runs to its end
      And the entry that maps "window" is 0

    Scenario: PT-24.m a page in use as a table can be set to writable and NX: it gets NX
      Given the guest kernel
      And a page "table" in use as an L1 table
      When the guest kernel runs with EAX = boot_l1 + (table >> 12 & 511) * 8, EDX = entry(table, PRESENT RW)
        """
        mov ecx, 0x80000000
        call set_pte_init
        """
      Then the code runs to its end
      And the entry that maps "table" is entry(table, PRESENT) | NX

    Scenario: PT-24.n a guest that makes writable what was read-only is refused, which is fatal
      Given a guest kernel that "makes writable what was read-only when it builds its first tables"
      And a page "table" in use as an L1 table
      When the guest kernel runs with EAX = boot_l1 + (table >> 12 & 511) * 8, EDX = entry(table, PRESENT RW)
        """
        xor ecx, ecx
        call set_pte_init
        """
      Then it stops at its own BUG
      And the entry that maps "table" is entry(table, PRESENT)

    Scenario: PT-24.o a new table is made read-only, then linked
      Given the guest kernel
      And a page "table"
      When the guest kernel calls link_table with EAX = table, EDX = boot_l2 + (empty_l2_slot & 0xFFF)
      Then the code runs to its end
      And its hypercalls are update_va_mapping, multicall[mmu_update]
      And argument 1 of its hypercall 1 is table
      And the entry that maps "table" is entry(table, PRESENT)
      And "table" cannot be mapped writable

    Scenario: PT-24.p a guest that links a table first is refused, which is fatal
      Given a guest kernel that "links a table first and makes it read-only then"
      And a page "table"
      When the guest kernel calls link_table with EAX = table, EDX = boot_l2 + (empty_l2_slot & 0xFFF)
      Then it stops at its own BUG
      And "table" can be mapped writable

    Scenario: PT-24.q new mappings are put where none are: a table is linked and filled, and reads through
      Given the guest kernel
      And a page "table"
      And a page "page"
      And "page" holds 0x1122334455667788
      When the guest kernel runs with EBX = boot_l2 + (empty_l2_slot & 0xFFF), ESI = table, EDI = entry(page, PRESENT RW)
        """
        mov eax, esi
        mov edx, ebx
        call link_table
        mov eax, esi
        mov ecx, 512
        filled:
        push ecx
        push eax
        mov edx, edi
        xor ecx, ecx
        call set_pte_init
        pop eax
        add eax, 8
        pop ecx
        loop filled
        sub ebx, boot_l2
        shl ebx, 18                     ; the slot's first address, less the kernel's gigabytes
        mov eax, [ebx + 0xC0000000]
        mov edx, [ebx + 0xC0000000 + 511 * 4096 + 4]
        """
      Then the code runs to its end
      And EAX is 0x55667788
      And EDX is 0x11223344

    Scenario: PT-24.r make_readonly takes the right to write away and nothing else
      Given the guest kernel
      And a page "page"
      When the guest kernel calls make_readonly with EAX = page
      Then the code runs to its end
      And its hypercalls are update_va_mapping
      And the entry that maps "page" is entry(page, PRESENT)

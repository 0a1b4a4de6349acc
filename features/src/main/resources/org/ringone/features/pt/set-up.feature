@PT
Feature: The recommended way to a guest's own page tables

  @PT-23
  Rule: Copies of the tables that the hypervisor supplied, made read-only, work as the new base

    Background: a kernel copies its L3, the L2 of its own gigabyte and the L1 of its own pages, and links the copies
      Given a page "l3"
      And a page "l2"
      And a page "l1"
      And a page "window"
      And a page "data"
      And "data" holds 0x600DF00D
      And the code has run in ring 1
        """
        mov esi, boot_l3
        mov edi, l3
        mov ecx, 8
        copy:
        mov eax, [esi]
        and eax, 0xFFFFF019
        mov edx, [esi + 4]
        mov [edi], eax
        mov [edi + 4], edx
        add esi, 8
        add edi, 8
        sub ecx, 2
        jnz copy
        mov esi, boot_l2
        mov edi, l2
        mov ecx, 1024
        rep movsd
        mov esi, boot_l1
        mov edi, l1
        mov ecx, 1024
        rep movsd
        """
      And the 64 bits at l3 + 24 become entry(l2, PRESENT)
      And the 64 bits at l2 + ((l1 >> 21) & 511) * 8 become entry(l1, PRESENT RW USER ACCESSED DIRTY)

    Scenario: PT-23.a copies that map themselves read-only are taken
      Given the 64 bits at l1 + (pte(l1) & 0xFFF) become entry(l1, PRESENT ACCESSED DIRTY)
      And the 64 bits at l1 + (pte(l2) & 0xFFF) become entry(l2, PRESENT ACCESSED DIRTY)
      And the 64 bits at l1 + (pte(l3) & 0xFFF) become entry(l3, PRESENT ACCESSED DIRTY)
      When "l1" is mapped read-only
      Then it is accepted
      When "l2" is mapped read-only
      Then it is accepted
      When "l3" is mapped read-only
      Then it is accepted
      When "l3" is loaded as the new base
      Then it is accepted
      And the 32 bits at data are 0x600DF00D
      And "l1" cannot be mapped writable
      And "l2" cannot be mapped writable
      And "l3" cannot be mapped writable
      When the guest runs in ring 1
        """
        mov eax, cr3
        mov dword [data], 0x12345678
        """
      Then the code runs to its end
      And EAX is (mfn(l3) << 12) | (mfn(l3) >> 20)
      And the 32 bits at data are 0x12345678

    Scenario Outline: <case> a copy that maps the <level> copy writable is refused as a whole
      Given the 64 bits at l1 + (pte(l1) & 0xFFF) become entry(l1, PRESENT <l1>)
      And the 64 bits at l1 + (pte(l2) & 0xFFF) become entry(l2, PRESENT <l2>)
      And the 64 bits at l1 + (pte(l3) & 0xFFF) become entry(l3, PRESENT <l3>)
      And "l1" is made read-only
      And "l2" is made read-only
      And "l3" is made read-only
      When "l3" is loaded as the new base
      Then it is refused with EINVAL, from 4.17: EBUSY
      And nothing has changed
      And "l1" can be mapped writable

      Examples: what a kernel gets that copies and forgets
        | case    | level | l1 | l2 | l3 |
        | PT-23.b | L1    | RW |    |    |
        | PT-23.c | L2    |    | RW |    |
        | PT-23.d | L3    |    |    | RW |

    Scenario: PT-23.e a copy whose page the old tables still map writable is refused
      Given the 64 bits at l1 + (pte(l1) & 0xFFF) become entry(l1, PRESENT)
      And the 64 bits at l1 + (pte(l2) & 0xFFF) become entry(l2, PRESENT)
      And the 64 bits at l1 + (pte(l3) & 0xFFF) become entry(l3, PRESENT)
      And "l1" is made read-only
      And "l2" is made read-only
      When "l3" is loaded as the new base
      Then it is refused with EINVAL
      And nothing has changed
      And "l3" can be mapped writable

    Scenario: PT-23.f the new tables take missing mappings, and the old ones can be given up
      Given the 64 bits at l1 + (pte(l1) & 0xFFF) become entry(l1, PRESENT)
      And the 64 bits at l1 + (pte(l2) & 0xFFF) become entry(l2, PRESENT)
      And the 64 bits at l1 + (pte(l3) & 0xFFF) become entry(l3, PRESENT)
      And the 64 bits at l1 + (pte(window) & 0xFFF) become 0
      And "l1" is made read-only
      And "l2" is made read-only
      And "l3" is made read-only
      And "l3" has been loaded as an L3 table
      When the guest runs in ring 1
        """
        here: mov eax, [window]
        """
      Then it faults with #PF(0) at "here"
      When the guest calls mmu_update([{slot(l1, (window >> 12) & 511), entry(data, PRESENT)}])
      Then it is accepted
      And the 32 bits at window are 0x600DF00D
      When the guest calls update_va_mapping(window, entry(data, PRESENT RW), UVMF_INVLPG)
      Then it is accepted
      When the guest stores 7 in 32 bits at window
      Then it is accepted
      And the 32 bits at data are 7

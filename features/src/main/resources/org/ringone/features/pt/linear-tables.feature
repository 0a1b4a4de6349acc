@PT
Feature: Tables that appear in the address space

  An entry of an L2 that names an L2, its own or another, makes 2 MiB of the address space show the L1 tables below that L2, page
  by page. Slot 300 of the L2 that the hypervisor supplied is 0xE5800000.

  @PT-18
  Rule: An entry that points to a table of its own level is accepted only read-only

    Scenario Outline: <case> an L2 in use <accepted> an entry in slot <slot> for itself with <flags>
      Given a page "table" in use as an L2 table
      When the guest calls mmu_update([{slot(table, <slot>), entry(table, <flags>)}])
      Then it is accepted
      And entry <slot> of "table" reads entry(table, <flags>)
      And "table" cannot be mapped writable

      Examples: read-only
        | case    | slot | flags              | accepted |
        | PT-18.cc | 300  | PRESENT USER       | takes    |
        | PT-18.cd | 300  | PRESENT USER 0xE00 | takes    |
        | PT-18.ce | 300  | PRESENT NX         | takes    |

    Scenario Outline: <case> but none with <flags> in slot <slot>
      Given a page "table" in use as an L2 table
      When the guest calls mmu_update([{slot(table, <slot>), entry(table, <flags>)}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed

      Examples: writable, or with a bit that no L2 entry may have
        | case    | slot | flags           |
        | PT-18.ch | 300  | PRESENT RW NX   |
        | PT-18.ci | 300  | PRESENT PSE     |

    Scenario Outline: <case> a read-only linear entry does not become writable: <flags>
      Given a page "table" in use as an L2 table
      And the guest has called mmu_update([{slot(table, 3), entry(table, PRESENT)}])
      When the guest calls mmu_update([{slot(table, 3), entry(table, <flags>)}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples: same frame, one bit more
        | case    | flags           |
        | PT-18.cj | PRESENT RW      |
        | PT-18.ck | PRESENT RW USER |

    Scenario: PT-18.cp what was refused can still be mapped writable, what was accepted not until it is unpinned
      Given a page "table" made out as an L2 table
      And entry 5 of "table" is entry(table, PRESENT RW)
      When "table" is pinned as an L2 table
      Then it is refused with EINVAL
      And "table" can be mapped writable
      Given entry 5 of "table" is entry(table, PRESENT)
      When "table" is pinned as an L2 table
      Then it is accepted
      And "table" cannot be mapped writable
      When "table" is unpinned
      Then it is accepted
      And "table" can be mapped writable

    Scenario: PT-18.cs an L2 that another names stays a table after its pin has gone
      Given a page "table" in use as an L2 table
      And a page "other" in use as an L2 table
      And the guest has called mmu_update([{slot(table, 17), entry(other, PRESENT)}])
      When "other" is unpinned
      Then it is accepted
      And "other" cannot be mapped writable
      When the guest calls mmu_update([{slot(table, 17), 0}])
      Then it is accepted
      And "other" can be mapped writable

    Scenario: PT-18.ct the live tables appear through the live L2
      Given a page "page"
      And the guest has called update_va_mapping(page, entry(page, PRESENT RW ACCESSED DIRTY), UVMF_INVLPG)
      When the guest calls mmu_update([{slot(boot_l2, 300), entry(boot_l2, PRESENT ACCESSED DIRTY)}])
      Then it is accepted
      And the 64 bits at 0xE5800000 + ((page >> 21) & 511) * 4096 + (pte(page) & 0xFFF) are entry(page, PRESENT RW ACCESSED DIRTY)
      And the 64 bits at 0xE5800000 + 300 * 4096 + 300 * 8 are entry(boot_l2, PRESENT ACCESSED DIRTY)

    Scenario Outline: <case> no store reaches <what> through it, with the assist or without
      Given a page "page"
      And the guest has called vm_assist(<assist>, VMASST_WRITABLE_PAGETABLES)
      And the guest has called mmu_update([{slot(boot_l2, 300), entry(boot_l2, PRESENT ACCESSED DIRTY)}])
      When the guest runs in ring 1 with ESI = 0xE5800000 + <offset>, EAX = 0
        """
        here: mov [esi], eax
        """
      Then it faults with #PF(3) at "here"
      And CR2 is 0xE5800000 + <offset>

      Examples:
        | case    | assist | what        | offset                                              |
        | PT-18.cu | 1      | the live L1 | ((page >> 21) & 511) * 4096 + (pte(page) & 0xFFF)   |
        | PT-18.cv | 0      | the live L1 | ((page >> 21) & 511) * 4096 + (pte(page) & 0xFFF)   |
        | PT-18.cw | 1      | the live L2 | 300 * 4096 + 8                                      |
        | PT-18.cx | 0      | the live L2 | 300 * 4096 + 8                                      |

    Scenario Outline: <case> the live L2 does not take a writable entry for <l2>
      Given a page "other" in use as an L2 table
      When the guest calls mmu_update([{slot(boot_l2, 300), entry(<l2>, PRESENT RW USER)}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | l2      |
        | PT-18.cy  | boot_l2 |
        | PT-18.cz  | other   |
        | PT-18.da | boot_l3 |

    Scenario: PT-18.db an L1 may map itself, read-only like any page
      Given a page "table" in use as an L1 table
      When the guest calls mmu_update([{slot(table, 0), entry(table, PRESENT)}, {slot(table, 511), entry(table, PRESENT USER NX)}])
      Then it is accepted
      And 2 elements are done
      When the guest calls mmu_update([{slot(table, 0), entry(table, PRESENT RW)}])
      Then it is refused with EINVAL, from 4.2: EBUSY
      And nothing has changed
      When "table" is unpinned
      Then it is accepted
      And "table" can be mapped writable

    Scenario Outline: <case> what is no L2 in use is none: <what>
      Given a page "table" in use as an L2 table
      And a page "writable"
      And a page "l3" in use as an L3 table
      When the guest calls mmu_update([{slot(table, 9), entry(<frame>, PRESENT)}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | what                   | frame            |
        | PT-18.dc | a writable page        | writable         |
        | PT-18.dd | an L3                  | l3               |
        | PT-18.de | the hypervisor's frame | hypervisor_frame |

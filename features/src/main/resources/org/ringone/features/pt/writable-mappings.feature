@PT
Feature: A page is either in use as a table or mapped writable, never both

  The processor walks the guest's own page tables. The hypervisor lets that happen because the guest cannot write a table
  while it is in use: every change goes through the hypervisor, which checks it.

  @PT-01
  Rule: No page of an active page table can be written, at any time, through any address

    Scenario Outline: <case> a <bits>-bit store to an <level> table that is <use> faults
      Given a page "table" in use as an <level> table by being <use>
      When the guest stores 0 in <bits> bits at table + <offset>
      Then it is refused with #PF(3)
      And CR2 is table + <offset>
      And nothing has changed

      Examples: every level, every way to be in use, both ends of the page
        | case    | level | use    | bits | offset |
        | PT-01.a | L1    | pinned | 32   | 0      |
        | PT-01.b | L1    | pinned | 8    | 4095   |
        | PT-01.c | L1    | linked | 32   | 4092   |
        | PT-01.d | L1    | linked | 16   | 2      |
        | PT-01.e | L2    | pinned | 32   | 0      |
        | PT-01.f | L2    | linked | 32   | 4092   |
        | PT-01.g | L3    | pinned | 32   | 24     |
        | PT-01.h | L3    | loaded | 32   | 24     |
        | PT-01.i | L3    | loaded | 8    | 0      |

    Scenario Outline: <case> a store to the <table> that the hypervisor supplied faults
      When the guest stores 0 in 32 bits at <table> + <offset>
      Then it is refused with #PF(3)
      And nothing has changed

      Examples:
        | case    | table   | offset |
        | PT-01.j | boot_l1 | 8      |
        | PT-01.k | boot_l2 | 8      |
        | PT-01.l | boot_l3 | 24     |

    Scenario Outline: <case> a second, read-only address of an <level> table is as good as the first
      Given a page "table" in use as an <level> table
      And an address "second" that maps "table" with PRESENT
      When the guest stores 0 in 32 bits at second + 8
      Then it is refused with #PF(3)
      And CR2 is second + 8
      And nothing has changed

      Examples:
        | case    | level |
        | PT-01.m | L1    |
        | PT-01.n | L2    |
        | PT-01.o | L3    |

    Scenario Outline: <case> a translation from before the page was an <level> table does not outlive the pin
      The guest has written the page just before, so the processor may still hold a writable translation; the guest does not
      ask for any flush.

      Given a page "table"
      And the code has run in ring 1
        """
        mov dword [table], 0
        """
      And the guest has called update_va_mapping(table, entry(table, PRESENT), UVMF_NONE)
      And "table" has been pinned as an <level> table
      When the guest stores 0x1007 in 32 bits at table
      Then it is refused with #PF(3)
      And the 32 bits at table are 0

      Examples:
        | case    | level |
        | PT-01.p | L1    |
        | PT-01.q | L2    |

  @PT-02
  Rule: A writable mapping of a page in table use is refused by every way to ask for it

    Scenario Outline: <case> an <level> table that is <use> is not mapped writable by <route>
      Given a page "table" in use as an <level> table by being <use>
      And a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "table" at "window" with PRESENT RW by <route>
      Then it is refused with <refusal>
      And nothing has changed

      Examples: every level and use, by every route
        | case     | level | use    | route                                            | refusal                 |
        | PT-02.a  | L1    | pinned | mmu_update                                       | EINVAL, from 4.2: EBUSY |
        | PT-02.b  | L1    | pinned | update_va_mapping                                | EINVAL, from 4.2: EBUSY |
        | PT-02.c  | L1    | pinned | a store to its page-table entry                  | #PF(3)                  |
        | PT-02.d  | L1    | pinned | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY |
        | PT-02.e  | L1    | pinned | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |
        | PT-02.f  | L1    | pinned | an entry of an L1 table below an L2 table pinned | EINVAL, from 4.17: EBUSY |
        | PT-02.g  | L1    | pinned | an entry of an L1 table below an L3 table loaded | EINVAL, from 4.17: EBUSY |
        | PT-02.h  | L1    | linked | mmu_update                                       | EINVAL, from 4.2: EBUSY |
        | PT-02.i  | L1    | linked | update_va_mapping                                | EINVAL, from 4.2: EBUSY |
        | PT-02.j  | L1    | linked | a store to its page-table entry                  | #PF(3)                  |
        | PT-02.k  | L1    | linked | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY |
        | PT-02.l  | L1    | linked | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |
        | PT-02.m  | L1    | linked | an entry of an L1 table below an L2 table pinned | EINVAL, from 4.17: EBUSY |
        | PT-02.n  | L1    | linked | an entry of an L1 table below an L3 table loaded | EINVAL, from 4.17: EBUSY |
        | PT-02.o  | L2    | pinned | mmu_update                                       | EINVAL, from 4.2: EBUSY |
        | PT-02.p  | L2    | pinned | update_va_mapping                                | EINVAL, from 4.2: EBUSY |
        | PT-02.q  | L2    | pinned | a store to its page-table entry                  | #PF(3)                  |
        | PT-02.r  | L2    | pinned | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY |
        | PT-02.s  | L2    | pinned | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |
        | PT-02.t  | L2    | pinned | an entry of an L1 table below an L2 table pinned | EINVAL, from 4.17: EBUSY |
        | PT-02.u  | L2    | pinned | an entry of an L1 table below an L3 table loaded | EINVAL, from 4.17: EBUSY |
        | PT-02.v  | L2    | linked | mmu_update                                       | EINVAL, from 4.2: EBUSY |
        | PT-02.w  | L2    | linked | update_va_mapping                                | EINVAL, from 4.2: EBUSY |
        | PT-02.x  | L2    | linked | a store to its page-table entry                  | #PF(3)                  |
        | PT-02.y  | L2    | linked | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY |
        | PT-02.z  | L2    | linked | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |
        | PT-02.aa | L2    | linked | an entry of an L1 table below an L2 table pinned | EINVAL, from 4.17: EBUSY |
        | PT-02.ab | L2    | linked | an entry of an L1 table below an L3 table loaded | EINVAL, from 4.17: EBUSY |
        | PT-02.ac | L3    | pinned | mmu_update                                       | EINVAL, from 4.2: EBUSY |
        | PT-02.ad | L3    | pinned | update_va_mapping                                | EINVAL, from 4.2: EBUSY |
        | PT-02.ae | L3    | pinned | a store to its page-table entry                  | #PF(3)                  |
        | PT-02.af | L3    | pinned | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY |
        | PT-02.ag | L3    | pinned | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |
        | PT-02.ah | L3    | pinned | an entry of an L1 table below an L2 table pinned | EINVAL, from 4.17: EBUSY |
        | PT-02.ai | L3    | pinned | an entry of an L1 table below an L3 table loaded | EINVAL, from 4.17: EBUSY |
        | PT-02.aj | L3    | loaded | mmu_update                                       | EINVAL, from 4.2: EBUSY |
        | PT-02.ak | L3    | loaded | update_va_mapping                                | EINVAL, from 4.2: EBUSY |
        | PT-02.al | L3    | loaded | a store to its page-table entry                  | #PF(3)                  |
        | PT-02.am | L3    | loaded | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY |
        | PT-02.an | L3    | loaded | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |
        | PT-02.ao | L3    | loaded | an entry of an L1 table below an L2 table pinned | EINVAL, from 4.17: EBUSY |
        | PT-02.ap | L3    | loaded | an entry of an L1 table below an L3 table loaded | EINVAL, from 4.17: EBUSY |

    Scenario Outline: <case> the <table> that the hypervisor supplied is not mapped writable at its own address
      When "<table>" is mapped writable
      Then it is refused with EINVAL, from 4.2: EBUSY
      And nothing has changed

      Examples:
        | case     | table   |
        | PT-02.aq | boot_l1 |
        | PT-02.ar | boot_l2 |
        | PT-02.as | boot_l3 |

    Scenario: PT-02.at a table can be mapped read-only as often as the guest likes
      Given a page "table" in use as an L1 table
      And a page "window"
      When the guest asks for "table" at "window" with PRESENT by mmu_update
      Then it is accepted
      And the entry that maps "window" is entry(table, PRESENT)

  @PT-03
  Rule: A frame mapped writable anywhere cannot become a page table until its last writable mapping is gone

    Scenario Outline: <case> a page mapped writable at its own address is not <use> as an <level> table
      Given a page "table" made out as an <level> table
      And "table" is writable at its own address again
      When "table" is <use> as an <level> table
      Then it is refused with EINVAL
      And nothing has changed
      When "table" is mapped read-only
      And "table" is <use> as an <level> table
      Then it is accepted
      And "table" cannot be mapped writable

      Examples:
        | case    | level | use    |
        | PT-03.a | L1    | pinned |
        | PT-03.b | L1    | linked |
        | PT-03.c | L2    | pinned |
        | PT-03.d | L2    | linked |
        | PT-03.e | L3    | pinned |
        | PT-03.f | L3    | loaded |

    Scenario Outline: <case> a page mapped writable at another address is not <use> as an <level> table
      Given a page "table" made out as an <level> table
      And "table" is also mapped writable at "second"
      When "table" is <use> as an <level> table
      Then it is refused with EINVAL
      And nothing has changed
      When "second" is mapped nowhere
      And "table" is <use> as an <level> table
      Then it is accepted
      And "table" cannot be mapped writable

      Examples:
        | case    | level | use    |
        | PT-03.g | L1    | pinned |
        | PT-03.h | L1    | linked |
        | PT-03.i | L2    | pinned |
        | PT-03.j | L2    | linked |
        | PT-03.k | L3    | pinned |
        | PT-03.l | L3    | loaded |

    Scenario: PT-03.m the last of two writable mappings counts
      Given a page "table"
      And "table" is also mapped writable at "second"
      When "second" is mapped nowhere
      And "table" is pinned as an L1 table
      Then it is refused with EINVAL
      And nothing has changed
      When "table" is mapped read-only
      And "table" is pinned as an L1 table
      Then it is accepted

    Scenario: PT-03.n an L1 table in which the page itself is mapped writable cannot become a table
      Given a page "table" made out as an L1 table
      And entry 0 of "table" is entry(table, PRESENT RW)
      When "table" is pinned as an L1 table
      Then it is refused with EINVAL, from 4.2: EBUSY
      And nothing has changed

    Scenario: PT-03.o an L1 table in which the page itself is mapped read-only can
      Given a page "table" made out as an L1 table
      And entry 0 of "table" is entry(table, PRESENT)
      When "table" is pinned as an L1 table
      Then it is accepted
      And "table" cannot be mapped writable

@PT
Feature: An active page table holds valid entries only

  @PT-04
  Rule: Pinning, linking or loading a table with any invalid entry in a slot of the guest's is refused as a whole

    Scenario Outline: <case> an L1 table whose entry <slot> is <entry> is not <use>
      Given a page "table" made out as an L1 table
      And a page "good"
      And a page "other" in use as an L1 table
      And entry 1 of "table" is entry(good, PRESENT RW)
      And entry <slot> of "table" is <entry>
      When "table" is <use> as an L1 table
      Then it is refused with <refusal>
      And nothing has changed

      Examples: the first, a middle and the last entry; every reason for an entry to be invalid
        | case    | use    | slot | entry                                       | refusal                 |
        | PT-04.a | pinned | 0    | entry(other, PRESENT RW)                    | EINVAL, from 4.2: EBUSY |
        | PT-04.b | pinned | 256  | entry(other, PRESENT RW)                    | EINVAL, from 4.2: EBUSY |
        | PT-04.c | pinned | 511  | entry(other, PRESENT RW)                    | EINVAL, from 4.2: EBUSY |
        | PT-04.d | pinned | 511  | entry(hypervisor_frame, PRESENT)            | EINVAL, from 4.2: EBUSY |
        | PT-04.h | linked | 0    | entry(other, PRESENT RW)                    | EINVAL, from 4.17: EBUSY |
        | PT-04.i | linked | 511  | entry(hypervisor_frame, PRESENT)            | EINVAL, from 4.17: EBUSY |

      @ordinary
      Examples: an initial domain may map what is no memory: it is taken for a device's
        | case    | use    | slot | entry                                       | refusal                 |
        | PT-04.e | pinned | 0    | entry(first_frame_beyond_memory, PRESENT)   | EINVAL                  |

      @host-32
      Examples: bits that a 64-bit host leaves to the guest
        | case    | use    | slot | entry                                       | refusal                 |
        | PT-04.f | pinned | 511  | entry(good, PRESENT GLOBAL)                 | EINVAL                  |
        | PT-04.g | pinned | 511  | entry(good, PRESENT) + (1 << 52)            | EINVAL                  |
        | PT-04.j | linked | 256  | entry(good, PRESENT GLOBAL)                 | EINVAL                  |

    Scenario Outline: <case> an L2 table whose entry <slot> is <entry> is not <use>
      Given a page "table" made out as an L2 table
      And a page "good" made out as an L1 table
      And a page "writable"
      And a page "other" in use as an L2 table
      And entry 1 of "table" is entry(good, PRESENT RW USER)
      And entry <slot> of "table" is <entry>
      When "table" is <use> as an L2 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | use    | slot | entry                                          |
        | PT-04.k | pinned | 0    | entry(writable, PRESENT RW USER)               |
        | PT-04.l | pinned | 511  | entry(writable, PRESENT RW USER)               |
        | PT-04.m | pinned | 511  | entry(other, PRESENT RW USER)                  |
        | PT-04.n | pinned | 0    | entry(boot_l3, PRESENT RW USER)                |
        | PT-04.o | pinned | 256  | entry(hypervisor_frame, PRESENT RW USER)       |
        | PT-04.p | pinned | 511  | entry(first_frame_beyond_memory, PRESENT)      |
        | PT-04.q | pinned | 511  | entry(good, PRESENT RW USER PSE)               |
        | PT-04.r | linked | 0    | entry(writable, PRESENT RW USER)               |
        | PT-04.s | linked | 511  | entry(other, PRESENT RW USER)                  |

    Scenario Outline: <case> an L3 table whose entry <slot> is <entry> is not <use>
      Given a page "table" made out as an L3 table
      And a page "writable"
      And a page "low" in use as an L1 table
      And entry <slot> of "table" is <entry>
      When "table" is <use> as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | use    | slot | entry                            |
        | PT-04.t  | pinned | 0    | entry(writable, PRESENT)         |
        | PT-04.u  | pinned | 2    | entry(low, PRESENT)              |
        | PT-04.v  | pinned | 1    | entry(hypervisor_frame, PRESENT) |
        | PT-04.w  | pinned | 3    | 0                                |
        | PT-04.x  | loaded | 0    | entry(writable, PRESENT)         |
        | PT-04.y  | loaded | 2    | entry(low, PRESENT)              |
        | PT-04.z  | loaded | 3    | 0                                |

    Scenario: PT-04.aa entries in the hypervisor's own slots are not validated: they are overwritten
      Given a page "table" made out as an L3 table
      And entry 440 of "table.l2" is 0xDEAD000000000FE7
      When "table" is pinned as an L3 table
      Then it is accepted

    Scenario Outline: <case> an <level> table full of entries that are not present is valid whatever their other bits are
      Given a page "table" made out as an <level> table
      And entry 0 of "table" is 0xFFFFFFFFFFFFFFFE
      And entry 511 of "table" is 0x8000000000000F80
      When "table" is pinned as an <level> table
      Then it is accepted
      And entry 0 of "table" reads 0xFFFFFFFFFFFFFFFE

      Examples:
        | case     | level |
        | PT-04.ab | L1    |
        | PT-04.ac | L2    |

    Scenario Outline: <case> an active <level> table does not take an invalid entry either
      Given a page "table" in use as an <level> table
      And a page "other" in use as an L2 table
      And a page "writable"
      When the guest calls mmu_update([{slot(table, <slot>), <entry>}])
      Then it is refused with EINVAL, from 4.2: <later>
      And 0 elements are done
      And nothing has changed

      Examples:
        | case     | level | slot | entry                                   | later  |
        | PT-04.ad | L1    | 0    | entry(other, PRESENT RW)                | EBUSY  |
        | PT-04.ae | L1    | 511  | entry(other, PRESENT RW)                | EBUSY  |
        | PT-04.af | L2    | 0    | entry(writable, PRESENT RW USER)        | EINVAL |
        | PT-04.ag | L2    | 511  | entry(writable, PRESENT RW USER)        | EINVAL |
        | PT-04.ah | L3    | 0    | entry(writable, PRESENT)                | EINVAL |
        | PT-04.ai | L3    | 3    | 0                                       | EINVAL |

  @PT-05
  Rule: An entry that maps a frame the domain does not own is refused

    @ordinary
    Scenario Outline: <case> <frame> is not mapped with <flags> by <route>
      Given a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "<frame>" at "window" with <flags> by <route>
      Then it is refused with <refusal>
      And nothing has changed

      Examples: the hypervisor's own frames
        | case    | frame            | flags      | route                                            | refusal |
        | PT-05.a | hypervisor_frame | PRESENT    | mmu_update                                       | EINVAL  |
        | PT-05.b | hypervisor_frame | PRESENT RW | mmu_update                                       | EINVAL  |
        | PT-05.c | hypervisor_frame | PRESENT    | update_va_mapping                                | EINVAL  |
        | PT-05.d | hypervisor_frame | PRESENT RW | update_va_mapping                                | EINVAL  |
        | PT-05.e | hypervisor_frame | PRESENT RW | a store to its page-table entry                  | #PF(3)  |
        | PT-05.f | hypervisor_frame | PRESENT RW | an entry of an L1 table pinned                   | EINVAL  |
        | PT-05.g | hypervisor_frame | PRESENT    | an entry of an L1 table linked                   | EINVAL  |
        | PT-05.h | hypervisor_frame | PRESENT    | an entry of an L1 table below an L2 table pinned | EINVAL  |
        | PT-05.i | hypervisor_frame | PRESENT RW | an entry of an L1 table below an L3 table loaded | EINVAL  |

      Examples: beyond the memory there is: the first such frame, and the highest that an entry can name
        | case    | frame                     | flags      | route                           | refusal |
        | PT-05.j | first_frame_beyond_memory | PRESENT    | mmu_update                      | EINVAL  |
        | PT-05.k | first_frame_beyond_memory | PRESENT RW | update_va_mapping               | EINVAL  |
        | PT-05.l | first_frame_beyond_memory | PRESENT    | a store to its page-table entry | #PF(3)  |
        | PT-05.m | highest_frame_number      | PRESENT    | mmu_update                      | EINVAL  |
        | PT-05.n | highest_frame_number      | PRESENT RW | update_va_mapping               | EINVAL  |
        | PT-05.o | highest_frame_number      | PRESENT    | an entry of an L1 table pinned  | EINVAL  |

    @ordinary
    Scenario Outline: <case> a frame that the guest gave back is its own no more: <route>
      Given a frame "gone" that was given back
      And a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "gone" at "window" with <flags> by <route>
      Then it is refused with <refusal>
      And nothing has changed

      Examples:
        | case    | flags      | route                           | refusal |
        | PT-05.p | PRESENT    | mmu_update                      | EINVAL  |
        | PT-05.q | PRESENT RW | update_va_mapping               | EINVAL  |
        | PT-05.r | PRESENT RW | a store to its page-table entry | #PF(3)  |
        | PT-05.s | PRESENT RW | an entry of an L1 table pinned  | EINVAL  |

    @ordinary
    Scenario Outline: <case> a second domain's frame is not mapped with <flags> by <route>
      Given a second domain
      And from here on the guest is the second domain
      And a page "theirs"
      And "theirs" holds 0x600DF00D
      And from here on the guest is the first domain
      And a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "second.theirs" at "window" with <flags> by <route>
      Then it is refused with <refusal>
      And nothing has changed
      When from here on the guest is the second domain
      Then the 32 bits at theirs are 0x600DF00D
      And "theirs" can be mapped writable

      Examples: by every route
        | case     | flags      | route                                            | refusal |
        | PT-05.ba | PRESENT    | mmu_update                                       | EINVAL  |
        | PT-05.bb | PRESENT RW | mmu_update                                       | EINVAL  |
        | PT-05.bc | PRESENT    | update_va_mapping                                | EINVAL  |
        | PT-05.bd | PRESENT RW | update_va_mapping                                | EINVAL  |
        | PT-05.be | PRESENT    | a store to its page-table entry                  | #PF(3)  |
        | PT-05.bf | PRESENT RW | a store to its page-table entry                  | #PF(3)  |
        | PT-05.bg | PRESENT    | an entry of an L1 table pinned                   | EINVAL  |
        | PT-05.bh | PRESENT RW | an entry of an L1 table linked                   | EINVAL  |
        | PT-05.bi | PRESENT    | an entry of an L1 table below an L2 table pinned | EINVAL  |
        | PT-05.bj | PRESENT RW | an entry of an L1 table below an L3 table loaded | EINVAL  |

    Scenario Outline: <case> a frame that is not the domain's is no table of its: <what>
      Given a page "table" in use as an <level> table
      When the guest calls mmu_update([{slot(table, 0), <entry>}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | what                       | level | entry                                             |
        | PT-05.t | the hypervisor's as an L1  | L2    | entry(hypervisor_frame, PRESENT RW USER)          |
        | PT-05.u | the hypervisor's as an L2  | L3    | entry(hypervisor_frame, PRESENT)                  |
        | PT-05.v | one beyond memory as an L1 | L2    | entry(first_frame_beyond_memory, PRESENT RW USER) |
        | PT-05.w | one beyond memory as an L2 | L3    | entry(first_frame_beyond_memory, PRESENT)         |

    Scenario Outline: <case> a frame that is not the domain's cannot be pinned: <frame> as an <level>
      When the guest calls mmuext_op([{MMUEXT_PIN_<level>_TABLE, <frame>, 0}])
      Then it is refused with EINVAL
      And 0 elements are done

      Examples:
        | case     | level | frame                     |
        | PT-05.x  | L1    | hypervisor_frame          |
        | PT-05.y  | L2    | hypervisor_frame          |
        | PT-05.z  | L3    | hypervisor_frame          |
        | PT-05.aa | L1    | first_frame_beyond_memory |

    Scenario Outline: <case> mmu_update writes no frame that is not the domain's: <frame>
      When the guest calls mmu_update([{<frame> << 12, 0}])
      Then it is refused with EINVAL, from 4.2: <later>
      And 0 elements are done

      Examples:
        | case     | frame                     | later  |
        | PT-05.ab | hypervisor_frame          | EINVAL |
        | PT-05.ac | first_frame_beyond_memory | EINVAL |
        | PT-05.ad | highest_frame_number      | EINVAL |

  @PT-06
  Rule: Bits that a level forbids are refused

    @host-32
    Scenario Outline: <case> an L1 entry with <bit> is refused by <route>
      Given a page "page"
      And a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "page" at "window" with PRESENT RW <bit> by <route>
      Then it is refused with <refusal>
      And nothing has changed

      Examples:
        | case    | bit       | route                           | refusal |
        | PT-06.a | GLOBAL    | mmu_update                      | EINVAL  |
        | PT-06.b | GLOBAL    | update_va_mapping               | EINVAL  |
        | PT-06.c | GLOBAL    | a store to its page-table entry | #PF(3)  |
        | PT-06.d | GLOBAL    | an entry of an L1 table pinned  | EINVAL  |
        | PT-06.h | + (1 << 52) | mmu_update                    | EINVAL  |
        | PT-06.i | + (1 << 57) | update_va_mapping             | EINVAL  |
        | PT-06.j | + (1 << 62) | mmu_update                    | EINVAL  |
        | PT-06.k | + (1 << 62) | a store to its page-table entry | #PF(3) |
        | PT-06.l | + (1 << 52) | an entry of an L1 table pinned | EINVAL |

      @era-3.1
      Examples: PAT was accepted from 4.2 on
        | case    | bit | route                           | refusal |
        | PT-06.e | PAT | mmu_update                      | EINVAL  |
        | PT-06.f | PAT | update_va_mapping               | EINVAL  |
        | PT-06.g | PAT | an entry of an L1 table pinned  | EINVAL  |

    Scenario Outline: <case> an L1 entry with <bit> is accepted
      Given a page "page"
      And a page "window"
      When the guest asks for "page" at "window" with PRESENT RW <bit> by mmu_update
      Then it is accepted
      And the entry that maps "window" is entry(page, PRESENT RW <bit>)

      Examples: everything that is the guest's own to choose
        | case    | bit      |
        | PT-06.m | USER     |
        | PT-06.n | PWT      |
        | PT-06.o | PCD      |
        | PT-06.p | ACCESSED |
        | PT-06.q | DIRTY    |
        | PT-06.r | 0x200    |
        | PT-06.s | 0x400    |
        | PT-06.t | 0x800    |
        | PT-06.u | NX       |

    Scenario Outline: <case> an L2 entry with <bit> is refused
      Given a page "table" made out as an L1 table
      When the guest calls mmu_update([{empty_l2_slot, entry(table, PRESENT RW USER <bit>)}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | bit         |
        | PT-06.v | PSE         |
        | PT-06.w | GLOBAL      |

      @host-32
      Examples: bits that a 64-bit host leaves to the guest
        | case    | bit         |
        | PT-06.x | + (1 << 52) |
        | PT-06.y | + (1 << 62) |

    Scenario Outline: <case> an L2 entry with <bit> is accepted
      Given a page "table" made out as an L1 table
      When the guest calls mmu_update([{empty_l2_slot, entry(table, PRESENT RW USER <bit>)}])
      Then it is accepted
      And "table" cannot be mapped writable

      Examples:
        | case     | bit      |
        | PT-06.z  | ACCESSED |
        | PT-06.ac | 0x200    |
        | PT-06.ad | NX       |

      @era-3.1
      Examples: caching bits, which later Xens refuse in an L2
        | case     | bit      |
        | PT-06.aa | PWT      |
        | PT-06.ab | PCD      |

    Scenario Outline: <case> a PAE L3 entry with <bit> is refused
      Given a page "table" made out as an L2 table
      When the guest calls mmu_update([{empty_l3_slot, entry(table, PRESENT <bit>)}])
      Then it is refused with EINVAL
      And nothing has changed

      @era-3.1 @era-4.2
      Examples: nothing but PRESENT, AVAIL, PWT and PCD
        | case     | bit         |
        | PT-06.ae | RW          |
        | PT-06.af | USER        |
        | PT-06.ag | ACCESSED    |
        | PT-06.ah | DIRTY       |
        | PT-06.ai | PSE         |
        | PT-06.aj | GLOBAL      |
        | PT-06.ak | NX          |
        | PT-06.al | + (1 << 52) |

    Scenario Outline: <case> a PAE L3 entry with <bit> is accepted
      Given a page "table" made out as an L2 table
      When the guest calls mmu_update([{empty_l3_slot, entry(table, PRESENT <bit>)}])
      Then it is accepted
      And "table" cannot be mapped writable

      Examples:
        | case     | bit   |
        | PT-06.am | 0x200 |
        | PT-06.an | 0x800 |

      @era-3.1
      Examples: caching bits, which 4.2 does not accept
        | case     | bit |
        | PT-06.ao | PWT |
        | PT-06.ap | PCD |

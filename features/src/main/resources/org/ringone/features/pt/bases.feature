@PT
Feature: The tables at the top: L3 tables, base pointers, linear tables, other domains
  A page "base" made out as an L3 table maps what the boot tables map, through an L2 of its own in slot 3, called "base.l2".

  @PT-15
  Rule: Slot 3 of an L3 is there, has an L2 of its own, and stays

    Scenario Outline: <case> an L3 without slot 3 is not <use>
      Given a page "base" made out as an L3 table
      And entry 3 of "base" is 0
      When "base" is <use> as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | use    |
        | PT-15.a | pinned |
        | PT-15.b | loaded |

    Scenario Outline: <case> an empty page is no L3: not <use>
      Given a page "base" mapped read-only
      When "base" is <use> as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | use    |
        | PT-15.c | pinned |
        | PT-15.d | loaded |

    Scenario Outline: <case> an L3 may have slot <slot> empty
      Given a page "base" made out as an L3 table
      And entry <slot> of "base" is 0
      When "base" is pinned as an L3 table
      Then it is accepted

      Examples:
        | case    | slot |
        | PT-15.e | 0    |
        | PT-15.f | 1    |
        | PT-15.g | 2    |

    Scenario Outline: <case> slot 3 of an L3 in use does not become <entry>
      Given a page "base" made out as an L3 table
      And a page "other" made out as an L3 table
      And "base" has been <use> as an L3 table
      When the guest calls mmu_update([{slot(base, 3), <entry>}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed

      Examples: nothing, another's, and not even what it is
        | case    | use    | entry                    |
        | PT-15.h | pinned | 0                        |
        | PT-15.i | pinned | entry(other.l2, PRESENT) |
        | PT-15.j | pinned | entry(base.l2, PRESENT)  |
        | PT-15.k | loaded | 0                        |
        | PT-15.l | loaded | entry(other.l2, PRESENT) |

    Scenario: PT-15.m slot 3 of the boot L3 does not change either
      When the guest calls mmu_update([{slot(boot_l3, 3), 0}])
      Then it is refused with EINVAL
      And nothing has changed

    Scenario Outline: <case> slot <slot> of an L3 in use takes an L2, and gives it up
      Given a page "low" made out as an L2 table
      And a page "base" made out as an L3 table
      And entry <slot> of "base" is 0
      And "base" has been pinned as an L3 table
      When the guest calls mmu_update([{slot(base, <slot>), entry(low, PRESENT)}, {slot(base, <slot>), 0}, {slot(base, <slot>), entry(low, PRESENT)}])
      Then it is accepted
      And 3 elements are done
      And "low" cannot be mapped writable

      Examples:
        | case    | slot |
        | PT-15.n | 0    |
        | PT-15.o | 1    |
        | PT-15.p | 2    |

    Scenario Outline: <case> the L2 in slot 3 of a <use> L3 cannot be pinned by itself
      Given a page "base" made out as an L3 table
      And "base" has been <use> as an L3 table
      When "base.l2" is pinned as an L2 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | use    |
        | PT-15.q | pinned |
        | PT-15.r | loaded |

    Scenario: PT-15.s nor can that of the boot L3
      When the guest calls mmuext_op([{MMUEXT_PIN_L2_TABLE, mfn(boot_l2), 0}])
      Then it is refused with EINVAL
      And nothing has changed

    Scenario Outline: <case> an L3 with the L2 of another's slot 3 in its own is not <use>
      Given a page "base" made out as an L3 table
      And a page "other" made out as an L3 table
      And entry 3 of "other" is entry(<l2>, PRESENT)
      And "base" has been pinned as an L3 table
      When "other" is <use> as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples: another L3's, and that of the tables in use
        | case    | l2      | use    |
        | PT-15.t | base.l2 | pinned |
        | PT-15.u | base.l2 | loaded |
        | PT-15.v | boot_l2 | pinned |
        | PT-15.w | boot_l2 | loaded |

    Scenario Outline: <case> the L2 in slot 3 does not stand in slot <slot>, too: as the L3 is pinned
      Given a page "base" made out as an L3 table
      And entry <slot> of "base" is entry(base.l2, PRESENT)
      When "base" is pinned as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | slot |
        | PT-15.x  | 0    |
        | PT-15.y  | 1    |
        | PT-15.z  | 2    |

    Scenario Outline: <case> the L2 in slot 3 does not stand in slot <slot>, too: later
      Given a page "base" made out as an L3 table
      And entry <slot> of "base" is 0
      And "base" has been pinned as an L3 table
      When the guest calls mmu_update([{slot(base, <slot>), entry(base.l2, PRESENT)}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | slot |
        | PT-15.aa | 0    |
        | PT-15.ab | 2    |

    Scenario: PT-15.ac an L2 that is pinned by itself is none for slot 3
      Given a page "low" in use as an L2 table
      And a page "base" made out as an L3 table
      And entry 3 of "base" is entry(low, PRESENT)
      When "base" is pinned as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

    Scenario: PT-15.ad when the L3 is gone its L2 can be used otherwise
      Given a page "base" made out as an L3 table
      And "base" has been pinned as an L3 table
      When "base" is unpinned
      Then it is accepted
      And "base.l2" can be mapped writable

    @ordinary
    Scenario Outline: <case> slot <slot> of the L3 in use counts when the base is flushed
      Given a page "mine"
      And "mine" holds 0x600DF00D
      And a page "table" made out as an L1 table
      And entry 3 of "table" is entry(mine, PRESENT)
      And a page "low" made out as an L2 table
      And entry 0 of "low" is entry(table, PRESENT RW USER ACCESSED DIRTY)
      When the guest calls mmu_update([{slot(boot_l3, <slot>), entry(low, PRESENT)}])
      Then it is accepted
      When the guest calls mmuext_op([{MMUEXT_TLB_FLUSH_LOCAL, 0, 0}])
      Then it is accepted
      And the 32 bits at (<slot> << 30) + 0x3000 are 0x600DF00D
      When the guest calls mmu_update([{slot(boot_l3, <slot>), 0}])
      Then it is accepted
      When the guest calls mmuext_op([{MMUEXT_TLB_FLUSH_LOCAL, 0, 0}])
      Then it is accepted
      When the guest runs in ring 1 with ESI = (<slot> << 30) + 0x3000
        """
        load: mov eax, [esi]
        """
      Then it faults with #PF(0) at "load"

      Examples: set, and cleared again
        | case     | slot |
        | PT-15.ae | 0    |
        | PT-15.af | 1    |
        | PT-15.ag | 2    |

  @PT-16
  Rule: MMUEXT_NEW_BASEPTR and MOV to CR3 take a good L3 and nothing else

    Scenario: PT-16.a MMUEXT_NEW_BASEPTR switches to another address space
      The new one maps a page at an address that the old one does not map.

      Given a page "mine"
      And "mine" holds 0x600DF00D
      And a page "table" made out as an L1 table
      And entry 0 of "table" is entry(mine, PRESENT)
      And a page "base" made out as an L3 table
      And entry 427 of "base.l2" is entry(table, PRESENT RW USER ACCESSED DIRTY)
      When "base" is loaded as the new base
      Then it is accepted
      And the 32 bits at 0xF5600000 are 0x600DF00D
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is ma(base)

    Scenario: PT-16.b MOV to CR3 does
      Given a page "mine"
      And "mine" holds 0x600DF00D
      And a page "table" made out as an L1 table
      And entry 0 of "table" is entry(mine, PRESENT)
      And a page "base" made out as an L3 table
      And entry 427 of "base.l2" is entry(table, PRESENT RW USER ACCESSED DIRTY)
      When the guest runs in ring 1 with EDX = ma(base)
        """
        mov cr3, edx
        mov eax, cr3
        mov ecx, [0xF5600000]
        """
      Then the code runs to its end
      And EAX is ma(base)
      And ECX is 0x600DF00D

    Scenario Outline: <case> and back: by <way> the old address space is the new one again
      Given a page "mine"
      And a page "table" made out as an L1 table
      And entry 0 of "table" is entry(mine, PRESENT)
      And a page "base" made out as an L3 table
      And entry 427 of "base.l2" is entry(table, PRESENT RW USER ACCESSED DIRTY)
      And "base" has been loaded as an L3 table
      When the guest runs in ring 1 with EDX = ma(boot_l3)
        """
        mov ecx, [0xF5600000]
        <switch>
        load: mov ecx, [0xF5600000]
        """
      Then it faults with #PF(0) at "load"
      And "base" can be mapped writable

      Examples:
        | case    | way        | switch       |
        | PT-16.c | MOV to CR3 | mov cr3, edx |

    Scenario Outline: <case> MMUEXT_NEW_BASEPTR to <what> is refused and the old base stays
      Given a page "page"
      And a page "l1" in use as an L1 table
      And a page "l2" in use as an L2 table
      And a page "bad" made out as an L3 table
      And entry 3 of "bad" is 0
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, <frame>, 0}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then EAX is ma(boot_l3)

      Examples:
        | case    | what                  | frame                     |
        | PT-16.d | an ordinary page      | mfn(page)                 |
        | PT-16.e | an L1                 | mfn(l1)                   |
        | PT-16.f | an L2                 | mfn(l2)                   |
        | PT-16.g | the L2 of slot 3      | mfn(boot_l2)              |
        | PT-16.h | a bad L3              | mfn(bad)                  |
        | PT-16.i | the hypervisor's own  | hypervisor_frame          |
        | PT-16.j | one beyond memory     | first_frame_beyond_memory |
        | PT-16.k | the highest number    | highest_frame_number      |

    Scenario Outline: <case> MOV to CR3 of <what> faults and the old base stays
      Given a page "page"
      And a page "l1" in use as an L1 table
      And a page "l2" in use as an L2 table
      And a page "bad" made out as an L3 table
      And entry 3 of "bad" is 0
      When the guest runs in ring 1 with EDX = <value>
        """
        switch: mov cr3, edx
        """
      Then it faults with #GP(0) at "switch"
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then EAX is ma(boot_l3)

      Examples:
        | case    | what                  | value                  |
        | PT-16.l | an ordinary page      | ma(page)               |
        | PT-16.m | an L1                 | ma(l1)                 |
        | PT-16.n | an L2                 | ma(l2)                 |
        | PT-16.o | the L2 of slot 3      | ma(boot_l2)            |
        | PT-16.p | a bad L3              | ma(bad)                |
        | PT-16.q | the hypervisor's own  | hypervisor_frame << 12 |
        | PT-16.r | noise                 | 0xFFFFF000             |

  @PT-17
  Rule: CR3 reads back as the frame of the base in the guest's form

    Scenario: PT-17.a at the start
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is mfn(boot_l3) << 12 | mfn(boot_l3) >> 20

    Scenario Outline: <case> after <way>, in <register>
      Given a page "base" made out as an L3 table
      And "base" has been loaded as an L3 table
      When the guest runs in ring 1
        """
        mov <register>, cr3
        """
      Then the code runs to its end
      And <upper> is mfn(base) << 12 | mfn(base) >> 20

      Examples: any general register
        | case    | way                | register | upper |
        | PT-17.b | MMUEXT_NEW_BASEPTR | eax      | EAX   |
        | PT-17.c | MMUEXT_NEW_BASEPTR | edi      | EDI   |
        | PT-17.d | MMUEXT_NEW_BASEPTR | ebp      | EBP   |

    Scenario: PT-17.e what was read can be written
      When the guest runs in ring 1
        """
        mov eax, cr3
        mov cr3, eax
        mov ecx, cr3
        sub ecx, eax
        """
      Then the code runs to its end
      And ECX is 0

  @PT-18
  Rule: A table entry that names a table of its own level is accepted only read-only

    Scenario Outline: <case> entry <slot> of an L2 in use may name that L2 with <flags>
      Given a page "low" in use as an L2 table
      When the guest calls mmu_update([{slot(low, <slot>), entry(low, <flags>)}])
      Then it is accepted
      And "low" cannot be mapped writable

      Examples:
        | case    | slot | flags                 |
        | PT-18.a | 0    | PRESENT               |
        | PT-18.b | 5    | PRESENT               |
        | PT-18.c | 511  | PRESENT ACCESSED      |

    Scenario Outline: <case> entry <slot> of an L2 in use may not name it with <flags>
      Given a page "low" in use as an L2 table
      When the guest calls mmu_update([{slot(low, <slot>), entry(low, <flags>)}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | slot | flags                 |
        | PT-18.d | 0    | PRESENT RW            |
        | PT-18.e | 5    | PRESENT RW USER       |
        | PT-18.f | 511  | PRESENT RW ACCESSED DIRTY |

    Scenario: PT-18.g an L2 that names itself writable is not pinned
      Given a page "low" made out as an L2 table
      And entry 5 of "low" is entry(low, PRESENT RW)
      When "low" is pinned as an L2 table
      Then it is refused with EINVAL
      And nothing has changed

    Scenario: PT-18.h one that names itself read-only is
      Given a page "low" made out as an L2 table
      And entry 5 of "low" is entry(low, PRESENT)
      When "low" is pinned as an L2 table
      Then it is accepted

    Scenario: PT-18.i an L2 may name another one that is in use, read-only
      Given a page "low" in use as an L2 table
      And a page "other" in use as an L2 table
      When the guest calls mmu_update([{slot(low, 5), entry(other, PRESENT)}])
      Then it is accepted

    Scenario: PT-18.j but not writable
      Given a page "low" in use as an L2 table
      And a page "other" in use as an L2 table
      When the guest calls mmu_update([{slot(low, 5), entry(other, PRESENT RW)}])
      Then it is refused with EINVAL
      And nothing has changed

    @ordinary
    Scenario: PT-18.k through it the tables are seen where they map, and not written
      Entry 5 makes the tables of the lowest GiB appear from 0xA00000 on, the L2 itself at its own place among them.

      Given a page "low" made out as an L2 table
      And entry 5 of "low" is entry(low, PRESENT)
      When the guest calls mmu_update([{slot(boot_l3, 0), entry(low, PRESENT)}])
      Then it is accepted
      And entry 0 of "boot_l3" reads entry(low, PRESENT)
      And entry 5 of "low" reads entry(low, PRESENT)
      When the guest runs in ring 1 with ESI = 0xA05028
        """
        mov eax, [esi]
        and eax, 0xFFFFF000
        store: mov [esi], eax
        """
      Then it faults with #PF(3) at "store"
      And EAX is ma(low)

  @PT-26 @ordinary
  Rule: Page-table hypercalls that name another domain are refused to an ordinary domain

    Scenario Outline: <case> <what> for <whom> is refused
      Given a second domain
      And a page "window"
      And from here on the guest is the second domain
      And a page "page" mapped read-only
      And from here on the guest is the first domain
      When the guest calls <call>
      Then it is refused with <errno>
      And nothing has changed
      When from here on the guest is the second domain
      Then "page" can be mapped writable

      Examples: each hypercall that can name a domain
        | case    | what            | whom          | call                                                                                                | errno |
        | PT-26.a | an update       | another       | mmu_update([{pte(window), entry(second.page, PRESENT)}], 1, 0, second.domid)                        | ESRCH |
        | PT-26.b | a plain write   | another       | mmu_update([{mfn(second.page) << 12, 5}], 1, 0, second.domid)                                       | ESRCH |
        | PT-26.c | a new name      | another       | mmu_update([{mfn(second.page) << 12 \| MMU_MACHPHYS_UPDATE, 5}], 1, 0, second.domid)                 | ESRCH |
        | PT-26.d | an own update   | another       | mmu_update([{pte(window), entry(window, PRESENT)}], 1, 0, second.domid)                             | ESRCH |
        | PT-26.e | a pin           | another       | mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(second.page), 0}], 1, 0, second.domid)                         | ESRCH |
        | PT-26.f | an unpin        | another       | mmuext_op([{MMUEXT_UNPIN_TABLE, mfn(second.page), 0}], 1, 0, second.domid)                          | ESRCH |
        | PT-26.g | a base pointer  | another       | mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(second.page), 0}], 1, 0, second.domid)                          | ESRCH |
        | PT-26.h | a flush         | another       | mmuext_op([{MMUEXT_TLB_FLUSH_LOCAL, 0, 0}], 1, 0, second.domid)                                     | ESRCH |
        | PT-26.i | a mapping       | another       | update_va_mapping_otherdomain(window, mfn(second.page) << 12 \| 0x63, UVMF_INVLPG, second.domid)  | EPERM |
        | PT-26.j | an update       | oneself       | mmu_update([{pte(window), entry(window, PRESENT)}], 1, 0, domid)                                    | ESRCH |
        | PT-26.k | an update       | nobody        | mmu_update([{pte(window), entry(window, PRESENT)}], 1, 0, 77)                                       | ESRCH |
        | PT-26.l | an update       | domain 0      | mmu_update([{pte(window), entry(window, PRESENT)}], 1, 0, 0)                                        | ESRCH |
        | PT-26.m | a pin           | nobody        | mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(window), 0}], 1, 0, 77)                                        | ESRCH |
        | PT-26.n | a mapping       | oneself       | update_va_mapping_otherdomain(window, ma(window) \| 0x63, UVMF_INVLPG, DOMID_SELF)                | EPERM |
        | PT-26.o | a mapping       | the devices   | mmu_update([{pte(window), entry(second.page, PRESENT)}], 1, 0, 0x7FF1)                              | EINVAL |
        | PT-26.p | an update       | the hypervisor | mmu_update([{pte(window), hypervisor_frame << 12 \| PRESENT}], 1, 0, 0x7FF2)                        | ESRCH |

    Scenario Outline: <case> a page of another's is not <what>: nothing is done
      Given a second domain
      And a page "list"
      And from here on the guest is the second domain
      And a page "page"
      And "page" holds 0x600DF00D
      And from here on the guest is the first domain
      And "list" holds mfn(second.page)
      When the guest calls memory_op(<operation>, {list, 1, 0, 0, u16 <domain>})
      Then it returns 0
      When from here on the guest is the second domain
      Then the 32 bits at page are 0x600DF00D
      And "page" can be mapped writable

      Examples: in its name, or in one's own
        | case    | what       | operation                    | domain       |
        | PT-26.q | given back | XENMEM_DECREASE_RESERVATION  | second.domid |
        | PT-26.r | given back | XENMEM_DECREASE_RESERVATION  | DOMID_SELF   |
        | PT-26.s | asked for  | XENMEM_INCREASE_RESERVATION  | second.domid |

@PT
Feature: The top of the address space: L3 tables and the base pointer

  A PAE guest has one L3 of four slots for each address space. The hypervisor lives in the last gigabyte, so the L2 in slot 3
  holds its slots as well as the guest's, and belongs to one L3 alone.

  @PT-15
  Rule: Slot 3 of an L3 must be present, never changes while the table is live, and its L2 is in no other use

    Scenario Outline: <case> slot <slot> of the live L3 does not become <entry>
      Given a page "other" made out as an L2 table
      When the guest calls mmu_update([{slot(boot_l3, <slot>), <entry>}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed

      Examples: not even what it is already; nor is there anything behind slot 3
        | case    | slot | entry                        |
        | PT-15.cb | 3    | entry(boot_l2, PRESENT)      |
        | PT-15.cc | 3    | entry(boot_l2, PRESENT) + 0x200 |
        | PT-15.cd | 3    | entry(other, PRESENT)        |
        | PT-15.ce | 3    | entry(boot_l1, PRESENT)      |
        | PT-15.cf | 4    | 0                            |
        | PT-15.cg | 4    | entry(other, PRESENT)        |
        | PT-15.ch | 511  | entry(other, PRESENT)        |

    Scenario Outline: <case> an L3 whose first three slots are empty can be <use>
      Given a page "table" made out as an L3 table
      And entry 0 of "table" is 0
      And entry 1 of "table" is 0
      And entry 2 of "table" is 0
      When "table" is <use> as an L3 table
      Then it is accepted
      And "table" cannot be mapped writable
      And "table.l2" cannot be mapped writable

      Examples:
        | case    | use    |
        | PT-15.co | pinned |
        | PT-15.cp | loaded |

    Scenario: PT-15.cq an L2 for users may be in several slots and in several L3 tables
      Given a page "low" made out as an L2 table
      And a page "table" made out as an L3 table
      And entry 0 of "table" is entry(low, PRESENT)
      And entry 2 of "table" is entry(low, PRESENT)
      And a page "second" made out as an L3 table
      And entry 1 of "second" is entry(low, PRESENT)
      And "table" has been pinned as an L3 table
      When "second" is pinned as an L3 table
      Then it is accepted
      When "table" is unpinned
      Then it is accepted
      And "low" cannot be mapped writable
      When "second" is unpinned
      Then it is accepted
      And "low" can be mapped writable

    Scenario Outline: <case> an L3 whose slot 3 is <entry> is not <use>
      Given a page "table" made out as an L3 table
      And a page "low" in use as an L1 table
      And a page "writable"
      And a page "used" in use as an L3 table
      And entry 3 of "table" is <entry>
      When "table" is <use> as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

      Examples: empty, no L2, another L3's
        | case     | use    | entry                               |
        | PT-15.ct  | pinned | entry(table.l2, 0x200)              |
        | PT-15.cu  | pinned | entry(low, PRESENT)                 |
        | PT-15.cv  | pinned | entry(writable, PRESENT)            |
        | PT-15.cw  | pinned | entry(hypervisor_frame, PRESENT)    |
        | PT-15.cx  | pinned | entry(first_frame_beyond_memory, PRESENT) |
        | PT-15.dc | pinned | entry(used, PRESENT)                |

    Scenario Outline: <case> bit <bit> in slot 3 is refused
      Given a page "table" made out as an L3 table
      And entry 3 of "table" is entry(table.l2, PRESENT) + <bit>
      When "table" is pinned as an L3 table
      Then it is refused with EINVAL
      And nothing has changed

      @era-3.1 @era-4.2
      Examples: as in every slot of an L3
        | case     | bit     |
        | PT-15.dd | 0x2     |
        | PT-15.de | 0x4     |
        | PT-15.df | 0x20    |
        | PT-15.dg | 0x40    |
        | PT-15.dh | 0x80    |
        | PT-15.di | 0x100   |
        | PT-15.dj | 1 << 52 |
        | PT-15.dk | 1 << 62 |
        | PT-15.dl | 1 << 63 |

    Scenario Outline: <case> bit <bit> in slot 3 is the guest's own
      Given a page "table" made out as an L3 table
      And entry 3 of "table" is entry(table.l2, PRESENT) + <bit>
      When "table" is pinned as an L3 table
      Then it is accepted

      Examples:
        | case     | bit   |
        | PT-15.dm | 0x200 |
        | PT-15.dn | 0x400 |
        | PT-15.do | 0x800 |

      @era-3.1
      Examples: caching bits, which later Xens refuse
        | case     | bit  |
        | PT-15.dp | 0x8  |
        | PT-15.dq | 0x10 |

    Scenario Outline: <case> an L2 that was pinned by itself is not taken in slot 3 by an L3 that is <use>
      Given a page "table" made out as an L3 table
      And "table.l2" has been pinned as an L2 table
      When "table" is <use> as an L3 table
      Then it is refused with EINVAL
      And nothing has changed
      When "table.l2" is unpinned
      Then it is accepted
      When "table" is <use> as an L3 table
      Then it is accepted

      Examples:
        | case     | use    |
        | PT-15.dt | pinned |
        | PT-15.du | loaded |

    Scenario Outline: <case> slot <slot> of <table> does not take <what>
      Given a page "one" in use as an L3 table
      And a page "two" in use as an L3 table
      When the guest calls mmu_update([{slot(<table>, <slot>), entry(<l2>, PRESENT)}])
      Then it is refused with EINVAL
      And nothing has changed

      Examples: the L2 of its own slot 3, of another's, and of the live one
        | case     | table   | slot | l2      | what                          |
        | PT-15.dz | one     | 1    | one.l2  | the L2 of its own slot 3      |
        | PT-15.eb | one     | 0    | two.l2  | the L2 of another's slot 3    |
        | PT-15.ec | one     | 1    | boot_l2 | the L2 of the live L3's slot 3 |
        | PT-15.ed | boot_l3 | 2    | boot_l2 | the L2 of its own slot 3      |
        | PT-15.ee | boot_l3 | 2    | one.l2  | the L2 of another's slot 3    |

    Scenario: PT-15.ef when one L3 has gone, another can have its L2 in slot 3
      Given a page "one" in use as an L3 table
      And a page "two" made out as an L3 table
      And entry 3 of "two" is entry(one.l2, PRESENT)
      When "two" is pinned as an L3 table
      Then it is refused with EINVAL
      When "one" is unpinned
      Then it is accepted
      When "two" is pinned as an L3 table
      Then it is accepted
      When "one" is pinned as an L3 table
      Then it is refused with EINVAL

    Scenario: PT-15.eg the hypervisor's slots have to be taken out of an L2 before it is one like others
      Given a page "table" in use as an L3 table
      And a page "other" in use as an L3 table
      When "table" is unpinned
      Then it is accepted
      When the guest calls mmu_update([{slot(other, 0), entry(table.l2, PRESENT)}])
      Then it is refused with EINVAL
      And nothing has changed
      Given "table.l2" is writable at its own address again
      When the guest runs in ring 1 with EDI = table.l2 + 428 * 8, EAX = 0, ECX = 84 * 2
        """
        rep stosd
        """
      Then the code runs to its end
      Given "table.l2" is made read-only
      When the guest calls mmu_update([{slot(other, 0), entry(table.l2, PRESENT)}])
      Then it is accepted

  @PT-16
  Rule: MMUEXT_NEW_BASEPTR and MOV to CR3 take a good L3 and nothing else

    Scenario: PT-16.cb MMUEXT_NEW_BASEPTR switches to another address space and back
      Given a page "table" made out as an L3 table
      And a page "l1" made out as an L1 table
      And a page "page"
      And "page" holds 0x600DF00D
      And entry 7 of "l1" is entry(page, PRESENT)
      And entry 300 of "table.l2" is entry(l1, PRESENT RW USER ACCESSED DIRTY)
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(table), 0}])
      Then it is accepted
      And 1 element is done
      And the 32 bits at 0xE5807000 are 0x600DF00D
      And "table" cannot be mapped writable
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(boot_l3), 0}])
      Then it is accepted
      And "table" can be mapped writable
      When the guest runs in ring 1 with ESI = 0xE5807000
        """
        here: mov ecx, [esi]
        """
      Then it faults with #PF(0) at "here"

    Scenario: PT-16.cc the last base of a batch is the one in use
      Given a page "table" in use as an L3 table
      And a page "other" made out as an L3 table
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(other), 0}, {MMUEXT_NEW_BASEPTR, mfn(boot_l3), 0}, {MMUEXT_NEW_BASEPTR, mfn(table), 0}])
      Then it is accepted
      And 3 elements are done
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is (mfn(table) << 12) | (mfn(table) >> 20)
      And "other" can be mapped writable

    Scenario: PT-16.cd the base that is in use already is a good one
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(boot_l3), 0}, {MMUEXT_NEW_BASEPTR, mfn(boot_l3), 0}])
      Then it is accepted
      And 2 elements are done

    Scenario: PT-16.ce a hundred switches leave no use behind
      Given a page "table" in use as an L3 table
      When the guest runs in ring 1 with EAX = (mfn(table) << 12) | (mfn(table) >> 20), EDX = (mfn(boot_l3) << 12) | (mfn(boot_l3) >> 20), ECX = 100
        """
        again:
        mov cr3, eax
        mov cr3, edx
        dec ecx
        jnz again
        """
      Then the code runs to its end
      And "table" cannot be mapped writable
      When "table" is unpinned
      Then it is accepted
      And "table" can be mapped writable
      And "table.l2" can be mapped writable
      And "boot_l3" cannot be mapped writable

    Scenario Outline: <case> a new base of <what> is refused, the old one stays
      Given a page "writable"
      And a page "readonly" mapped read-only
      And a page "l1" in use as an L1 table
      And a page "l2" in use as an L2 table
      And a page "open" made out as an L3 table
      And "open" is writable at its own address again
      And a page "bad" made out as an L3 table
      And entry 0 of "bad" is entry(writable, PRESENT)
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, <frame>, 0}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is (mfn(boot_l3) << 12) | (mfn(boot_l3) >> 20)

      Examples: every other kind of frame
        | case    | what                       | frame                     |
        | PT-16.cg | an empty page              | mfn(readonly)             |
        | PT-16.cj | the live L1                | mfn(boot_l1)              |
        | PT-16.cl | an L3 mapped writable      | mfn(open)                 |
        | PT-16.cm | an L3 with a bad entry     | mfn(bad)                  |
        | PT-16.cq | the highest number         | 0xFFFFFFFF                |
        | PT-16.cr | frame 0                    | 0                         |

    Scenario Outline: <case> MOV to CR3 of <what> faults, the old base stays
      Given a page "writable"
      And a page "readonly" mapped read-only
      And a page "l1" in use as an L1 table
      And a page "l2" in use as an L2 table
      And a page "open" made out as an L3 table
      And "open" is writable at its own address again
      And a page "bad" made out as an L3 table
      And entry 0 of "bad" is entry(writable, PRESENT)
      When the guest runs in ring 1 with EBX = <value>
        """
        here: mov cr3, ebx
        """
      Then it faults with #GP(0) at "here"
      And no register has changed
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is (mfn(boot_l3) << 12) | (mfn(boot_l3) >> 20)
      And "writable" can be mapped writable
      And "readonly" can be mapped writable
      And "open" can be mapped writable
      And "bad" can be mapped writable
      And "bad.l2" can be mapped writable

      Examples: every other kind of frame; the frame's number in place of its address; bits that mean something to a processor
        | case     | what                        | value                                                    |
        | PT-16.ct  | an empty page               | mfn(readonly) << 12                                      |
        | PT-16.cw  | the live L1                 | mfn(boot_l1) << 12                                       |
        | PT-16.cy  | an L3 mapped writable       | mfn(open) << 12                                          |
        | PT-16.cz  | an L3 with a bad entry      | mfn(bad) << 12                                           |
        | PT-16.db | the first beyond memory     | first_frame_beyond_memory << 12                          |
        | PT-16.dc | the highest number          | 0xFFFFFFFF                                               |
        | PT-16.dd | 0                           | 0                                                        |
        | PT-16.de | the frame's number          | mfn(boot_l3)                                             |
        | PT-16.df | PWT beside a good frame     | (mfn(boot_l3) << 12) + 8                                 |
        | PT-16.dg | PCD beside a good frame     | (mfn(boot_l3) << 12) + 16                                |
        | PT-16.dh | the lowest bit beside it    | (mfn(boot_l3) << 12) + 1                                 |

    Scenario: PT-16.di user code cannot switch address spaces
      When the guest runs in ring 3 with EBX = mfn(boot_l3) << 12
        """
        here: mov cr3, ebx
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

    Scenario: PT-16.dj a refused base ends the batch: the one before stays
      Given a page "table" made out as an L3 table
      And a page "other" made out as an L3 table
      And a page "writable"
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(table), 0}, {MMUEXT_NEW_BASEPTR, mfn(writable), 0}, {MMUEXT_NEW_BASEPTR, mfn(other), 0}])
      Then it is refused with EINVAL
      And 1 element is done
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is (mfn(table) << 12) | (mfn(table) >> 20)
      And "other" can be mapped writable

  @PT-17
  Rule: CR3 reads back as the base's frame in the guest's form

    Scenario Outline: <case> MOV from CR3 to <register>
      When the guest runs in ring 1
        """
        mov <register>, cr3
        """
      Then the code runs to its end
      And <register> is (mfn(boot_l3) << 12) | (mfn(boot_l3) >> 20)
      And no register but <register> has changed

      Examples:
        | case    | register |
        | PT-17.cb | ECX      |
        | PT-17.cc | EDX      |
        | PT-17.cd | EBX      |
        | PT-17.cf | ESI      |

    Scenario Outline: <case> after <how> it is the new base's
      Given a page "table" made out as an L3 table
      And a page "elements"
      When the guest runs in ring 1 with EDX = (mfn(table) << 12) | (mfn(table) >> 20), EDI = mfn(table)
        """
        mov dword [elements], MMUEXT_NEW_BASEPTR
        mov [elements + 4], edi
        <code>
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is (mfn(table) << 12) | (mfn(table) >> 20)

      Examples:
        | case    | how                | code                                                                                                                    |
        | PT-17.ch | MOV to CR3         | mov cr3, edx                                                                                                            |
        | PT-17.ci | MMUEXT_NEW_BASEPTR | mov ebx, elements\n mov ecx, 1\n xor edx, edx\n mov esi, DOMID_SELF\n mov eax, __HYPERVISOR_MMUEXT_OP\n int 0x82 |

    Scenario: PT-17.ck at start the base is the table that start_info names
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is (mfn(boot_l3) << 12) | (mfn(boot_l3) >> 20)
      And start_info.pt_base is boot_l3

    Scenario: PT-17.cl user code cannot read it
      When the guest runs in ring 3
        """
        here: mov eax, cr3
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

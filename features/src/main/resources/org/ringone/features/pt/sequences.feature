@PT
Feature: Sequences of requests, and batches of them

  @PT-22
  Rule: After any sequence a frame is in use or can be mapped writable, never both

    Every frame of the domain is tried, before and after. That this holds for random sequences, too, is a property that is
    judged beside these.

    Background:
      Given the guest has tried which of its frames can be mapped writable

    Scenario: PT-22.a tables made, used, refused and given up: nothing is left
      Given a page "l1" made out as an L1 table
      And a page "l2" made out as an L2 table
      And a page "l3" made out as an L3 table
      And a page "data"
      When the guest calls mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(l1), 0}, {MMUEXT_PIN_L2_TABLE, mfn(l2), 0}, {MMUEXT_PIN_L3_TABLE, mfn(l3), 0}])
      Then it is accepted
      When the guest calls mmu_update([{slot(l2, 3), entry(l1, PRESENT RW USER)}, {slot(l3, 0), entry(l2, PRESENT)}, {slot(l1, 9), entry(l1, PRESENT RW)}])
      Then it is refused with EINVAL, from 4.2: EBUSY
      And 2 elements are done
      When the guest calls mmu_update([{slot(l1, 9), entry(data, PRESENT RW)}, {slot(l1, 10), entry(l3, PRESENT)}, {slot(l2, 4), entry(l3, PRESENT)}])
      Then it is refused with EINVAL
      And 2 elements are done
      When the guest calls mmuext_op([{MMUEXT_UNPIN_TABLE, mfn(l1), 0}, {MMUEXT_UNPIN_TABLE, mfn(l2), 0}, {MMUEXT_UNPIN_TABLE, mfn(l2), 0}])
      Then it is refused with EINVAL
      And 2 elements are done
      And of its frames these alone cannot be mapped writable any more: l1, l2, l3, l3.l2
      When "l3" is unpinned
      Then it is accepted
      And its frames can be mapped writable as before

    Scenario: PT-22.b a pin that fails at the last entry of the last table gives all of it back
      Given a page "one" made out as an L1 table
      And a page "two" made out as an L1 table
      And a page "three" made out as an L1 table
      And a page "above" made out as an L2 table
      And a page "data"
      And entry 0 of "one" is entry(data, PRESENT RW)
      And entry 511 of "two" is entry(data, PRESENT)
      And entry 511 of "three" is entry(one, PRESENT RW)
      And entry 0 of "above" is entry(one, PRESENT RW USER)
      And entry 1 of "above" is entry(two, PRESENT RW USER)
      And entry 511 of "above" is entry(three, PRESENT RW USER)
      When "above" is pinned as an L2 table
      Then it is refused with EINVAL, from 4.17: EBUSY
      And its frames can be mapped writable as before
      Given entry 511 of "three" is entry(one, PRESENT)
      When "above" is pinned as an L2 table
      Then it is accepted
      And of its frames these alone cannot be mapped writable any more: one, two, three, above
      When "above" is unpinned
      Then it is accepted
      And its frames can be mapped writable as before

    Scenario: PT-22.c a table that is held in three ways is free when the last one has gone
      Given a page "table" made out as an L1 table
      And a page "above" in use as an L2 table
      When the guest calls mmu_update([{slot(above, 0), entry(table, PRESENT RW USER)}, {slot(above, 1), entry(table, PRESENT RW USER)}])
      Then it is accepted
      When "table" is pinned as an L1 table
      Then it is accepted
      When the guest calls mmu_update([{slot(above, 0), 0}])
      Then it is accepted
      When "table" is unpinned
      Then it is accepted
      And of its frames these alone cannot be mapped writable any more: table, above
      When the guest calls mmu_update([{slot(above, 1), entry(table, PRESENT RW USER NX)}, {slot(above, 1), 0}])
      Then it is accepted
      And of its frames these alone cannot be mapped writable any more: above

    Scenario: PT-22.d bases that come and go
      Given a page "one" in use as an L3 table
      And a page "two" made out as an L3 table
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(one), 0}, {MMUEXT_PIN_L3_TABLE, mfn(two), 0}, {MMUEXT_NEW_BASEPTR, mfn(two), 0}, {MMUEXT_UNPIN_TABLE, mfn(two), 0}])
      Then it is accepted
      And of its frames these alone cannot be mapped writable any more: one, one.l2, two, two.l2
      When the guest calls mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(one), 0}, {MMUEXT_NEW_BASEPTR, mfn(one.l2), 0}])
      Then it is refused with EINVAL
      And of its frames these alone cannot be mapped writable any more: one, one.l2
      When the guest calls mmuext_op([{MMUEXT_UNPIN_TABLE, mfn(one), 0}, {MMUEXT_NEW_BASEPTR, mfn(boot_l3), 0}])
      Then it is accepted
      And its frames can be mapped writable as before

    Scenario: PT-22.e linear tables hold each other, and let go
      Given a page "one" in use as an L2 table
      And a page "two" in use as an L2 table
      When the guest calls mmu_update([{slot(one, 1), entry(one, PRESENT)}, {slot(one, 2), entry(two, PRESENT)}, {slot(two, 3), entry(two, PRESENT)}])
      Then it is accepted
      When the guest calls mmu_update([{slot(two, 4), entry(one, PRESENT RW)}])
      Then it is refused with EINVAL
      When "two" is unpinned
      Then it is accepted
      And of its frames these alone cannot be mapped writable any more: one, two
      When "one" is unpinned
      Then it is accepted
      And its frames can be mapped writable as before

    Scenario: PT-22.f one frame is table after table of every level
      Given a page "page" made out as an L3 table
      When "page" is pinned as an L3 table
      Then it is accepted
      When "page" is pinned as an L2 table
      Then it is refused with EINVAL
      When "page" is unpinned
      Then it is accepted
      Given entry 3 of "page" is 0
      And entry 0 of "page" is 0
      And entry 1 of "page" is 0
      And entry 2 of "page" is 0
      When "page" is pinned as an L2 table
      Then it is accepted
      When "page" is pinned as an L1 table
      Then it is refused with EINVAL
      When "page" is unpinned
      Then it is accepted
      When "page" is pinned as an L1 table
      Then it is accepted
      And of its frames these alone cannot be mapped writable any more: page
      When "page" is unpinned
      Then it is accepted
      And its frames can be mapped writable as before

    Scenario: PT-22.g pages of descriptors are in use as tables are
      Given a page "gdt" mapped read-only
      And a page "other" mapped read-only
      When the guest calls set_gdt([mfn(gdt), mfn(other)], 1024)
      Then it is accepted
      And "gdt" cannot be mapped writable
      And "other" cannot be mapped writable
      When "gdt" is pinned as an L1 table
      Then it is refused with EINVAL
      When the guest calls set_gdt([mfn(other)], 512)
      Then it is accepted
      And "gdt" can be mapped writable
      And "other" cannot be mapped writable

    Scenario: PT-22.h stores, with the assist, take and give up uses as hypercalls do
      Given a page "table" made out as an L1 table
      And a page "data"
      And a page "lone" mapped read-only
      And the assist writable_pagetables is on
      And "table" has been pinned as an L1 table
      When the guest runs in ring 1 with EBX = entry(lone, PRESENT RW), EDX = entry(data, PRESENT RW)
        """
        mov [table], ebx
        mov [table + 8], ebx
        mov [table + 8], edx
        """
      Then the code runs to its end
      When "lone" is pinned as an L1 table
      Then it is refused with EINVAL
      When the guest runs in ring 1
        """
        mov dword [table], 0
        """
      Then the code runs to its end
      When "lone" is pinned as an L1 table
      Then it is accepted
      And of its frames these alone cannot be mapped writable any more: table, lone

  @PT-25
  Rule: A batch gives what the single updates give in the same order

    Scenario Outline: <case> <count> updates at once and one by one
      Given a page "page"
      And a page "at_once" in use as an L1 table
      And a page "single" in use as an L1 table
      And a list "first" of <count> updates, the n-th of which makes entry n & 511 of "at_once" <entry>
      And a list "then" of <count> updates, the n-th of which makes entry n & 511 of "single" <entry>
      When the updates of "first" are made by one mmu_update
      Then it is accepted
      And <count> elements are done
      When the updates of "then" are made one by one
      Then it is accepted
      And <count> elements are done
      And the bytes of "at_once" are those of "single"

      Examples: one, a few, a page of them, more than are done without a look at what else there is to do
        | case    | count | entry                                     |
        | PT-25.a | 1     | entry(page, PRESENT RW)                   |
        | PT-25.b | 2     | entry(page, PRESENT)                      |
        | PT-25.c | 255   | entry(page, PRESENT) + ((n & 7) << 9)     |
        | PT-25.d | 256   | entry(page, PRESENT RW) + ((n & 7) << 9)  |
        | PT-25.e | 257   | entry(page, PRESENT) + ((n & 1) << 1)     |
        | PT-25.f | 512   | entry(page, PRESENT) + ((n & 7) << 9)     |
        | PT-25.g | 1024  | (entry(page, PRESENT) + ((n & 7) << 9)) * (n >> 9) |

    Scenario Outline: <case> <count> updates of which number <bad> is refused
      Given a page "page"
      And a page "at_once" in use as an L1 table
      And a page "single" in use as an L1 table
      And a list "first" of <count> updates, the n-th of which makes entry n & 511 of "at_once" entry(page, PRESENT) + ((n & 7) << 9)
      And update <bad> of the list "first" has GLOBAL, too
      And a list "then" of <count> updates, the n-th of which makes entry n & 511 of "single" entry(page, PRESENT) + ((n & 7) << 9)
      And update <bad> of the list "then" has GLOBAL, too
      When the updates of "first" are made by one mmu_update
      Then it is refused with EINVAL
      And <bad> elements are done
      When the updates of "then" are made one by one
      Then it is refused with EINVAL
      And <bad> elements are done
      And the bytes of "at_once" are those of "single"

      @host-32
      Examples: counted from 0; the last one, the first, one behind a page of them
        | case    | count | bad  |
        | PT-25.h | 3     | 0    |
        | PT-25.i | 300   | 256  |
        | PT-25.j | 512   | 511  |
        | PT-25.k | 1024  | 1000 |

    Scenario: PT-25.m commands of all kinds in one batch
      Given a page "page"
      And a page "plain"
      And a page "l2" in use as an L2 table
      And a page "l1" made out as an L1 table
      When the guest calls mmu_update([{ma(plain, 8), 0x1122334455667788}, {ma(page) + MMU_MACHPHYS_UPDATE, 0x777}, {slot(l2, 0), entry(l1, PRESENT RW USER)}, {slot(l1, 0), entry(page, PRESENT RW)}, {ma(plain, 16), 5}, {slot(l2, 0), 0}])
      Then it is accepted
      And 6 elements are done
      And the 64 bits at plain + 8 are 0x1122334455667788
      And the 64 bits at plain + 16 are 5
      And the 32 bits at MACH2PHYS_START + mfn(page) * 4 are 0x777
      And entry 0 of "l2" reads 0
      And entry 0 of "l1" reads entry(page, PRESENT RW)
      And "l1" can be mapped writable

    Scenario: PT-25.n operations of all kinds in one batch
      Given a page "l1" made out as an L1 table
      And a page "l2" made out as an L2 table
      And a page "l3" made out as an L3 table
      When the guest calls mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(l1), 0}, {MMUEXT_TLB_FLUSH_LOCAL, 0, 0}, {MMUEXT_PIN_L2_TABLE, mfn(l2), 0}, {MMUEXT_UNPIN_TABLE, mfn(l1), 0}, {MMUEXT_NEW_BASEPTR, mfn(l3), 0}, {MMUEXT_INVLPG_LOCAL, l1, 0}, {MMUEXT_UNPIN_TABLE, mfn(l1), 0}, {MMUEXT_UNPIN_TABLE, mfn(l2), 0}])
      Then it is refused with EINVAL
      And 6 elements are done
      And "l1" can be mapped writable
      And "l2" cannot be mapped writable
      And "l3" cannot be mapped writable

    Scenario: PT-25.o the same in single calls
      Given a page "l1" made out as an L1 table
      And a page "l2" made out as an L2 table
      And a page "l3" made out as an L3 table
      And the guest has called mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(l1), 0}])
      And the guest has called mmuext_op([{MMUEXT_TLB_FLUSH_LOCAL, 0, 0}])
      And the guest has called mmuext_op([{MMUEXT_PIN_L2_TABLE, mfn(l2), 0}])
      And the guest has called mmuext_op([{MMUEXT_UNPIN_TABLE, mfn(l1), 0}])
      And the guest has called mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(l3), 0}])
      And the guest has called mmuext_op([{MMUEXT_INVLPG_LOCAL, l1, 0}])
      When the guest calls mmuext_op([{MMUEXT_UNPIN_TABLE, mfn(l1), 0}])
      Then it is refused with EINVAL
      And "l1" can be mapped writable
      And "l2" cannot be mapped writable
      And "l3" cannot be mapped writable

    Scenario: PT-25.p update_va_mapping in a multicall
      Given a page "page"
      And a page "one"
      And a page "two"
      And "page" holds 0x600DF00D
      When the guest makes a multicall of
        | update_va_mapping(one, entry(page, PRESENT), UVMF_INVLPG)          |
        | update_va_mapping(two, entry(boot_l1, PRESENT RW), UVMF_INVLPG)    |
        | update_va_mapping(two, entry(page, PRESENT RW), UVMF_INVLPG)       |
      Then it is accepted
      And result 1 is 0
      And result 3 is 0
      And the 32 bits at one are 0x600DF00D
      And the 32 bits at two are 0x600DF00D

@PT
Feature: Changing page tables

  @PT-07
  Rule: Remapping a table page read-only is accepted together with the other changes in the same update

    Scenario Outline: <case> by <route> a mapping of a table page is given <flags>
      Given a page "table" in use as an L1 table
      And the assist writable_pagetables is on
      When the guest asks for "table" at "table" with PRESENT <flags> by <route>
      Then it is accepted
      And the entry that maps "table" is entry(table, PRESENT <flags>)
      And "table" cannot be mapped writable

      Examples:
        | case    | flags            | route                           |
        | PT-07.a | NX               | mmu_update                      |
        | PT-07.b | NX               | update_va_mapping               |
        | PT-07.c | NX               | a store to its page-table entry |
        | PT-07.d | 0x200            | mmu_update                      |
        | PT-07.e | 0xE00            | update_va_mapping               |
        | PT-07.f | ACCESSED DIRTY   | mmu_update                      |
        | PT-07.g | USER             | update_va_mapping               |
        | PT-07.h | PWT PCD          | mmu_update                      |
        | PT-07.i | NX USER 0xE00    | mmu_update                      |
        | PT-07.j | 0                | update_va_mapping               |

    Scenario Outline: <case> by <route> the same with RW is refused as a whole: <flags>
      Given a page "table" in use as an L1 table
      And the assist writable_pagetables is on
      When the guest asks for "table" at "table" with PRESENT RW <flags> by <route>
      Then it is refused with <refusal>
      And nothing has changed

      Examples:
        | case    | flags         | route                           | refusal                 |
        | PT-07.k | NX            | mmu_update                      | EINVAL, from 4.2: EBUSY |
        | PT-07.l | NX            | update_va_mapping               | EINVAL, from 4.2: EBUSY |
        | PT-07.m | NX            | a store to its page-table entry | #PF(3)                  |
        | PT-07.n | 0x200         | mmu_update                      | EINVAL, from 4.2: EBUSY |
        | PT-07.o | NX USER 0xE00 | update_va_mapping               | EINVAL, from 4.2: EBUSY |

    Scenario: PT-07.p a page that is mapped writable and in no use can be made read-only and NX in one update
      Given a page "page"
      When the guest asks for "page" at "page" with PRESENT NX by update_va_mapping
      Then it is accepted
      And the entry that maps "page" is entry(page, PRESENT NX)
      When the guest stores 1 in 32 bits at page
      Then it is refused with #PF(3)

  @PT-08
  Rule: mmu_update performs in order, stops at the first refusal, and says how many were done

    Scenario Outline: <case> of three elements number <number> is refused
      Given a page "table" in use as an L1 table
      And a page "good"
      And a page "other" in use as an L1 table
      When the guest calls mmu_update([{slot(table, 1), <first>}, {slot(table, 2), <second>}, {slot(table, 3), <third>}])
      Then it is refused with EINVAL, from 4.2: EBUSY
      And <done> elements are done
      And entry 1 of "table" reads <one>
      And entry 2 of "table" reads <two>
      And entry 3 of "table" reads 0

      Examples:
        | case    | number | first                    | second                   | third                    | done | one                     | two                     |
        | PT-08.a | 1      | entry(other, PRESENT RW) | entry(good, PRESENT RW)  | entry(good, PRESENT RW)  | 0    | 0                       | 0                       |
        | PT-08.b | 2      | entry(good, PRESENT RW)  | entry(other, PRESENT RW) | entry(good, PRESENT RW)  | 1    | entry(good, PRESENT RW) | 0                       |
        | PT-08.c | 3      | entry(good, PRESENT RW)  | entry(good, PRESENT RW)  | entry(other, PRESENT RW) | 2    | entry(good, PRESENT RW) | entry(good, PRESENT RW) |

    Scenario: PT-08.d three good elements
      Given a page "table" in use as an L1 table
      And a page "good"
      When the guest calls mmu_update([{slot(table, 0), entry(good, PRESENT)}, {slot(table, 511), entry(good, PRESENT RW)}, {slot(table, 0), 0}])
      Then it is accepted
      And 3 elements are done
      And entry 0 of "table" reads 0
      And entry 511 of "table" reads entry(good, PRESENT RW)

    Scenario: PT-08.e an element sees what the elements before it did
      Given a page "table" made out as an L1 table
      And a page "l2" in use as an L2 table
      When the guest calls mmu_update([{slot(l2, 0), entry(table, PRESENT RW USER)}, {slot(l2, 0), 0}, {pte(table), entry(table, PRESENT RW)}])
      Then it is accepted
      And 3 elements are done

    Scenario: PT-08.f no elements at all
      When the guest calls mmu_update([])
      Then it is accepted
      And 0 elements are done

    Scenario Outline: <case> command <command> is unknown
      Given a page "table" in use as an L1 table
      And a page "good"
      When the guest calls mmu_update([{slot(table, 0), entry(good, PRESENT)}, {slot(table, 1) + <command>, entry(good, PRESENT)}])
      Then it is refused with ENOSYS
      And 1 element is done
      And entry 0 of "table" reads entry(good, PRESENT)
      And entry 1 of "table" reads 0

      @era-3.1 @era-4.2
      Examples: later Xens know all commands that fit
        | case    | command |
        | PT-08.g | 3       |
        | PT-08.h | 7       |

    Scenario Outline: <case> a list at <where> is refused
      Given an address "hole" that maps nothing
      When the guest calls mmu_update(<where>, 1, 0, DOMID_SELF)
      Then it is refused with EFAULT

      Examples:
        | case    | where      |
        | PT-08.i | hole       |
        | PT-08.j | 0xF6800000 |
        | PT-08.k | 0xFFFFFFF8 |

    Scenario: PT-08.l a list that runs into an unmapped page is performed as far as it can be read
      Given two pages "list" that lie side by side
      And a page "table" in use as an L1 table
      And a page "good"
      And "list.second" is mapped nowhere
      And the last 16 bytes of "list" are the element {slot(table, 4), entry(good, PRESENT)}
      When the guest calls mmu_update(list + 4080, 2, 0, DOMID_SELF)
      Then it is refused with EFAULT
      And entry 4 of "table" reads entry(good, PRESENT)

    Scenario: PT-08.m done_out may be NULL
      Given a page "table" in use as an L1 table
      And a page "good"
      When the guest calls mmu_update([{slot(table, 0), entry(good, PRESENT)}], 1, 0)
      Then it is accepted
      And entry 0 of "table" reads entry(good, PRESENT)

    Scenario Outline: <case> a domain number that nobody has is refused: <domain>
      Given a page "table" in use as an L1 table
      When the guest calls mmu_update([{slot(table, 0), 0}], 1, 0, <domain>)
      Then it is refused with <refusal>

      @ordinary
      Examples:
        | case    | domain | refusal |
        | PT-08.n | 0x1234 | ESRCH   |
        | PT-08.o | 0x7FF5 | ESRCH   |

  @PT-09
  Rule: MMU_MACHPHYS_UPDATE is for own frames; mmu_update of an ordinary own page is a plain write

    Scenario: PT-09.a the machine-to-physical entry of an own frame is set
      Given a page "page"
      When the guest calls mmu_update([{ma(page) + MMU_MACHPHYS_UPDATE, 0x12345}])
      Then it is accepted
      And the 32 bits at MACH2PHYS_START + mfn(page) * 4 are 0x12345

    Scenario Outline: <case> that of <what> is not
      When the guest calls mmu_update([{(<frame> << 12) + MMU_MACHPHYS_UPDATE, 0x12345}])
      Then it is refused with EINVAL
      And 0 elements are done

      Examples:
        | case    | what                   | frame                     |
        | PT-09.b | the hypervisor's frame | hypervisor_frame          |
        | PT-09.c | a frame beyond memory  | first_frame_beyond_memory |

    Scenario: PT-09.d a table page's machine-to-physical entry can be set, too: the page does not change
      Given a page "table" in use as an L1 table
      When the guest calls mmu_update([{ma(table) + MMU_MACHPHYS_UPDATE, 0x12345}])
      Then it is accepted
      And the 32 bits at MACH2PHYS_START + mfn(table) * 4 are 0x12345

    Scenario Outline: <case> an 8-byte write to <what>
      Given a page "page"
      When the guest calls mmu_update([{ma(page, <offset>), 0x1122334455667788}])
      Then it is accepted
      And the 64 bits at page + <offset> are 0x1122334455667788

      Examples:
        | case    | what                   | offset |
        | PT-09.e | the first bytes        | 0      |
        | PT-09.f | the last bytes         | 4088   |

    Scenario: PT-09.g a page that is mapped read-only and in no use is written all the same
      Given a page "page" mapped read-only
      When the guest calls mmu_update([{slot(page, 3), 0xFFFFFFFFFFFFFFFF}])
      Then it is accepted
      And the 64 bits at page + 24 are 0xFFFFFFFFFFFFFFFF

  @PT-10
  Rule: With the assist a store to an active L1 table through its read-only mapping works

    Scenario Outline: <case> <what> makes an entry
      Given a page "table" in use as an L1 table
      And a page "page"
      And the assist writable_pagetables is on
      When the guest runs in ring 1 with ESI = table + 16, EAX = 0, EDX = 0, EBX = entry(page, PRESENT RW), ECX = entry(page, 0) >> 32, EDI = entry(page, PRESENT RW)
        """
        <code>
        """
      Then the code runs to its end
      And entry 2 of "table" reads entry(page, PRESENT RW)

      Examples: every way to store 4 bytes at once, and 8
        | case    | what           | code                       |
        | PT-10.a | MOV            | mov [esi], edi             |
        | PT-10.b | XCHG           | xchg [esi], edi            |
        | PT-10.c | CMPXCHG        | cmpxchg [esi], edi         |
        | PT-10.d | LOCK CMPXCHG   | lock cmpxchg [esi], edi    |
        | PT-10.e | CMPXCHG8B      | cmpxchg8b [esi]            |
        | PT-10.f | LOCK CMPXCHG8B | lock cmpxchg8b [esi]       |
        | PT-10.g | LOCK OR        | lock or [esi], edi         |
        | PT-10.h | LOCK XADD      | lock xadd [esi], edi       |
        | PT-10.i | ADD            | add [esi], edi             |

    Scenario Outline: <case> <what> changes flags of a present entry
      Given a page "table" made out as an L1 table
      And a page "page"
      And entry 2 of "table" is entry(page, <before>)
      And "table" has been pinned as an L1 table
      And the assist writable_pagetables is on
      When the guest runs in ring 1 with ESI = table + 16
        """
        <code>
        """
      Then the code runs to its end
      And entry 2 of "table" reads entry(page, <after>)

      Examples: single bits, bytes, words
        | case    | what              | before         | code                          | after            |
        | PT-10.j | LOCK BTR          | PRESENT RW     | lock btr dword [esi], 1       | PRESENT          |
        | PT-10.k | LOCK BTS          | PRESENT        | lock bts dword [esi], 1       | PRESENT RW       |
        | PT-10.l | an 8-bit MOV      | PRESENT RW     | mov byte [esi], 1             | PRESENT          |
        | PT-10.m | an 8-bit AND      | PRESENT RW     | and byte [esi], 0xFD          | PRESENT          |
        | PT-10.n | a MOV of byte 1   | PRESENT        | or byte [esi+1], 0x0E         | PRESENT 0xE00    |
        | PT-10.o | LOCK AND          | PRESENT RW     | lock and dword [esi], ~2      | PRESENT          |
        | PT-10.p | the upper half    | PRESENT        | or dword [esi+4], 0x80000000  | PRESENT NX       |

    Scenario: PT-10.q a store of 0 takes the entry away
      Given a page "table" made out as an L1 table
      And a page "page" mapped read-only
      And entry 2 of "table" is entry(page, PRESENT RW)
      And "table" has been pinned as an L1 table
      And the assist writable_pagetables is on
      When the guest stores 0 in 32 bits at table + 16
      Then it is accepted
      And "page" can be mapped writable
      When "page" is pinned as an L1 table
      Then it is accepted

    Scenario: PT-10.r an entry written in two halves, upper first
      Given a page "table" in use as an L1 table
      And a page "page"
      And the assist writable_pagetables is on
      When the guest runs in ring 1 with ESI = table + 4088, EAX = entry(page, PRESENT RW), EDX = entry(page, NX) >> 32
        """
        mov [esi+4], edx
        mov [esi], eax
        """
      Then the code runs to its end
      And entry 511 of "table" reads entry(page, PRESENT RW NX)

    Scenario Outline: <case> <what> faults and takes no effect
      Given a page "table" in use as an L1 table
      And a page "page"
      And the assist writable_pagetables is on
      When the guest runs in ring 1 with ESI = table + 16, EAX = 0, EDX = 0, EBX = <entry>, ECX = (<entry>) >> 32, EDI = <entry>
        """
        here: <code>
        """
      Then it faults with #PF(3) at "here"
      And CR2 is table + <offset>
      And no register has changed
      And entry 2 of "table" reads 0

      Examples: invalid entries by each instruction; misaligned stores
        | case     | what                    | entry                               | code                   | offset |
        | PT-10.s  | MOV of a table writable | entry(table, PRESENT RW)            | mov [esi], edi         | 16     |
        | PT-10.t  | XCHG of it              | entry(table, PRESENT RW)            | xchg [esi], edi        | 16     |
        | PT-10.u  | CMPXCHG8B of it         | entry(table, PRESENT RW)            | lock cmpxchg8b [esi]   | 16     |
        | PT-10.v  | LOCK OR of it           | entry(table, PRESENT RW)            | lock or [esi], edi     | 16     |
        | PT-10.w  | the hypervisor's frame  | entry(hypervisor_frame, PRESENT)    | mov [esi], edi         | 16     |
        | PT-10.y  | a misaligned MOV        | entry(page, PRESENT)                | mov [esi+1], edi       | 17     |
        | PT-10.z  | one by two bytes        | entry(page, PRESENT)                | mov [esi+2], edi       | 18     |

      @host-32
      Examples: a bit that a 64-bit host leaves to the guest
        | case     | what                    | entry                               | code                   | offset |
        | PT-10.x  | GLOBAL                  | entry(page, PRESENT GLOBAL)         | mov [esi], edi         | 16     |

    Scenario: PT-10.aa a store to the upper half that would make a present entry invalid is one of two things
      Given a page "table" made out as an L1 table
      And a page "page"
      And entry 2 of "table" is entry(page, PRESENT)
      And "table" has been pinned as an L1 table
      And the assist writable_pagetables is on
      When the guest runs in ring 1 with ESI = table + 16
        """
        here: mov dword [esi+4], 0x00002000
        """
      Then one of these documented alternatives holds
        | it faults and nothing is stored            | #PF(3) at "here" | entry(page, PRESENT)                    |
        | it takes effect with the entry not present | completes        | entry(page, 0) + (0x00002000 << 32)     |

    Scenario: PT-10.ab the new translation is used after a flush
      Given a page "old"
      And a page "new"
      And "new" holds 0x600DF00D
      And the assist writable_pagetables is on
      When the guest runs in ring 1 with ESI = boot_l1 + (pte(old) & 0xFFF), EAX = entry(new, PRESENT)
        """
        mov ecx, [old]
        mov [esi], eax
        mov eax, cr3
        mov cr3, eax
        mov ecx, [old]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

  @PT-11
  Rule: Without the assist, and to L2 and L3 tables always, a store to a table faults

    Scenario Outline: <case> with the assist <assist> <code> to an <level> table faults
      Given a page "table" in use as an <level> table
      And the guest has called vm_assist(<command>, VMASST_WRITABLE_PAGETABLES)
      When the guest runs in ring 1 with ESI = table, EAX = 0, EDI = 0
        """
        here: <code>
        """
      Then it faults with #PF(3) at "here"
      And CR2 is table
      And no register has changed

      Examples: even a store of what is there already
        | case    | assist | command | level | code                 |
        | PT-11.a | off    | 1       | L1    | mov [esi], eax       |
        | PT-11.b | off    | 1       | L1    | xchg [esi], eax      |
        | PT-11.c | off    | 1       | L1    | lock or [esi], eax   |
        | PT-11.d | on     | 0       | L2    | mov [esi], eax       |
        | PT-11.e | on     | 0       | L2    | lock or [esi], eax   |
        | PT-11.f | on     | 0       | L3    | mov [esi], eax       |
        | PT-11.g | off    | 1       | L2    | mov [esi], eax       |
        | PT-11.h | off    | 1       | L3    | mov [esi], eax       |

    Scenario: PT-11.i the assist is off at start
      Given a page "table" in use as an L1 table
      When the guest stores 0 in 32 bits at table
      Then it is refused with #PF(3)

    Scenario Outline: <case> with the assist on a store from ring 3 faults
      Given a page "table" that ring 3 may use
      And "table" is made read-only for ring 3 and pinned as an L1 table
      And the assist writable_pagetables is on
      When the guest runs in ring 3 with ESI = table, EAX = 0
        """
        here: mov [esi], eax
        """
      Then it faults with #PF(7) at "here"

      Examples:
        | case    |
        | PT-11.j |

  @PT-12
  Rule: update_va_mapping changes the L1 entry of an address, with the flush asked for

    Scenario Outline: <case> after <flush> the new translation is used
      Given a page "old"
      And a page "new"
      And "new" holds 0x600DF00D
      And the code has run in ring 1
        """
        mov eax, [old]
        """
      When the guest calls update_va_mapping(old, entry(new, PRESENT RW), <flush>)
      Then it is accepted
      And the entry that maps "old" is entry(new, PRESENT RW)
      And the 32 bits at old are 0x600DF00D

      Examples:
        | case    | flush                     |
        | PT-12.a | UVMF_TLB_FLUSH            |
        | PT-12.b | UVMF_INVLPG               |
        | PT-12.c | UVMF_TLB_FLUSH UVMF_ALL   |
        | PT-12.d | UVMF_INVLPG UVMF_ALL      |

    Scenario Outline: <case> a flush of the vcpus in a bitmap: <type>
      Given a page "old"
      And a page "new"
      And a page "bitmap"
      And "bitmap" holds 1
      And "new" holds 0x600DF00D
      And the code has run in ring 1
        """
        mov eax, [old]
        """
      When the guest calls update_va_mapping(old, entry(new, PRESENT RW), bitmap + <type>)
      Then it is accepted
      And the 32 bits at old are 0x600DF00D

      Examples:
        | case    | type           |
        | PT-12.e | UVMF_TLB_FLUSH |
        | PT-12.f | UVMF_INVLPG    |

    Scenario Outline: <case> with a bitmap at <where> the mapping changes and EFAULT tells of the flush
      Given a page "old"
      And a page "new"
      And an address "hole" that maps nothing
      When the guest calls update_va_mapping(old, entry(new, PRESENT RW), <where> + UVMF_TLB_FLUSH)
      Then it is refused with EFAULT
      And the entry that maps "old" is entry(new, PRESENT RW)

      Examples:
        | case    | where      |
        | PT-12.g | hole       |
        | PT-12.h | 0xFC000000 |

    Scenario: PT-12.i without a flush the entry changes all the same
      Given a page "old"
      And a page "new"
      When the guest calls update_va_mapping(old, entry(new, PRESENT RW), UVMF_NONE)
      Then it is accepted
      And the entry that maps "old" is entry(new, PRESENT RW)

    Scenario Outline: <case> <what> is refused
      When the guest calls update_va_mapping(<address>, 0, UVMF_INVLPG)
      Then it is refused with EINVAL
      And nothing has changed

      Examples: an address without an L1 table, and Xen's range from its first address on
        | case    | what                 | address    |
        | PT-12.j | no L1 table          | 0x10000000 |
        | PT-12.k | address 0            | 0          |
        | PT-12.l | Xen's first address  | 0xF5800000 |
        | PT-12.m | Xen's own memory     | 0xFC000000 |
        | PT-12.n | the last page        | 0xFFFFF000 |

    Scenario: PT-12.o any address in a page means the page
      Given a page "old"
      And a page "new"
      When the guest calls update_va_mapping(old + 0xFFF, entry(new, PRESENT), UVMF_INVLPG)
      Then it is accepted
      And the entry that maps "old" is entry(new, PRESENT)

  @PT-13
  Rule: Pinning validates and keeps; a second pin, an unpin of what is not pinned, another level are refused

    Scenario Outline: <case> a second pin of an <level> table as an <again> is refused
      Given a page "table" in use as an <level> table by being pinned
      When "table" is pinned as an <again> table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | level | again |
        | PT-13.a | L1    | L1    |
        | PT-13.b | L2    | L2    |
        | PT-13.c | L3    | L3    |
        | PT-13.d | L1    | L2    |
        | PT-13.e | L2    | L1    |
        | PT-13.f | L2    | L3    |
        | PT-13.g | L3    | L2    |

    Scenario Outline: <case> unpinning <what> is refused
      Given a page "page"
      And a page "linked" in use as an L1 table by being linked
      When the guest calls mmuext_op([{MMUEXT_UNPIN_TABLE, <frame>, 0}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed

      Examples:
        | case    | what                        | frame                     |
        | PT-13.h | an ordinary page            | mfn(page)                 |
        | PT-13.i | a table that is only linked | mfn(linked)               |
        | PT-13.j | the hypervisor's frame      | hypervisor_frame          |
        | PT-13.k | a frame beyond memory       | first_frame_beyond_memory |

    Scenario Outline: <case> an <level> table is unpinned once
      Given a page "table" in use as an <level> table by being pinned
      When "table" is unpinned
      Then it is accepted
      And "table" can be mapped writable
      When "table" is unpinned
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case    | level |
        | PT-13.l | L1    |
        | PT-13.m | L2    |
        | PT-13.n | L3    |

    Scenario: PT-13.o pinning an L2 keeps the L1 below it in use
      Given a page "low" made out as an L1 table
      And a page "table" made out as an L2 table
      And entry 0 of "table" is entry(low, PRESENT RW USER)
      When "table" is pinned as an L2 table
      Then it is accepted
      And "low" cannot be mapped writable
      When "table" is unpinned
      Then it is accepted
      And "low" can be mapped writable

    Scenario: PT-13.p a pin keeps a table in use that is unlinked
      Given a page "low" in use as an L1 table by being pinned
      And a page "table" in use as an L2 table by being pinned
      When the guest calls mmu_update([{slot(table, 0), entry(low, PRESENT RW USER)}, {slot(table, 0), 0}])
      Then it is accepted
      And "low" cannot be mapped writable

    Scenario: PT-13.q of several commands the first refused one stops
      Given a page "a" made out as an L1 table
      And a page "b"
      And a page "c" made out as an L1 table
      When the guest calls mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(a), 0}, {MMUEXT_PIN_L1_TABLE, mfn(b), 0}, {MMUEXT_PIN_L1_TABLE, mfn(c), 0}])
      Then it is refused with EINVAL
      And 1 element is done
      And "a" cannot be mapped writable
      And "c" can be mapped writable

  @PT-14
  Rule: When its last use goes, a page can be mapped writable again

    Scenario: PT-14.a a table that is pinned and linked
      Given a page "table" in use as an L1 table by being pinned
      And a page "upper" in use as an L2 table by being pinned
      When the guest calls mmu_update([{slot(upper, 7), entry(table, PRESENT RW USER)}])
      Then it is accepted
      When "table" is unpinned
      Then it is accepted
      And "table" cannot be mapped writable
      When the guest calls mmu_update([{slot(upper, 7), 0}])
      Then it is accepted
      And "table" can be mapped writable

    Scenario: PT-14.b a table that is linked twice
      Given a page "table" made out as an L1 table
      And a page "upper" in use as an L2 table by being pinned
      When the guest calls mmu_update([{slot(upper, 0), entry(table, PRESENT RW USER)}, {slot(upper, 511), entry(table, PRESENT RW USER)}, {slot(upper, 0), 0}])
      Then it is accepted
      And "table" cannot be mapped writable
      When the guest calls mmu_update([{slot(upper, 511), 0}])
      Then it is accepted
      And "table" can be mapped writable

    Scenario: PT-14.c the base that was left
      Given a page "base" in use as an L3 table by being loaded
      When "boot_l3" is loaded as the new base
      Then it is accepted
      And "base" can be mapped writable
      And "base.l2" can be mapped writable

    Scenario: PT-14.d a store to it works again
      Given a page "table" in use as an L1 table by being pinned
      When "table" is unpinned
      Then it is accepted
      When "table" is mapped writable
      Then it is accepted
      When the guest stores 0x600DF00D in 32 bits at table
      Then it is accepted
      And the 32 bits at table are 0x600DF00D

    Scenario: PT-14.e what a table mapped can be put to another use when the table is gone
      Given a page "page" mapped read-only
      And a page "table" made out as an L1 table
      And entry 9 of "table" is entry(page, PRESENT RW)
      And "table" has been pinned as an L1 table
      When "page" is pinned as an L1 table
      Then it is refused with EINVAL
      When "table" is unpinned
      Then it is accepted
      When "page" is pinned as an L1 table
      Then it is accepted

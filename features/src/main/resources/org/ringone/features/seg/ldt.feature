@SEG
Feature: The local descriptor table

  @SEG-10
  Rule: MMUEXT_SET_LDT takes a page-aligned address and up to 8192 entries; 0 entries take the LDT away

    Scenario Outline: <case> <entries> entries are accepted
      Given a page "ldt" mapped read-only
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, ldt, <entries>}])
      Then it is accepted
      And 1 element is done

      Examples: none, one, a page of them and one more or less, the most there can be
        | case     | entries |
        | SEG-10.a | 0       |
        | SEG-10.b | 1       |
        | SEG-10.c | 511     |
        | SEG-10.d | 512     |
        | SEG-10.e | 513     |
        | SEG-10.f | 8191    |
        | SEG-10.g | 8192    |

    Scenario Outline: <case> <entries> entries at <address> are refused, and the old LDT stays
      Given a page "data"
      And "data" holds 0x600DF00D
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B2) |
      And a page "other" mapped read-only
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, <address>, <entries>}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

      Examples: too many; misaligned
        | case     | address      | entries    |
        | SEG-10.h | other        | 8193       |
        | SEG-10.i | other        | 16384      |
        | SEG-10.j | other        | 0x20000001 |
        | SEG-10.k | other        | -1         |
        | SEG-10.l | other + 1    | 512        |
        | SEG-10.m | other + 8    | 1          |
        | SEG-10.n | other + 2048 | 256        |

      @era-3.1 @era-4.2
      Examples: misaligned, for none
        | case     | address      | entries    |
        | SEG-10.o | other + 4095 | 0          |

      @host-32
      Examples: in the hypervisor's range, reaching into it, wrapping
        | case     | address             | entries |
        | SEG-10.p | VIRT_START          | 1       |
        | SEG-10.q | VIRT_START - 0x1000 | 513     |
        | SEG-10.r | VIRT_START - 0xF000 | 8192    |
        | SEG-10.s | 0xFFFFF000          | 512     |
        | SEG-10.t | 0xFFFFF000          | 8192    |

    @host-32
    Scenario Outline: <case> <entries> entries that end where the hypervisor begins are accepted
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, <address>, <entries>}])
      Then it is accepted

      Examples:
        | case     | address              | entries |
        | SEG-10.u | VIRT_START - 0x1000  | 512     |
        | SEG-10.v | VIRT_START - 0x10000 | 8192    |

    Scenario Outline: <case> of <entries> entries, slot <slot> can be loaded in ring <ring>
      Given two pages "table" that lie side by side
      And a page "data" that ring 3 may use
      And "data" holds 0x600DF00D
      And entry <in page> of "<page>" is descriptor(data, 0xFFF, 0x4F2)
      And "table" is mapped read-only
      And "table.second" is mapped read-only
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, table, <entries>}])
      When the guest runs in ring <ring> with EAX = <slot> << 3 | 7
        """
        mov gs, eax
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

      Examples: the first and the last one; the last of a page and the first of the next
        | case      | ring | entries | slot | page         | in page |
        | SEG-10.w  | 1    | 1       | 0    | table        | 0       |
        | SEG-10.x  | 1    | 512     | 511  | table        | 511     |
        | SEG-10.y  | 1    | 513     | 512  | table.second | 0       |
        | SEG-10.z  | 1    | 1024    | 1023 | table.second | 511     |
        | SEG-10.aa | 3    | 1       | 0    | table        | 0       |
        | SEG-10.ab | 3    | 513     | 512  | table.second | 0       |
        | SEG-10.ac | 3    | 8192    | 1023 | table.second | 511     |

    Scenario Outline: <case> of <entries> entries, slot <slot> is beyond the limit
      Given two pages "table" that lie side by side
      And a page "data"
      And entry <in page> of "<page>" is descriptor(data, 0xFFF, 0x4F2)
      And "table" is mapped read-only
      And "table.second" is mapped read-only
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, table, <entries>}])
      When the guest runs in ring <ring> with EAX = <slot> << 3 | 7
        """
        here: mov gs, eax
        """
      Then it faults with #GP(<slot> << 3 | 4) at "here"
      And no register has changed

      Examples: although a descriptor lies there
        | case      | ring | entries | slot | page         | in page |
        | SEG-10.ad | 1    | 0       | 0    | table        | 0       |
        | SEG-10.ae | 1    | 1       | 1    | table        | 1       |
        | SEG-10.af | 1    | 511     | 511  | table        | 511     |
        | SEG-10.ag | 1    | 512     | 512  | table.second | 0       |
        | SEG-10.ah | 3    | 1023    | 1023 | table.second | 511     |
        | SEG-10.ai | 3    | 512     | 8191 | table.second | 511     |

    Scenario: SEG-10.aj at the start there is no LDT
      When the guest runs in ring 1 with EAX = 0x0D
        """
        here: mov gs, eax
        """
      Then it faults with #GP(0x0C) at "here"

    Scenario Outline: <case> after <how> slot 1 cannot be loaded any more
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B2) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, <address>, <entries>}])
      When the guest runs in ring 1 with EAX = 0x0D
        """
        here: mov gs, eax
        """
      Then it faults with #GP(0x0C) at "here"

      Examples:
        | case      | how                        | address | entries |
        | SEG-10.ak | 0 entries at its address   | ldt     | 0       |
        | SEG-10.al | 0 entries at 0             | 0       | 0       |
        | SEG-10.am | fewer at the same address  | ldt     | 1       |

    Scenario: SEG-10.an a longer LDT at the same address takes effect at once
      Given a page "data"
      And "data" holds 0x600DF00D
      And the guest's LDT of 1 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B2) |
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, ldt, 2}])
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

    Scenario Outline: <case> in ring <ring> <what> in the LDT does what it does in the GDT
      Given a page "page" that ring 3 may use
      And the bytes of "page" begin with CC
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(page, 0xFFF, <access>) |
        | 2 | gate(0x000C, 0, 0xEC00)           |
      When the guest runs in ring <ring>
        """
        jmp <selector>:0
        """
      Then #BP is raised
      And EIP is 1
      And CS is <cs>

      Examples: code, and a call gate to it
        | case      | ring | what        | access | selector | cs   |
        | SEG-10.ao | 1    | code        | 0x4BA  | 0x0D     | 0x0D |
        | SEG-10.ap | 3    | code        | 0x4FA  | 0x0F     | 0x0F |
        | SEG-10.aq | 1    | a call gate | 0x4BA  | 0x15     | 0x0D |
        | SEG-10.ar | 3    | a call gate | 0x4BE  | 0x17     | 0x0F |

  @SEG-10
  Rule: The LDT's pages are looked at when they are used

    Scenario Outline: <case> in ring <ring> slot <slot> in <what>: a page fault for its descriptor
      Given two pages "table" that lie side by side
      And a page "data"
      And entry <in page> of "<page>" is descriptor(data, 0xFFF, 0x4F2)
      And entry 7 of "<page>" is <seven>
      And "table" is mapped read-only
      And "table.second" is mapped read-only
      And "<page>" is mapped <how>
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, table, 1024}])
      Then it is accepted
      When the guest runs in ring <ring> with EAX = <slot> << 3 | 7
        """
        here: mov gs, eax
        """
      Then it faults with #PF(<error>) at "here"
      And CR2 is table + <slot> * 8
      And no register has changed

      Examples: a page mapped writable, one that is absent, one with a bad descriptor elsewhere in it
        | case      | ring | what                       | page         | slot | in page | how       | seven                        | error |
        | SEG-10.as | 1    | a writable page            | table        | 1    | 1       | writable  | 0                            | 0     |
        | SEG-10.at | 1    | a writable second page     | table.second | 513  | 1       | writable  | 0                            | 0     |
        | SEG-10.au | 3    | a writable page            | table        | 511  | 511     | writable  | 0                            | 4     |
        | SEG-10.av | 1    | an absent page             | table        | 0    | 0       | nowhere   | 0                            | 0     |
        | SEG-10.aw | 1    | an absent second page      | table.second | 1023 | 511     | nowhere   | 0                            | 0     |
        | SEG-10.ax | 3    | an absent second page      | table.second | 512  | 0       | nowhere   | 0                            | 4     |
        | SEG-10.ay | 1    | a page with a TSS          | table        | 1    | 1       | read-only | descriptor(0, 0x67, 0x089)   | 0     |
        | SEG-10.az | 1    | a page with an LDT         | table.second | 513  | 1       | read-only | descriptor(0, 0x67, 0x082)   | 0     |
        | SEG-10.ba | 3    | a page with a trap gate    | table        | 1    | 1       | read-only | gate(0xE019, 0, 0x8F00)      | 4     |
        | SEG-10.bb | 1    | a page with a gate to Xen  | table        | 1    | 1       | read-only | gate(0xE008, 0, 0xEC00)      | 0     |

    Scenario Outline: <case> a bad page spoils itself only
      Given two pages "table" that lie side by side
      And a page "data"
      And "data" holds 0x600DF00D
      And entry 1 of "<good>" is descriptor(data, 0xFFF, 0x4B2)
      And "<good>" is mapped read-only
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, table, 1024}])
      When the guest runs in ring 1 with EAX = <selector>
        """
        mov gs, eax
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

      Examples:
        | case      | good         | selector |
        | SEG-10.bc | table        | 0x000D   |
        | SEG-10.bd | table.second | 0x100D   |

    Scenario: SEG-10.be a page that was mended can be used
      Given a page "data"
      And "data" holds 0x600DF00D
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B2) |
        | 7 | descriptor(0, 0x67, 0x089)     |
      And the code was cut short in ring 1 by #PF(0)
        """
        mov eax, 0x0D
        mov gs, eax
        """
      And entry 7 of "ldt" is 0
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

    Scenario Outline: <case> descriptors are adjusted when the page is used: access <access> becomes <becomes>
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B2)   |
        | 7 | descriptor(data, 0xFFF, <access>) |
      When the guest runs in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      Then the code runs to its end
      And descriptor 7 of "ldt" reads descriptor(data, 0xFFF, <becomes>)
      And descriptor 1 of "ldt" reads descriptor(data, 0xFFF, 0x4B3)

      Examples: DPL 0 becomes DPL 1; the load sets the accessed bit
        | case      | access | becomes |
        | SEG-10.bf | 0x492  | 0x4B2   |
        | SEG-10.bg | 0x49A  | 0x4BA   |
        | SEG-10.bh | 0x4F2  | 0x4F2   |

    Scenario: SEG-10.bi update_descriptor changes the LDT in use
      Given a page "data"
      And "data" holds 0x600DF00D
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(0, 0xFFF, 0x4B2) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      And the guest has called update_descriptor(slot(ldt, 1), descriptor(data, 0xFFF, 0x4B2))
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

    Scenario: SEG-10.bj update_descriptor refuses a bad one there
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      When the guest calls update_descriptor(slot(ldt, 1), descriptor(0, 0x67, 0x089))
      Then it is refused with EINVAL
      And nothing has changed

  @SEG-10
  Rule: A page in LDT use cannot be mapped writable

    Scenario Outline: <case> not by <route>
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      And a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "ldt" at "window" with PRESENT RW by <route>
      Then it is refused with <refusal>
      And nothing has changed

      Examples:
        | case      | route                                            | refusal                  |
        | SEG-10.bk | mmu_update                                       | EINVAL, from 4.2: EBUSY  |
        | SEG-10.bl | update_va_mapping                                | EINVAL, from 4.2: EBUSY  |
        | SEG-10.bm | a store to its page-table entry                  | #PF(3)                   |
        | SEG-10.bn | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY  |
        | SEG-10.bo | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |

    Scenario Outline: <case> a store to <where> faults
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      When the guest stores 0 in 32 bits at ldt + <offset>
      Then it is refused with #PF(3)
      And CR2 is ldt + <offset>
      And nothing has changed

      Examples:
        | case      | where     | offset |
        | SEG-10.bp | its start | 0      |
        | SEG-10.bq | its end   | 4092   |

    Scenario: SEG-10.br nor can it be a page table
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      When "ldt" is pinned as an L1 table
      Then it is refused with EINVAL
      And nothing has changed

    Scenario: SEG-10.bs a page that no selector was loaded from is in no use: it can be mapped writable
      Given two pages "table" that lie side by side
      And "table" is mapped read-only
      And "table.second" is mapped read-only
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, table, 1024}])
      Then "table.second" can be mapped writable

  @SEG-10
  Rule: The LDT's address is linear

    Scenario: SEG-10.bt another page mapped there takes effect
      Given a page "old"
      And "old" holds 0x0DD
      And a page "new"
      And "new" holds 0x2E3
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(old, 0xFFF, 0x4B2) |
      And a page "other" mapped read-only holds the descriptors
        | 1 | descriptor(new, 0xFFF, 0x4B2) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      And the guest has called update_va_mapping(ldt, entry(other, PRESENT), UVMF_INVLPG)
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x2E3
      And "ldt" can be mapped writable
      And "other" cannot be mapped writable

    Scenario: SEG-10.bu a page taken away makes the next use fault
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B2) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      When "ldt" is mapped nowhere
      And the guest runs in ring 1 with EAX = 0x0D
        """
        here: mov gs, eax
        """
      Then it faults with #PF(0) at "here"
      And CR2 is ldt + 8

    Scenario: SEG-10.bv it follows CR3
      Given a page "old"
      And "old" holds 0x0DD
      And a page "new"
      And "new" holds 0x2E3
      And a page "first" mapped read-only holds the descriptors
        | 1 | descriptor(old, 0xFFF, 0x4B2) |
      And a page "second" mapped read-only holds the descriptors
        | 1 | descriptor(new, 0xFFF, 0x4B2) |
      And a page "l1" mapped read-only
      And entry 0 of "l1" is entry(first, PRESENT)
      And a page "other_l1" mapped read-only
      And entry 0 of "other_l1" is entry(second, PRESENT)
      And a page "base" in use as an L3 table by being pinned
      And "empty" stands for empty_l2_slot
      And "there" stands for (scratch_pages >> 30 << 30) + ((empty & 0xFFF) >> 3 << 21)
      And the guest has called mmu_update([{empty, entry(l1, PRESENT RW USER)}])
      And the guest has called mmu_update([{ma(base.l2, empty & 0xFFF), entry(other_l1, PRESENT RW USER)}])
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, there, 512}])
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x0DD
      When "base" is loaded as the new base
      Then it is accepted
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x2E3
      When "boot_l3" is loaded as the new base
      Then it is accepted
      When the guest runs in ring 1 with GS = 0x0D
        """
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x0DD

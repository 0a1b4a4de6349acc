@PT
Feature: Frames of another domain, and page-table hypercalls in its name

  @PT-05
  Rule: A frame of another domain is not mapped, and is no table

    Background:
      Given a second domain
      And from here on the guest is the second domain
      And a page "theirs"
      And "theirs" holds 0x600DF00D
      And a page "table" in use as an L1 table
      And from here on the guest is the first domain

    @ordinary
    Scenario Outline: <case> <frame> of another domain is not mapped with <flags> by <route>
      Given a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "second.<frame>" at "window" with <flags> by <route>
      Then it is refused with <refusal>
      And nothing has changed
      When from here on the guest is the second domain
      Then the 64 bits at theirs are 0x600DF00D
      And "theirs" can be mapped writable

      Examples: an ordinary page, its tables, by every route
        | case     | frame   | flags      | route                                            | refusal |
        | PT-05.do | table   | PRESENT    | mmu_update                                       | EINVAL  |
        | PT-05.dp | table   | PRESENT    | update_va_mapping                                | EINVAL  |
        | PT-05.dq | table   | PRESENT    | a store to its page-table entry                  | #PF(3)  |
        | PT-05.dr | boot_l3 | PRESENT    | mmu_update                                       | EINVAL  |
        | PT-05.ds | boot_l1 | PRESENT RW | update_va_mapping                                | EINVAL  |

    @ordinary
    Scenario Outline: <case> another domain's frame is no table: <call>
      Given a page "l2" in use as an L2 table
      And a page "l3" in use as an L3 table
      When the guest calls <call>
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed
      When from here on the guest is the second domain
      Then the 64 bits at theirs are 0x600DF00D
      And "theirs" can be mapped writable
      And "table" cannot be mapped writable
      And the second domain still answers

      Examples: pinned, linked, loaded, unpinned, written
        | case     | call                                                                |
        | PT-05.dt | mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(second.theirs), 0}])           |
        | PT-05.du | mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(second.table), 0}])            |
        | PT-05.dv | mmuext_op([{MMUEXT_PIN_L3_TABLE, mfn(second.boot_l3), 0}])          |
        | PT-05.dw | mmuext_op([{MMUEXT_UNPIN_TABLE, mfn(second.table), 0}])             |
        | PT-05.dx | mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(second.boot_l3), 0}])           |
        | PT-05.dy | mmu_update([{slot(l2, 0), entry(second.table, PRESENT RW USER)}])   |
        | PT-05.dz | mmu_update([{slot(l2, 0), entry(second.boot_l2, PRESENT)}])         |
        | PT-05.ea | mmu_update([{slot(l3, 0), entry(second.boot_l2, PRESENT)}])         |
        | PT-05.eb | mmu_update([{slot(second.table, 0), 0}])                            |
        | PT-05.ec | mmu_update([{ma(second.theirs), 0}])                                |
        | PT-05.ed | mmu_update([{ma(second.theirs) + MMU_MACHPHYS_UPDATE, 7}])          |

  @PT-26 @ordinary
  Rule: Page-table hypercalls for a foreign domain are refused to an ordinary domain

    Scenario Outline: <case> mmu_update for <domain>: <refusal>
      Given a page "table" in use as an L1 table
      And a page "page"
      When the guest calls mmu_update([{slot(table, 1), entry(page, PRESENT)}], 1, arguments + 4088, <domain>)
      Then it is refused with <refusal>
      And 0 elements are done
      And nothing has changed

      Examples: its own number is no name for itself; DOMID_IO has none of its frames
        | case    | domain     | refusal |
        | PT-26.cb | DOMID_XEN  | ESRCH   |
        | PT-26.cc | 0x1234     | ESRCH   |
        | PT-26.cd | 0x7FEF     | ESRCH   |
        | PT-26.ce | 0x7FF3     | ESRCH   |
        | PT-26.cf | 0xFFFF     | ESRCH   |
        | PT-26.cg | DOMID_IO   | EINVAL  |

    Scenario Outline: <case> mmu_update for <domain> is one for itself
      Given a page "table" in use as an L1 table
      And a page "page"
      When the guest calls mmu_update([{slot(table, 1), entry(page, PRESENT)}], 1, arguments + 4088, <domain>)
      Then it is accepted
      And 1 element is done
      And entry 1 of "table" reads entry(page, PRESENT)

      Examples: domain numbers have 16 bits
        | case    | domain               |
        | PT-26.ch | DOMID_SELF           |
        | PT-26.ci | DOMID_SELF + 0x10000 |

    Scenario Outline: <case> mmuext_op for <domain>: <command> is refused with <refusal>
      Given a page "table" made out as an L1 table
      When the guest calls mmuext_op([{<command>, <argument>, 0}], 1, arguments + 4088, <domain>)
      Then it is refused with <refusal>
      And 0 elements are done
      And nothing has changed

      Examples: whatever the command
        | case    | domain    | command                | argument     | refusal |
        | PT-26.cj | domid     | MMUEXT_PIN_L1_TABLE    | mfn(table)   | ESRCH   |
        | PT-26.ck | DOMID_XEN | MMUEXT_PIN_L1_TABLE    | mfn(table)   | ESRCH   |
        | PT-26.cl | 0x1234    | MMUEXT_PIN_L1_TABLE    | mfn(table)   | ESRCH   |
        | PT-26.cm | DOMID_IO  | MMUEXT_PIN_L1_TABLE    | mfn(table)   | EINVAL  |
        | PT-26.cn | 0x1234    | MMUEXT_NEW_BASEPTR     | mfn(boot_l3) | ESRCH   |
        | PT-26.co | 0x1234    | MMUEXT_TLB_FLUSH_LOCAL | 0            | ESRCH   |
        | PT-26.cp | domid     | MMUEXT_UNPIN_TABLE     | mfn(boot_l3) | ESRCH   |

    Scenario Outline: <case> update_va_mapping_otherdomain for <domain>
      Given a page "page"
      And a page "window"
      When the guest calls update_va_mapping_otherdomain(window, entry(page, PRESENT), UVMF_INVLPG, <domain>)
      Then it is refused with EPERM
      And nothing has changed

      Examples: refused before the number is looked at
        | case    | domain     |
        | PT-26.cr | domid      |
        | PT-26.cs | DOMID_IO   |
        | PT-26.ct | DOMID_XEN  |
        | PT-26.cu | 0x1234     |
        | PT-26.cv | 0          |

    Scenario Outline: <case> for a domain that there is: <call>
      Given a second domain
      And from here on the guest is the second domain
      And a page "theirs"
      And "theirs" holds 0x600DF00D
      And a page "their_table" made out as an L1 table
      And from here on the guest is the first domain
      And a page "table" in use as an L1 table
      And a page "window"
      When the guest calls <call>
      Then it is refused with <refusal>
      And nothing has changed
      When from here on the guest is the second domain
      Then the 64 bits at theirs are 0x600DF00D
      And "theirs" can be mapped writable
      And "their_table" can be mapped writable
      And the second domain still answers

      Examples:
        | case     | call                                                                                                 | refusal |
        | PT-26.cx  | mmu_update([{slot(table, 1), 0}], 1, 0, second.domid)                                                | ESRCH   |
        | PT-26.cz  | mmu_update([{slot(second.their_table, 0), 7}], 1, 0, second.domid)                                   | ESRCH   |
        | PT-26.db | mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(second.boot_l3), 0}], 1, 0, second.domid)                        | ESRCH   |
        | PT-26.de | update_va_mapping_otherdomain(window, entry(second.theirs, PRESENT RW), UVMF_INVLPG, second.domid)   | EPERM   |
        | PT-26.df | update_va_mapping_otherdomain(window, 0, UVMF_INVLPG, second.domid)                                  | EPERM   |

    Scenario: PT-26.dg the second domain is as ordinary as the first
      Given a second domain
      And a page "mine"
      And "mine" holds 0x600DF00D
      When from here on the guest is the second domain
      And a page "table" in use as an L1 table
      And the guest calls mmu_update([{slot(table, 1), entry(first.mine, PRESENT RW)}], 1, 0, first.domid)
      Then it is refused with ESRCH
      And nothing has changed
      When the guest calls update_va_mapping_otherdomain(table, entry(first.mine, PRESENT RW), UVMF_INVLPG, first.domid)
      Then it is refused with EPERM
      When from here on the guest is the first domain
      Then the 64 bits at mine are 0x600DF00D

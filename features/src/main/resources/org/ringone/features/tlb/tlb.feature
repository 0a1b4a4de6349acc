@TLB
Feature: Flushing translations

  @TLB-01
  Rule: The flush commands are accepted, unknown ones refused, done_out right

    Scenario Outline: <case> <command>
      Given a page "bitmap"
      And "bitmap" holds 1
      And a page "page"
      When the guest calls mmuext_op([{<command>, <arg1>, <arg2>}])
      Then it is accepted
      And 1 element is done

      Examples:
        | case     | command                | arg1 | arg2   |
        | TLB-01.a | MMUEXT_TLB_FLUSH_LOCAL | 0    | 0      |
        | TLB-01.b | MMUEXT_INVLPG_LOCAL    | page | 0      |
        | TLB-01.c | MMUEXT_TLB_FLUSH_MULTI | 0    | bitmap |
        | TLB-01.d | MMUEXT_INVLPG_MULTI    | page | bitmap |
        | TLB-01.e | MMUEXT_TLB_FLUSH_ALL   | 0    | 0      |
        | TLB-01.f | MMUEXT_INVLPG_ALL      | page | 0      |

    @ordinary
    Scenario: TLB-01.g FLUSH_CACHE is not for a domain without hardware
      When the guest calls mmuext_op([{MMUEXT_FLUSH_CACHE, 0, 0}])
      Then it is refused with EINVAL
      And 0 elements are done

    Scenario Outline: <case> command <command> is unknown
      When the guest calls mmuext_op([{MMUEXT_TLB_FLUSH_LOCAL, 0, 0}, {<command>, 0, 0}, {MMUEXT_TLB_FLUSH_LOCAL, 0, 0}])
      Then it is refused with ENOSYS
      And 1 element is done

      Examples:
        | case     | command    |
        | TLB-01.h | 99         |
        | TLB-01.i | 0xFFFFFFFF |

    Scenario Outline: <case> a bitmap at <where> is refused
      Given an address "hole" that maps nothing
      When the guest calls mmuext_op([{<command>, 0, <where>}])
      Then it is refused with EINVAL
      And 0 elements are done

      Examples:
        | case     | command                | where      |
        | TLB-01.j | MMUEXT_TLB_FLUSH_MULTI | hole       |
        | TLB-01.k | MMUEXT_INVLPG_MULTI    | 0xFC000000 |

  @TLB-02
  Rule: After the flush the new translation is used

    Scenario Outline: <case> after <command>
      Given a page "old"
      And a page "new"
      And "new" holds 0x600DF00D
      And a page "bitmap"
      And "bitmap" holds 1
      And the code has run in ring 1
        """
        mov eax, [old]
        """
      And the guest has called update_va_mapping(old, entry(new, PRESENT RW), UVMF_NONE)
      When the guest calls mmuext_op([{<command>, <arg1>, <arg2>}])
      Then it is accepted
      And the 32 bits at old are 0x600DF00D

      Examples:
        | case     | command                | arg1 | arg2   |
        | TLB-02.a | MMUEXT_TLB_FLUSH_LOCAL | 0    | 0      |
        | TLB-02.b | MMUEXT_INVLPG_LOCAL    | old  | 0      |
        | TLB-02.c | MMUEXT_TLB_FLUSH_MULTI | 0    | bitmap |
        | TLB-02.d | MMUEXT_INVLPG_MULTI    | old  | bitmap |
        | TLB-02.e | MMUEXT_TLB_FLUSH_ALL   | 0    | 0      |
        | TLB-02.f | MMUEXT_INVLPG_ALL      | old  | 0      |
        | TLB-02.g | MMUEXT_NEW_BASEPTR     | mfn(boot_l3) | 0 |

    Scenario Outline: <case> a page whose last writable mapping went is not written through a stale translation: <level>
      Given a page "table"
      And the code has run in ring 1
        """
        mov dword [table + 8], 0
        """
      And the guest has called update_va_mapping(table, entry(table, PRESENT), UVMF_NONE)
      And "table" has been pinned as an <level> table
      When the guest stores 0xFFFFFFFF in 32 bits at table + 8
      Then it is refused with #PF(3)
      And the 32 bits at table + 8 are 0

      Examples:
        | case     | level |
        | TLB-02.h | L1    |
        | TLB-02.i | L2    |

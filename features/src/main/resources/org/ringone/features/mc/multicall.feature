@MC
Feature: Several hypercalls in one

  @MC-01
  Rule: Entries are performed in order, multicall returns 0, each entry's result is its call's

    Scenario: MC-01.a three calls that depend on each other
      Given a page "table" made out as an L1 table
      And a page "page"
      When the guest makes a multicall of
        | update_va_mapping(page, entry(page, PRESENT), UVMF_INVLPG)        |
        | update_va_mapping(page, entry(page, PRESENT NX), UVMF_INVLPG)     |
        | update_va_mapping(page, entry(page, PRESENT RW 0x200), UVMF_INVLPG) |
      Then it is accepted
      And the results are 0, 0, 0
      And the entry that maps "page" is entry(page, PRESENT RW 0x200)

    Scenario: MC-01.b results are each call's own
      When the guest makes a multicall of
        | xen_version(XENVER_VERSION, 0)                   |
        | fpu_taskswitch(0)                                |
        | update_va_mapping(0xFC000000, 0, UVMF_NONE)      |
      Then it is accepted
      And result 2 is 0
      And result 3 is -EINVAL

    Scenario: MC-01.c no entries at all
      When the guest calls multicall(0, 0)
      Then it returns 0

    Scenario: MC-01.d the structures of entries are each entry's own
      Given a page "table" in use as an L1 table
      And a page "page"
      When the guest makes a multicall of
        | mmu_update([{slot(table, 0), entry(page, PRESENT)}]) |
        | mmu_update([{slot(table, 1), entry(page, PRESENT)}, {slot(table, 2), entry(page, PRESENT RW)}]) |
      Then it is accepted
      And the results are 0, 0
      And entry 0 of "table" reads entry(page, PRESENT)
      And entry 1 of "table" reads entry(page, PRESENT)
      And entry 2 of "table" reads entry(page, PRESENT RW)

  @MC-02
  Rule: A failing entry does not stop the later ones

    Scenario Outline: <case> the <position> of three fails
      Given a page "page"
      And a page "table" in use as an L1 table
      When the guest makes a multicall of
        | <first>  |
        | <second> |
        | <third>  |
      Then it is accepted
      And the results are <results>

      @era-3.1
      Examples:
        | case    | position | first                                                     | second                                                    | third                                                     | results          |
        | MC-02.a | first    | update_va_mapping(page, entry(table, PRESENT RW), UVMF_NONE) | fpu_taskswitch(0)                                      | update_va_mapping(page, entry(page, PRESENT), UVMF_INVLPG) | -EINVAL, 0, 0   |
        | MC-02.b | second   | fpu_taskswitch(0)                                         | update_va_mapping(page, entry(table, PRESENT RW), UVMF_NONE) | update_va_mapping(page, entry(page, PRESENT), UVMF_INVLPG) | 0, -EINVAL, 0 |
        | MC-02.c | third    | fpu_taskswitch(0)                                         | update_va_mapping(page, entry(page, PRESENT), UVMF_INVLPG) | update_va_mapping(page, entry(table, PRESENT RW), UVMF_NONE) | 0, 0, -EINVAL |

      @era-4.2 @era-4.17
      Examples: the page is in use as a table
        | case    | position | first                                                     | second                                                    | third                                                     | results          |
        | MC-02.d | first    | update_va_mapping(page, entry(table, PRESENT RW), UVMF_NONE) | fpu_taskswitch(0)                                      | update_va_mapping(page, entry(page, PRESENT), UVMF_INVLPG) | -EBUSY, 0, 0   |
        | MC-02.e | second   | fpu_taskswitch(0)                                         | update_va_mapping(page, entry(table, PRESENT RW), UVMF_NONE) | update_va_mapping(page, entry(page, PRESENT), UVMF_INVLPG) | 0, -EBUSY, 0 |
        | MC-02.f | third    | fpu_taskswitch(0)                                         | update_va_mapping(page, entry(page, PRESENT), UVMF_INVLPG) | update_va_mapping(page, entry(table, PRESENT RW), UVMF_NONE) | 0, 0, -EBUSY |

  @MC-03
  Rule: An unknown number gives -ENOSYS, a nested multicall -EINVAL

    Scenario Outline: <case> number <number> gives <result>, and the entry after it is performed
      Given a page "page"
      And a page "list"
      And the multicall list "list" has <number>(list, 0) and __HYPERVISOR_FPU_TASKSWITCH(0, 0)
      When the guest calls multicall(list, 2)
      Then it returns 0
      And the 32 bits at list + 4 are <result>
      And the 32 bits at list + 36 are 0

      Examples:
        | case    | number                 | result  |
        | MC-03.a | 63                     | -ENOSYS |
        | MC-03.b | 64                     | -ENOSYS |
        | MC-03.c | 0xFFFFFFFF             | -ENOSYS |
        | MC-03.d | __HYPERVISOR_MULTICALL | -EINVAL |

  @MC-04
  Rule: A bad list gives -EFAULT; entries already performed stay performed

    Scenario Outline: <case> a list at <where>
      Given an address "hole" that maps nothing
      When the guest calls multicall(<where>, 1)
      Then it is refused with EFAULT

      Examples: unmapped, in Xen's memory, wrapping
        | case    | where      |
        | MC-04.a | hole       |
        | MC-04.b | 0xF6800000 |
        | MC-04.c | 0xFFFFFFF0 |

    Scenario: MC-04.d a list whose second entry cannot be read
      Given two pages "list" that lie side by side
      And "list.second" is mapped nowhere
      And the multicall list "list" has __HYPERVISOR_FPU_TASKSWITCH(1, 0) as the last entry of its page
      When the guest calls multicall(list + 4064, 2)
      Then it is refused with EFAULT
      When the guest runs in ring 1
        """
        mov eax, cr0
        clts
        """
      Then the code runs to its end
      And EAX & 8 is 8

    Scenario: MC-04.e a list that is read-only
      Given a page "list"
      And the multicall list "list" has __HYPERVISOR_FPU_TASKSWITCH(0, 0) and __HYPERVISOR_FPU_TASKSWITCH(0, 0)
      And the guest has called update_va_mapping(list, entry(list, PRESENT), UVMF_INVLPG)
      When the guest calls multicall(list, 2)
      Then it is refused with EFAULT

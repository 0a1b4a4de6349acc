@BOOT
Feature: The part of the address space that is the hypervisor's, and what it says it can do

  @BOOT-15
  Rule: platform_parameters gives virt_start; no guest mapping at or above it is accepted

    Scenario: BOOT-15.a XENVER_platform_parameters gives virt_start
      Given a page "answer"
      When the guest calls xen_version(XENVER_PLATFORM_PARAMETERS, answer)
      Then it returns 0
      And the 32 bits at answer are 0xF5800000

    Scenario Outline: <case> update_va_mapping of <entry> at <address> is refused
      Given a page "page"
      When the guest calls update_va_mapping(<address>, <entry>, UVMF_INVLPG)
      Then it is refused with EINVAL
      And nothing has changed

      Examples: an own page, at the first and the last address and at the bounds between
        | case      | address              | entry                      |
        | BOOT-15.b | VIRT_START           | entry(page, PRESENT RW)    |
        | BOOT-15.c | VIRT_START + 0x1000  | entry(page, PRESENT RW)    |
        | BOOT-15.d | 0xF5A00000           | entry(page, PRESENT RW)    |
        | BOOT-15.e | MACH2PHYS_END - 1    | entry(page, PRESENT RW)    |
        | BOOT-15.f | MACH2PHYS_END        | entry(page, PRESENT RW)    |
        | BOOT-15.g | 0xFBFFF000           | entry(page, PRESENT RW)    |
        | BOOT-15.h | 0xFC000000           | entry(page, PRESENT RW)    |
        | BOOT-15.i | 0xFFFFF000           | entry(page, PRESENT RW)    |

      Examples: read-only, and nothing at all
        | case      | address              | entry                      |
        | BOOT-15.j | VIRT_START           | entry(page, PRESENT)       |
        | BOOT-15.k | VIRT_START           | 0                          |
        | BOOT-15.l | MACH2PHYS_END        | 0                          |
        | BOOT-15.m | 0xFFFFF000           | 0                          |

    Scenario Outline: <case> mmu_update of slot <slot> of the kernel's L2 with <entry> is refused
      Given a page "table" in use as an L1 table
      When the guest calls mmu_update([{slot(boot_l2, <slot>), <entry>}])
      Then it is refused with EINVAL, from 4.2: EPERM
      And 0 elements are done
      And nothing has changed

      Examples: the first slot is that of 0xF5800000
        | case      | slot | entry                            |
        | BOOT-15.n | 428  | entry(table, PRESENT RW USER)    |
        | BOOT-15.o | 429  | entry(table, PRESENT RW USER)    |
        | BOOT-15.p | 435  | entry(table, PRESENT RW USER)    |
        | BOOT-15.q | 436  | entry(table, PRESENT RW USER)    |
        | BOOT-15.r | 480  | entry(table, PRESENT RW USER)    |
        | BOOT-15.s | 511  | entry(table, PRESENT RW USER)    |
        | BOOT-15.t | 428  | 0                                |
        | BOOT-15.u | 436  | 0                                |
        | BOOT-15.v | 511  | 0                                |

    Scenario: BOOT-15.w the slot below is the guest's
      Given a page "table" in use as an L1 table
      When the guest calls mmu_update([{slot(boot_l2, 427), entry(table, PRESENT RW USER)}])
      Then it is accepted
      And 1 element is done

    Scenario: BOOT-15.x the last page below is the guest's
      Given a page "edge" right below the hypervisor's range
      When the guest calls update_va_mapping(VIRT_START - 0x1000, entry(edge, PRESENT RW), UVMF_INVLPG)
      Then it is accepted

    Scenario Outline: <case> a <width> store to the entry for <address> in the L2 faults, <assist> or not
      Given the assist <assist> is on
      When the guest stores 0 in <width> bits at boot_l2 + <slot> * 8
      Then it is refused with #PF(3)
      And nothing has changed

      Examples:
        | case       | width | slot | address    | assist              |
        | BOOT-15.y  | 32    | 428  | 0xF5800000 | WRITABLE_PAGETABLES |
        | BOOT-15.z  | 8     | 428  | 0xF5800000 | WRITABLE_PAGETABLES |
        | BOOT-15.aa | 32    | 511  | 0xFFE00000 | WRITABLE_PAGETABLES |

    Scenario Outline: <case> what a new base has in slot <slot> of its last L2 is replaced by the hypervisor's own
      Given a page "mine"
      And a page "table" made out as an L1 table
      And entry 0 of "table" is entry(mine, PRESENT RW)
      And a page "base" made out as an L3 table
      And entry <slot> of "base.l2" is entry(table, PRESENT RW USER ACCESSED DIRTY)
      When "base" is loaded as the new base
      Then it is accepted
      And the 32 bits at MACH2PHYS_START + mfn(mine) * 4 are pfn(mine)
      And "table" can be mapped writable

      Examples: nothing of it counts: the table is not even in use
        | case       | slot |
        | BOOT-15.ab | 428  |
        | BOOT-15.ac | 435  |
        | BOOT-15.ad | 511  |

    @ordinary
    Scenario Outline: <case> update_va_mapping_otherdomain at <address> is refused
      Given a page "page"
      When the guest calls update_va_mapping_otherdomain(<address>, ma(page, 0x63), 0, UVMF_INVLPG, DOMID_SELF)
      Then it is refused with EPERM
      And nothing has changed

      Examples:
        | case       | address    |
        | BOOT-15.ae | VIRT_START |
        | BOOT-15.af | 0xFFFFF000 |

  @BOOT-18
  Rule: XENVER_get_features tells the truth: what it reports works, what it does not is refused

    @era-3.1
    Scenario Outline: <case> a kernel with <kernel> is told features <bits>
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      Given a page "answer"
      When the guest calls xen_version(XENVER_GET_FEATURES, answer)
      Then it returns 0
      And the 32 bits at answer + 4 are <bits>

      Examples: bit 4, pae_pgdir_above_4gb, for kernels that know the form of CR3 it takes
        | case      | kernel                                                                 | bits |
        | BOOT-18.a | PAE_MODE = "yes"                                                       | 0x10 |
        | BOOT-18.b | PAE_MODE = "bimodal"                                                   | 0x10 |
        | BOOT-18.c | PAE_MODE = "yes", no FEATURES                                          | 0x10 |
        | BOOT-18.d | no notes, a __xen_guest section, section PAE = "yes"                   | 0    |
        | BOOT-18.e | no notes, a __xen_guest section, section PAE = "yes[extended-cr3]"     | 0x10 |

      Examples: wishing does not make it so
        | case      | kernel                                                                             | bits |
        | BOOT-18.f | FEATURES = "writable_page_tables\|supervisor_mode_kernel"                          | 0x10 |
        | BOOT-18.g | FEATURES = "writable_descriptor_tables\|auto_translated_physmap"                   | 0x10 |

    @era-3.1
    Scenario: BOOT-18.h the feature goes with the assist that it is
      Given a page "answer"
      And the guest has called vm_assist(1, 3)
      When the guest calls xen_version(XENVER_GET_FEATURES, answer)
      Then it returns 0
      And the 32 bits at answer + 4 are 0

    @era-3.1
    Scenario: BOOT-18.i and comes with it
      Given a page "answer"
      And the guest has called vm_assist(1, 3)
      And the guest has called vm_assist(0, 3)
      When the guest calls xen_version(XENVER_GET_FEATURES, answer)
      Then it returns 0
      And the 32 bits at answer + 4 are 0x10

    Scenario Outline: <case> submap <submap> there is none
      Given a page "answer"
      And "answer" holds <submap> | 0x5A5A5A5A << 32
      When the guest calls xen_version(XENVER_GET_FEATURES, answer)
      Then it is refused with EINVAL
      And the 32 bits at answer + 4 are 0x5A5A5A5A

      Examples:
        | case      | submap     |
        | BOOT-18.j | 1          |
        | BOOT-18.k | 2          |
        | BOOT-18.l | 0x80000000 |
        | BOOT-18.m | 0xFFFFFFFF |

    Scenario Outline: <case> without writable_page_tables a writable mapping of a table is refused: by <route>
      Given a page "table" in use as an L1 table
      And a page "window"
      When the guest asks for "table" at "window" with PRESENT RW by <route>
      Then it is refused with EINVAL, from 4.2: EBUSY
      And nothing has changed

      Examples:
        | case      | route             |
        | BOOT-18.n | mmu_update        |
        | BOOT-18.o | update_va_mapping |

    @era-3.1
    Scenario: BOOT-18.p the assist writable_pagetables is another thing than that feature
      Given the assist WRITABLE_PAGETABLES is on
      And a page "answer"
      When the guest calls xen_version(XENVER_GET_FEATURES, answer)
      Then it returns 0
      And the 8 bits at answer + 4 are 0x10
      Given a page "table" made out as an L1 table
      And "table" is also mapped writable at "window"
      When "table" is pinned as an L1 table
      Then it is refused with EINVAL

    Scenario: BOOT-18.q without writable_descriptor_tables a writable page becomes no descriptor table
      Given a page "gdt"
      When the guest calls set_gdt([mfn(gdt)], 512)
      Then it is refused with EINVAL
      And nothing has changed

    Scenario: BOOT-18.r without auto_translated_physmap an entry names a machine frame: a pseudo-physical one is refused
      Given a page "page"
      And a page "window"
      When the guest calls update_va_mapping(window, pfn(page) << 12 | 0x63, UVMF_INVLPG)
      Then it is refused with EINVAL, from 4.2: EBUSY
      And nothing has changed

    @era-3.1
    Scenario: BOOT-18.s without it there is no map to add to
      Given a page "page"
      When the guest calls memory_op(7, {u16 DOMID_SELF, 0, 0, pfn(page)})
      Then it is refused with EINVAL
      And nothing has changed

    Scenario: BOOT-18.t without supervisor_mode_kernel the kernel runs in ring 1
      When the guest runs in ring 1
        """
        mov eax, cs
        mov ecx, ss
        """
      Then the code runs to its end
      And EAX & 3 is 1
      And ECX & 3 is 1

    Scenario Outline: <case> without it ring 0 is out of reach: <instruction>
      When the guest runs in ring 1
        """
        go: <instruction>
        """
      Then it faults with #GP(0xE008) at "go"

      Examples:
        | case      | instruction             |
        | BOOT-18.u | jmp 0xE008:0xC0100000   |
        | BOOT-18.v | call 0xE008:0xC0100000  |

@BOOT
Feature: What a kernel image says of its needs, and what the domain builder makes of it
  Each kernel is the probe's, changed in what is named: a note of owner "Xen", a field of its ELF file, or what the domain is to be.

  @BOOT-01
  Rule: The builder does as the ELF notes say, passes over types it does not know, and takes "xen-3.0" and "generic" only

    Scenario Outline: <case> a kernel with <kernel> is built and started
      When a domain is built from a kernel with <kernel>
      Then the domain comes up

      Examples: nothing that the builder minds
        | case      | kernel                                                                   |
        | BOOT-01.a | nothing special                                                          |
        | BOOT-01.b | no GUEST_OS, no GUEST_VERSION                                            |
        | BOOT-01.c | GUEST_OS = "a name that is far longer than what a loader keeps of it"    |
        | BOOT-01.d | GUEST_OS = "", GUEST_VERSION = ""                                        |
        | BOOT-01.e | no FEATURES                                                              |
        | BOOT-01.f | XEN_VERSION = "xen-3.0-x86_32p"                                          |

      Examples: note types that nobody knows
        | case      | kernel                                            |
        | BOOT-01.g | a note 0 of "Xen" with "free text"                |
        | BOOT-01.h | a note 77 of "Xen" with "no such type"            |
        | BOOT-01.i | a note 0x7FFFFFFF of "Xen" with "no such type"    |
        | BOOT-01.j | a note 0xFFFFFFFF of "Xen" with "no such type"    |

      Examples: notes of other owners, whatever they say
        | case      | kernel                                                |
        | BOOT-01.k | a note XEN_VERSION of "Linux" with "xen-2.0"          |
        | BOOT-01.l | a note LOADER of "xen" with "special"                 |
        | BOOT-01.m | a note PAE_MODE of "Xenon" with "no"                  |
        | BOOT-01.n | a note XEN_VERSION of "" with "xen-2.0"               |

      Examples: notes found in either place
        | case      | kernel                                       |
        | BOOT-01.o | p_type(1) = 0                                |
        | BOOT-01.p | sh_type(2) = 1                               |
        | BOOT-01.q | p_offset(1) = 0                              |

      Examples: the last of several notes of a type counts
        | case      | kernel                                                                                     |
        | BOOT-01.r | XEN_VERSION = "xen-2.0", a note XEN_VERSION of "Xen" with "xen-3.0"                        |
        | BOOT-01.s | LOADER = "special", a note LOADER of "Xen" with "generic"                                  |

      Examples: the room that the kernel wants below the hypervisor
        | case      | kernel                          |
        | BOOT-01.t | HV_START_LOW = VIRT_START       |
        | BOOT-01.u | HV_START_LOW = 0xC0800000       |

    Scenario Outline: <case> a kernel with <kernel> is refused
      When a domain is built from a kernel with <kernel>
      Then the builder refuses it and speaks of "<word>"
      And nothing is left of it

      Examples: another interface, or none
        | case       | kernel                                                              | word                    |
        | BOOT-01.aa | no XEN_VERSION                                                      | XEN_VERSION or Xen v3.0 |
        | BOOT-01.ab | XEN_VERSION = ""                                                    | XEN_VERSION or Xen v3.0 |
        | BOOT-01.ac | XEN_VERSION = "xen-3.1"                                             | XEN_VERSION or Xen v3.0 |
        | BOOT-01.ad | XEN_VERSION = "xen-2.0"                                             | XEN_VERSION or Xen v3.0 |
        | BOOT-01.ae | XEN_VERSION = "xen-4.0"                                             | XEN_VERSION or Xen v3.0 |
        | BOOT-01.af | XEN_VERSION = "xen-3"                                               | XEN_VERSION or Xen v3.0 |
        | BOOT-01.ag | XEN_VERSION = "Xen-3.0"                                             | XEN_VERSION or Xen v3.0 |
        | BOOT-01.ah | XEN_VERSION = "3.0"                                                 | XEN_VERSION or Xen v3.0 |
        | BOOT-01.ai | a note XEN_VERSION of "Xen" with "xen-2.0"                          | XEN_VERSION or Xen v3.0 |

      Examples: another loader, or none
        | case       | kernel                                                              | word   |
        | BOOT-01.aj | no LOADER                                                           | loader |
        | BOOT-01.ak | LOADER = ""                                                         | loader |
        | BOOT-01.al | LOADER = "special"                                                  | loader |
        | BOOT-01.am | LOADER = "Generic"                                                  | loader |
        | BOOT-01.an | LOADER = "gener"                                                    | loader |
        | BOOT-01.ao | no LOADER, GUEST_OS = "Linux"                                       | loader |

      Examples: more room than the hypervisor leaves
        | case       | kernel                                                              | word                              |
        | BOOT-01.ap | HV_START_LOW = VIRT_START + 1                                       | HV_START_LOW or hypervisor start  |
        | BOOT-01.aq | HV_START_LOW = 0xFF000000                                           | HV_START_LOW or hypervisor start  |

      @ordinary
      Examples: an initial domain's builder rounds this up to 2 MiB, which wraps
        | case       | kernel                                                              | word                              |
        | BOOT-01.aw | HV_START_LOW = 0xFFFFF000                                           | HV_START_LOW or hypervisor start  |

    Scenario: BOOT-01.ar a kernel that calls itself linux needs no LOADER note
      The kernels of that name were there before the note was.

      When a domain is built from a kernel with no LOADER, GUEST_OS = "linux"
      Then the domain comes up

    Scenario Outline: <case> an ENTRY note of <bits> bits is obeyed
      When a domain is built from a kernel with ENTRY = u<bits> entry_elf, e_entry = entry
      Then the domain comes up
      And its first instruction is at entry_elf

      Examples:
        | case       | bits |
        | BOOT-01.as | 32   |
        | BOOT-01.at | 64   |

    Scenario Outline: <case> an ENTRY note of <bits> bits says nothing, and no kernel starts at 0
      When a domain is built from a kernel with ENTRY = u<bits> entry
      Then the builder refuses it and speaks of "entry or entries"
      And nothing is left of it

      Examples:
        | case       | bits |
        | BOOT-01.au | 24   |
        | BOOT-01.av | 40   |

    Scenario Outline: <case> VIRT_BASE <base> is where the first frame is mapped
      When a domain is built from a kernel with built for <base>
      Then the domain comes up
      And its first instruction is at entry
      And the boot region begins at <base>

      Examples:
        | case       | base       |
        | BOOT-01.ba | 0xC0000000 |
        | BOOT-01.bb | 0x80000000 |
        | BOOT-01.bc | 0x40000000 |
        | BOOT-01.bd | 0xE0000000 |
        | BOOT-01.be | 0xF0000000 |
        | BOOT-01.bf | 0xBFC00000 |

      @ordinary
      Examples: an initial domain keeps out of the lowest GiB
        | case       | base       |
        | BOOT-01.bg | 0x20000000 |
        | BOOT-01.bh | 0          |

    @ordinary
    Scenario: BOOT-01.bi without VIRT_BASE the first frame is mapped at 0
      When a domain is built from a kernel with built for 0, no VIRT_BASE, no PADDR_OFFSET
      Then the domain comes up
      And the boot region begins at 0

    @initial @host-32
    Scenario: BOOT-01.bj an initial domain is not loaded into the lowest GiB
      When a domain is built from a kernel with built for 0x20000000
      Then the builder refuses it and speaks of "lowest"
      And nothing is left of it

    Scenario Outline: <case> PADDR_OFFSET: with <kernel> the kernel lies where it was built for
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      And the boot region begins at 0xC0000000

      Examples: p_paddr of the kernel's segment is 0x100000 when nothing is added to it
        | case       | kernel                                                          |
        | BOOT-01.bk | no PADDR_OFFSET                                                 |
        | BOOT-01.bl | PADDR_OFFSET = 0x1000000, p_paddr(0) = 0x1100000                |
        | BOOT-01.bm | PADDR_OFFSET = 0xC0000000, p_paddr(0) = 0xC0100000              |
        | BOOT-01.bn | PADDR_OFFSET = 0x40000000, p_paddr(0) = 0x40100000              |

    Scenario Outline: <case> PADDR_OFFSET: a kernel with <kernel> is refused
      When a domain is built from a kernel with <kernel>
      Then the builder refuses it and speaks of "<word>"
      And nothing is left of it

      Examples:
        | case       | kernel                       | word                                     |
        | BOOT-01.bo | no VIRT_BASE                 | PADDR_OFFSET                             |
        | BOOT-01.bp | PADDR_OFFSET = 0x200000      | VIRT_BASE or out of bounds               |
        | BOOT-01.bq | PADDR_OFFSET = 0xC0000000    | VIRT_BASE or out of bounds               |

    @ordinary
    Scenario: BOOT-01.br HYPERCALL_PAGE: the page named is filled, and no other
      When a domain is built from a kernel with HYPERCALL_PAGE = scratch_pages
      Then the domain comes up to stage 0 and stops in hypercall_page
      And every byte of the page at hypercall_page is 0
      And the page at scratch_pages makes hypercalls

    @ordinary
    Scenario: BOOT-01.bs HYPERCALL_PAGE: an address inside a page names that page
      When a domain is built from a kernel with HYPERCALL_PAGE = hypercall_page + 0xFFF
      Then the domain comes up

    @ordinary
    Scenario: BOOT-01.bt without HYPERCALL_PAGE no page is filled
      When a domain is built from a kernel with no HYPERCALL_PAGE
      Then the domain comes up to stage 0 and stops in hypercall_page
      And every byte of the page at hypercall_page is 0

    @ordinary
    Scenario: BOOT-01.bu BSD_SYMTAB: the symbol table lies behind the kernel
      When a domain is built from a kernel with BSD_SYMTAB = "yes", a symbol table
      Then the domain comes up
      And behind the kernel lies its symbol table
      And the boot elements lie in their order

    Scenario Outline: <case> BSD_SYMTAB: with <kernel> nothing lies behind the kernel
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      And behind the kernel lies nothing

      Examples:
        | case       | kernel                                    |
        | BOOT-01.bv | a symbol table                            |
        | BOOT-01.bw | BSD_SYMTAB = "no", a symbol table         |
        | BOOT-01.bx | BSD_SYMTAB = "yes"                        |

  @BOOT-02
  Rule: Without Xen notes and without a __xen_guest section there is no domain; the old section is obeyed like the notes

    Scenario Outline: <case> a kernel with <kernel> is refused
      When a domain is built from a kernel with <kernel>
      Then the builder refuses it and speaks of "<word>"
      And nothing is left of it

      Examples:
        | case      | kernel                                                                    | word                    |
        | BOOT-02.a | no notes                                                                  | notes                   |
        | BOOT-02.b | no notes, a symbol table                                                  | notes                   |
        | BOOT-02.c | no notes, a __xen_guest section, section without LOADER                   | loader                  |
        | BOOT-02.d | no notes, a __xen_guest section, section LOADER = "special"               | loader                  |
        | BOOT-02.e | no notes, a __xen_guest section, section without XEN_VER                  | XEN_VER or Xen v3.0     |
        | BOOT-02.f | no notes, a __xen_guest section, section XEN_VER = "xen-2.0"              | XEN_VER or Xen v3.0     |
        | BOOT-02.g | no notes, a __xen_guest section, section without VIRT_BASE                | PADDR_OFFSET            |
        | BOOT-02.h | no notes, a __xen_guest section, section VIRT_ENTRY = "0x10"              | entry or entries        |
        | BOOT-02.i | no notes, a __xen_guest section, section without PAE                      | PAE or Mismatch         |
        | BOOT-02.j | no notes, a __xen_guest section, section PAE = "no"                       | PAE or Mismatch         |

    Scenario Outline: <case> a kernel with <kernel> is built and started
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      And its first instruction is at <start>

      Examples: the section alone
        | case      | kernel                                                                                   | start     |
        | BOOT-02.k | no notes, a __xen_guest section                                                          | entry     |
        | BOOT-02.l | no notes, a __xen_guest section, section without VIRT_ENTRY, e_entry = entry_elf         | entry_elf |
        | BOOT-02.m | no notes, a __xen_guest section, section PAE = "yes[extended-cr3]"                       | entry     |
        | BOOT-02.n | no notes, a __xen_guest section, section PAE = "yes, please"                             | entry     |
        | BOOT-02.o | no notes, a __xen_guest section, section COLOUR = "green"                                | entry     |
        | BOOT-02.p | no notes, a __xen_guest section, section without GUEST_OS, section without GUEST_VER     | entry     |
        | BOOT-02.q | no notes, a __xen_guest section, section without LOADER, section GUEST_OS = "linux"      | entry     |

      Examples: physical addresses count from VIRT_BASE where the section does not say otherwise
        | case      | kernel                                                                                   | start     |
        | BOOT-02.r | no notes, a __xen_guest section, section without ELF_PADDR_OFFSET, p_paddr(0) = p_vaddr  | entry     |

      Examples: notes go before the section
        | case      | kernel                                                                                   | start     |
        | BOOT-02.s | a __xen_guest section, section XEN_VER = "xen-2.0", section VIRT_ENTRY = "0x10"          | entry     |

    Scenario: BOOT-02.t notes of other owners are none of Xen's
      When a domain is built from a kernel with no GUEST_OS, no GUEST_VERSION, no XEN_VERSION, no VIRT_BASE, no PADDR_OFFSET, no ENTRY, no HYPERCALL_PAGE, no FEATURES, no PAE_MODE, no LOADER, a note XEN_VERSION of "Linux" with "xen-3.0"
      Then the builder refuses it and speaks of "notes or loader"
      And nothing is left of it

    Scenario: BOOT-02.u beside notes of other owners the section is obeyed
      When a domain is built from a kernel with no GUEST_OS, no GUEST_VERSION, no XEN_VERSION, no VIRT_BASE, no PADDR_OFFSET, no ENTRY, no HYPERCALL_PAGE, no FEATURES, no PAE_MODE, no LOADER, a note XEN_VERSION of "Linux" with "xen-2.0", a __xen_guest section
      Then the domain comes up
      And its first instruction is at entry

  @BOOT-03
  Rule: A kernel whose PAE mode does not fit is refused

    Scenario Outline: <case> a kernel with <kernel> is built and started
      When a domain is built from a kernel with <kernel>
      Then the domain comes up

      Examples:
        | case      | kernel                                    |
        | BOOT-03.a | PAE_MODE = "yes"                          |
        | BOOT-03.b | PAE_MODE = "bimodal"                      |
        | BOOT-03.c | PAE_MODE = "bimodal[extended-cr3]"        |

    Scenario Outline: <case> a kernel with <kernel> is refused
      When a domain is built from a kernel with <kernel>
      Then the builder refuses it and speaks of "PAE or Mismatch"
      And nothing is left of it

      Examples:
        | case      | kernel                                    |
        | BOOT-03.d | PAE_MODE = "no"                           |
        | BOOT-03.e | no PAE_MODE                               |
        | BOOT-03.f | PAE_MODE = ""                             |
        | BOOT-03.g | PAE_MODE = "YES"                          |
        | BOOT-03.h | PAE_MODE = "y"                            |

    @era-3.1
    Scenario: BOOT-03.i "yes[extended-cr3]" is a word of the old section and not of the note
      When a domain is built from a kernel with PAE_MODE = "yes[extended-cr3]"
      Then the builder refuses it and speaks of "PAE or Mismatch"
      And nothing is left of it

  @BOOT-04
  Rule: An optional feature that is known may be missing; what may be required depends on who builds; a name that nobody knows is refused

    Scenario Outline: <case> a kernel with FEATURES = "<features>" is built and started
      When a domain is built from a kernel with FEATURES = "<features>"
      Then the domain comes up

      Examples: optional ones, there or not
        | case      | features                                                                                                                                |
        | BOOT-04.a | writable_page_tables                                                                                                                    |
        | BOOT-04.b | writable_descriptor_tables                                                                                                              |
        | BOOT-04.c | auto_translated_physmap                                                                                                                 |
        | BOOT-04.d | supervisor_mode_kernel                                                                                                                  |
        | BOOT-04.e | pae_pgdir_above_4gb                                                                                                                     |
        | BOOT-04.f |                                                                                                                                         |
        | BOOT-04.g | writable_page_tables\|writable_descriptor_tables\|auto_translated_physmap\|supervisor_mode_kernel\|pae_pgdir_above_4gb                   |
        | BOOT-04.h | pae_pgdir_above_4gb\|                                                                                                                   |

      @ordinary
      Examples: required ones, whose word is taken
        | case      | features                                                      |
        | BOOT-04.i | !pae_pgdir_above_4gb                                          |
        | BOOT-04.j | writable_page_tables\|!pae_pgdir_above_4gb                    |
        | BOOT-04.k | !writable_page_tables                                         |
        | BOOT-04.l | !writable_descriptor_tables                                   |
        | BOOT-04.m | !supervisor_mode_kernel                                       |
        | BOOT-04.n | !writable_page_tables\|pae_pgdir_above_4gb                    |

    @ordinary
    Scenario Outline: <case> a kernel with FEATURES = "<features>" wants a domain that is built in another way, and is refused
      When a domain is built from a kernel with FEATURES = "<features>"
      Then the builder refuses it and speaks of "auto_translated_physmap"
      And nothing is left of it

      Examples: the one feature that changes what is built
        | case       | features                                                      |
        | BOOT-04.o  | !auto_translated_physmap                                      |
        | BOOT-04.p  | pae_pgdir_above_4gb\|!auto_translated_physmap                 |
        | BOOT-04.ac | !auto_translated_physmap\|pae_pgdir_above_4gb                 |

    @initial @era-3.1
    Scenario Outline: <case> an initial domain that requires <features> is refused, whatever it is
      When a domain is built from a kernel with FEATURES = "<features>"
      Then the builder refuses it and speaks of "requires"
      And nothing is left of it

      Examples:
        | case       | features                                                      |
        | BOOT-04.ad | !writable_page_tables                                         |
        | BOOT-04.ae | !writable_descriptor_tables                                   |
        | BOOT-04.af | !auto_translated_physmap                                      |
        | BOOT-04.ag | !supervisor_mode_kernel                                       |
        | BOOT-04.ah | !pae_pgdir_above_4gb                                          |
        | BOOT-04.ai | writable_page_tables\|!pae_pgdir_above_4gb                    |

    @initial @era-4.2 @era-4.17
    Scenario: BOOT-04.aj a later initial domain that requires ring 0 is refused
      When a domain is built from a kernel with FEATURES = "!supervisor_mode_kernel"
      Then the builder refuses it and speaks of "requires"

    @initial @era-4.2 @era-4.17
    Scenario Outline: <case> a later initial domain may require or want <features>
      When a domain is built from a kernel with FEATURES = "<features>"
      Then the domain comes up

      Examples:
        | case       | features                                                      |
        | BOOT-04.ak | !writable_page_tables                                         |
        | BOOT-04.al | !pae_pgdir_above_4gb                                          |
        | BOOT-04.am | no_such_feature                                               |
        | BOOT-04.an | !dom0                                                         |

    @era-3.1
    Scenario Outline: <case> a kernel with FEATURES = "<features>" names something that nobody knows and is refused
      When a domain is built from a kernel with FEATURES = "<features>"
      Then the builder refuses it
      And nothing is left of it

      Examples: required or not
        | case      | features                                                       |
        | BOOT-04.q | no_such_feature                                                |
        | BOOT-04.r | !no_such_feature                                               |
        | BOOT-04.s | pae_pgdir_above_4gb\|no_such_feature                           |
        | BOOT-04.t | no_such_feature\|pae_pgdir_above_4gb                           |
        | BOOT-04.u | Writable_Page_Tables                                           |
        | BOOT-04.v | writable_page_table                                            |
        | BOOT-04.w | writable_page_tables_and_more                                  |
        | BOOT-04.x | !!writable_page_tables                                         |
        | BOOT-04.y | \|pae_pgdir_above_4gb                                          |
        | BOOT-04.z | pae_pgdir_above_4gb \|writable_page_tables                     |

    @era-3.1 @ordinary
    Scenario: BOOT-04.ab a required feature of the old section, whose word is taken
      When a domain is built from a kernel with no notes, a __xen_guest section, section FEATURES = "!supervisor_mode_kernel"
      Then the domain comes up

    @era-3.1
    Scenario Outline: <case> the old section's FEATURES = "<features>" is read in the same way
      When a domain is built from a kernel with no notes, a __xen_guest section, section FEATURES = "<features>"
      Then the builder refuses it and speaks of "<word>"
      And nothing is left of it

      Examples:
        | case       | features                   | word                                                         |
        | BOOT-04.aa | !auto_translated_physmap   | auto_translated_physmap or unsupported hypervisor feature    |

@BOOT
Feature: What a guest is told at its start, and where it finds it

  @BOOT-09
  Rule: start_info is filled in

    Scenario Outline: <case> nr_pages of a domain of <mib> MiB is <pages>
      When a domain is built from a kernel with <mib> MiB
      Then the domain comes up
      And start_info.nr_pages is <pages>

      Examples:
        | case      | mib | pages |
        | BOOT-09.a | 16  | 4096  |
        | BOOT-09.b | 17  | 4352  |
        | BOOT-09.c | 32  | 8192  |
        | BOOT-09.d | 33  | 8448  |
        | BOOT-09.e | 64  | 16384 |

    Scenario: BOOT-09.f shared_info is given by its machine address
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.shared_info is the machine address of a page that is none of the domain's own

    @ordinary
    Scenario: BOOT-09.g flags of an ordinary domain are 0
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.flags is 0

    @initial @era-3.1
    Scenario: BOOT-09.h flags of the initial domain are SIF_PRIVILEGED and SIF_INITDOMAIN
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.flags is 3

    @initial @era-4.2 @era-4.17
    Scenario: BOOT-09.ap later they also say what of power management is the hypervisor's: by default all
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.flags is 0x303

    Scenario: BOOT-09.i pt_base and mfn_list are the addresses of mapped pages
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.pt_base lies at a page's start in the boot region
      And start_info.mfn_list lies at a page's start in the boot region

    Scenario: BOOT-09.j pt_base is the address of the table that CR3 names
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      When the guest runs in ring 1
        """
        mov eax, cr3
        """
      Then the code runs to its end
      And EAX is ma(boot_l3)

    Scenario: BOOT-09.k without a ramdisk mod_start and mod_len are 0
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.mod_start is 0
      And start_info.mod_len is 0

    Scenario Outline: <case> a ramdisk of <size> bytes is where mod_start says
      When a domain is built from a kernel with a ramdisk of <size> bytes
      Then the domain comes up
      And start_info.mod_start is kernel_end + 0xFFF & ~0xFFF
      And the ramdisk is there, every byte of it

      Examples: within a page, whole pages, across 4 MiB
        | case      | size    |
        | BOOT-09.l | 1       |
        | BOOT-09.m | 4095    |
        | BOOT-09.n | 4096    |
        | BOOT-09.o | 4097    |
        | BOOT-09.p | 1000000 |
        | BOOT-09.q | 5242887 |

    @ordinary
    Scenario Outline: <case> mod_len of a ramdisk of <size> bytes is whole pages, as the era's tools give it
      When a domain is built from a kernel with a ramdisk of <size> bytes
      Then the domain comes up
      And start_info.mod_len is <length>

      Examples:
        | case      | size | length |
        | BOOT-09.r | 1    | 4096   |
        | BOOT-09.s | 4096 | 4096   |
        | BOOT-09.t | 4097 | 8192   |

    @initial
    Scenario Outline: <case> mod_len of an initial domain's ramdisk of <size> bytes is its size
      When a domain is built from a kernel with a ramdisk of <size> bytes
      Then the domain comes up
      And start_info.mod_len is <size>

      Examples:
        | case      | size |
        | BOOT-09.u | 1    |
        | BOOT-09.v | 4096 |
        | BOOT-09.w | 4097 |

    Scenario Outline: <case> the command line "<text>" is given as it is
      When a domain is built from a kernel with the command line "<text>"
      Then the domain comes up
      And start_info's command line is the first 1023 characters of what was given

      Examples:
        | case       | text                                      |
        | BOOT-09.x  |                                           |
        | BOOT-09.y  | x                                         |
        | BOOT-09.z  | root=/dev/xvda1 ro console=hvc0           |
        | BOOT-09.aa | quotes='single' back\\slash percent=%s    |

    Scenario Outline: <case> of a command line of <length> characters the first <kept> are kept, and a NUL
      When a domain is built from a kernel with a command line of <length> characters
      Then the domain comes up
      And start_info's command line is the first <kept> characters of what was given

      @ordinary
      Examples: start_info has room for 1024 bytes
        | case       | length | kept |
        | BOOT-09.ab | 1022   | 1022 |
        | BOOT-09.ac | 1023   | 1023 |
        | BOOT-09.ad | 1024   | 1023 |
        | BOOT-09.ae | 1025   | 1023 |
        | BOOT-09.af | 5000   | 1023 |

      Examples: a long one
        | case       | length | kept |
        | BOOT-09.ag | 700    | 700  |

    @ordinary
    Scenario: BOOT-09.ah the store and the console have a page each
      The store's is empty; the console's is in use by the time the guest speaks.

      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.store_mfn names a page of the boot region that is all zeros
      And start_info.console.domU.mfn names a page of the boot region

    @ordinary
    Scenario Outline: <case> the <name>'s event channel is open to the initial domain
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      Given a page "query"
      And "query" holds 0x7FF0 | start_info.<field> << 32
      When the guest calls event_channel_op(EVTCHNOP_STATUS, query)
      Then it is accepted
      And the 32 bits at query + 8 are 2
      And the 16 bits at query + 16 are 0

      Examples: status 2 is EVTCHNSTAT_interdomain, with the number of the domain at the other end
        | case       | name    | field               |
        | BOOT-09.ai | store   | store_evtchn        |
        | BOOT-09.aj | console | console.domU.evtchn |

    @initial
    Scenario: BOOT-09.ak an initial domain has no store and no console ring
      When a domain is built from a kernel with nothing special
      Then the domain comes up
      And start_info.store_mfn is 0
      And start_info.store_evtchn is 0

    @ordinary
    Scenario Outline: <case> of 4 vcpus <state>: VCPUOP_is_up of vcpu <vcpu> gives <result>
      When a domain is built from a kernel with 4 vcpus
      Then the domain comes up
      When the guest calls vcpu_op(VCPUOP_IS_UP, <vcpu>, 0)
      Then it returns <result>

      Examples:
        | case       | vcpu | result  | state                |
        | BOOT-09.al | 0    | 1       | the first is up      |
        | BOOT-09.am | 1    | 0       | the others are not   |
        | BOOT-09.an | 3    | 0       | the others are not   |
        | BOOT-09.ao | 4    | -ENOENT | there is no fifth    |

  @BOOT-10
  Rule: The elements lie in order, each at a page's start; the region ends on 4 MiB and leaves 512 KiB free

    Scenario Outline: <case> the layout with <kernel>
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      And the boot elements lie in their order
      And the boot region maps the domain's first frames one to one

      Examples: sizes of the domain
        | case      | kernel                                                        |
        | BOOT-10.a | nothing special                                               |
        | BOOT-10.b | 8 MiB                                                         |
        | BOOT-10.c | 17 MiB                                                        |
        | BOOT-10.d | 64 MiB                                                        |

      Examples: ramdisks, up to and across the ends of 4 MiB
        | case      | kernel                                                        |
        | BOOT-10.e | a ramdisk of 1 bytes                                          |
        | BOOT-10.f | a ramdisk of 4096 bytes                                       |
        | BOOT-10.g | a ramdisk of 0x100000 bytes                                   |
        | BOOT-10.h | a ramdisk of 0x200000 bytes                                   |
        | BOOT-10.i | a ramdisk of 0x280000 bytes                                   |
        | BOOT-10.j | a ramdisk of 0x300000 bytes                                   |
        | BOOT-10.k | a ramdisk of 0x400000 bytes                                   |
        | BOOT-10.l | a ramdisk of 9000001 bytes                                    |
        | BOOT-10.m | a ramdisk of 0x600000 bytes, 64 MiB                           |

      Examples: other places in the address space
        | case      | kernel                                                        |
        | BOOT-10.n | built for 0x80000000                                          |
        | BOOT-10.o | built for 0x40000000                                          |
        | BOOT-10.p | built for 0xE0000000                                          |
        | BOOT-10.q | built for 0xF0000000                                          |

      Examples: from one slot of the L3 into the next
        | case      | kernel                                                        |
        | BOOT-10.r | built for 0xBFC00000                                          |
        | BOOT-10.s | built for 0xBFC00000, a ramdisk of 0x500000 bytes             |
        | BOOT-10.t | built for 0xBFF00000                                          |
        | BOOT-10.u | built for 0x7FC00000, a ramdisk of 0x500000 bytes             |

      Examples: larger kernels
        | case      | kernel                                                        |
        | BOOT-10.v | 0x350000 bytes of memory for its segment                      |
        | BOOT-10.w | a segment of 0x1001 bytes at 0xC0800000                       |
        | BOOT-10.x | 0x2F0000 bytes of memory for its segment, a ramdisk of 1 bytes |

    Scenario Outline: <case> the region ends just where 512 KiB still fit: with <kernel> at <end>
      Behind the stack, 512 KiB below a multiple of 4 MiB is the last place that will do.

      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      And the boot elements lie in their order
      And the boot region ends at <end>

      @ordinary
      Examples: kernel, ramdisk, 8 pages of mfn_list, 3 single pages, 1 L3, 1 L2, 2 or 4 L1s, stack
        | case       | kernel                                                                         | end        |
        | BOOT-10.aa | a ramdisk of 0xC0380000 - 0x10000 - (memory_end + 0xFFF & ~0xFFF) bytes        | 0xC0400000 |
        | BOOT-10.ab | a ramdisk of 0xC0380000 - 0xF000 - (memory_end + 0xFFF & ~0xFFF) bytes         | 0xC0800000 |

      @initial
      Examples: kernel, ramdisk, 8 pages of mfn_list, start_info, 1 L3, 4 L2s, 2 or 4 L1s, stack
        | case       | kernel                                                                         | end        |
        | BOOT-10.ac | a ramdisk of 0xC0380000 - 0x11000 - (memory_end + 0xFFF & ~0xFFF) bytes        | 0xC0400000 |
        | BOOT-10.ad | a ramdisk of 0xC0380000 - 0x10000 - (memory_end + 0xFFF & ~0xFFF) bytes        | 0xC0800000 |

  @BOOT-11
  Rule: mfn_list and the machine-to-physical table are each other's inverse; the table can be read and never written

    Scenario Outline: <case> with <kernel> each entry of mfn_list is answered by the machine-to-physical table
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      When the guest runs in ring 1 with ESI = start_info.mfn_list, EDX = start_info.nr_pages
        """
        xor ecx, ecx
        next:
        mov eax, [esi+ecx*4]
        cmp eax, 0x400000
        jae wrong
        cmp [MACH2PHYS_START+eax*4], ecx
        jne wrong
        inc ecx
        cmp ecx, edx
        jne next
        wrong:
        """
      Then the code runs to its end
      And ECX is start_info.nr_pages

      Examples:
        | case      | kernel                           |
        | BOOT-11.a | nothing special                  |
        | BOOT-11.b | 33 MiB                           |
        | BOOT-11.c | 64 MiB                           |
        | BOOT-11.d | a ramdisk of 5000000 bytes       |
        | BOOT-11.e | built for 0x80000000             |

    Scenario Outline: <case> the entry of a frame is read with <instruction>
      Given a page "page"
      When the guest runs in ring 1 with EDX = mfn(page)
        """
        <instruction>
        """
      Then the code runs to its end
      And EAX is <value>

      Examples: of every width
        | case      | instruction                                 | value              |
        | BOOT-11.f | mov eax, [MACH2PHYS_START+edx*4]            | pfn(page)          |
        | BOOT-11.g | movzx eax, word [MACH2PHYS_START+edx*4]     | pfn(page) & 0xFFFF |
        | BOOT-11.h | movzx eax, byte [MACH2PHYS_START+edx*4]     | pfn(page) & 0xFF   |

    Scenario Outline: <case> <instruction> on the table faults with <fault> and changes nothing
      Given a page "page"
      When the guest runs in ring 1 with EDX = mfn(page), EAX = 5
        """
        store: <instruction>
        """
      Then it faults with <fault> at "store"
      And CR2 is MACH2PHYS_START + mfn(page) * 4
      And the 32 bits at MACH2PHYS_START + mfn(page) * 4 are pfn(page)

      Examples: every kind of store, that of the same value too
        | case      | instruction                                     | fault  |
        | BOOT-11.i | mov [MACH2PHYS_START+edx*4], eax                | #PF(3) |
        | BOOT-11.j | mov byte [MACH2PHYS_START+edx*4], 0             | #PF(3) |
        | BOOT-11.k | xchg [MACH2PHYS_START+edx*4], eax               | #PF(3) |
        | BOOT-11.l | add dword [MACH2PHYS_START+edx*4], 0            | #PF(3) |
        | BOOT-11.m | lock cmpxchg [MACH2PHYS_START+edx*4], ecx       | #PF(3) |
        | BOOT-11.n | lock bts dword [MACH2PHYS_START+edx*4], 0       | #PF(3) |
        | BOOT-11.o | and dword [MACH2PHYS_START+edx*4], -1           | #PF(3) |

    Scenario Outline: <case> the <place> of the table cannot be written with the assist either
      Given the assist WRITABLE_PAGETABLES is on
      When the guest runs in ring 1 with EDX = <address>
        """
        store: mov [edx], eax
        """
      Then it faults with #PF(3) at "store"

      Examples:
        | case      | place            | address               |
        | BOOT-11.p | first word       | MACH2PHYS_START       |
        | BOOT-11.q | second page      | MACH2PHYS_START + 4096 |

    Scenario: BOOT-11.r ring 3 does not see the table
      When the guest runs in ring 3
        """
        load: mov eax, [MACH2PHYS_START]
        """
      Then it faults with #PF(5) at "load"

    Scenario: BOOT-11.s ring 3 cannot write the table
      When the guest runs in ring 3
        """
        store: mov [MACH2PHYS_START], eax
        """
      Then it faults with #PF(7) at "store"

  @BOOT-12
  Rule: Every boot element is mapped read-write, except the page tables

    Scenario Outline: <case> the entries of the boot tables with <kernel>
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      And every page of the boot region is mapped read-write but the page tables

      Examples:
        | case      | kernel                                                        |
        | BOOT-12.a | nothing special                                               |
        | BOOT-12.b | a ramdisk of 5000000 bytes                                    |
        | BOOT-12.c | built for 0x80000000                                          |
        | BOOT-12.d | built for 0xBFC00000, a ramdisk of 0x500000 bytes             |
        | BOOT-12.e | 64 MiB                                                        |

    Scenario: BOOT-12.f stores to everything else work
      When a domain is built from a kernel with a ramdisk of 5000 bytes
      Then the domain comes up
      And a store to every page of the boot region but the page tables works

    Scenario: BOOT-12.g stores to the tables do not
      When a domain is built from a kernel with a ramdisk of 5000 bytes
      Then the domain comes up
      And a store to every boot page table faults with #PF(3)

  @BOOT-14
  Rule: At entry every vcpu's mask is 1, nothing is pending and no channel is masked

    The probe's entry point of that name looks at shared_info before it does or says anything else.

    Scenario Outline: <case> shared_info as a domain with <kernel> finds it
      When a domain is built from a kernel with <kernel>
      Then the domain comes up
      And at the first instruction nothing was pending, every vcpu's mask was 1 and no channel was masked

      Examples:
        | case      | kernel                                    |
        | BOOT-14.a | ENTRY = entry_quiet                       |
        | BOOT-14.b | ENTRY = entry_quiet, 64 MiB               |
        | BOOT-14.c | no ENTRY, e_entry = entry_quiet           |

      @ordinary
      Examples: more vcpus
        | case      | kernel                                    |
        | BOOT-14.d | ENTRY = entry_quiet, 2 vcpus              |
        | BOOT-14.e | ENTRY = entry_quiet, 32 vcpus             |

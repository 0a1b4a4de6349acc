@SEG
Feature: Descriptor tables change only through the hypervisor

  A descriptor is written descriptor(base, limit, access); access is G, D/B, L, AVL, P, DPL, S and type in three hexadecimal
  digits, so that C9A is 32-bit page-granular code with DPL 0, CBA the same with DPL 1, CF3 data with DPL 3.

  @SEG-01
  Rule: The GDT changes only by hypercall

    Scenario Outline: <case> a <bits>-bit store to an active GDT page faults
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest stores 0 in <bits> bits at gdt + <offset>
      Then it is refused with #PF(3)
      And CR2 is gdt + <offset>
      And nothing has changed

      Examples:
        | case     | bits | offset |
        | SEG-01.a | 32   | 0      |
        | SEG-01.b | 32   | 4092   |
        | SEG-01.c | 8    | 13     |

    Scenario Outline: <case> an active GDT page is not mapped writable by <route>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      And a page "window"
      And the assist writable_pagetables is on
      When the guest asks for "gdt" at "window" with PRESENT RW by <route>
      Then it is refused with <refusal>
      And nothing has changed

      Examples:
        | case     | route                                            | refusal                 |
        | SEG-01.d | mmu_update                                       | EINVAL, from 4.2: EBUSY |
        | SEG-01.e | update_va_mapping                                | EINVAL, from 4.2: EBUSY |
        | SEG-01.f | a store to its page-table entry                  | #PF(3)                  |
        | SEG-01.g | an entry of an L1 table pinned                   | EINVAL, from 4.2: EBUSY |
        | SEG-01.h | an entry of an L1 table linked                   | EINVAL, from 4.17: EBUSY |
        | SEG-01.i | an entry of an L1 table below an L2 table pinned | EINVAL, from 4.17: EBUSY |
        | SEG-01.j | an entry of an L1 table below an L3 table loaded | EINVAL, from 4.17: EBUSY |

    Scenario: SEG-01.k set_gdt of a page that is mapped writable at its own address is refused
      Given a page "gdt"
      When the guest calls set_gdt([mfn(gdt)], 512)
      Then it is refused with EINVAL
      And nothing has changed

    Scenario: SEG-01.l set_gdt of a page that is mapped writable elsewhere is refused until that mapping is gone
      Given a page "gdt" mapped read-only
      And "gdt" is also mapped writable at "second"
      When the guest calls set_gdt([mfn(gdt)], 512)
      Then it is refused with EINVAL
      And nothing has changed
      When "second" is mapped nowhere
      And the guest calls set_gdt([mfn(gdt)], 512)
      Then it is accepted
      And "gdt" cannot be mapped writable

    Scenario Outline: <case> one writable page among three refuses all: the <position>
      Given a page "a" mapped read-only
      And a page "b" mapped read-only
      And a page "writable"
      When the guest calls set_gdt([<frames>], 1536)
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | position | frames                        |
        | SEG-01.m | first    | mfn(writable), mfn(a), mfn(b) |
        | SEG-01.n | second   | mfn(a), mfn(writable), mfn(b) |
        | SEG-01.o | last     | mfn(a), mfn(b), mfn(writable) |

    Scenario: SEG-01.p mmu_update does not write an active GDT page
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls mmu_update([{slot(gdt, 1), descriptor(0, 0xFFFFF, 0xC9A)}])
      Then it is refused with EINVAL
      And 0 elements are done
      And nothing has changed

    Scenario Outline: <case> an active GDT page is no <level> table
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When "gdt" is pinned as an <level> table
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | level |
        | SEG-01.q | L1    |
        | SEG-01.r | L2    |

    Scenario: SEG-01.s a page in use as a table is no GDT page
      Given a page "table" in use as an L1 table
      When the guest calls set_gdt([mfn(table)], 512)
      Then it is refused with EINVAL
      And nothing has changed

  @SEG-02
  Rule: set_gdt takes up to 14 frames; what is refused leaves the old GDT; slots without a frame fault

    Scenario Outline: <case> <entries> entries are accepted
      Given 14 pages "gdt" mapped read-only
      When the guest calls set_gdt([mfn(gdt.1), mfn(gdt.2), mfn(gdt.3), mfn(gdt.4), mfn(gdt.5), mfn(gdt.6), mfn(gdt.7), mfn(gdt.8), mfn(gdt.9), mfn(gdt.10), mfn(gdt.11), mfn(gdt.12), mfn(gdt.13), mfn(gdt.14)], <entries>)
      Then it is accepted
      And "gdt.<last>" cannot be mapped writable
      And "gdt.<next>" can be mapped writable

      Examples: a frame counts from its first entry on
        | case     | entries | last | next |
        | SEG-02.a | 1       | 1    | 2    |
        | SEG-02.b | 512     | 1    | 2    |
        | SEG-02.c | 513     | 2    | 3    |
        | SEG-02.d | 6656    | 13   | 14   |

    Scenario: SEG-02.e the most entries there can be
      Given 14 pages "gdt" mapped read-only
      When the guest calls set_gdt([mfn(gdt.1), mfn(gdt.2), mfn(gdt.3), mfn(gdt.4), mfn(gdt.5), mfn(gdt.6), mfn(gdt.7), mfn(gdt.8), mfn(gdt.9), mfn(gdt.10), mfn(gdt.11), mfn(gdt.12), mfn(gdt.13), mfn(gdt.14)], 7168)
      Then it is accepted
      And "gdt.14" cannot be mapped writable

    Scenario Outline: <case> <entries> entries are refused and the old GDT stays
      Given a page "old" mapped read-only
      And entry 1 of "old" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(old)], 512)
      And a page "new" mapped read-only
      When the guest calls set_gdt([mfn(new), mfn(new)], <entries>)
      Then it is refused with EINVAL
      And nothing has changed
      When the guest runs in ring 1
        """
        mov eax, 0x09
        mov gs, eax
        """
      Then the code runs to its end

      Examples:
        | case     | entries    |
        | SEG-02.f | 7169       |
        | SEG-02.g | 8192       |
        | SEG-02.h | 0x10000    |
        | SEG-02.i | 0xFFFFFFFF |

    Scenario Outline: <case> <what> among the frames is refused and the old GDT stays
      Given a page "old" mapped read-only
      And entry 1 of "old" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(old)], 512)
      And a page "new" mapped read-only
      When the guest calls set_gdt([<frames>], 1024)
      Then it is refused with EINVAL
      And nothing has changed
      When the guest runs in ring 1
        """
        mov eax, 0x09
        mov gs, eax
        """
      Then the code runs to its end

      Examples:
        | case     | what                   | frames                              |
        | SEG-02.j | the hypervisor's frame | hypervisor_frame, mfn(new)          |
        | SEG-02.k | the hypervisor's frame | mfn(new), hypervisor_frame          |
        | SEG-02.l | a frame beyond memory  | mfn(new), first_frame_beyond_memory |

    Scenario Outline: <case> a frame list at <where> is refused
      Given an address "hole" that maps nothing
      When the guest calls set_gdt(<where>, 512)
      Then it is refused with EFAULT

      Examples: unmapped; at and beyond the start of the hypervisor's own memory; wrapping
        | case     | where      |
        | SEG-02.m | hole       |
        | SEG-02.n | 0xF6800000 |
        | SEG-02.o | 0xFFFFFFFC |

    Scenario Outline: <case> a selector in a slot without a frame faults: <selector>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest runs in ring <ring> with EAX = <selector>
        """
        here: mov gs, eax
        """
      Then it faults with #GP(<error>) at "here"
      And no register has changed

      Examples: the first absent frame, one in the middle, the last
        | case     | ring | selector | error  |
        | SEG-02.p | 1    | 0x1001   | 0x1000 |
        | SEG-02.q | 1    | 0x7001   | 0x7000 |
        | SEG-02.r | 1    | 0xDFF9   | 0xDFF8 |
        | SEG-02.s | 3    | 0x1003   | 0x1000 |

    Scenario Outline: <case> the last entry of the last frame works: <selector>
      Given a page "low" mapped read-only
      And a page "high" mapped read-only
      And entry 511 of "high" is descriptor(0, 0xFFFF, 0x4F3)
      And the guest has called set_gdt([mfn(low), mfn(high)], <entries>)
      When the guest runs in ring 1 with EAX = 0x1FF9
        """
        mov gs, eax
        """
      Then the code runs to its end
      And GS is 0x1FF9

      Examples: also beyond the number of entries: that number only counts frames
        | case     | entries | selector |
        | SEG-02.t | 1024    | 0x1FF9   |
        | SEG-02.u | 513     | 0x1FF9   |

    Scenario Outline: <case> the limit of the GDT register is the same whatever set_gdt was given: <entries>
      Given a page "memory"
      And a page "gdt" mapped read-only
      And the code has run in ring 1
        """
        sgdt [memory]
        """
      And the guest has called set_gdt([mfn(gdt)], <entries>)
      When the guest runs in ring 1
        """
        mov ax, [memory]
        movzx esi, ax
        sgdt [memory]
        mov ax, [memory]
        movzx edi, ax
        sub esi, edi
        """
      Then the code runs to its end
      And ESI is 0

      Examples:
        | case     | entries |
        | SEG-02.v | 1       |
        | SEG-02.w | 512     |

    Scenario Outline: <case> the hypervisor's own <selector> cannot be loaded
      When the guest runs in ring 1 with EAX = <selector>
        """
        here: mov <register>, eax
        """
      Then it faults with #GP(<error>) at "here"
      And no register has changed

      Examples:
        | case     | selector | register | error  |
        | SEG-02.x | 0xE008   | gs       | 0xE008 |
        | SEG-02.y | 0xE011   | gs       | 0xE010 |
        | SEG-02.z | 0xE010   | ds       | 0xE010 |

  @SEG-03
  Rule: Every present descriptor is validated; one bad entry refuses the whole, and the GDT in use stays

    Scenario Outline: <case> <what> in slot <slot> refuses the page
      Given a page "old" mapped read-only
      And entry 1 of "old" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(old)], 512)
      And a page "bad" mapped read-only
      And entry 2 of "bad" is descriptor(0, 0xFFFF, 0x4B3)
      And entry <slot> of "bad" is <descriptor>
      When the guest calls set_gdt([mfn(bad)], 512)
      Then it is refused with EINVAL
      And nothing has changed but the bytes of "bad"
      When the guest runs in ring 1 with EAX = 0x09
        """
        mov gs, eax
        """
      Then the code runs to its end
      When the guest runs in ring 1 with EAX = 0x11
        """
        here: mov gs, eax
        """
      Then it faults with #GP(0x10) at "here"

      Examples: the first, a middle and the last slot of a page, even when only one entry is asked for
        | case     | what                  | slot | descriptor                         |
        | SEG-03.a | a TSS                 | 0    | descriptor(0, 0x67, 0x089)         |
        | SEG-03.b | a TSS                 | 300  | descriptor(0, 0x67, 0x089)         |
        | SEG-03.c | a TSS                 | 511  | descriptor(0, 0x67, 0x089)         |
        | SEG-03.d | an LDT                | 511  | descriptor(0, 0xFFFF, 0x082)       |
        | SEG-03.e | an interrupt gate     | 7    | gate(FLAT_RING1_CS, 0x1000, 0x8E00) |

      @host-32
      Examples: a 64-bit host has no such limit
        | case     | what                  | slot | descriptor                         |
        | SEG-03.f | a base in Xen's range | 7    | descriptor(0xF67FF000, 0, 0x4B3)   |

    Scenario: SEG-03.g a bad descriptor in the second of two frames refuses both
      Given a page "good" mapped read-only
      And a page "bad" mapped read-only
      And entry 511 of "bad" is descriptor(0, 0x67, 0x089)
      When the guest calls set_gdt([mfn(good), mfn(bad)], 1024)
      Then it is refused with EINVAL
      And nothing has changed but the bytes of "bad"
      And "good" can be mapped writable

    Scenario: SEG-03.h entries that are not asked for are validated, too: the page counts
      Given a page "bad" mapped read-only
      And entry 511 of "bad" is descriptor(0, 0x67, 0x089)
      When the guest calls set_gdt([mfn(bad)], 1)
      Then it is refused with EINVAL
      And nothing has changed but the bytes of "bad"

    Scenario Outline: <case> <what> that is not present is accepted as it is
      Given a page "gdt" mapped read-only
      And entry 3 of "gdt" is <descriptor>
      When the guest calls set_gdt([mfn(gdt)], 512)
      Then it is accepted
      And descriptor 3 of "gdt" reads <descriptor>

      Examples:
        | case     | what             | descriptor                          |
        | SEG-03.i | a TSS            | descriptor(0, 0x67, 0x009)          |
        | SEG-03.j | an LDT           | descriptor(0, 0xFFFF, 0x002)        |
        | SEG-03.k | ring-0 code      | descriptor(0, 0xFFFFF, 0xC1A)       |
        | SEG-03.l | nothing but ones | 0xFFFF7FFFFFFFFFFF                  |

    Scenario Outline: <case> update_descriptor with <what> is refused and the old descriptor stays
      Given a page "gdt" mapped read-only
      And entry 4 of "gdt" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls update_descriptor(slot(gdt, 4), <descriptor>)
      Then it is refused with EINVAL
      And nothing has changed
      And descriptor 4 of "gdt" reads descriptor(0, 0xFFFF, 0x4B3)

      Examples:
        | case     | what                  | descriptor                          |
        | SEG-03.m | a TSS                 | descriptor(0, 0x67, 0x089)          |
        | SEG-03.n | an LDT                | descriptor(0, 0xFFFF, 0x082)        |
        | SEG-03.o | a trap gate           | gate(FLAT_RING1_CS, 0x1000, 0x8F00) |

      @host-32
      Examples: a 64-bit host has no such limit
        | case     | what                  | descriptor                          |
        | SEG-03.p | a base in Xen's range | descriptor(0xF67FF000, 0, 0x4B3)    |

  @SEG-04
  Rule: A present descriptor with a DPL below 1 is accepted with DPL 1

    Scenario Outline: <case> by <how> access <access> becomes <becomes>
      Given a page "gdt" mapped read-only
      And entry 5 of "gdt" is descriptor(0x1000, 0xFFFF, <access>)
      When the guest calls set_gdt([mfn(gdt)], 512)
      Then it is accepted
      And descriptor 5 of "gdt" reads descriptor(0x1000, 0xFFFF, <becomes>)

      Examples: code and data of every type with DPL 0; every other DPL is kept
        | case     | how     | access | becomes |
        | SEG-04.a | set_gdt | 0x490  | 0x4B0   |
        | SEG-04.b | set_gdt | 0x491  | 0x4B1   |
        | SEG-04.c | set_gdt | 0x492  | 0x4B2   |
        | SEG-04.d | set_gdt | 0x493  | 0x4B3   |
        | SEG-04.e | set_gdt | 0x498  | 0x4B8   |
        | SEG-04.f | set_gdt | 0x49A  | 0x4BA   |
        | SEG-04.g | set_gdt | 0x49B  | 0x4BB   |
        | SEG-04.h | set_gdt | 0x49C  | 0x4BC   |
        | SEG-04.i | set_gdt | 0x49E  | 0x4BE   |
        | SEG-04.j | set_gdt | 0x4B2  | 0x4B2   |
        | SEG-04.k | set_gdt | 0x4D2  | 0x4D2   |
        | SEG-04.l | set_gdt | 0x4F2  | 0x4F2   |
        | SEG-04.m | set_gdt | 0x4FA  | 0x4FA   |

    Scenario Outline: <case> by update_descriptor <where> access <access> becomes <becomes>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt(<frames>)
      When the guest calls update_descriptor(slot(gdt, 5), descriptor(0x1000, 0xFFFF, <access>))
      Then it is accepted
      And descriptor 5 of "gdt" reads descriptor(0x1000, 0xFFFF, <becomes>)

      Examples:
        | case     | where               | frames          | access | becomes |
        | SEG-04.n | in an active GDT    | [mfn(gdt)], 512 | 0x492  | 0x4B2   |
        | SEG-04.o | in an active GDT    | [mfn(gdt)], 512 | 0x49A  | 0x4BA   |
        | SEG-04.p | in an ordinary page | 0, 0            | 0x49A  | 0x4BA   |
        | SEG-04.q | in an active GDT    | [mfn(gdt)], 512 | 0x4FA  | 0x4FA   |

    Scenario: SEG-04.r a code segment that asked for DPL 0 runs in ring 1
      Given a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFFF, 0xC9A)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest runs in ring 1
        """
        jmp 0x09:there
        there:
        mov eax, cs
        """
      Then the code runs to its end
      And EAX is 0x09

  @SEG-05
  Rule: System descriptors but call gates are refused; a call gate's target must be the guest's

    Scenario Outline: <case> a present <what> is refused
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls update_descriptor(slot(gdt, 6), <descriptor>)
      Then it is refused with EINVAL
      And nothing has changed

      Examples: every system type
        | case     | what                  | descriptor                          |
        | SEG-05.b | 16-bit TSS            | descriptor(0, 0x67, 0x081)          |
        | SEG-05.c | LDT                   | descriptor(0, 0x67, 0x082)          |
        | SEG-05.d | busy 16-bit TSS       | descriptor(0, 0x67, 0x083)          |
        | SEG-05.e | 16-bit call gate      | gate(FLAT_RING1_CS, 0x1000, 0x8400) |
        | SEG-05.f | task gate             | gate(0x28, 0, 0x8500)               |
        | SEG-05.g | 16-bit interrupt gate | gate(FLAT_RING1_CS, 0x1000, 0x8600) |
        | SEG-05.h | 16-bit trap gate      | gate(FLAT_RING1_CS, 0x1000, 0x8700) |
        | SEG-05.i | reserved type 8       | descriptor(0, 0x67, 0x088)          |
        | SEG-05.j | TSS                   | descriptor(0, 0x67, 0x089)          |
        | SEG-05.k | reserved type 10      | descriptor(0, 0x67, 0x08A)          |
        | SEG-05.l | busy TSS              | descriptor(0, 0x67, 0x08B)          |
        | SEG-05.m | reserved type 13      | descriptor(0, 0x67, 0x08D)          |
        | SEG-05.n | interrupt gate        | gate(FLAT_RING1_CS, 0x1000, 0x8E00) |
        | SEG-05.o | trap gate             | gate(FLAT_RING1_CS, 0x1000, 0x8F00) |
        | SEG-05.p | TSS with DPL 3        | descriptor(0, 0x67, 0x0E9)          |

      @era-3.1 @era-4.2
      Examples:
        | case     | what            | descriptor                 |
        | SEG-05.a | reserved type 0 | descriptor(0, 0x67, 0x080) |

    @era-3.1 @era-4.2
    Scenario Outline: <case> a call gate with DPL <dpl> to <target> is accepted and points to <becomes>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls update_descriptor(slot(gdt, 6), gate(<target>, 0xC0101000, <access>))
      Then it is accepted
      And descriptor 6 of "gdt" reads gate(<becomes>, 0xC0101000, <accessed>)

      Examples: the selector's RPL and the gate's DPL are raised to 1
        | case     | dpl | target | becomes | access | accessed |
        | SEG-05.q | 0   | 0x0008 | 0x0009  | 0x8C00 | 0xAC00   |
        | SEG-05.r | 1   | 0x0009 | 0x0009  | 0xAC00 | 0xAC00   |
        | SEG-05.s | 3   | 0x000B | 0x000B  | 0xEC00 | 0xEC00   |
        | SEG-05.t | 3   | 0x000C | 0x000D  | 0xEC00 | 0xEC00   |
        | SEG-05.u | 3   | 0      | 1       | 0xEC00 | 0xEC00   |
        | SEG-05.v | 1   | 0xE018 | 0xE019  | 0xAC00 | 0xAC00   |
        | SEG-05.w | 1   | 0xE019 | 0xE019  | 0xAC00 | 0xAC00   |
        | SEG-05.x | 3   | 0x0009 | 0x0009  | 0xEC1F | 0xEC1F   |
        | SEG-05.y | 3   | 0xDFF9 | 0xDFF9  | 0xEC00 | 0xEC00   |

    Scenario Outline: <case> a call gate to <target> with access <access> is refused
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls update_descriptor(slot(gdt, 6), gate(<target>, 0xC0101000, <access>))
      Then it is refused with EINVAL
      And nothing has changed

      Examples: the hypervisor's own segments; reserved bits
        | case      | target | access |
        | SEG-05.z  | 0xE008 | 0xAC00 |
        | SEG-05.aa | 0xE009 | 0xAC00 |
        | SEG-05.ab | 0xE021 | 0xAC00 |
        | SEG-05.ac | 0xE02B | 0xEC00 |
        | SEG-05.ad | 0xE040 | 0xAC00 |
        | SEG-05.ae | 0x0009 | 0xAC20 |
        | SEG-05.af | 0x0009 | 0xAC40 |
        | SEG-05.ag | 0x0009 | 0xAC80 |

  @SEG-08
  Rule: update_descriptor changes one descriptor in a descriptor page or an ordinary page of the domain's own

    Scenario Outline: <case> in <where>, slot <slot>
      Given a page "page" mapped read-only
      And the guest has called set_gdt(<frames>)
      When the guest calls update_descriptor(slot(page, <slot>), descriptor(0x12345678, 0x1234, 0x4F3))
      Then it is accepted
      And descriptor <slot> of "page" reads descriptor(0x12345678, 0x1234, 0x4F3)

      Examples:
        | case     | where                     | frames           | slot |
        | SEG-08.a | an active GDT page        | [mfn(page)], 512 | 0    |
        | SEG-08.b | an active GDT page        | [mfn(page)], 512 | 511  |
        | SEG-08.c | an ordinary page          | 0, 0             | 0    |
        | SEG-08.d | an ordinary page          | 0, 0             | 511  |

    Scenario: SEG-08.e the next load sees the new descriptor
      Given a page "gdt" mapped read-only
      And a page "data"
      And "data" holds 0x600DF00D
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the guest has called update_descriptor(slot(gdt, 1), descriptor(data, 0xFFF, 0x4B3))
      When the guest runs in ring 1
        """
        mov eax, 0x09
        mov gs, eax
        mov ecx, [gs:0]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D

    Scenario Outline: <case> an address that is misaligned by <bytes> is refused
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls update_descriptor(slot(gdt, 1) + <bytes>, descriptor(0, 0xFFFF, 0x4B3))
      Then it is refused with EINVAL
      And nothing has changed

      Examples:
        | case     | bytes |
        | SEG-08.f | 1     |
        | SEG-08.g | 4     |
        | SEG-08.h | 7     |

    Scenario Outline: <case> <what> is not changed
      Given a page "low" in use as an L1 table
      And a page "middle" in use as an L2 table
      When the guest calls update_descriptor(<address>, descriptor(0, 0xFFFF, 0x4B3))
      Then it is refused with <refusal>
      And nothing has changed

      Examples:
        | case     | what                   | address                         | refusal                 |
        | SEG-08.i | an L1 table            | slot(low, 1)                    | EINVAL                  |
        | SEG-08.j | an L2 table            | slot(middle, 1)                 | EINVAL                  |
        | SEG-08.k | the active L3 table    | slot(boot_l3, 3)                | EINVAL                  |
        | SEG-08.l | the hypervisor's frame | hypervisor_frame << 12          | EINVAL                  |
        | SEG-08.m | a frame beyond memory  | first_frame_beyond_memory << 12 | EINVAL                  |

@SAFE
Feature: What is out of a guest's reach
  Ring 0, the hypervisor's memory, and the memory of other domains.

  @SAFE-01
  Rule: Nothing of the hypervisor's or another domain's is read or written, and ring 0 is never reached

    Scenario Outline: <case> ring <ring> does not get to ring 0 by <instruction>
      When the guest runs in ring <ring> with EAX = <selector>
        """
        go: <instruction>
        """
      Then it faults with #GP(<error>) at "go"

      Examples: the hypervisor's code segment, by far jumps and calls
        | case      | ring | selector | instruction          | error  |
        | SAFE-01.a | 1    | 0        | jmp 0xE008:0         | 0xE008 |
        | SAFE-01.b | 1    | 0        | call 0xE008:0        | 0xE008 |
        | SAFE-01.c | 3    | 0        | jmp 0xE008:0         | 0xE008 |
        | SAFE-01.d | 3    | 0        | call 0xE008:0        | 0xE008 |
        | SAFE-01.e | 3    | 0        | jmp 0xE019:0         | 0xE018 |

      Examples: its data and task segments
        | case      | ring | selector | instruction          | error  |
        | SAFE-01.f | 1    | 0xE010   | mov ds, ax           | 0xE010 |
        | SAFE-01.g | 1    | 0xE010   | mov ss, ax           | 0xE010 |
        | SAFE-01.h | 3    | 0xE010   | mov es, ax           | 0xE010 |
        | SAFE-01.i | 3    | 0xE010   | mov ss, ax           | 0xE010 |
        | SAFE-01.j | 1    | 0xE013   | mov ss, ax           | 0xE010 |
        | SAFE-01.k | 3    | 0xE021   | mov ss, ax           | 0xE020 |
        | SAFE-01.l | 1    | 0xE040   | mov gs, ax           | 0xE040 |

    Scenario Outline: <case> ring <ring> does not return to ring 0 by <instruction>
      When the guest runs in ring <ring>
        """
        push dword 0x202
        push dword 0xE008
        push dword hypercall_page
        go: <instruction>
        """
      Then it faults with #GP(0xE008) at "go"

      Examples: to an inner ring nobody returns
        | case      | ring | instruction |
        | SAFE-01.m | 1    | iretd       |
        | SAFE-01.n | 3    | iretd       |

    Scenario: SAFE-01.o a far return does not reach ring 0 either
      When the guest runs in ring 1
        """
        push dword 0xE008
        push dword hypercall_page
        go: retf
        """
      Then it faults with #GP(0xE008) at "go"

    Scenario: SAFE-01.p the iret hypercall to a ring-0 code segment ends the domain
      When the guest runs in ring 1
        """
        push dword 0x202
        push dword 0xE008
        push dword hypercall_page
        jmp hypercall_page + 23 * 32
        """
      Then the domain is killed

    @cpu-segment-limits
    Scenario Outline: <case> ring <ring> does not touch <address> by <instruction>
      When the guest runs in ring <ring> with EAX = 0, EDX = <address>
        """
        go: <instruction>
        """
      Then it faults with #GP(0) at "go"

      Examples: reads, at the bounds of the hypervisor's memory and across the first
        | case       | ring | address            | instruction                     |
        | SAFE-01.q  | 1    | MACH2PHYS_END      | mov eax, [edx]                  |
        | SAFE-01.r  | 1    | MACH2PHYS_END - 1  | mov ax, [edx]                   |
        | SAFE-01.s  | 1    | MACH2PHYS_END - 3  | mov eax, [edx]                  |
        | SAFE-01.t  | 1    | 0xFC000000         | mov al, [edx]                   |
        | SAFE-01.u  | 1    | 0xFFFFFFFF         | mov al, [edx]                   |
        | SAFE-01.v  | 1    | 0xFFFFFFFE         | mov eax, [edx]                  |
        | SAFE-01.w  | 3    | MACH2PHYS_END      | mov eax, [edx]                  |
        | SAFE-01.x  | 3    | 0xFC000000         | mov al, [edx]                   |
        | SAFE-01.y  | 3    | 0xFFFFFFFF         | mov al, [edx]                   |

      Examples: stores and both
        | case       | ring | address            | instruction                     |
        | SAFE-01.z  | 1    | MACH2PHYS_END      | mov [edx], eax                  |
        | SAFE-01.aa | 1    | 0xFC000000         | lock add [edx], eax             |
        | SAFE-01.ab | 1    | 0xFFFFFFFC         | xchg [edx], eax                 |
        | SAFE-01.ac | 3    | 0xFC000000         | mov [edx], eax                  |
        | SAFE-01.ad | 3    | 0xFFFFFFFC         | mov [edx], eax                  |

      Examples: in ways that hide the address
        | case       | ring | address            | instruction                     |
        | SAFE-01.ae | 1    | 0x7E000000         | mov eax, [edx+edx]              |
        | SAFE-01.af | 1    | 0xFFFFFFF0         | mov eax, [edx+eax*4+4]          |
        | SAFE-01.ag | 1    | MACH2PHYS_END      | push dword [edx]                |
        | SAFE-01.ah | 1    | MACH2PHYS_END      | fld qword [edx]                 |
        | SAFE-01.ai | 1    | MACH2PHYS_END      | lock cmpxchg8b [edx]            |
        | SAFE-01.aj | 1    | MACH2PHYS_END      | jmp [edx]                       |
        | SAFE-01.ak | 1    | MACH2PHYS_END      | bts dword [edx], 1              |

    Scenario Outline: <case> a frame of the hypervisor's is not mapped <how> by <route>
      Given a page "window"
      When the guest calls <call>
      Then it is refused with EINVAL, from 4.2: EBUSY
      And nothing has changed

      Examples:
        | case       | how        | route             | call                                                                          |
        | SAFE-01.al | read-only  | update_va_mapping | update_va_mapping(window, hypervisor_frame << 12 \| PRESENT, UVMF_INVLPG)      |
        | SAFE-01.am | read-write | update_va_mapping | update_va_mapping(window, hypervisor_frame << 12 \| PRESENT RW, UVMF_INVLPG)   |
        | SAFE-01.an | read-only  | mmu_update        | mmu_update([{pte(window), hypervisor_frame << 12 \| PRESENT}])                 |
        | SAFE-01.ao | read-write | mmu_update        | mmu_update([{pte(window), hypervisor_frame << 12 \| PRESENT RW}])              |

    @era-3.1
    Scenario Outline: <case> a frame of the hypervisor's is not <what>
      When the guest calls <call>
      Then it is refused with EINVAL
      And nothing has changed

      Examples: each hypercall that takes a frame or a machine address
        | case       | what                               | call                                                              |
        | SAFE-01.ap | written by mmu_update              | mmu_update([{hypervisor_frame << 12, 0}])                         |
        | SAFE-01.aq | renamed                            | mmu_update([{hypervisor_frame << 12 \| MMU_MACHPHYS_UPDATE, 0}])   |
        | SAFE-01.ar | written by update_descriptor       | update_descriptor(hypervisor_frame << 12, 0)                      |
        | SAFE-01.as | pinned as an L1                    | mmuext_op([{MMUEXT_PIN_L1_TABLE, hypervisor_frame, 0}])           |
        | SAFE-01.at | pinned as an L3                    | mmuext_op([{MMUEXT_PIN_L3_TABLE, hypervisor_frame, 0}])           |
        | SAFE-01.au | loaded as the base                 | mmuext_op([{MMUEXT_NEW_BASEPTR, hypervisor_frame, 0}])            |
        | SAFE-01.av | unpinned                           | mmuext_op([{MMUEXT_UNPIN_TABLE, hypervisor_frame, 0}])            |
        | SAFE-01.aw | a descriptor table                 | set_gdt([hypervisor_frame], 512)                                  |

    @ordinary
    Scenario Outline: <case> a page of another domain's is not <what>
      Given a second domain
      And a page "window"
      And from here on the guest is the second domain
      And a page "page"
      And "page" holds 0x600DF00D
      And from here on the guest is the first domain
      When the guest calls <call>
      Then it is refused with <errno>
      And nothing has changed
      When from here on the guest is the second domain
      Then the 32 bits at page are 0x600DF00D
      And "page" can be mapped writable

      Examples: by its frame
        | case       | what                          | call                                                                            | errno  |
        | SAFE-01.ax | mapped read-only              | update_va_mapping(window, entry(second.page, PRESENT), UVMF_INVLPG)             | EINVAL |
        | SAFE-01.ay | mapped read-write             | update_va_mapping(window, entry(second.page, PRESENT RW), UVMF_INVLPG)          | EINVAL |
        | SAFE-01.az | mapped by mmu_update          | mmu_update([{pte(window), entry(second.page, PRESENT RW)}])                     | EINVAL |
        | SAFE-01.ba | written by mmu_update         | mmu_update([{mfn(second.page) << 12, 5}])                                       | EINVAL |
        | SAFE-01.bb | renamed                       | mmu_update([{mfn(second.page) << 12 \| MMU_MACHPHYS_UPDATE, 5}])                 | EINVAL |
        | SAFE-01.bc | written by update_descriptor  | update_descriptor(mfn(second.page) << 12, 5)                                    | EINVAL |
        | SAFE-01.bd | made a table of               | mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(second.page), 0}])                         | EINVAL |
        | SAFE-01.be | made a base of                | mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(second.page), 0}])                          | EINVAL |
        | SAFE-01.bf | made a descriptor table of    | set_gdt([mfn(second.page)], 512)                                                | EINVAL |

      Examples: by its owner's name
        | case       | what                          | call                                                                                              | errno |
        | SAFE-01.bg | mapped                        | update_va_mapping_otherdomain(window, mfn(second.page) << 12 \| 0x63, 0, UVMF_INVLPG, second.domid) | EPERM |
        | SAFE-01.bh | mapped                        | mmu_update([{pte(window), entry(second.page, PRESENT)}], 1, 0, second.domid)                      | ESRCH |
        | SAFE-01.bi | pinned                        | mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(second.page), 0}], 1, 0, second.domid)                       | ESRCH |

    @cpu-iret-vm-check
    Scenario Outline: <case> in <count> calls and pieces of code from seed <seed> nothing is reached
      When a guest makes <count> calls with garbage and runs as many pieces of random code, seed <seed>
      Then at the end of each of its lives everybody else was well

      Examples: no code runs in ring 0, and the memory of the domain beside it stays as it is
        | case       | count | seed |
        | SAFE-01.bj | 100   | 21   |
        | SAFE-01.bk | 100   | 22   |
        | SAFE-01.bl | 100   | 23   |
        | SAFE-01.bm | 100   | 24   |

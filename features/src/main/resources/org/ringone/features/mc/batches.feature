@MC
Feature: What batches are for

  @MC-05
  Rule: A context switch in one multicall leaves the state of the single calls, for one entry into the hypervisor

    Scenario Outline: <case> a context switch by <way>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      And a page "ldt"
      And entry 1 of "ldt" is descriptor(0, 0x12345, 0x40F3)
      And the guest has called update_va_mapping(ldt, entry(ldt, PRESENT), UVMF_INVLPG)
      And a page "base" made out as an L3 table
      And a page "stack"
      When the guest makes <way> of
        | stack_switch(FLAT_RING1_SS, stack + 4096)                         |
        | update_descriptor(slot(gdt, 6), descriptor(0x1000, 0x111, 0x40F3)) |
        | update_descriptor(slot(gdt, 7), descriptor(0x2000, 0x222, 0x40F3)) |
        | update_descriptor(slot(gdt, 8), descriptor(0x3000, 0x333, 0x40F3)) |
        | mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(base), 0}, {MMUEXT_SET_LDT, ldt, 512}]) |
        | fpu_taskswitch(1)                                                 |
      Then it is accepted
      And the results are 0, 0, 0, 0, 0, 0
      And descriptor 6 of "gdt" reads descriptor(0x1000, 0x111, 0x40F3)
      And descriptor 7 of "gdt" reads descriptor(0x2000, 0x222, 0x40F3)
      And descriptor 8 of "gdt" reads descriptor(0x3000, 0x333, 0x40F3)
      When the guest runs in ring 1
        """
        mov eax, cr0
        mov ebx, cr3
        mov edx, 0x33
        lsl ecx, edx
        mov edx, 0x3B
        lsl esi, edx
        mov edx, 0x43
        lsl edi, edx
        mov edx, 0x0F
        lsl edx, edx
        """
      Then the code runs to its end
      And EAX & 8 is 8
      And EBX is mfn(base) << 12 | mfn(base) >> 20
      And ECX is 0x111
      And ESI is 0x222
      And EDI is 0x333
      And EDX is 0x12345
      When the guest runs in ring 3
        """
        here: ud2
        """
      Then it faults with #UD at "here"
      And the frame lies at stack + 4096 - 20
      And the handler's SS is FLAT_RING1_SS

      Examples:
        | case    | way          |
        | MC-05.a | single calls |
        | MC-05.b | a multicall  |

    Scenario Outline: <case> in the middle of the switch a refused call changes nothing of the rest: <way>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      And a page "base"
      And a page "stack"
      When the guest makes <way> of
        | stack_switch(FLAT_RING1_SS, stack + 4096)                         |
        | update_descriptor(slot(gdt, 6), descriptor(0x1000, 0x111, 0x40F3)) |
        | mmuext_op([{MMUEXT_NEW_BASEPTR, mfn(base)}])                      |
        | update_descriptor(slot(gdt, 8), descriptor(0, 0, 0x89))           |
        | fpu_taskswitch(1)                                                 |
      Then the results are 0, 0, -EINVAL, -EINVAL, 0
      And descriptor 6 of "gdt" reads descriptor(0x1000, 0x111, 0x40F3)
      And descriptor 8 of "gdt" reads 0
      When the guest runs in ring 1
        """
        mov eax, cr0
        mov ebx, cr3
        """
      Then the code runs to its end
      And EAX & 8 is 8
      And EBX is mfn(boot_l3) << 12 | mfn(boot_l3) >> 20

      Examples:
        | case    | way          |
        | MC-05.c | single calls |
        | MC-05.d | a multicall  |

    Scenario Outline: <case> <what>: <entries> for each round
      Given a page "list"
      And the code has run in ring 1
        """
        mov ebp, list
        mov edi, 7
        again:
        mov dword [ebp], __HYPERVISOR_FPU_TASKSWITCH
        mov dword [ebp + 8], 0
        add ebp, 32
        dec edi
        jnz again
        """
      When the entries into the hypervisor are counted for 20 rounds of
        """
        <code>
        """
      Then each round takes <entries> entry into the hypervisor

      Examples: where the machine counts
        | case    | what              | entries | code                                                                                                                         |
        | MC-05.e | a batch of 7      | 1       | mov ebx, list\nmov ecx, 7\nmov eax, __HYPERVISOR_MULTICALL\nint 0x82                                                        |
        | MC-05.f | a batch of 1      | 1       | mov ebx, list\nmov ecx, 1\nmov eax, __HYPERVISOR_MULTICALL\nint 0x82                                                        |
        | MC-05.g | 7 single calls    | 7       | mov edi, 7\nsingle:\nxor ebx, ebx\nmov eax, __HYPERVISOR_FPU_TASKSWITCH\nint 0x82\ndec edi\njnz single                    |
        | MC-05.h | no call           | 0       | nop                                                                                                                          |

  @MC-06
  Rule: A long batch may be interrupted and goes on unseen: events come meanwhile, nothing is done twice or left out

    Scenario Outline: <case> a batch of <count>: <kind>
      Given a clock "batch_clock"
      And the timer's event channel "timer"
      And <kind> of <count> <what> that pin a table and take the pin away in turns
      When it is made with the timer's event at each of <moments> moments from its start to its end
      Then every entry was performed once and in turn, and every event delivered once

      Examples: one, two, a page of entries and one less and more, several pages, odd and even
        | case    | kind         | count | what     | moments |
        | MC-06.a | a multicall  | 1     | entries  | 3       |
        | MC-06.b | a multicall  | 2     | entries  | 6       |
        | MC-06.c | a multicall  | 3     | entries  | 8       |
        | MC-06.d | a multicall  | 127   | entries  | 10      |
        | MC-06.e | a multicall  | 128   | entries  | 10      |
        | MC-06.f | a multicall  | 129   | entries  | 10      |
        | MC-06.g | a multicall  | 255   | entries  | 10      |
        | MC-06.h | an mmuext_op | 1     | elements | 3       |
        | MC-06.i | an mmuext_op | 2     | elements | 6       |
        | MC-06.j | an mmuext_op | 341   | elements | 10      |
        | MC-06.k | an mmuext_op | 342   | elements | 10      |
        | MC-06.l | an mmuext_op | 500   | elements | 10      |

    Scenario Outline: <case> an event comes while <kind> of <count> goes on, not only behind it
      Given a clock "batch_clock"
      And the timer's event channel "timer"
      And <kind> of <count> <what> that pin a table and take the pin away in turns
      When it is made with the timer's event at each of 20 moments from its start to its end
      Then every entry was performed once and in turn, and every event delivered once
      And the event came in the middle of the batch at least once

      Examples:
        | case    | kind         | count | what     |
        | MC-06.m | a multicall  | 500   | entries  |
        | MC-06.n | an mmuext_op | 1000  | elements |

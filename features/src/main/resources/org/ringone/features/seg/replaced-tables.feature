@SEG
Feature: Descriptor tables that are replaced

  @SEG-12
  Rule: A GDT that is replaced gives its pages back

    Scenario Outline: <case> after <call> the old page can be mapped writable
      Given a page "old" mapped read-only
      And a page "new" mapped read-only
      And the guest has called set_gdt([mfn(old)], 512)
      And "old" cannot be mapped writable
      When the guest calls set_gdt(<call>)
      Then it is accepted
      And "old" can be mapped writable

      Examples: by another table, by none
        | case     | call             |
        | SEG-12.a | [mfn(new)], 512  |
        | SEG-12.b | [mfn(new)], 1    |
        | SEG-12.c | 0, 0             |

    Scenario: SEG-12.d the new page cannot be, until it is replaced in its turn
      Given a page "old" mapped read-only
      And a page "new" mapped read-only
      And the guest has called set_gdt([mfn(old)], 512)
      And the guest has called set_gdt([mfn(new)], 512)
      Then "new" cannot be mapped writable
      When the guest calls set_gdt([mfn(old)], 512)
      Then it is accepted
      And "new" can be mapped writable
      And "old" cannot be mapped writable

    Scenario Outline: <case> of three pages, page <number> comes back when <what>
      Given 3 pages "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt.1), mfn(gdt.2), mfn(gdt.3)], 1536)
      When the guest calls set_gdt(<call>)
      Then it is accepted
      And "gdt.<number>" can be mapped writable

      Examples:
        | case     | number | what                   | call                                                   |
        | SEG-12.e | 1      | all go                 | 0, 0                                                   |
        | SEG-12.f | 2      | all go                 | 0, 0                                                   |
        | SEG-12.g | 3      | all go                 | 0, 0                                                   |
        | SEG-12.h | 3      | the first two stay     | [mfn(gdt.1), mfn(gdt.2)], 1024                         |
        | SEG-12.i | 2      | only one entry counts  | [mfn(gdt.1), mfn(gdt.2), mfn(gdt.3)], 1                |
        | SEG-12.j | 1      | the others stay        | [mfn(gdt.3), mfn(gdt.2)], 1024                         |

    Scenario Outline: <case> a page that stays in the GDT stays in use: page <number>
      Given 3 pages "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt.1), mfn(gdt.2), mfn(gdt.3)], 1536)
      When the guest calls set_gdt([mfn(gdt.3), mfn(gdt.2)], 1024)
      Then it is accepted
      And "gdt.<number>" cannot be mapped writable

      Examples:
        | case     | number |
        | SEG-12.k | 2      |
        | SEG-12.l | 3      |

    Scenario: SEG-12.m a page that stands in the GDT several times comes back with the last of them
      Given a page "gdt" mapped read-only
      And a page "other" mapped read-only
      And the guest has called set_gdt([mfn(gdt), mfn(other), mfn(gdt)], 1536)
      And the guest has called set_gdt([mfn(other), mfn(gdt)], 1024)
      Then "gdt" cannot be mapped writable
      When the guest calls set_gdt([mfn(other)], 512)
      Then it is accepted
      And "gdt" can be mapped writable

    Scenario: SEG-12.n a set_gdt that is refused gives nothing back
      Given a page "old" mapped read-only
      And a page "writable"
      And the guest has called set_gdt([mfn(old)], 512)
      When the guest calls set_gdt([mfn(old), mfn(writable)], 1024)
      Then it is refused with EINVAL
      And nothing has changed
      And "old" cannot be mapped writable
      When the guest calls set_gdt(0, 0)
      Then it is accepted
      And "old" can be mapped writable

    Scenario: SEG-12.o a hundred times there and back leave nothing behind
      Given a page "one" mapped read-only
      And a page "two" mapped read-only
      And a page "frames"
      And "frames" holds mfn(two) << 32 | mfn(one)
      And the code has run in ring 1
        """
        mov edi, 50
        again:
        mov eax, __HYPERVISOR_SET_GDT
        mov ebx, frames
        mov ecx, 1024
        int 0x82
        mov eax, __HYPERVISOR_SET_GDT
        mov ebx, frames + 4
        mov ecx, 512
        int 0x82
        dec edi
        jnz again
        """
      When the guest calls set_gdt(0, 0)
      Then it is accepted
      And "one" can be mapped writable
      And "two" can be mapped writable

    Scenario: SEG-12.p a page that came back can become a page table
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the guest has called set_gdt(0, 0)
      When "gdt" is pinned as an L1 table
      Then it is accepted

    Scenario: SEG-12.q in a multicall
      Given a page "old" mapped read-only
      And a page "frames"
      And the guest has called set_gdt([mfn(old)], 512)
      When the guest makes a multicall of
        | set_gdt(0, 0)                                                       |
        | update_va_mapping(old, entry(old, PRESENT RW), UVMF_INVLPG)         |
      Then the results are 0, 0

  @SEG-12
  Rule: An LDT that is replaced gives its pages back

    Scenario Outline: <case> after <entries> entries at <address> the old page can be mapped writable
      Given a page "data"
      And a page "other" mapped read-only
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      And "ldt" cannot be mapped writable
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, <address>, <entries>}])
      Then it is accepted
      And "ldt" can be mapped writable

      Examples: another, none
        | case     | address | entries |
        | SEG-12.r | other   | 512     |
        | SEG-12.s | ldt     | 0       |
        | SEG-12.t | 0       | 0       |

    Scenario: SEG-12.u both pages of a longer one come back
      Given two pages "table" that lie side by side
      And a page "data"
      And entry 1 of "table" is descriptor(data, 0xFFF, 0x4B3)
      And entry 1 of "table.second" is descriptor(data, 0xFFF, 0x4B3)
      And the guest has called mmuext_op([{MMUEXT_SET_LDT, table, 1024}])
      And the code has run in ring 1
        """
        mov eax, 0x000D
        mov gs, eax
        mov eax, 0x100D
        mov gs, eax
        """
      And "table" cannot be mapped writable
      And "table.second" cannot be mapped writable
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, 0, 0}])
      Then it is accepted
      And "table" can be mapped writable
      And "table.second" can be mapped writable

    Scenario: SEG-12.v a page that is mapped there no more comes back
      Given a page "data"
      And a page "window"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      And "ldt" cannot be mapped writable
      When "ldt" is mapped nowhere
      Then it is accepted
      And "ldt" can be mapped writable

    Scenario: SEG-12.w a refused MMUEXT_SET_LDT gives nothing back
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, ldt + 8, 512}])
      Then it is refused with EINVAL
      And nothing has changed
      And "ldt" cannot be mapped writable

    @era-3.1
    Scenario: SEG-12.x GDT and LDT in one page do not go together, one after the other they do
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      When the guest calls set_gdt([mfn(ldt)], 512)
      Then it is refused with EINVAL
      And nothing has changed
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, 0, 0}])
      And the guest calls set_gdt([mfn(ldt)], 512)
      Then it is accepted
      And "ldt" cannot be mapped writable

    @era-4.2 @era-4.17
    Scenario: SEG-12.y later, GDT and LDT in one page go together
      Given a page "data"
      And the guest's LDT of 512 entries holds
        | 1 | descriptor(data, 0xFFF, 0x4B3) |
      And the code has run in ring 1
        """
        mov eax, 0x0D
        mov gs, eax
        """
      When the guest calls set_gdt([mfn(ldt)], 512)
      Then it is accepted
      When the guest calls mmuext_op([{MMUEXT_SET_LDT, 0, 0}])
      Then it is accepted
      And "ldt" cannot be mapped writable

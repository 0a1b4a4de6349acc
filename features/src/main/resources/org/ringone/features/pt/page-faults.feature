@PT
Feature: Page faults: no-execute, error codes, CR2, supervisor and user

  Error codes: 1 present, 2 write, 4 user, 16 fetch. Slot 300 of the L2 that the hypervisor supplied is 0xE5800000.

  @PT-19
  Rule: A fetch from a page with NX faults, with the fetch bit in the error code

    Scenario Outline: <case> ring <ring> cannot execute a page with <flags>
      Given a page "page" that ring 3 may use
      And the bytes of "page" begin with 90 90 90 90
      And the guest has called update_va_mapping(page, entry(page, <flags>), UVMF_INVLPG)
      When the guest runs in ring <ring> what lies at page + <offset>
      Then it is refused with #PF(<code>)
      And CR2 is page + <offset>
      And the 32 bits at arch_cr2 are page + <offset>

      Examples:
        | case    | ring | flags              | offset | code |
        | PT-19.a | 1    | PRESENT NX         | 0      | 17   |
        | PT-19.b | 1    | PRESENT RW NX      | 2      | 17   |
        | PT-19.c | 1    | PRESENT USER NX    | 0      | 17   |
        | PT-19.d | 3    | PRESENT USER NX    | 0      | 21   |
        | PT-19.e | 3    | PRESENT RW USER NX | 3      | 21   |
        | PT-19.f | 3    | PRESENT NX         | 0      | 21   |

    Scenario Outline: <case> ring <ring> cannot execute below an L2 entry with NX
      Given a page "page"
      And the bytes of "page" begin with 90 90
      And a page "l1" made out as an L1 table
      And entry 7 of "l1" is entry(page, PRESENT RW USER)
      And the guest has called mmu_update([{slot(boot_l2, 300), entry(l1, PRESENT RW USER NX)}])
      When the guest runs in ring <ring> what lies at 0xE5807000
      Then it is refused with #PF(<code>)
      And CR2 is 0xE5807000

      Examples:
        | case    | ring | code |
        | PT-19.g | 1    | 17   |
        | PT-19.h | 3    | 21   |

    Scenario: PT-19.i such a page can be read and written all the same
      Given a page "page"
      And the guest has called update_va_mapping(page, entry(page, PRESENT RW NX), UVMF_INVLPG)
      When the guest runs in ring 1
        """
        mov dword [page + 8], 0x600DF00D
        mov eax, [page + 8]
        """
      Then the code runs to its end
      And EAX is 0x600DF00D

    Scenario: PT-19.j ring 3 likewise
      Given a page "page" that ring 3 may use
      And the guest has called update_va_mapping(page, entry(page, PRESENT RW USER NX), UVMF_INVLPG)
      When the guest runs in ring 3
        """
        mov dword [page + 8], 0x600DF00D
        mov eax, [page + 8]
        """
      Then the code runs to its end
      And EAX is 0x600DF00D

    Scenario: PT-19.k when NX has gone, the page can be executed
      Given a page "page"
      And the guest has called update_va_mapping(page, entry(page, PRESENT RW NX), UVMF_INVLPG)
      And the guest has called update_va_mapping(page, entry(page, PRESENT RW), UVMF_INVLPG)
      When the guest runs in ring 1 at page
        """
        mov eax, 0x600DF00D
        """
      Then the code runs to its end
      And EAX is 0x600DF00D

    Scenario: PT-19.l an instruction that runs into such a page has not begun
      Given two pages "first" that lie side by side
      And the guest has called update_va_mapping(first.second, entry(first.second, PRESENT RW NX), UVMF_INVLPG)
      When the guest runs in ring 1 at first + 4094
        """
        here: mov eax, 0x12345678
        """
      Then it faults with #PF(17) at "here"
      And CR2 is first.second
      And no register has changed

    Scenario Outline: <case> ring <ring> gets there by <how>
      Given a page "page" that ring 3 may use
      And the guest has called update_va_mapping(page, entry(page, PRESENT USER NX), UVMF_INVLPG)
      When the guest runs in ring <ring> with ESI = page
        """
        <code>
        """
      Then it is refused with #PF(<error>)
      And CR2 is page

      Examples:
        | case    | ring | how  | code           | error |
        | PT-19.m | 1    | JMP  | jmp esi        | 17    |
        | PT-19.n | 1    | CALL | call esi       | 17    |
        | PT-19.o | 1    | RET  | push esi\n ret | 17    |
        | PT-19.p | 3    | JMP  | jmp esi        | 21    |
        | PT-19.q | 3    | CALL | call esi       | 21    |
        | PT-19.r | 3    | RET  | push esi\n ret | 21    |

  @PT-20
  Rule: A page fault gives CR2 in vcpu_info and the hardware's error code

    Scenario Outline: <case> ring <ring>, nothing there: <access>
      Given an address "hole" that maps nothing
      When the guest runs in ring <ring> with ESI = hole + <offset>, EDI = hole + <offset>
        """
        here: <code>
        """
      Then it faults with #PF(<error>) at "here"
      And CR2 is hole + <offset>
      And the 32 bits at arch_cr2 are hole + <offset>
      And no register has changed

      Examples: reads, writes
        | case    | ring | access         | code                 | offset | error |
        | PT-20.a | 1    | a read         | mov eax, [esi]       | 0      | 0     |
        | PT-20.b | 1    | a byte read    | mov al, [esi]        | 4095   | 0     |
        | PT-20.c | 1    | a write        | mov [esi], eax       | 0      | 2     |
        | PT-20.d | 1    | a byte write   | mov [esi], al        | 4095   | 2     |
        | PT-20.e | 1    | PUSH of it     | push dword [esi]     | 8      | 0     |
        | PT-20.f | 1    | a string load  | lodsd                | 12     | 0     |
        | PT-20.g | 1    | a string store | stosb                | 1      | 2     |
        | PT-20.h | 1    | CMP            | cmp eax, [esi]       | 4      | 0     |
        | PT-20.i | 3    | a read         | mov eax, [esi]       | 0      | 4     |
        | PT-20.j | 3    | a byte read    | mov al, [esi]        | 4095   | 4     |
        | PT-20.k | 3    | a write        | mov [esi], eax       | 0      | 6     |
        | PT-20.l | 3    | a byte write   | mov [esi], al        | 4095   | 6     |
        | PT-20.m | 3    | PUSH of it     | push dword [esi]     | 8      | 4     |
        | PT-20.n | 3    | a string store | stosb                | 1      | 6     |

    Scenario Outline: <case> ring <ring>, nothing there: a fetch
      Given an address "hole" that maps nothing
      When the guest runs in ring <ring> what lies at hole + <offset>
      Then it is refused with #PF(<error>)
      And CR2 is hole + <offset>
      And the 32 bits at arch_cr2 are hole + <offset>

      Examples:
        | case    | ring | offset | error |
        | PT-20.o | 1    | 0      | 16    |
        | PT-20.p | 1    | 4095   | 16    |
        | PT-20.q | 3    | 0      | 20    |
        | PT-20.r | 3    | 4095   | 20    |

    Scenario Outline: <case> ring <ring>, a page with <flags>: <access>
      Given a page "page"
      And the guest has called update_va_mapping(page, entry(page, <flags>), UVMF_INVLPG)
      When the guest runs in ring <ring> with ESI = page + <offset>
        """
        here: <code>
        """
      Then it faults with #PF(<error>) at "here"
      And CR2 is page + <offset>
      And the 32 bits at arch_cr2 are page + <offset>
      And no register has changed

      Examples: present but forbidden; not present whatever the other bits say
        | case     | ring | flags           | access         | code                 | offset | error |
        | PT-20.s  | 1    | PRESENT         | a write        | mov [esi], eax       | 4092   | 3     |
        | PT-20.t  | 1    | PRESENT USER    | a write        | mov [esi], eax       | 0      | 3     |
        | PT-20.u  | 1    | PRESENT         | a locked OR    | lock or [esi], eax   | 0      | 3     |
        | PT-20.v  | 1    | PRESENT         | XCHG           | xchg [esi], eax      | 8      | 3     |
        | PT-20.w  | 1    | RW USER         | a read         | mov eax, [esi]       | 0      | 0     |
        | PT-20.x  | 1    | USER NX         | a write        | mov [esi], eax       | 0      | 2     |
        | PT-20.y  | 3    | PRESENT RW      | a read         | mov eax, [esi]       | 0      | 5     |
        | PT-20.z  | 3    | PRESENT RW      | a write        | mov [esi], eax       | 0      | 7     |
        | PT-20.aa | 3    | PRESENT         | a write        | mov [esi], eax       | 16     | 7     |
        | PT-20.ab | 3    | PRESENT USER    | a write        | mov [esi], eax       | 4095   | 7     |
        | PT-20.ac | 3    | PRESENT USER    | a locked OR    | lock or [esi], eax   | 0      | 7     |
        | PT-20.ad | 3    | PRESENT NX      | a read         | mov eax, [esi]       | 0      | 5     |
        | PT-20.ae | 3    | RW USER         | a read         | mov eax, [esi]       | 0      | 4     |
        | PT-20.af | 3    | RW USER         | a write        | mov [esi], eax       | 0      | 6     |

    Scenario: PT-20.ag ring 3, a kernel's page: a fetch
      Given a page "page"
      When the guest runs in ring 3 what lies at page
      Then it is refused with #PF(21)
      And CR2 is page

    Scenario Outline: <case> where there is no table at all: ring <ring>, <address>
      When the guest runs in ring <ring> with ESI = <address>
        """
        here: mov eax, [esi]
        """
      Then it faults with #PF(<error>) at "here"
      And CR2 is <address>

      Examples: no L1; no L2, or an empty one
        | case     | ring | address    | error |
        | PT-20.ah | 1    | 0xE5812344 | 0     |
        | PT-20.ai | 3    | 0xE5812344 | 4     |
        | PT-20.aj | 1    | 0x00000000 | 0     |
        | PT-20.ak | 1    | 0x7FFFFFFF | 0     |
        | PT-20.al | 3    | 0x00000000 | 4     |

    Scenario Outline: <case> an access of four bytes that runs into a page which is not there: <what>
      Given two pages "first" that lie side by side
      And "first.second" is mapped nowhere
      When the guest runs in ring 1 with ESI = first + 4094
        """
        here: <code>
        """
      Then it faults with #PF(<error>) at "here"
      And CR2 is first.second
      And no register has changed
      And the 16 bits at first + 4094 are 0

      Examples: CR2 is where the missing page begins, and the first bytes are not written
        | case     | what    | code           | error |
        | PT-20.am | a read  | mov eax, [esi] | 0     |
        | PT-20.an | a write | mov [esi], eax | 2     |

    Scenario: PT-20.ao MOV from CR2 reads what vcpu_info holds
      Given an address "hole" that maps nothing
      When the guest runs in ring 1
        """
        here: mov eax, [hole + 0x123]
        """
      Then it faults with #PF(0) at "here"
      When the guest runs in ring 1
        """
        mov eax, cr2
        mov ecx, [arch_cr2]
        """
      Then the code runs to its end
      And EAX is hole + 0x123
      And ECX is hole + 0x123

    Scenario Outline: <case> another exception leaves it alone: <exception>
      Given an address "hole" that maps nothing
      When the guest runs in ring 1
        """
        here: mov [hole + 0x44], eax
        """
      Then it faults with #PF(2) at "here"
      When the guest runs in ring 1
        """
        there: <code>
        """
      Then it faults with <exception> at "there"
      And the 32 bits at arch_cr2 are hole + 0x44

      Examples:
        | case     | exception | code |
        | PT-20.ap | #UD       | ud2  |
        | PT-20.aq | #GP(0)    | hlt  |

    Scenario: PT-20.ar the second of two faults is the one that counts
      Given an address "hole" that maps nothing
      And an address "pit" that maps nothing
      When the guest runs in ring 3
        """
        here: mov eax, [hole + 1]
        """
      Then it faults with #PF(4) at "here"
      When the guest runs in ring 1
        """
        there: mov [pit + 2], eax
        """
      Then it faults with #PF(2) at "there"
      And the 32 bits at arch_cr2 are pit + 2

    Scenario: PT-20.as a string instruction faults at the element that is not there
      Given two pages "first" that lie side by side
      And "first.second" is mapped nowhere
      When the guest runs in ring 1 with EDI = first + 4088, ECX = 10, EAX = 0x11111111
        """
        here: rep stosd
        """
      Then it faults with #PF(2) at "here"
      And CR2 is first.second
      And EDI is first.second
      And ECX is 8
      And the 64 bits at first + 4088 are 0x1111111111111111

  @PT-21
  Rule: To paging ring 1 is supervisor and ring 3 is user

    Scenario Outline: <case> ring <ring> may <access>: L2 with <l2>, L1 with <l1>
      Given a page "page"
      And "page" holds 0x600DF00D
      And a page "l1" made out as an L1 table
      And entry 7 of "l1" is entry(page, PRESENT) | <l1>
      And the guest has called mmu_update([{slot(boot_l2, 300), entry(l1, PRESENT) | <l2>}])
      When the guest runs in ring <ring> with ESI = 0xE5807000, EAX = 0x600DF00D
        """
        <code>
        """
      Then the code runs to its end
      And EAX is 0x600DF00D
      And the 32 bits at page are 0x600DF00D

      Examples: the kernel whatever USER says; users where both levels say so
        | case    | ring | access | l2      | l1      | code           |
        | PT-21.a | 1    | read   | 0       | 0       | mov eax, [esi] |
        | PT-21.b | 1    | read   | USER    | 0       | mov eax, [esi] |
        | PT-21.c | 1    | read   | 0       | USER    | mov eax, [esi] |
        | PT-21.d | 1    | read   | USER    | USER    | mov eax, [esi] |
        | PT-21.e | 1    | write  | RW      | RW      | mov [esi], eax |
        | PT-21.f | 1    | write  | RW USER | RW USER | mov [esi], eax |
        | PT-21.g | 1    | write  | RW      | RW USER | mov [esi], eax |
        | PT-21.h | 3    | read   | USER    | USER    | mov eax, [esi] |
        | PT-21.i | 3    | read   | RW USER | USER    | mov eax, [esi] |
        | PT-21.j | 3    | write  | RW USER | RW USER | mov [esi], eax |

    Scenario Outline: <case> ring <ring> may not <access>: L2 with <l2>, L1 with <l1>
      Given a page "page"
      And a page "l1" made out as an L1 table
      And entry 7 of "l1" is entry(page, PRESENT) | <l1>
      And the guest has called mmu_update([{slot(boot_l2, 300), entry(l1, PRESENT) | <l2>}])
      When the guest runs in ring <ring> with ESI = 0xE5807000
        """
        here: <code>
        """
      Then it faults with #PF(<error>) at "here"
      And CR2 is 0xE5807000
      And the 32 bits at page are 0

      Examples: USER and RW count only where both levels have them; the kernel heeds RW, too
        | case    | ring | access | l2      | l1      | code           | error |
        | PT-21.k | 3    | read   | 0       | 0       | mov eax, [esi] | 5     |
        | PT-21.l | 3    | read   | USER    | 0       | mov eax, [esi] | 5     |
        | PT-21.m | 3    | read   | 0       | USER    | mov eax, [esi] | 5     |
        | PT-21.n | 3    | write  | RW      | RW USER | mov [esi], eax | 7     |
        | PT-21.o | 3    | write  | RW USER | RW      | mov [esi], eax | 7     |
        | PT-21.p | 3    | write  | RW USER | USER    | mov [esi], eax | 7     |
        | PT-21.q | 3    | write  | USER    | RW USER | mov [esi], eax | 7     |
        | PT-21.r | 1    | write  | RW      | 0       | mov [esi], eax | 3     |
        | PT-21.s | 1    | write  | 0       | RW      | mov [esi], eax | 3     |
        | PT-21.t | 1    | write  | RW USER | USER    | mov [esi], eax | 3     |
        | PT-21.u | 1    | write  | USER    | RW USER | mov [esi], eax | 3     |

    Scenario Outline: <case> ring <ring> executes below an L2 with <l2> from an L1 entry with <l1>
      Given a page "page"
      And the bytes of "page" begin with 0F 0B
      And a page "l1" made out as an L1 table
      And entry 7 of "l1" is entry(page, PRESENT) | <l1>
      And the guest has called mmu_update([{slot(boot_l2, 300), entry(l1, PRESENT) | <l2>}])
      When the guest runs in ring <ring> what lies at 0xE5807000
      Then it is refused with <exception>

      Examples: what is reached there raises #UD
        | case     | ring | l2   | l1   | exception |
        | PT-21.v  | 1    | 0    | 0    | #UD       |
        | PT-21.w  | 1    | USER | USER | #UD       |
        | PT-21.x  | 3    | USER | USER | #UD       |
        | PT-21.y  | 3    | 0    | USER | #PF(21)   |
        | PT-21.z  | 3    | USER | 0    | #PF(21)   |

    Scenario Outline: <case> ring 3 does not <access> the hypervisor's table of machine frames
      When the guest runs in ring 3 with ESI = MACH2PHYS_START
        """
        here: <code>
        """
      Then it faults with #PF(<error>) at "here"

      Examples:
        | case     | access | code           | error |
        | PT-21.aa | read   | mov eax, [esi] | 5     |
        | PT-21.ab | write  | mov [esi], eax | 7     |

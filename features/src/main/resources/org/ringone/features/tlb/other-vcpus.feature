@TLB
Feature: Flushes for other vcpus

  @TLB-03
  Rule: A flush that names other vcpus has reached them when the call returns

    Background:
      Given a domain of 3 vcpus
      And a page "old"
      And a page "new"
      And "old" holds 0x01D01D
      And "new" holds 0x600DF00D
      And a page "bitmap"
      And a page "signal"

    Scenario Outline: <case> <command> with the bitmap <set> reaches vcpu 1
      Given "bitmap" holds <set>
      When vcpu 1 is started with
        """
        mov eax, [old]
        mov dword [signal], 1
        waiting:
        cmp dword [signal], 2
        jne waiting
        mov ecx, [old]
        """
      And the guest waits until the 32 bits at signal are 1
      And the guest has called update_va_mapping(old, entry(new, PRESENT RW), UVMF_NONE)
      And the guest calls mmuext_op([{<command>, <argument>, <second>}])
      Then it is accepted
      Given "signal" holds 2
      Then vcpu 1 comes to its end
      And EAX of vcpu 1 is 0x01D01D
      And ECX of vcpu 1 is 0x600DF00D

      Examples: all vcpus, a set with it alone, with others, with some that are not there
        | case     | command                | argument | second | set        |
        | TLB-03.a | MMUEXT_TLB_FLUSH_ALL   | 0        | 0      | 0          |
        | TLB-03.b | MMUEXT_INVLPG_ALL      | old      | 0      | 0          |
        | TLB-03.c | MMUEXT_TLB_FLUSH_MULTI | 0        | bitmap | 2          |
        | TLB-03.d | MMUEXT_INVLPG_MULTI    | old      | bitmap | 2          |
        | TLB-03.e | MMUEXT_TLB_FLUSH_MULTI | 0        | bitmap | 7          |
        | TLB-03.f | MMUEXT_INVLPG_MULTI    | old      | bitmap | 3          |
        | TLB-03.g | MMUEXT_TLB_FLUSH_MULTI | 0        | bitmap | 0xFFFFFFFF |
        | TLB-03.h | MMUEXT_INVLPG_MULTI    | old + 5  | bitmap | 0xFFFFFFFE |

    Scenario Outline: <case> update_va_mapping with <flags> reaches vcpu 1
      Given "bitmap" holds 2
      When vcpu 1 is started with
        """
        mov eax, [old]
        mov dword [signal], 1
        waiting:
        cmp dword [signal], 2
        jne waiting
        mov ecx, [old]
        """
      And the guest waits until the 32 bits at signal are 1
      And the guest calls update_va_mapping(old, entry(new, PRESENT RW), <flags>)
      Then it is accepted
      Given "signal" holds 2
      Then vcpu 1 comes to its end
      And EAX of vcpu 1 is 0x01D01D
      And ECX of vcpu 1 is 0x600DF00D

      Examples:
        | case     | flags                    |
        | TLB-03.i | UVMF_TLB_FLUSH UVMF_ALL  |
        | TLB-03.j | UVMF_INVLPG UVMF_ALL     |
        | TLB-03.k | UVMF_TLB_FLUSH + bitmap  |
        | TLB-03.l | UVMF_INVLPG + bitmap     |

    Scenario Outline: <case> a mapping that has gone is gone on vcpu <vcpu>, by <command>
      Given "bitmap" holds 6
      When vcpu <vcpu> is started with
        """
        mov eax, [old]
        mov dword [signal], 1
        waiting:
        cmp dword [signal], 2
        jne waiting
        here: mov ecx, [old]
        """
      And the guest waits until the 32 bits at signal are 1
      And the guest has called update_va_mapping(old, 0, UVMF_NONE)
      And the guest calls mmuext_op([{<command>, old, <second>}])
      Then it is accepted
      Given "signal" holds 2
      Then vcpu <vcpu> is stopped by #PF at "here"

      Examples:
        | case     | vcpu | command                | second |
        | TLB-03.m | 1    | MMUEXT_INVLPG_MULTI    | bitmap |
        | TLB-03.n | 2    | MMUEXT_INVLPG_MULTI    | bitmap |
        | TLB-03.o | 2    | MMUEXT_TLB_FLUSH_MULTI | bitmap |
        | TLB-03.p | 2    | MMUEXT_TLB_FLUSH_ALL   | 0      |

    Scenario: TLB-03.q a flush of one page reaches it although its own vcpu is not named
      Given "bitmap" holds 4
      When vcpu 2 is started with
        """
        mov eax, [old]
        mov dword [signal], 1
        waiting:
        cmp dword [signal], 2
        jne waiting
        mov ecx, [old]
        """
      And the guest waits until the 32 bits at signal are 1
      And the guest calls update_va_mapping(old, entry(new, PRESENT), UVMF_INVLPG + bitmap)
      Then it is accepted
      Given "signal" holds 2
      Then vcpu 2 comes to its end
      And ECX of vcpu 2 is 0x600DF00D

    Scenario: TLB-03.r another vcpu cannot write a page that has become a table, whoever asked for a flush
      When vcpu 1 is started with
        """
        mov dword [old], 0
        mov dword [signal], 1
        waiting:
        cmp dword [signal], 2
        jne waiting
        here: mov dword [old], 0x1007
        """
      And the guest waits until the 32 bits at signal are 1
      And the guest has called update_va_mapping(old, entry(old, PRESENT), UVMF_NONE)
      And "old" is pinned as an L1 table
      Then it is accepted
      Given "signal" holds 2
      Then vcpu 1 is stopped by #PF at "here"
      And the 32 bits at old are 0

    Scenario: TLB-03.s a flush asked for by vcpu 1 reaches vcpu 0
      Given the code has run in ring 1
        """
        mov eax, [old]
        """
      And "element" stands for entry(new, PRESENT RW)
      When vcpu 1 is started with
        """
        mov ebx, old
        mov ecx, element
        xor edx, edx
        mov esi, UVMF_INVLPG + UVMF_ALL
        mov eax, __HYPERVISOR_UPDATE_VA_MAPPING
        int 0x82
        mov ecx, [old]
        """
      Then vcpu 1 comes to its end
      And EAX of vcpu 1 is 0
      And ECX of vcpu 1 is 0x600DF00D
      When the guest runs in ring 1
        """
        mov eax, [old]
        """
      Then the code runs to its end
      And EAX is 0x600DF00D

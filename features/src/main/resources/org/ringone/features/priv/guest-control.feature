@PRIV
Feature: How a guest kernel works its control registers, the TLB and CPUID

  @PRIV-12
  Rule: The guest's cpuid operation uses the prefix and hides APIC, ACPI and ACC on top

    Scenario Outline: <case> leaf <leaf>, subleaf <subleaf>: what the prefix gives
      Given the guest kernel
      When the guest kernel runs
        """
        mov eax, <leaf>
        mov ecx, <subleaf>
        db 0x0F, 0x0B, 'xen'
        cpuid
        mov esi, eax
        mov edi, ebx
        mov ebp, ecx
        push edx
        mov eax, <leaf>
        mov ecx, <subleaf>
        call read_cpuid
        xor esi, eax
        xor edi, ebx
        xor ebp, ecx
        pop ebx
        xor ebx, edx
        """
      Then the code runs to its end
      And ESI is 0
      And EDI is 0
      And EBP is 0
      And EBX & ~(<hidden>) is 0
      And EDX & (<hidden>) is 0
      And its hypercalls are none

      Examples:
        | case      | leaf       | subleaf    | hidden                        |
        | PRIV-12.a | 0          | 0          | 0                             |
        | PRIV-12.b | 1          | 0          | 1 << 9 \| 1 << 22 \| 1 << 29  |
        | PRIV-12.c | 1          | 0xFFFFFFFF | 1 << 9 \| 1 << 22 \| 1 << 29  |
        | PRIV-12.d | 2          | 0          | 0                             |
        | PRIV-12.e | 4          | 0          | 0                             |
        | PRIV-12.f | 0x40000000 | 0          | 0                             |
        | PRIV-12.g | 0x40000001 | 0          | 0                             |
        | PRIV-12.h | 0x80000000 | 0          | 0                             |
        | PRIV-12.i | 0x80000001 | 0          | 0                             |
        | PRIV-12.j | 0x80000008 | 0          | 0                             |

    Scenario: PRIV-12.k the operation sees the hypervisor's own leaf
      Given the guest kernel
      When the guest kernel calls read_cpuid with EAX = 0x40000000
      Then the code runs to its end
      And EBX is 0x566E6558
      And ECX is 0x65584D4D
      And EDX is 0x4D4D566E

    Scenario: PRIV-12.l without the prefix a guest sees the processor and not the hypervisor
      Given a guest kernel that "executes CPUID without the prefix"
      When the guest kernel runs
        """
        mov eax, 0x40000000
        call read_cpuid
        mov esi, ebx
        mov eax, 1
        call read_cpuid
        mov edi, edx
        mov eax, 1
        db 0x0F, 0x0B, 'xen'
        cpuid
        xor edi, edx
        """
      Then the code runs to its end
      And EDI & 0x18 is 0x8

  @PRIV-15
  Rule: Operations that matter for speed make no hypercall and take no trap

    Scenario Outline: <case> <operation> with EAX = <EAX> does not enter the hypervisor: what is pending stays so
      Given the guest kernel
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel runs with mask = 1, EAX = <EAX>
        """
        mov byte [evtchn_upcall_mask], 0        ; from here on any entry delivers the event
        call <operation>
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And 0 upcalls came
      And its hypercalls are none
      And the 8 bits at evtchn_upcall_pending are 1

      Examples:
        | case      | operation   | EAX        |
        | PRIV-15.a | irq_disable | 0          |
        | PRIV-15.b | save_fl     | 0          |
        | PRIV-15.c | restore_fl  | 0          |
        | PRIV-15.d | read_cr2    | 0          |
        | PRIV-15.e | write_cr2   | 0x12345678 |
        | PRIV-15.f | read_cr3    | 0          |
        | PRIV-15.g | write_cr4   | 0x660      |

    Scenario Outline: <case> <operation> with nothing pending makes no hypercall
      Given the guest kernel
      When the guest kernel calls <operation> with mask = 1, EAX = <EAX>
      Then the code runs to its end
      And its hypercalls are none

      Examples:
        | case      | operation  | EAX   |
        | PRIV-15.h | irq_enable | 0     |
        | PRIV-15.i | restore_fl | 0x200 |
        | PRIV-15.j | restore_fl | 0     |

    Scenario Outline: <case> a guest that <wrong> enters the hypervisor: the event comes
      Given a guest kernel that "<wrong>"
      And an event channel "port"
      And an event is pending on "port"
      When the guest kernel runs with mask = 1
        """
        mov byte [evtchn_upcall_mask], 0
        call <operation>
        mov byte [evtchn_upcall_mask], 1
        """
      Then the code runs to its end
      And 1 upcall came

      Examples:
        | case      | operation | wrong                       |
        | PRIV-15.k | read_cr2  | reads CR2 from the register |
        | PRIV-15.l | read_cr3  | reads CR3 from the register |

    Scenario: PRIV-15.m a guest that disables events by CLI faults
      Given a guest kernel that "disables events by CLI"
      When the guest kernel calls irq_disable with mask = 0
      Then it is refused with #GP(0)
      And the 8 bits at evtchn_upcall_mask are 0

    Scenario: PRIV-15.n read_cr2 gives the address of the last page fault
      Given the guest kernel
      And an address "hole" that maps nothing
      And the code was cut short in ring 1 by #PF(0)
        """
        mov eax, [hole + 0x123]
        """
      When the guest kernel calls read_cr2
      Then the code runs to its end
      And EAX is hole + 0x123

  @PRIV-16
  Rule: CR3 is kept per processor; writes of CR3 and TLB operations become commands of mmuext_op

    Scenario: PRIV-16.a the CR3 of the start is that of the tables that the hypervisor supplied
      Given the guest kernel
      When the guest kernel calls read_cr3
      Then the code runs to its end
      And EAX is boot_l3 - virt_base
      And its hypercalls are none

    Scenario: PRIV-16.b write_cr3 loads the base and read_cr3 gives it back
      Given the guest kernel
      And a page "base" made out as an L3 table
      When the guest kernel runs with EAX = base - virt_base
        """
        call write_cr3
        call read_cr3
        mov edx, cr3
        """
      Then the code runs to its end
      And EAX is base - virt_base
      And EDX is mfn(base) << 12 | mfn(base) >> 20
      And its hypercalls are multicall[mmuext_op(NEW_BASEPTR)]
      And "base" cannot be mapped writable

    Scenario: PRIV-16.c there and back again
      Given the guest kernel
      And a page "base" made out as an L3 table
      When the guest kernel runs with ESI = base - virt_base, EDI = boot_l3 - virt_base
        """
        mov eax, esi
        call write_cr3
        mov eax, edi
        call write_cr3
        call read_cr3
        mov edx, cr3
        """
      Then the code runs to its end
      And EAX is boot_l3 - virt_base
      And EDX is mfn(boot_l3) << 12 | mfn(boot_l3) >> 20
      And its hypercalls are multicall[mmuext_op(NEW_BASEPTR)], multicall[mmuext_op(NEW_BASEPTR)]

    Scenario: PRIV-16.d writing the same value flushes the TLB
      Given the guest kernel
      When the guest kernel calls write_cr3 with EAX = boot_l3 - virt_base
      Then the code runs to its end
      And its hypercalls are multicall[mmuext_op(TLB_FLUSH_LOCAL)]

    Scenario: PRIV-16.e while the kernel is lazy, read_cr3 gives the new base and the processor has the old one
      Given the guest kernel
      And a page "base" made out as an L3 table
      When the guest kernel runs with ESI = base - virt_base
        """
        mov eax, lazy_cpu
        call enter_lazy
        mov eax, esi
        call write_cr3
        call read_cr3
        mov edi, eax
        mov ebx, cr3
        call leave_lazy
        mov edx, cr3
        """
      Then the code runs to its end
      And EDI is base - virt_base
      And EBX is mfn(boot_l3) << 12 | mfn(boot_l3) >> 20
      And EDX is mfn(base) << 12 | mfn(base) >> 20
      And its hypercalls are multicall[mmuext_op(NEW_BASEPTR)]

    Scenario: PRIV-16.f a base that is no L3 table is fatal
      Given the guest kernel
      And a page "page"
      When the guest kernel calls write_cr3 with EAX = page - virt_base
      Then it stops at its own BUG

    Scenario Outline: <case> <operation> with EAX = <EAX>, EDX = <EDX> becomes <command>
      Given the guest kernel
      And a page "page"
      When the guest kernel calls <operation> with EAX = <EAX>, EDX = <EDX>
      Then the code runs to its end
      And its hypercalls are multicall[mmuext_op(<command>)]
      And argument 2 of its hypercall 2 is 1
      And argument 4 of its hypercall 2 is DOMID_SELF

      Examples:
        | case      | operation        | EAX          | EDX         | command         |
        | PRIV-16.g | flush_tlb_user   | 0            | 0           | TLB_FLUSH_LOCAL |
        | PRIV-16.h | flush_tlb_kernel | 0            | 0           | TLB_FLUSH_LOCAL |
        | PRIV-16.i | flush_tlb_single | page         | 0           | INVLPG_LOCAL    |
        | PRIV-16.j | flush_tlb_single | page + 0x123 | 0           | INVLPG_LOCAL    |
        | PRIV-16.k | flush_tlb_single | 0            | 0           | INVLPG_LOCAL    |
        | PRIV-16.l | flush_tlb_others | 1            | 0xFFFFFFFF  | TLB_FLUSH_MULTI |
        | PRIV-16.m | flush_tlb_others | 1            | page + 0x10 | INVLPG_MULTI    |
        | PRIV-16.n | flush_tlb_others | 0            | 0xFFFFFFFF  | TLB_FLUSH_MULTI |

    Scenario: PRIV-16.o INVLPG is asked for with the page's address
      Given the guest kernel
      And a page "page"
      When the guest kernel calls flush_tlb_single with EAX = page + 0xFFF
      Then the code runs to its end
      And the 32 bits at mc_args + 4 are page

    Scenario: PRIV-16.p the vcpus of a MULTI form are a set in memory
      Given the guest kernel
      And a page "page"
      When the guest kernel calls flush_tlb_others with EAX = 1, EDX = page
      Then the code runs to its end
      And the 32 bits at mc_args + 4 are page
      And the 32 bits at mc_args + 8 are vcpu_set
      And the 32 bits at vcpu_set are 1

    Scenario: PRIV-16.q after flush_tlb_single a changed mapping is used
      Given the guest kernel
      And a page "page"
      And a page "other"
      And every byte of "page" is 0x11
      And every byte of "other" is 0x22
      When the guest kernel runs with EBX = page, ESI = entry(other, PRESENT RW), EBP = boot_l1 + (page >> 12 & 511) * 8
        """
        mov eax, [ebx]
        mov edi, eax
        mov eax, ebp
        mov edx, esi
        xor ecx, ecx
        call set_pte
        mov eax, ebx
        call flush_tlb_single
        mov eax, [ebx]
        """
      Then the code runs to its end
      And EDI is 0x11111111
      And EAX is 0x22222222

    Scenario: PRIV-16.r a guest that flushes an entry by INVLPG faults
      Given a guest kernel that "flushes an entry by INVLPG"
      And a page "page"
      When the guest kernel calls flush_tlb_single with EAX = page
      Then it is refused with #GP(0)

    Scenario: PRIV-16.s a guest that does not keep the CR3 that it loads has a wrong one when it asks
      Given a guest kernel that "does not keep the CR3 that it loads"
      And a page "base" made out as an L3 table
      When the guest kernel runs with EAX = base - virt_base
        """
        call write_cr3
        call read_cr3
        mov edx, cr3
        """
      Then the code runs to its end
      And EAX is boot_l3 - virt_base
      And EDX is mfn(base) << 12 | mfn(base) >> 20

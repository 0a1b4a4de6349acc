@BOOT
Feature: Making hypercalls

  @BOOT-13
  Rule: Slot n of the hypercall page makes hypercall n; INT 0x82 does so from ring 1 and faults in ring 3; unknown numbers give -ENOSYS

    Scenario Outline: <case> slot <number> and INT 0x82 with <number> make <name>
      Each call is made twice, through the page and directly, with the same arguments.

      Given a page "zeros"
      And a page "result"
      When the guest runs in ring 1
        """
        mov ebx, <ebx>
        mov ecx, <ecx>
        mov edx, <edx>
        mov esi, <esi>
        mov edi, esp
        mov ebp, esp
        call hypercall_page + <number> * 32
        cmp esp, ebp
        jne moved
        mov [result], eax
        mov ebx, <ebx>
        mov ecx, <ecx>
        mov edx, <edx>
        mov esi, <esi>
        mov eax, <number>
        int 0x82
        moved:
        """
      Then the code runs to its end
      And EAX is <answer>
      And the 32 bits at result are <answer>

      Examples: arguments that the one hypercall answers so
        | case      | number | name                  | ebx             | ecx              | edx     | esi            | answer  |
        | BOOT-13.a | 0      | set_trap_table        | zeros           | 0                | 0       | 0              | 0       |
        | BOOT-13.c | 2      | set_gdt               | zeros           | 7169             | 0       | 0              | -EINVAL |
        | BOOT-13.d | 3      | stack_switch          | flat_ds         | kernel_stack_top | 0       | 0              | 0       |
        | BOOT-13.e | 4      | set_callbacks         | flat_cs         | upcall_entry     | flat_cs | failsafe_entry | 0       |
        | BOOT-13.f | 5      | fpu_taskswitch        | 0               | 0                | 0       | 0              | 0       |
        | BOOT-13.g | 6      | sched_op_compat       | 77              | 0                | 0       | 0              | -ENOSYS |
        | BOOT-13.j | 10     | update_descriptor     | 3               | 0                | 0       | 0              | -EINVAL |
        | BOOT-13.l | 13     | multicall             | zeros           | 0                | 0       | 0              | 0       |
        | BOOT-13.m | 14     | update_va_mapping     | VIRT_START      | 0                | 0       | 0              | -EINVAL |
        | BOOT-13.n | 15     | set_timer_op          | 0               | 0                | 0       | 0              | 0       |
        | BOOT-13.p | 17     | xen_version           | 7               | 0                | 0       | 0              | 4096    |
        | BOOT-13.q | 21     | vm_assist             | 77              | 0                | 0       | 0              | -ENOSYS |
        | BOOT-13.r | 24     | vcpu_op               | 3               | 0                | 0       | 0              | 1       |
        | BOOT-13.t | 29     | sched_op              | 0               | 0                | 0       | 0              | 0       |

      @era-3.1 @era-4.2
      Examples: a debug register that there is not; addresses that a 32-bit host keeps for itself
        | case      | number | name                  | ebx             | ecx              | edx     | esi            | answer  |
        | BOOT-13.b | 1      | mmu_update            | VIRT_START      | 1                | 0       | 0x7FF0         | -EFAULT |
        | BOOT-13.h | 8      | set_debugreg          | 9               | 0                | 0       | 0              | -EINVAL |
        | BOOT-13.i | 9      | get_debugreg          | 77              | 0                | 0       | 0              | -EINVAL |
        | BOOT-13.k | 12     | memory_op             | 3               | VIRT_START       | 0       | 0              | -EFAULT |
        | BOOT-13.o | 16     | event_channel_op_compat | VIRT_START    | 0                | 0       | 0              | -EFAULT |
        | BOOT-13.s | 26     | mmuext_op             | VIRT_START      | 1                | 0       | 0x7FF0         | -EFAULT |
        | BOOT-13.u | 30     | callback_op           | 0               | VIRT_START       | 0       | 0              | -EFAULT |
        | BOOT-13.v | 32     | event_channel_op      | 5               | VIRT_START       | 0       | 0              | -EFAULT |
        | BOOT-13.w | 33     | physdev_op            | 6               | VIRT_START       | 0       | 0              | -EFAULT |

    Scenario: BOOT-13.x slots 8 and 9 speak of the same register
      When the guest runs in ring 1
        """
        mov ebx, 1
        mov ecx, 0x12345678
        call hypercall_page + 8 * 32
        mov ebx, 1
        call hypercall_page + 9 * 32
        """
      Then the code runs to its end
      And EAX is 0x12345678

    Scenario: BOOT-13.y slot 12 tells how much memory the machine has
      When the guest runs in ring 1
        """
        mov ebx, 2
        xor ecx, ecx
        call hypercall_page + 12 * 32
        """
      Then the code runs to its end
      And EAX is first_frame_beyond_memory

    Scenario: BOOT-13.z slot 14 changes a mapping
      Given a page "window"
      And a page "other"
      And "other" holds 0x600DF00D
      When the guest runs in ring 1 with EBX = window, ECX = ma(other) | 0x63, EDX = 0, ESI = UVMF_INVLPG
        """
        call hypercall_page + 14 * 32
        mov edx, [window]
        """
      Then the code runs to its end
      And EAX is 0
      And EDX is 0x600DF00D

    @era-3.1
    Scenario: BOOT-13.aa slot 17 tells the version
      When the guest runs in ring 1
        """
        xor ebx, ebx
        call hypercall_page + 17 * 32
        shr eax, 16
        """
      Then the code runs to its end
      And EAX is 3

    Scenario: BOOT-13.ab slot 23 is iret: jumped to, it takes EAX, EIP, CS and EFLAGS from the stack and the register
      When the guest runs in ring 1
        """
        mov ebp, esp
        push dword 0x246
        push dword flat_cs
        push dword landed
        mov eax, 0x13579BDF
        jmp hypercall_page + 23 * 32
        mov eax, 1
        landed:
        sub ebp, esp
        """
      Then the code runs to its end
      And EAX is 0x13579BDF
      And EBP is 0

    Scenario Outline: <case> the slots <first> to <last> give -ENOSYS
      When the guest runs in ring 1 with EDI = hypercall_page + <first> * 32
        """
        next:
        xor ebx, ebx
        xor ecx, ecx
        xor edx, edx
        xor esi, esi
        push edi
        call edi
        pop edi
        cmp eax, -38
        jne other
        add edi, 32
        cmp edi, hypercall_page + <last> * 32
        jbe next
        other:
        """
      Then the code runs to its end
      And EAX is -ENOSYS
      And EDI is hypercall_page + (<last> + 1) * 32

      Examples: numbers that no era gave to anything on this architecture
        | case       | first | last |
        | BOOT-13.ac | 11    | 11   |
        | BOOT-13.ad | 64    | 127  |

      @era-3.1
      Examples: numbers that came later, or are another architecture's
        | case       | first | last |
        | BOOT-13.ae | 25    | 25   |
        | BOOT-13.af | 38    | 63   |

    Scenario Outline: <case> INT 0x82 with EAX = <number> gives -ENOSYS
      When the guest runs in ring 1 with EAX = <number>
        """
        xor ebx, ebx
        xor ecx, ecx
        xor edx, edx
        xor esi, esi
        xor edi, edi
        int 0x82
        """
      Then the code runs to its end
      And EAX is -ENOSYS

      Examples: behind the last number, at sign and byte boundaries
        | case       | number     |
        | BOOT-13.ag | 11         |
        | BOOT-13.ah | 64         |
        | BOOT-13.ai | 127        |
        | BOOT-13.aj | 128        |
        | BOOT-13.ak | 256        |
        | BOOT-13.al | 1000       |
        | BOOT-13.am | 0x10011    |
        | BOOT-13.an | 0x7FFFFFFF |
        | BOOT-13.ao | 0x80000000 |
        | BOOT-13.ap | 0x80000011 |
        | BOOT-13.aq | 0xFFFFFFFF |

    @cpu-int-n-error-code
    Scenario Outline: <case> INT 0x82 in ring 3 with EAX = <number> faults
      When the guest runs in ring 3 with EAX = <number>, EBX = 0, ECX = 0
        """
        call: int 0x82
        """
      Then it faults with #GP(0x412) at "call"
      And no register has changed

      Examples: whatever is asked for
        | case       | number     |
        | BOOT-13.ar | 17         |
        | BOOT-13.as | 0          |
        | BOOT-13.at | 23         |
        | BOOT-13.au | 29         |
        | BOOT-13.av | 1000       |

    @cpu-int-n-error-code
    Scenario: BOOT-13.aw INT 0x82 in ring 3 is the guest's own where it gives that vector to ring 3
      Given the handler of vector 0x82 is registered with flags 3 and selector flat_cs
      When the guest runs in ring 3 with EAX = 17, EBX = 0, ECX = 0
        """
        int 0x82
        next:
        """
      Then it traps with vector 0x82 at "next"

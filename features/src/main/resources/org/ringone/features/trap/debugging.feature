@TRAP
Feature: Debugging guest code

  Single steps are told by the labels at which debug exceptions came: a single step traps behind an instruction, so at the
  next one. "done" is the end of the code.

  @TRAP-11
  Rule: The trap flag traps behind each instruction, in rings 1 and 3

    Scenario Outline: <case> in ring <ring> <what>
      When the guest runs in ring <ring> with EFLAGS = 0x302, 20 #DB survived
        """
        <first>
        l1: <second>
        l2: <third>
        l3: nop
        """
      Then the code runs to its end
      And debug exceptions came at <where>

      Examples: plain instructions; each kind of transfer
        | case      | ring | what                      | first        | second               | third             | where                |
        | TRAP-11.a | 1    | NOPs                      | nop          | nop                  | nop               | l1 l2 l3 done        |
        | TRAP-11.b | 3    | NOPs                      | nop          | nop                  | nop               | l1 l2 l3 done        |
        | TRAP-11.c | 1    | arithmetic and a store    | add eax, 1   | mov [esp - 64], eax  | cmp eax, 5        | l1 l2 l3 done        |
        | TRAP-11.d | 1    | a jump that is taken      | nop          | jmp l3               | nop               | l1 l3 done           |
        | TRAP-11.e | 3    | a jump that is not taken  | xor eax, eax | jnz l3               | nop               | l1 l2 l3 done        |
        | TRAP-11.f | 3    | CALL                      | nop          | call l3              | nop               | l1 l3 done           |
        | TRAP-11.g | 3    | RET                       | push dword l3 | ret                 | nop               | l1 l3 done           |
        | TRAP-11.h | 1    | a far JMP                 | nop          | jmp FLAT_RING1_CS:l3 | nop               | l1 l3 done           |
        | TRAP-11.i | 1    | PUSHF and POPF            | pushfd       | popfd                | nop               | l1 l2 l3 done        |
        | TRAP-11.j | 1    | PUSHF, POPF of what clears TF | push dword 0x202 | popfd        | nop               | l1 l2                |
        | TRAP-11.k | 3    | PUSHF, POPF of what clears TF | push dword 0x202 | popfd        | nop               | l1 l2                |

    Scenario Outline: <case> in ring <ring> POPF sets TF: the first trap comes behind the instruction after it
      When the guest runs in ring <ring> with 20 #DB survived
        """
        push dword 0x302
        popfd
        l1: nop
        l2: nop
        l3: nop
        """
      Then the code runs to its end
      And debug exceptions came at l2 l3 done

      Examples:
        | case      | ring |
        | TRAP-11.m | 1    |
        | TRAP-11.n | 3    |

    Scenario Outline: <case> in ring <ring> IRET sets TF: the first trap comes behind its target
      When the guest runs in ring <ring> with 20 #DB survived
        """
        push dword 0x302
        push cs
        push dword l2
        iretd
        l1: nop
        l2: nop
        l3: nop
        """
      Then the code runs to its end
      And debug exceptions came at l3 done

      Examples:
        | case      | ring |
        | TRAP-11.o | 1    |
        | TRAP-11.p | 3    |

    Scenario: TRAP-11.q the iret hypercall sets TF: the first trap comes behind its target
      When the guest runs in ring 1 with 20 #DB survived
        """
        push dword 0x302
        push cs
        push dword l2
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        l1: nop
        l2: nop
        l3: nop
        """
      Then the code runs to its end
      And debug exceptions came at l3 done

    Scenario Outline: <case> in ring <ring> a repeated string instruction traps behind each element
      Given a page "memory" that ring 3 may use
      When the guest runs in ring <ring> with EFLAGS = 0x302, ECX = 3, ESI = memory, EDI = memory + 64, 20 #DB survived
        """
        l0: <instruction>
        l1: nop
        """
      Then the code runs to its end
      And debug exceptions came at <where>

      Examples: EIP stays at it until the last
        | case      | ring | instruction | where         |
        | TRAP-11.r | 1    | rep movsb   | l0 l0 l1 done |
        | TRAP-11.s | 3    | rep stosd   | l0 l0 l1 done |
        | TRAP-11.t | 3    | repne cmpsb | l1 done       |
        | TRAP-11.u | 3    | repe cmpsb  | l0 l0 l1 done |

    Scenario Outline: <case> in ring <ring> <instruction> holds the trap back for one instruction
      When the guest runs in ring <ring> with EFLAGS = 0x302, 20 #DB survived
        """
        mov ebx, ss
        l1: push ebx
        l2: <instruction>
        l3: nop
        l4: nop
        """
      Then the code runs to its end
      And debug exceptions came at <where>

      Examples: a load of SS does, other loads do not
        | case      | ring | instruction | where           |
        | TRAP-11.v | 1    | mov ss, ebx | l1 l2 l4 done   |
        | TRAP-11.w | 3    | mov ss, ebx | l1 l2 l4 done   |
        | TRAP-11.x | 1    | pop ss      | l1 l2 l4 done   |
        | TRAP-11.y | 3    | pop ss      | l1 l2 l4 done   |
        | TRAP-11.z | 1    | mov es, ebx | l1 l2 l3 l4 done |

    Scenario Outline: <case> in ring <ring> <instruction> is delivered with TF in the frame and clear in the handler
      When the guest runs in ring <ring> with EFLAGS = 0x302, ECX = 0, 20 #DB survived
        """
        nop
        here: <instruction>
        """
      Then <exception> is raised
      And EFLAGS & 0x100 is 0x100
      And the handler starts with TF, RF, NT and VM clear
      And debug exceptions came at here

      Examples: faults, of which nothing was executed, and traps
        | case       | ring | instruction | exception |
        | TRAP-11.ba | 1    | ud2         | #UD       |
        | TRAP-11.bb | 3    | hlt         | #GP(0)    |
        | TRAP-11.bc | 1    | hlt         | #GP(0)    |
        | TRAP-11.bd | 3    | div ecx     | #DE       |
        | TRAP-11.be | 1    | int3   | #BP       |
        | TRAP-11.bf | 3    | int3   | #BP       |

    Scenario Outline: <case> in ring <ring> single-stepping goes on behind <what>
      When the guest runs in ring <ring> with EFLAGS = 0x302, 20 #DB survived, 1 #BP survived
        """
        nop
        l1: <instruction>
        l2: nop
        l3: nop
        """
      Then the code runs to its end
      And debug exceptions came at l1 l3 done

      Examples: the trap flag is that of the frame: the next trap comes behind the instruction returned to
        | case       | ring | what | instruction |
        | TRAP-11.bg | 1    | INT3 | int3        |
        | TRAP-11.bh | 3    | INT3 | int3        |
        | TRAP-11.bi | 3    | INT 3 of two bytes | int 3 |

    Scenario Outline: <case> single-stepping passes <instruction>, which is emulated
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})
      When the guest runs in ring 1 with EFLAGS = 0x302, EDX = 0x2A0, ECX = 0xC0000080, 20 #DB survived
        """
        nop
        l1: <instruction>
        l2: nop
        l3: nop
        """
      Then the code runs to its end
      And debug exceptions came at <where>

      @era-3.1
      Examples: the era's hypervisor returns to the next instruction with TF set, so the trap comes behind that one
        | case       | instruction  | where      |
        | TRAP-11.bj | mov eax, cr0 | l1 l3 done |
        | TRAP-11.bk | clts         | l1 l3 done |
        | TRAP-11.bl | mov eax, dr7 | l1 l3 done |
        | TRAP-11.bm | rdmsr        | l1 l3 done |
        | TRAP-11.bn | in al, dx    | l1 l3 done |
        | TRAP-11.bo | out dx, eax  | l1 l3 done |
        | TRAP-11.bp | cli          | l1 l3 done |

      @era-4.2 @era-4.17
      Examples: later ones trap behind the emulated instruction, as the processor does
        | case       | instruction  | where         |
        | TRAP-11.ei | mov eax, cr0 | l1 l2 l3 done |
        | TRAP-11.ej | clts         | l1 l2 l3 done |
        | TRAP-11.ek | mov eax, dr7 | l1 l2 l3 done |
        | TRAP-11.el | rdmsr        | l1 l2 l3 done |

      @era-4.2
      Examples: and behind those on ports and flags
        | case       | instruction | where         |
        | TRAP-11.em | in al, dx   | l1 l2 l3 done |
        | TRAP-11.en | out dx, eax | l1 l2 l3 done |
        | TRAP-11.eo | cli         | l1 l2 l3 done |

    Scenario Outline: <case> in ring <ring> single-stepping passes CPUID behind the forced-emulation prefix
      When the guest runs in ring <ring> with EFLAGS = 0x302, EAX = 0, 20 #DB survived
        """
        nop
        l1: db 0x0F, 0x0B, "xen"
        cpuid
        l2: nop
        l3: nop
        """
      Then the code runs to its end
      And debug exceptions came at <where>

      @era-3.1
      Examples: likewise
        | case       | ring | where      |
        | TRAP-11.bq | 1    | l1 l3 done |
        | TRAP-11.br | 3    | l1 l3 done |

      @era-4.2 @era-4.17
      Examples: likewise
        | case       | ring | where         |
        | TRAP-11.ep | 1    | l1 l2 l3 done |
        | TRAP-11.eq | 3    | l1 l2 l3 done |

    Scenario Outline: <case> in ring <ring> plain CPUID is an instruction like any other
      When the guest runs in ring <ring> with EFLAGS = 0x302, EAX = 0, 20 #DB survived
        """
        nop
        l1: cpuid
        l2: nop
        """
      Then the code runs to its end
      And debug exceptions came at l1 l2 done

      Examples:
        | case       | ring |
        | TRAP-11.bs | 1    |
        | TRAP-11.bt | 3    |

    Scenario: TRAP-11.bu a hypercall: the next trap comes behind the instruction after it
      When the guest runs in ring 1 with EFLAGS = 0x302, 20 #DB survived
        """
        mov eax, __HYPERVISOR_SCHED_OP
        l1: mov ebx, SCHEDOP_YIELD
        l2: int 0x82
        l3: nop
        l4: nop
        """
      Then the code runs to its end
      And EAX is 0
      And debug exceptions came at l1 l2 l4 done

    Scenario: TRAP-11.bv DR6 tells of the single step, through MOV and get_debugreg
      Given the guest has called set_debugreg(6, 0)
      And the code has run in ring 1
        """
        nop
        """
      When the guest runs in ring 1 with EFLAGS = 0x302, 1 #DB survived
        """
        nop
        here: nop
        next: nop
        """
      Then it faults with #DB at "next"
      When the guest calls get_debugreg(6)
      Then it returns 0xFFFF4FF0
      When the guest runs in ring 1
        """
        mov ebx, dr6
        """
      Then EBX is 0xFFFF4FF0

    Scenario: TRAP-11.bw the trap flag of user code ends with the entry into the kernel and comes back with the return
      When the guest runs in ring 3 with EFLAGS = 0x302, 2 #DB survived
        """
        nop
        l1: nop
        l2: nop
        l3: nop
        """
      Then it faults with #DB at "l3"
      And the handler starts with TF, RF, NT and VM clear
      And the handler runs in ring 1
      And EFLAGS & 0x100 is 0x100

  @TRAP-11
  Rule: INT3 traps behind itself, whatever the privilege of its entry

    Scenario Outline: <case> in ring <ring> <instruction> with an entry of DPL <dpl>
      Given the guest has called set_trap_table([{3, <dpl>, FLAT_RING1_CS, handler(3)}])
      When the guest runs in ring <ring> with EFLAGS = 0xAD7
        """
        nop
        <instruction>
        next: nop
        """
      Then it traps with vector 3 at "next"
      And no register has changed

      Examples:
        | case       | ring | instruction | dpl |
        | TRAP-11.bx | 1    | int3        | 0   |
        | TRAP-11.by | 3    | int3        | 0   |
        | TRAP-11.bz | 3    | int3        | 3   |
        | TRAP-11.ca | 1    | int 3       | 3   |
        | TRAP-11.cb | 3    | int 3       | 3   |

  @TRAP-11
  Rule: Instruction breakpoints fault before their instruction

    Scenario Outline: <case> DR<n> in ring <ring>
      Given the guest has called set_debugreg(6, 0)
      And the guest has called set_debugreg(<n>, <code> + 2)
      And the guest has called set_debugreg(7, <dr7>)
      When the guest runs in ring <ring>
        """
        nop
        nop
        here: inc eax
        nop
        """
      Then it faults with #DB at "here"
      And no register has changed
      When the guest calls get_debugreg(6)
      Then it returns 0xFFFF0FF0 | 1 << <n>

      Examples: local and global
        | case       | n | ring | code        | dr7  |
        | TRAP-11.cc | 0 | 1    | kernel_code | 0x01 |
        | TRAP-11.cd | 1 | 1    | kernel_code | 0x04 |
        | TRAP-11.ce | 2 | 1    | kernel_code | 0x10 |
        | TRAP-11.cf | 3 | 1    | kernel_code | 0x40 |
        | TRAP-11.cg | 0 | 1    | kernel_code | 0x02 |
        | TRAP-11.ch | 3 | 1    | kernel_code | 0x80 |
        | TRAP-11.ci | 0 | 3    | user_code   | 0x01 |
        | TRAP-11.cj | 1 | 3    | user_code   | 0x08 |
        | TRAP-11.ck | 2 | 3    | user_code   | 0x20 |
        | TRAP-11.cl | 3 | 3    | user_code   | 0xC0 |

    Scenario Outline: <case> <what> does nothing
      Given the guest has called set_debugreg(0, kernel_code + <offset>)
      And the guest has called set_debugreg(7, <dr7>)
      When the guest runs in ring 1
        """
        nop
        mov ebx, 0x90909090
        nop
        """
      Then the code runs to its end
      And debug exceptions came at nowhere

      Examples: not enabled; another register's enable bit; the second byte of an instruction
        | case       | what                               | offset | dr7 |
        | TRAP-11.cm | a breakpoint that is not enabled   | 1      | 0   |
        | TRAP-11.cn | another one's enable bit           | 1      | 4   |
        | TRAP-11.co | a breakpoint within an instruction | 2      | 1   |

    Scenario: TRAP-11.cp DR7 at 0 takes a breakpoint away
      Given the guest has called set_debugreg(0, kernel_code + 1)
      And the guest has called set_debugreg(7, 1)
      And the guest has called set_debugreg(7, 0)
      When the guest runs in ring 1
        """
        nop
        nop
        """
      Then the code runs to its end

    Scenario Outline: <case> set by MOV in the code itself: <what>
      When the guest runs in ring 1
        """
        mov ebx, here
        mov dr1, ebx
        mov ebx, 4
        mov dr7, ebx
        nop
        here: <instruction>
        """
      Then it faults with #DB at "here"
      And no register but EBX has changed

      Examples: before an instruction that would be emulated, fault, trap, or call the hypervisor
        | case       | what         | instruction   |
        | TRAP-11.cq | NOP          | nop           |
        | TRAP-11.cr | MOV from CR0 | mov eax, cr0  |
        | TRAP-11.cs | HLT          | hlt           |
        | TRAP-11.ct | UD2          | ud2           |
        | TRAP-11.cu | INT3         | int3          |
        | TRAP-11.cv | a hypercall  | int 0x82      |

    Scenario Outline: <case> in ring <ring> RF in the flags of <way> lets the breakpoint at its target pass, once
      Given the guest has called set_debugreg(0, <code>)
      And the guest has called set_debugreg(7, 1)
      When the guest runs in ring <ring> with EFLAGS = 0x10202, EDX = 0
        """
        start: inc edx
        cmp edx, 3
        jne start
        """
      Then it faults with #DB at "start"
      And EDX is 1

      Examples:
        | case       | ring | way  | code        |
        | TRAP-11.cw | 1    | IRET | kernel_code |
        | TRAP-11.cx | 3    | IRET | user_code   |

    Scenario Outline: <case> a breakpoint behind <what> is met
      When the guest runs in ring 1
        """
        mov ebx, here
        mov dr0, ebx
        mov ebx, 1
        mov dr7, ebx
        <instruction>
        here: nop
        """
      Then it faults with #DB at "here"

      Examples: emulation leaves no RF behind
        | case       | what            | instruction                                                   |
        | TRAP-11.cy | MOV from CR0    | mov eax, cr0                                                  |
        | TRAP-11.cz | CLTS            | clts                                                          |
        | TRAP-11.da | CPUID, forced   | mov eax, 1\ndb 0x0F, 0x0B, "xen"\ncpuid                       |
        | TRAP-11.db | a hypercall     | mov eax, __HYPERVISOR_SCHED_OP\nmov ebx, SCHEDOP_YIELD\nint 0x82 |
        | TRAP-11.dc | a jump          | jmp here\nnop                                                 |

  @TRAP-11
  Rule: Data breakpoints trap behind the instruction

    Scenario Outline: <case> <kind> of <length> watched at <at>: <instruction>
      Given a page "data" that ring 3 may use
      And the guest has called set_debugreg(6, 0)
      And the guest has called set_debugreg(<n>, data + <at>)
      And the guest has called set_debugreg(7, <dr7>)
      When the guest runs in ring <ring> with ESI = data, EDI = data + 16, ECX = 1
        """
        nop
        <instruction>
        here: nop
        """
      Then it faults with #DB at "here"
      When the guest calls get_debugreg(6)
      Then it returns 0xFFFF0FF0 | 1 << <n>

      Examples: each register, length and kind; overlaps at either end; stack, string and locked instructions
        | case       | n | ring | kind            | length | at | dr7        | instruction                        |
        | TRAP-11.de | 0 | 1    | writes          | 1 byte | 5  | 0x00010001 | mov [data + 5], al                 |
        | TRAP-11.df | 1 | 1    | writes          | 2      | 6  | 0x00500004 | mov [data + 6], ax                 |
        | TRAP-11.dg | 2 | 1    | writes          | 4      | 8  | 0x0D000010 | mov [data + 8], eax                |
        | TRAP-11.dh | 3 | 1    | writes          | 4      | 12 | 0xD0000040 | mov [data + 12], eax               |
        | TRAP-11.di | 0 | 3    | writes          | 4      | 8  | 0x000D0001 | mov [data + 8], eax                |
        | TRAP-11.dj | 0 | 1    | writes          | 4      | 8  | 0x000D0001 | mov [data + 11], al                |
        | TRAP-11.dk | 0 | 1    | writes          | 4      | 8  | 0x000D0001 | mov [data + 5], eax                |
        | TRAP-11.dl | 0 | 1    | writes          | 1      | 8  | 0x00010001 | mov [data + 6], eax                |
        | TRAP-11.dm | 0 | 1    | reads or writes | 4      | 8  | 0x000F0001 | mov eax, [data + 8]                |
        | TRAP-11.dn | 1 | 3    | reads or writes | 2      | 10 | 0x00700008 | mov al, [data + 11]                |
        | TRAP-11.do | 2 | 1    | reads or writes | 1      | 3  | 0x03000020 | cmp byte [data + 3], 0             |
        | TRAP-11.dp | 3 | 1    | reads or writes | 4      | 16 | 0xF0000080 | mov [data + 16], eax               |
        | TRAP-11.dq | 0 | 1    | writes          | 4      | 16 | 0x000D0001 | movsb                              |
        | TRAP-11.dr | 0 | 1    | writes          | 4      | 16 | 0x000D0001 | stosd                              |
        | TRAP-11.ds | 0 | 3    | writes          | 4      | 8  | 0x000D0001 | xchg [data + 8], eax               |
        | TRAP-11.dt | 0 | 3    | writes          | 4      | 8  | 0x000D0001 | lock inc dword [data + 8]          |
        | TRAP-11.du | 0 | 3    | reads or writes | 4      | 0  | 0x000F0001 | lodsd                              |

    Scenario Outline: <case> <kind> of <length> watched at <at> are not met by <instruction>
      Given a page "data" that ring 3 may use
      And the guest has called set_debugreg(0, data + <at>)
      And the guest has called set_debugreg(7, <dr7>)
      When the guest runs in ring 3
        """
        <instruction>
        nop
        """
      Then the code runs to its end
      And debug exceptions came at nowhere

      Examples: a neighbour on either side, a read where writes are watched, an address only computed
        | case       | kind            | length | at | dr7        | instruction           |
        | TRAP-11.dv | writes          | 1      | 8  | 0x00010001 | mov [data + 7], al    |
        | TRAP-11.dx | writes          | 4      | 8  | 0x000D0001 | mov [data + 4], eax   |
        | TRAP-11.dy | writes          | 4      | 8  | 0x000D0001 | mov [data + 12], al   |
        | TRAP-11.dz | writes          | 4      | 8  | 0x000D0001 | mov eax, [data + 8]   |
        | TRAP-11.ea | reads or writes | 2      | 8  | 0x00070001 | lea eax, [data + 8]   |
        | TRAP-11.eb | reads or writes | 2      | 8  | 0x00070001 | mov ax, [data + 10]   |
        | TRAP-11.ec | writes          | 4      | 8  | 0x000D0000 | mov [data + 8], eax   |

      @cpu-exact-data-breakpoints
      Examples: a wide store behind the byte that is watched
        | case       | kind            | length | at | dr7        | instruction           |
        | TRAP-11.dw | writes          | 1      | 8  | 0x00010001 | mov [data + 9], eax   |

    Scenario: TRAP-11.ed a hypercall that writes there for the guest is not the guest's store
      Given a page "data"
      And the guest has called set_debugreg(0, data)
      And the guest has called set_debugreg(7, 0x000F0001)
      When the guest runs in ring 1
        """
        mov eax, __HYPERVISOR_XEN_VERSION
        mov ebx, XENVER_EXTRAVERSION
        mov ecx, data
        int 0x82
        nop
        """
      Then the code runs to its end
      And EAX is 0
      And debug exceptions came at nowhere

    @cpu-exact-data-breakpoints
    Scenario: TRAP-11.ee a data breakpoint and a single step at once: one exception, both bits
      Given a page "data"
      And the guest has called set_debugreg(6, 0)
      And the guest has called set_debugreg(0, data)
      And the guest has called set_debugreg(7, 0x000D0001)
      When the guest runs in ring 1 with EFLAGS = 0x302
        """
        mov [data], eax
        here: nop
        """
      Then it faults with #DB at "here"
      When the guest calls get_debugreg(6)
      Then it returns 0xFFFF4FF1

    @cpu-exact-data-breakpoints
    Scenario: TRAP-11.ef a load of SS holds a data breakpoint back, too
      Given a page "data"
      And the code has run in ring 1
        """
        mov eax, ss
        mov [data], eax
        """
      And the guest has called set_debugreg(0, data)
      And the guest has called set_debugreg(7, 0x000F0001)
      When the guest runs in ring 1
        """
        mov ss, [data]
        nop
        here: nop
        """
      Then it faults with #DB at "here"

    Scenario Outline: <case> in ring <ring> DR7 leaves the handler as it is: the breakpoint stays armed
      Given a page "data" that ring 3 may use
      And the guest has called set_debugreg(0, data)
      And the guest has called set_debugreg(7, 0x000D0001)
      When the guest runs in ring <ring> with 5 #DB survived
        """
        mov [data], eax
        l1: mov [data + 4], eax
        mov [data], ecx
        l2: nop
        """
      Then the code runs to its end
      And debug exceptions came at l1 l2

      Examples:
        | case       | ring |
        | TRAP-11.eg | 1    |
        | TRAP-11.eh | 3    |

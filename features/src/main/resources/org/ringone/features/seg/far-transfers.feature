@SEG
Feature: Far transfers between rings 1 and 3

  The code that is transferred to is one INT3 in a page of its own, so vector 3 tells that it was reached, at which offset and
  with which registers.

  @SEG-13
  Rule: Far jumps, calls and returns do what the architecture says; none reaches ring 0

    Background:
      Given a page "target" that ring 3 may use
      And the bytes of "target" begin with CC
      And the guest's GDT holds
        | 1  | descriptor(target, 0xFFF, 0x4BA)  |
        | 2  | descriptor(target, 0xFFF, 0x4FA)  |
        | 3  | descriptor(target, 0xFFF, 0x4BE)  |
        | 4  | descriptor(target, 0xFFF, 0x4FE)  |
        | 5  | descriptor(target, 0xFFF, 0x4B8)  |
        | 6  | descriptor(target, 0xFFF, 0x43A)  |
        | 7  | descriptor(target, 0xFFF, 0x47A)  |
        | 8  | descriptor(target, 0xFFF, 0x4F2)  |
        | 9  | descriptor(target, 0xFFF, 0x4DA)  |
        | 11 | gate(0x0009, 0, 0xEC00)           |
        | 12 | gate(0x0009, 0, 0xAC00)           |
        | 13 | gate(0x0019, 0, 0xEC00)           |
        | 14 | gate(0x0009, 0, 0x6C00)           |
        | 15 | gate(0x0031, 0, 0xEC00)           |
        | 16 | gate(0x1001, 0, 0xEC00)           |
        | 17 | gate(0x0041, 0, 0xEC00)           |
        | 18 | gate(0, 0, 0xEC00)                |
        | 19 | gate(0x0011, 0, 0xEC00)           |
        | 20 | gate(0x0009, 0x1000, 0xEC00)      |
        | 21 | gate(0x0009, 0, 0xEC01)           |
        | 22 | gate(0x0009, 0, 0xEC05)           |
        | 23 | gate(0x0009, 0, 0xEC1F)           |
        | 24 | gate(FLAT_RING1_CS, target, 0xEC00) |
        | 25 | descriptor(target, 0xFFF, 0x4DE)  |
        | 26 | gate(0x00C9, 0, 0xEC00)           |

    Scenario Outline: <case> in ring <ring> a far JMP to <what>
      When the guest runs in ring <ring>
        """
        jmp <selector>:0
        """
      Then #BP is raised
      And EIP is 1
      And CS is <cs>
      And no register has changed

      Examples: the ring stays, the RPL of CS becomes the ring
        | case     | ring | what                           | selector | cs   |
        | SEG-13.a | 1    | code                           | 0x09     | 0x09 |
        | SEG-13.b | 1    | code by RPL 0                  | 0x08     | 0x09 |
        | SEG-13.c | 1    | code that cannot be read       | 0x29     | 0x29 |
        | SEG-13.d | 1    | conforming code                | 0x19     | 0x19 |
        | SEG-13.e | 1    | conforming code by RPL 3       | 0x1B     | 0x19 |
        | SEG-13.f | 1    | conforming code by RPL 0       | 0x18     | 0x19 |
        | SEG-13.g | 1    | a call gate                    | 0x5B     | 0x09 |
        | SEG-13.h | 1    | a DPL-1 call gate              | 0x61     | 0x09 |
        | SEG-13.i | 1    | a call gate to conforming code | 0x69     | 0x19 |
        | SEG-13.j | 3    | code                           | 0x13     | 0x13 |
        | SEG-13.k | 3    | code by RPL 0                  | 0x10     | 0x13 |
        | SEG-13.l | 3    | code by RPL 1                  | 0x11     | 0x13 |
        | SEG-13.m | 3    | conforming code                | 0x23     | 0x23 |
        | SEG-13.n | 3    | DPL-1 conforming code          | 0x1B     | 0x1B |
        | SEG-13.o | 3    | DPL-1 conforming code by RPL 0 | 0x18     | 0x1B |
        | SEG-13.p | 3    | a call gate to conforming code | 0x6B     | 0x1B |
        | SEG-13.q | 3    | a call gate to DPL-3 code      | 0x9B     | 0x13 |

    Scenario Outline: <case> in ring <ring> a far CALL to <what>
      When the guest runs in ring <ring>
        """
        call <selector>:0
        back:
        """
      Then #BP is raised
      And EIP is 1
      And CS is <cs>
      And ESP is <top> - 8
      And no register but ESP has changed
      And the word at <top> - 8 is the address of "back"
      And the 16 bits at <top> - 4 are <from>

      Examples: on the same stack, from which RETF would go back
        | case     | ring | what                             | selector | cs   | from          | top            |
        | SEG-13.r | 1    | code                             | 0x09     | 0x09 | FLAT_RING1_CS | code_stack_top |
        | SEG-13.s | 1    | conforming code by RPL 3         | 0x1B     | 0x19 | FLAT_RING1_CS | code_stack_top |
        | SEG-13.t | 1    | a call gate                      | 0x5B     | 0x09 | FLAT_RING1_CS | code_stack_top |
        | SEG-13.u | 1    | a call gate with five parameters | 0xB3     | 0x09 | FLAT_RING1_CS | code_stack_top |
        | SEG-13.v | 3    | code                             | 0x13     | 0x13 | FLAT_RING3_CS | user_stack_top |
        | SEG-13.w | 3    | DPL-1 conforming code            | 0x1B     | 0x1B | FLAT_RING3_CS | user_stack_top |

      @cpu-gates-to-conforming-code
      Examples: the ring stays behind a gate to conforming code, too
        | case     | ring | what                             | selector | cs   | from          | top            |
        | SEG-13.x | 3    | a call gate to conforming code   | 0x6B     | 0x1B | FLAT_RING3_CS | user_stack_top |

    Scenario Outline: <case> in ring <ring> a far <instruction> to <what>, <selector>, faults
      When the guest runs in ring <ring>
        """
        here: <instruction> <selector>:0
        """
      Then it faults with <exception> at "here"
      And no register has changed

      Examples: privilege, type, presence
        | case      | ring | instruction | what                           | selector | exception   |
        | SEG-13.y  | 1    | jmp         | null                           | 0        | #GP(0)      |
        | SEG-13.z  | 1    | call        | null                           | 3        | #GP(0)      |
        | SEG-13.ba | 3    | jmp         | null                           | 3        | #GP(0)      |
        | SEG-13.bb | 1    | jmp         | code by RPL 3                  | 0x0B     | #GP(0x8)    |
        | SEG-13.bc | 1    | jmp         | DPL-3 code                     | 0x11     | #GP(0x10)   |
        | SEG-13.bd | 1    | call        | DPL-3 code                     | 0x13     | #GP(0x10)   |
        | SEG-13.be | 1    | jmp         | DPL-3 conforming code          | 0x21     | #GP(0x20)   |
        | SEG-13.bf | 1    | jmp         | DPL-2 code                     | 0x4A     | #GP(0x48)   |
        | SEG-13.bg | 1    | jmp         | the user's flat code           | 0xE02B   | #GP(0xE028) |
        | SEG-13.bh | 3    | jmp         | DPL-1 code                     | 0x0B     | #GP(0x8)    |
        | SEG-13.bi | 3    | jmp         | DPL-1 code by RPL 1            | 0x09     | #GP(0x8)    |
        | SEG-13.bj | 3    | call        | DPL-1 code                     | 0x0B     | #GP(0x8)    |
        | SEG-13.bk | 3    | jmp         | the kernel's flat code         | 0xE019   | #GP(0xE018) |
        | SEG-13.bl | 3    | call        | the kernel's flat code         | 0xE01B   | #GP(0xE018) |
        | SEG-13.bm | 3    | jmp         | DPL-2 code                     | 0x4B     | #GP(0x48)   |
        | SEG-13.bn | 1    | jmp         | data                           | 0x41     | #GP(0x40)   |
        | SEG-13.bo | 3    | jmp         | data                           | 0x43     | #GP(0x40)   |
        | SEG-13.bp | 1    | call        | a null descriptor              | 0x51     | #GP(0x50)   |
        | SEG-13.bq | 1    | jmp         | a slot without a frame         | 0x1001   | #GP(0x1000) |
        | SEG-13.br | 3    | call        | a slot without a frame         | 0x1003   | #GP(0x1000) |
        | SEG-13.bs | 1    | jmp         | an LDT selector without an LDT | 0x0D     | #GP(0x0C)   |
        | SEG-13.bt | 1    | jmp         | a slot beyond the limit        | 0xFFF9   | #GP(0xFFF8) |
        | SEG-13.bu | 1    | jmp         | code that is not present       | 0x31     | #NP(0x30)   |
        | SEG-13.bv | 1    | call        | code that is not present       | 0x31     | #NP(0x30)   |
        | SEG-13.bw | 3    | jmp         | code that is not present       | 0x3B     | #NP(0x38)   |
        | SEG-13.bx | 3    | jmp         | absent DPL-1 code              | 0x33     | #GP(0x30)   |

      Examples: gates
        | case      | ring | instruction | what                             | selector | exception   |
        | SEG-13.by | 3    | jmp         | a gate to an inner ring          | 0x5B     | #GP(8)      |
        | SEG-13.bz | 3    | jmp         | a gate of DPL 1                  | 0x63     | #GP(0x60)   |
        | SEG-13.ca | 3    | call        | a gate of DPL 1                  | 0x63     | #GP(0x60)   |
        | SEG-13.cb | 3    | call        | a gate of DPL 1 by RPL 0         | 0x60     | #GP(0x60)   |
        | SEG-13.cc | 1    | call        | a gate of DPL 1 by RPL 3         | 0x63     | #GP(0x60)   |
        | SEG-13.cd | 1    | jmp         | a gate of DPL 1 by RPL 2         | 0x62     | #GP(0x60)   |
        | SEG-13.ce | 3    | call        | a gate that is not present       | 0x73     | #NP(0x70)   |
        | SEG-13.cf | 1    | jmp         | a gate that is not present       | 0x71     | #NP(0x70)   |
        | SEG-13.cg | 3    | call        | a gate to absent code            | 0x7B     | #NP(0x30)   |
        | SEG-13.ch | 1    | call        | a gate to absent code            | 0x79     | #NP(0x30)   |
        | SEG-13.ci | 3    | call        | a gate to a slot without a frame | 0x83     | #GP(0x1000) |
        | SEG-13.cj | 3    | call        | a gate to data                   | 0x8B     | #GP(0x40)   |
        | SEG-13.ck | 1    | call        | a gate to null                   | 0x91     | #GP(0)      |
        | SEG-13.cl | 3    | call        | a gate to null                   | 0x93     | #GP(0)      |
        | SEG-13.cm | 1    | call        | a gate to an outer ring          | 0x9B     | #GP(0x10)   |
        | SEG-13.cn | 1    | jmp         | a gate to an outer ring          | 0x99     | #GP(0x10)   |

      Examples: the hypervisor's own segments, whatever the RPL
        | case      | ring | instruction | what                        | selector | exception   |
        | SEG-13.co | 1    | jmp         | the hypervisor's code       | 0xE008   | #GP(0xE008) |
        | SEG-13.cp | 1    | jmp         | the hypervisor's code       | 0xE009   | #GP(0xE008) |
        | SEG-13.cq | 1    | call        | the hypervisor's code       | 0xE008   | #GP(0xE008) |
        | SEG-13.cr | 1    | call        | the hypervisor's code       | 0xE00B   | #GP(0xE008) |
        | SEG-13.cs | 1    | jmp         | the hypervisor's data       | 0xE010   | #GP(0xE010) |
        | SEG-13.ct | 1    | jmp         | the hypervisor's task state | 0xE040   | #GP(0xE040) |
        | SEG-13.cu | 1    | call        | the hypervisor's task state | 0xE040   | #GP(0xE040) |
        | SEG-13.cv | 1    | jmp         | the hypervisor's task state | 0xE041   | #GP(0xE040) |
        | SEG-13.cw | 3    | jmp         | the hypervisor's code       | 0xE008   | #GP(0xE008) |
        | SEG-13.cx | 3    | jmp         | the hypervisor's code       | 0xE00B   | #GP(0xE008) |
        | SEG-13.cy | 3    | call        | the hypervisor's code       | 0xE00B   | #GP(0xE008) |
        | SEG-13.cz | 3    | jmp         | the hypervisor's task state | 0xE043   | #GP(0xE040) |
        | SEG-13.da | 3    | call        | the hypervisor's task state | 0xE040   | #GP(0xE040) |

    @cpu-segment-limits
    Scenario Outline: <case> in ring <ring> a far <instruction> to offset <offset> of a segment of 4096 bytes faults at the <instruction>
      When the guest runs in ring <ring>
        """
        here: <instruction> <selector>:<offset>
        """
      Then it faults with #GP(0) at "here"
      And no register has changed

      Examples: one byte beyond it, and far; a gate has an offset of its own
        | case      | ring | instruction | selector | offset  |
        | SEG-13.db | 1    | jmp         | 0x09     | 0x1000  |
        | SEG-13.dc | 1    | call        | 0x09     | 0x1000  |
        | SEG-13.dd | 1    | jmp         | 0x09     | -1      |
        | SEG-13.de | 3    | jmp         | 0x13     | 0x1000  |
        | SEG-13.df | 3    | call        | 0x13     | 0xFFFFF |
        | SEG-13.dg | 1    | jmp         | 0xA1     | 0       |
        | SEG-13.dh | 3    | call        | 0xA3     | 0       |

    Scenario Outline: <case> in ring <ring> a far <instruction> through memory
      Given a page "memory" that ring 3 may use
      And "memory" holds <selector> << <bits> | 0
      When the guest runs in ring <ring>
        """
        <instruction> [memory]
        """
      Then #BP is raised
      And EIP is 1
      And CS is <selector>
      And ESP is <top> - <pushed>

      Examples: 48 bits, and 32 with an operand size of 16
        | case      | ring | instruction  | selector | bits | top            | pushed |
        | SEG-13.di | 1    | jmp far      | 0x09     | 32   | code_stack_top | 0      |
        | SEG-13.dj | 1    | call far     | 0x09     | 32   | code_stack_top | 8      |
        | SEG-13.dk | 3    | jmp far      | 0x13     | 32   | user_stack_top | 0      |
        | SEG-13.dl | 3    | call far     | 0x13     | 32   | user_stack_top | 8      |
        | SEG-13.dm | 1    | o16 jmp far  | 0x09     | 16   | code_stack_top | 0      |
        | SEG-13.dn | 1    | o16 call far | 0x09     | 16   | code_stack_top | 4      |

    Scenario Outline: <case> in ring <ring> <instruction> to <what>
      When the guest runs in ring <ring>
        """
        sub esp, <room>
        push dword <selector>
        push dword 0
        <instruction>
        """
      Then #BP is raised
      And EIP is 1
      And CS is <selector>
      And ESP is <top> - <left>
      And no register but ESP and EFLAGS has changed

      Examples: the same ring
        | case      | ring | what                       | instruction | selector | room | top            | left |
        | SEG-13.do | 1    | code                       | retf        | 0x09     | 0    | code_stack_top | 0    |
        | SEG-13.dp | 1    | code, releasing 8 bytes    | retf 8      | 0x09     | 8    | code_stack_top | 0    |
        | SEG-13.dq | 1    | code, releasing part of it | retf 8      | 0x09     | 12   | code_stack_top | 4    |
        | SEG-13.dr | 1    | conforming code            | retf        | 0x19     | 0    | code_stack_top | 0    |
        | SEG-13.ds | 3    | code                       | retf        | 0x13     | 0    | user_stack_top | 0    |
        | SEG-13.dt | 3    | DPL-1 conforming code      | retf        | 0x1B     | 0    | user_stack_top | 0    |
        | SEG-13.du | 3    | code, releasing 8 bytes    | retf 8      | 0x13     | 8    | user_stack_top | 0    |

    Scenario Outline: <case> <instruction> from ring 1 to ring 3, with SS:ESP from the frame
      When the guest runs in ring 1
        """
        push dword FLAT_RING3_SS
        push dword user_stack_top - 64
        sub esp, <room>
        <flags>
        push dword <selector>
        push dword 0
        <instruction>
        """
      Then #BP is raised
      And EIP is 1
      And CS is <selector>
      And SS is FLAT_RING3_SS
      And ESP is user_stack_top - 64 + <room>
      And DS is 0
      And GS is 0

      Examples: the kernel's data segments do not go along
        | case      | instruction | selector | room | flags            |
        | SEG-13.dv | retf        | 0x13     | 0    | nop              |
        | SEG-13.dw | retf 12     | 0x13     | 12   | nop              |
        | SEG-13.dx | iretd       | 0x13     | 0    | push dword 0x202 |
        | SEG-13.dy | retf        | 0x23     | 0    | nop              |
        | SEG-13.dz | retf        | 0x1B     | 0    | nop              |

    Scenario Outline: <case> in ring <ring> <instruction> to <what>, <selector>, faults
      When the guest runs in ring <ring>
        """
        <flags>
        push dword <selector>
        push dword 0
        here: <instruction>
        """
      Then it faults with <exception> at "here"
      And ESP is <top> - <pushed>
      And no register but ESP has changed

      Examples: nothing is popped
        | case      | ring | what                           | instruction | selector | flags            | exception   | top            | pushed |
        | SEG-13.ea | 1    | null                           | retf        | 0        | nop              | #GP(0)      | code_stack_top | 8      |
        | SEG-13.eb | 1    | code by RPL 0                  | retf        | 0x08     | nop              | #GP(8)      | code_stack_top | 8      |
        | SEG-13.ec | 1    | DPL-3 code by RPL 1            | retf        | 0x11     | nop              | #GP(0x10)   | code_stack_top | 8      |
        | SEG-13.ed | 1    | DPL-3 conforming code by RPL 1 | retf        | 0x21     | nop              | #GP(0x20)   | code_stack_top | 8      |
        | SEG-13.ee | 1    | data                           | retf        | 0x41     | nop              | #GP(0x40)   | code_stack_top | 8      |
        | SEG-13.ef | 1    | a call gate                    | retf        | 0x59     | nop              | #GP(0x58)   | code_stack_top | 8      |
        | SEG-13.eg | 1    | code that is not present       | retf        | 0x31     | nop              | #NP(0x30)   | code_stack_top | 8      |
        | SEG-13.eh | 1    | a slot without a frame         | retf        | 0x1001   | nop              | #GP(0x1000) | code_stack_top | 8      |
        | SEG-13.ei | 1    | null                           | iretd       | 1        | push dword 0x202 | #GP(0)      | code_stack_top | 12     |
        | SEG-13.ej | 1    | code by RPL 0                  | iretd       | 0x08     | push dword 0x202 | #GP(8)      | code_stack_top | 12     |
        | SEG-13.ek | 1    | code that is not present       | iretd       | 0x31     | push dword 0x202 | #NP(0x30)   | code_stack_top | 12     |
        | SEG-13.el | 1    | data                           | iretd       | 0x41     | push dword 0x202 | #GP(0x40)   | code_stack_top | 12     |
        | SEG-13.em | 3    | the kernel                     | retf        | 0x09     | nop              | #GP(8)      | user_stack_top | 8      |
        | SEG-13.en | 3    | the kernel's flat code         | retf        | 0xE019   | nop              | #GP(0xE018) | user_stack_top | 8      |
        | SEG-13.eo | 3    | DPL-1 code by RPL 3            | retf        | 0x0B     | nop              | #GP(8)      | user_stack_top | 8      |
        | SEG-13.ep | 3    | code by RPL 1                  | retf        | 0x11     | nop              | #GP(0x10)   | user_stack_top | 8      |
        | SEG-13.eq | 3    | the kernel                     | iretd       | 0xE019   | push dword 0x202 | #GP(0xE018) | user_stack_top | 12     |
        | SEG-13.er | 3    | DPL-1 code by RPL 3            | iretd       | 0x0B     | push dword 0x202 | #GP(8)      | user_stack_top | 12     |
        | SEG-13.es | 1    | the hypervisor's code          | retf        | 0xE008   | nop              | #GP(0xE008) | code_stack_top | 8      |
        | SEG-13.et | 1    | the hypervisor's code by RPL 1 | retf        | 0xE009   | nop              | #GP(0xE008) | code_stack_top | 8      |
        | SEG-13.eu | 1    | the hypervisor's code by RPL 3 | retf        | 0xE00B   | nop              | #GP(0xE008) | code_stack_top | 8      |
        | SEG-13.ev | 1    | the hypervisor's code          | iretd       | 0xE008   | push dword 0x202 | #GP(0xE008) | code_stack_top | 12     |
        | SEG-13.ew | 1    | the hypervisor's code by RPL 1 | iretd       | 0xE009   | push dword 0x202 | #GP(0xE008) | code_stack_top | 12     |
        | SEG-13.ex | 3    | the hypervisor's code          | retf        | 0xE008   | nop              | #GP(0xE008) | user_stack_top | 8      |
        | SEG-13.ey | 3    | the hypervisor's code by RPL 3 | retf        | 0xE00B   | nop              | #GP(0xE008) | user_stack_top | 8      |
        | SEG-13.ez | 3    | the hypervisor's code          | iretd       | 0xE008   | push dword 0x202 | #GP(0xE008) | user_stack_top | 12     |
        | SEG-13.fa | 3    | the hypervisor's code by RPL 3 | iretd       | 0xE00B   | push dword 0x202 | #GP(0xE008) | user_stack_top | 12     |

    Scenario Outline: <case> from ring 1 RETF to ring 3 with SS <ss> faults
      When the guest runs in ring 1
        """
        push dword <ss>
        push dword user_stack_top
        push dword 0x13
        push dword 0
        here: retf
        """
      Then it faults with <exception> at "here"
      And ESP is code_stack_top - 16
      And no register but ESP has changed

      Examples: null, the kernel's, by an RPL that is not the ring, not writable, the hypervisor's
        | case      | ss            | exception   |
        | SEG-13.fb | 0             | #GP(0)      |
        | SEG-13.fc | 3             | #GP(0)      |
        | SEG-13.fd | FLAT_RING1_SS | #GP(0xE020) |
        | SEG-13.fe | 0xE031        | #GP(0xE030) |
        | SEG-13.ff | 0x1B          | #GP(0x18)   |
        | SEG-13.fg | 0xE013        | #GP(0xE010) |
        | SEG-13.fh | 0x1003        | #GP(0x1000) |

    Scenario Outline: <case> a CALL from ring 3 through a gate with <count> parameters enters ring 1 on the kernel's stack
      Given a page "stack"
      And the guest has called stack_switch(<ss>, stack + 4096)
      When the guest runs in ring 3
        """
        times 33 push dword 0x600DF00D
        sub esp, -4
        push dword 0xABCD
        call <gate>:0x12345678
        back:
        """
      Then #BP is raised
      And EIP is 1
      And CS is 0x09
      And the handler's SS is FLAT_RING1_SS
      And ESP is stack + 4096 - 16 - <count> * 4
      And the 32 bits at stack + 4096 - 4 are FLAT_RING3_SS
      And the 32 bits at stack + 4096 - 8 are user_stack_top - 33 * 4
      And the 32 bits at stack + 4096 - 12 are <first>
      And the 16 bits at stack + 4096 - 12 - <count> * 4 are FLAT_RING3_CS
      And the word at stack + 4096 - 16 - <count> * 4 is the address of "back"
      And DS is FLAT_RING3_DS

      Examples: none, one, five, the most; with an RPL of the stack that is raised
        | case      | count | gate | ss            | first         |
        | SEG-13.fi | 0     | 0x5B | FLAT_RING1_SS | FLAT_RING3_CS |
        | SEG-13.fj | 1     | 0xAB | FLAT_RING1_SS | 0xABCD        |
        | SEG-13.fk | 5     | 0xB3 | FLAT_RING1_SS | 0x600DF00D    |
        | SEG-13.fl | 31    | 0xBB | FLAT_RING1_SS | 0x600DF00D    |
        | SEG-13.fm | 0     | 0x58 | 0xE020        | FLAT_RING3_CS |

    Scenario Outline: <case> there and back: RETF <bytes> behind a gate with <count> parameters
      Given a page "stack"
      And the bytes of "target" begin with <code>
      And the guest has called stack_switch(FLAT_RING1_SS, stack + 4096)
      When the guest runs in ring 3
        """
        times <count> push dword 0x600DF00D
        call <gate>:0
        """
      Then the code runs to its end
      And ESP is user_stack_top
      And SS is FLAT_RING3_SS
      And CS is FLAT_RING3_CS
      And no register has changed

      Examples: parameters are released from both stacks
        | case      | count | gate | bytes | code     |
        | SEG-13.fn | 0     | 0x5B | 0     | CB       |
        | SEG-13.fo | 1     | 0xAB | 4     | CA 04 00 |
        | SEG-13.fp | 5     | 0xB3 | 20    | CA 14 00 |
        | SEG-13.fq | 31    | 0xBB | 124   | CA 7C 00 |

    Scenario: SEG-13.fr a gate into the flat kernel segment
      Given a page "stack"
      And the guest has called stack_switch(FLAT_RING1_SS, stack + 4096)
      When the guest runs in ring 3
        """
        call 0xC3:0
        """
      Then #BP is raised
      And EIP is target + 1
      And CS is FLAT_RING1_CS
      And ESP is stack + 4096 - 16

    Scenario: SEG-13.fs behind a gate the event mask is what it was: a gate is no entry into the hypervisor
      When the guest runs in ring 3 with mask = 0
        """
        call 0x5B:0
        """
      Then #BP is raised
      And CS is 0x09
      And the saved event mask is 0

    Scenario Outline: <case> an IRET with NT set, to the task that called, faults in ring <ring> with <fault>: there is none
      When the guest runs in ring <ring>
        """
        pushfd
        or dword [esp], 0x4000
        popfd
        here: iretd
        """
      Then it faults with <fault> at "here"
      And EFLAGS & 0x4000 is 0x4000

      @host-32
      Examples: whoever it is
        | case      | ring | fault  |
        | SEG-13.ft | 1    | #TS(0) |
        | SEG-13.fu | 3    | #TS(0) |

      @host-64
      Examples: long mode has no tasks to return to
        | case      | ring | fault  |
        | SEG-13.fv | 1    | #GP(0) |
        | SEG-13.fw | 3    | #GP(0) |

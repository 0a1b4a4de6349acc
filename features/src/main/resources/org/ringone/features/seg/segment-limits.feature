@SEG
Feature: Segment limits protect the hypervisor

  On a 32-bit host the hypervisor lives at the top of the guest's own address space. Paging cannot keep a kernel in ring 1 out
  of it, segment limits do: no segment of the guest's reaches beyond 0xF6800000.

  @SEG-06 @host-32
  Rule: No segment reaches beyond the end of the readable machine-to-physical table

    Scenario Outline: <case> by <how> base <base>, limit <limit>, access <access> becomes limit <becomes>
      Given a page "gdt" mapped read-only
      And entry 5 of "gdt" is descriptor(<base>, <limit>, <access>)
      When the guest calls set_gdt([mfn(gdt)], 512)
      Then it is accepted
      And descriptor 5 of "gdt" reads descriptor(<base>, <becomes>, <access>)

      Examples: page-granular segments that grow up, at both sides of the cut
        | case     | how     | base       | limit   | access | becomes |
        | SEG-06.a | set_gdt | 0          | 0xFFFFF | 0xCB3  | 0xF67FF |
        | SEG-06.b | set_gdt | 0          | 0xFFFFF | 0xCFB  | 0xF67FF |
        | SEG-06.c | set_gdt | 0          | 0xF6800 | 0xCB3  | 0xF67FF |
        | SEG-06.d | set_gdt | 0          | 0xF67FF | 0xCB3  | 0xF67FF |
        | SEG-06.e | set_gdt | 0          | 0xF67FE | 0xCB3  | 0xF67FE |
        | SEG-06.f | set_gdt | 0x1000     | 0xFFFFF | 0xCB3  | 0xF67FE |
        | SEG-06.g | set_gdt | 0xC0000000 | 0xFFFFF | 0xCB3  | 0x367FF |
        | SEG-06.h | set_gdt | 0xF67FE000 | 0xFFFFF | 0xCB3  | 0x1     |

      Examples: expand-down segments are raised until they end below the hypervisor
        | case     | how     | base       | limit | access | becomes |
        | SEG-06.i | set_gdt | 0          | 0     | 0xCB7  | 0xFFFFF |
        | SEG-06.j | set_gdt | 0x1000     | 0     | 0xCB7  | 0xFFFFE |
        | SEG-06.k | set_gdt | 0xC0000000 | 0     | 0xCB7  | 0x3FFFF |

      Examples: byte-granular segments that end at the cut, or before
        | case     | how     | base       | limit   | access | becomes |
        | SEG-06.l | set_gdt | 0xF6700000 | 0xFFFFF | 0x4B3  | 0xFFFFF |
        | SEG-06.m | set_gdt | 0          | 0xFFFFF | 0x4B3  | 0xFFFFF |

    Scenario Outline: <case> by update_descriptor base <base>, limit <limit>, access <access> becomes limit <becomes>
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls update_descriptor(slot(gdt, 5), descriptor(<base>, <limit>, <access>))
      Then it is accepted
      And descriptor 5 of "gdt" reads descriptor(<base>, <becomes>, <access>)

      Examples:
        | case     | base       | limit   | access | becomes |
        | SEG-06.n | 0          | 0xFFFFF | 0xCF3  | 0xF67FF |
        | SEG-06.o | 0xC0000000 | 0xFFFFF | 0xCFB  | 0x367FF |
        | SEG-06.p | 0xC0000000 | 0       | 0xCB7  | 0x3FFFF |

    Scenario Outline: <case> base <base>, limit <limit>, access <access> is refused
      Given a page "gdt" mapped read-only
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest calls update_descriptor(slot(gdt, 5), descriptor(<base>, <limit>, <access>))
      Then it is refused with EINVAL
      And nothing has changed

      Examples: bases too high; byte-granular segments that reach beyond, wrap, or grow down
        | case     | base       | limit   | access |
        | SEG-06.q | 0xF67FF000 | 0       | 0x4B3  |
        | SEG-06.r | 0xF67FF000 | 0       | 0xCB3  |
        | SEG-06.s | 0xF6800000 | 0       | 0xCB3  |
        | SEG-06.t | 0xFFFFF000 | 0       | 0xCB3  |
        | SEG-06.u | 0xF6700001 | 0xFFFFF | 0x4B3  |
        | SEG-06.v | 0xF67FE000 | 0xFFFFF | 0x4B3  |
        | SEG-06.w | 0          | 0       | 0x4B7  |
        | SEG-06.x | 0xC0000000 | 0xFFFF  | 0x4B7  |

    Scenario Outline: <case> the flat <selector> ends there
      When the guest runs in ring 1 with EAX = <selector>
        """
        lsl ecx, eax
        """
      Then the code runs to its end
      And ECX is 0xF67FFFFF

      Examples:
        | case      | selector      |
        | SEG-06.y  | FLAT_RING1_CS |
        | SEG-06.z  | FLAT_RING1_DS |
        | SEG-06.aa | FLAT_RING3_CS |
        | SEG-06.ab | FLAT_RING3_DS |

    @cpu-segment-limits
    Scenario Outline: <case> <instruction> beyond the limit faults with <exception>
      When the guest runs in ring 1
        """
        <before>
        here: <instruction>
        """
      Then it faults with <exception> at "here"

      Examples: reads, writes and jumps, an access whose last byte only is beyond, the last page, the stack
        | case      | before                 | instruction                  | exception |
        | SEG-06.ac | nop                    | mov eax, [0xF6800000]        | #GP(0)    |
        | SEG-06.ad | nop                    | mov [0xF6800000], eax        | #GP(0)    |
        | SEG-06.ae | nop                    | mov al, [0xF6800000]         | #GP(0)    |
        | SEG-06.af | nop                    | mov eax, [0xF67FFFFD]        | #GP(0)    |
        | SEG-06.ag | nop                    | mov eax, [0xFFFFF000]        | #GP(0)    |
        | SEG-06.ah | nop                    | mov [0xFC000000], eax        | #GP(0)    |
        | SEG-06.ai | mov ebp, 0xF6800000    | mov eax, [ebp]               | #SS(0)    |
        | SEG-06.aj | mov eax, 0xF6800000    | jmp eax                      | #GP(0)    |
        | SEG-06.ak | mov esi, 0xF6800000    | lodsd                        | #GP(0)    |

    @cpu-segment-limits
    Scenario Outline: <case> in ring 3 <instruction> beyond the limit faults with <exception>
      When the guest runs in ring 3
        """
        <before>
        here: <instruction>
        """
      Then it faults with <exception> at "here"

      Examples:
        | case      | before              | instruction           | exception |
        | SEG-06.al | nop                 | mov eax, [0xF6800000] | #GP(0)    |
        | SEG-06.am | mov eax, 0xFC000000 | jmp eax               | #GP(0)    |

    Scenario: SEG-06.an the machine-to-physical table below the limit can be read
      When the guest runs in ring 1
        """
        mov eax, [0xF5800000]
        """
      Then the code runs to its end

  @SEG-07 @host-32 @cpu-segment-limits
  Rule: With the 4-GiB-segments assist a negative offset through GS works in ring 3

    Scenario: SEG-07.a the access works and the segment is turned over in place
      Given a page "data" that ring 3 may use
      And "data" holds 0x600DF00D
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFFF, 0xCFB)
      And entry 2 of "gdt" is descriptor(data + 0x800, 0xFFFFF, 0xCF3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the assist four_gb_segments is on
      When the guest runs in ring 3 with CS = 0x0B, GS = 0x13
        """
        mov ecx, [gs:0xFFFFF800]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D
      And descriptor 2 of "gdt" reads descriptor(data + 0x800, (0xFFFFFFFF - ((data + 0x800) & 0xFFFFF000) >> 12), 0xCF7)

    Scenario: SEG-07.b a positive offset afterwards turns it back
      Given a page "data" that ring 3 may use
      And "data" holds 0x600DF00D
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFFF, 0xCFB)
      And entry 2 of "gdt" is descriptor(data + 0x800, 0xFFFFF, 0xCF3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the assist four_gb_segments is on
      When the guest runs in ring 3 with CS = 0x0B, GS = 0x13
        """
        mov ecx, [gs:0xFFFFF800]
        mov edx, [gs:0x10]
        mov esi, [gs:0xFFFFF800]
        mov edi, [gs:0x10]
        """
      Then the code runs to its end
      And ECX is 0x600DF00D
      And EDX is 0
      And ESI is 0x600DF00D
      And descriptor 2 of "gdt" reads descriptor(data + 0x800, (0xF6800000 - (data + 0x800) >> 12) - 1, 0xCF3)

    Scenario Outline: <case> without <what> the access faults
      Given a page "data" that ring 3 may use
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFFF, 0xCFB)
      And entry 2 of "gdt" is descriptor(data + 0x800, <limit>, <access>)
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the guest has called vm_assist(<onoff>, VMASST_FOUR_GB_SEGMENTS)
      When the guest runs in ring <ring> with CS = <cs>, <segment> = 0x13
        """
        here: <instruction>
        """
      Then it faults with #GP(0) at "here"

      Examples:
        | case     | what                              | onoff | ring | cs     | segment | limit   | access | instruction                          |
        | SEG-07.c | the assist                        | 1     | 3    | 0x0B   | GS      | 0xFFFFF | 0xCF3  | mov ecx, [gs:0xFFFFF800]       |
        | SEG-07.d | the guest's own code segment      | 0     | 3    | 0xE02B | GS      | 0xFFFFF | 0xCF3  | mov ecx, [gs:0xFFFFF800]       |
        | SEG-07.e | GS                                | 0     | 3    | 0x0B   | FS      | 0xFFFFF | 0xCF3  | mov ecx, [fs:0xFFFFF800]       |
        | SEG-07.f | page granularity                  | 0     | 3    | 0x0B   | GS      | 0xFFF   | 0x4F3  | mov ecx, [gs:0xFFFFF800]       |
        | SEG-07.g | a 32-bit segment                  | 0     | 3    | 0x0B   | GS      | 0xFFFFF | 0x8F3  | mov ecx, [gs:0xFFFFF800]       |

    Scenario: SEG-07.h in ring 1 the access faults
      Given a page "data" that ring 3 may use
      And a page "gdt" mapped read-only
      And entry 2 of "gdt" is descriptor(data + 0x800, 0xFFFFF, 0xCF3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the assist four_gb_segments is on
      When the guest runs in ring 1 with GS = 0x13
        """
        here: mov ecx, [gs:0xFFFFF800]
        """
      Then it faults with #GP(0) at "here"

    Scenario: SEG-07.i the notify variant tells by vector 15, at the instruction
      Given a page "data" that ring 3 may use
      And "data" holds 0x600DF00D
      And a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFFF, 0xCFB)
      And entry 2 of "gdt" is descriptor(data + 0x800, 0xFFFFF, 0xCF3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      And the assist four_gb_segments is on
      And the assist four_gb_segments_notify is on
      When the guest runs in ring 3 with CS = 0x0B, GS = 0x13
        """
        here: mov ecx, [gs:0xFFFFF800]
        """
      Then it faults with vector 15(7) at "here"

@SEG
Feature: Loads of segment registers

  @SEG-11
  Rule: A load does in rings 1 and 3 what the architecture says, and the hypervisor's own descriptors cannot be loaded

    Background:
      Given the guest's GDT holds
        | 1  | descriptor(0, 0xFFFFF, 0xCB2)          |
        | 2  | descriptor(0, 0xFFFFF, 0xCF2)          |
        | 3  | descriptor(0, 0xFFFFF, 0xCB0)          |
        | 4  | descriptor(0, 0xFFFFF, 0xCF0)          |
        | 5  | descriptor(0, 0xFFFFF, 0xCD2)          |
        | 6  | descriptor(0, 0xFFFFF, 0xCB8)          |
        | 7  | descriptor(0, 0xFFFFF, 0xCBA)          |
        | 8  | descriptor(0, 0xFFFFF, 0xCBE)          |
        | 9  | descriptor(0, 0xFFFFF, 0xCFA)          |
        | 10 | descriptor(0, 0xFFFFF, 0xCFE)          |
        | 11 | descriptor(0, 0xFFFFF, 0xCBC)          |
        | 12 | descriptor(0, 0xFFFFF, 0xC32)          |
        | 13 | descriptor(0, 0xFFFFF, 0xC72)          |
        | 14 | descriptor(0, 0xFFFFF, 0xC3A)          |
        | 15 | descriptor(0xC0000000, 0xFFFFF, 0xCB6) |
        | 16 | gate(FLAT_RING1_CS, 0xC0101000, 0xEC00) |
        | 18 | descriptor(0, 0x67, 0x009)             |
        | 19 | descriptor(0, 0xFFFFF, 0xC30)          |

    Scenario Outline: <case> in ring <ring> <what> can be loaded into GS
      When the guest runs in ring <ring> with EAX = <selector>
        """
        mov gs, eax
        mov ecx, gs
        """
      Then the code runs to its end
      And ECX is <selector>
      And no register but ECX, EAX and GS has changed

      Examples: what DPL and RPL allow, read back as it was given
        | case     | ring | what                     | selector |
        | SEG-11.a | 1    | data                     | 0x09     |
        | SEG-11.b | 1    | data by RPL 0            | 0x08     |
        | SEG-11.c | 1    | DPL-3 data               | 0x11     |
        | SEG-11.d | 1    | DPL-3 data by RPL 3      | 0x13     |
        | SEG-11.e | 1    | read-only data           | 0x19     |
        | SEG-11.f | 1    | DPL-2 data by RPL 2      | 0x2A     |
        | SEG-11.g | 1    | readable code            | 0x39     |
        | SEG-11.h | 1    | conforming code          | 0x41     |
        | SEG-11.i | 1    | conforming code by RPL 3 | 0x43     |
        | SEG-11.j | 1    | DPL-3 code by RPL 3      | 0x4B     |
        | SEG-11.k | 1    | DPL-3 conforming code    | 0x51     |
        | SEG-11.l | 1    | data that grows down     | 0x79     |
        | SEG-11.m | 1    | flat data by RPL 0       | 0xE020   |
        | SEG-11.n | 1    | flat code                | 0xE019   |
        | SEG-11.o | 1    | flat DPL-3 data          | 0xE033   |
        | SEG-11.p | 3    | data                     | 0x13     |
        | SEG-11.q | 3    | data by RPL 0            | 0x10     |
        | SEG-11.r | 3    | data by RPL 1            | 0x11     |
        | SEG-11.s | 3    | read-only data           | 0x23     |
        | SEG-11.t | 3    | readable code            | 0x4B     |
        | SEG-11.u | 3    | conforming code          | 0x53     |
        | SEG-11.v | 3    | DPL-1 conforming code    | 0x43     |
        | SEG-11.w | 3    | flat data                | 0xE033   |
        | SEG-11.x | 3    | flat code                | 0xE02B   |

    @cpu-segment-limits
    Scenario Outline: <case> in ring <ring> null, <selector>, can be loaded into <register>, but not used
      When the guest runs in ring <ring> with EAX = <selector>
        """
        mov <register>, eax
        mov ecx, <register>
        here: mov edx, [<register>:0]
        """
      Then it faults with #GP(0) at "here"
      And ECX is <selector>

      Examples: every null there is, every register that may hold one
        | case      | ring | selector | register |
        | SEG-11.y  | 1    | 0        | gs       |
        | SEG-11.z  | 1    | 1        | gs       |
        | SEG-11.ba | 1    | 2        | fs       |
        | SEG-11.bb | 1    | 3        | es       |
        | SEG-11.bc | 1    | 0        | ds       |
        | SEG-11.bd | 3    | 0        | gs       |
        | SEG-11.be | 3    | 1        | fs       |
        | SEG-11.bf | 3    | 2        | es       |
        | SEG-11.bg | 3    | 3        | ds       |

    Scenario Outline: <case> in ring <ring> a load of GS with <what>, <selector>, faults
      When the guest runs in ring <ring> with EAX = <selector>
        """
        here: mov gs, eax
        """
      Then it faults with <exception> at "here"
      And no register has changed

      Examples: privilege and type
        | case      | ring | what                                 | selector | exception   |
        | SEG-11.bh | 1    | an RPL above the DPL                 | 0x0A     | #GP(0x8)    |
        | SEG-11.bi | 1    | an RPL above the DPL                 | 0x0B     | #GP(0x8)    |
        | SEG-11.bj | 1    | an RPL above the DPL                 | 0x2B     | #GP(0x28)   |
        | SEG-11.bk | 1    | code by an RPL above its DPL         | 0x3A     | #GP(0x38)   |
        | SEG-11.bl | 1    | code that is not readable            | 0x31     | #GP(0x30)   |
        | SEG-11.bm | 1    | conforming code that is not readable | 0x59     | #GP(0x58)   |
        | SEG-11.bn | 1    | a call gate                          | 0x81     | #GP(0x80)   |
        | SEG-11.bo | 1    | a null descriptor                    | 0x89     | #GP(0x88)   |
        | SEG-11.bp | 1    | a TSS that is not present            | 0x91     | #GP(0x90)   |
        | SEG-11.bq | 3    | DPL-1 data                           | 0x0B     | #GP(0x8)    |
        | SEG-11.br | 3    | DPL-1 data by RPL 0                  | 0x08     | #GP(0x8)    |
        | SEG-11.bs | 3    | DPL-2 data                           | 0x2B     | #GP(0x28)   |
        | SEG-11.bt | 3    | DPL-1 code                           | 0x3B     | #GP(0x38)   |
        | SEG-11.bu | 3    | conforming code that is not readable | 0x5B     | #GP(0x58)   |
        | SEG-11.bv | 3    | a call gate                          | 0x83     | #GP(0x80)   |
        | SEG-11.bw | 3    | a null descriptor                    | 0x8B     | #GP(0x88)   |
        | SEG-11.bx | 3    | the kernel's flat data               | 0xE021   | #GP(0xE020) |
        | SEG-11.by | 3    | the kernel's flat code               | 0xE01B   | #GP(0xE018) |

      Examples: what is not present; privilege and type come first
        | case      | ring | what                                | selector | exception |
        | SEG-11.bz | 1    | data that is not present            | 0x61     | #NP(0x60) |
        | SEG-11.ca | 1    | code that is not present            | 0x71     | #NP(0x70) |
        | SEG-11.cb | 1    | DPL-3 data that is not present      | 0x6B     | #NP(0x68) |
        | SEG-11.cc | 3    | data that is not present            | 0x6B     | #NP(0x68) |
        | SEG-11.cd | 3    | data that is not present by RPL 0   | 0x68     | #NP(0x68) |
        | SEG-11.ce | 1    | absent data by an RPL above its DPL | 0x62     | #GP(0x60) |
        | SEG-11.cf | 3    | absent DPL-1 data                   | 0x63     | #GP(0x60) |
        | SEG-11.cg | 3    | absent DPL-1 code                   | 0x73     | #GP(0x70) |

      Examples: tables end somewhere
        | case      | ring | what                           | selector | exception   |
        | SEG-11.ch | 1    | a slot without a frame         | 0x1001   | #GP(0x1000) |
        | SEG-11.ci | 1    | the last slot without one      | 0xDFF9   | #GP(0xDFF8) |
        | SEG-11.cj | 3    | a slot without a frame         | 0x1003   | #GP(0x1000) |
        | SEG-11.ck | 1    | an LDT selector without an LDT | 0x0D     | #GP(0xC)    |
        | SEG-11.cl | 1    | the last LDT selector          | 0xFFFF   | #GP(0xFFFC) |
        | SEG-11.cm | 3    | an LDT selector without an LDT | 0x0F     | #GP(0xC)    |
        | SEG-11.cn | 1    | a slot beyond the limit        | 0xFFF9   | #GP(0xFFF8) |
        | SEG-11.co | 3    | a slot beyond the limit        | 0xFFFB   | #GP(0xFFF8) |
        | SEG-11.cp | 3    | the last LDT selector          | 0xFFFF   | #GP(0xFFFC) |

      Examples: the hypervisor's own
        | case      | ring | what                                 | selector | exception   |
        | SEG-11.cq | 1    | the hypervisor's code                | 0xE008   | #GP(0xE008) |
        | SEG-11.cr | 1    | the hypervisor's code by RPL 1       | 0xE009   | #GP(0xE008) |
        | SEG-11.cs | 1    | the hypervisor's code by RPL 3       | 0xE00B   | #GP(0xE008) |
        | SEG-11.ct | 1    | the hypervisor's data                | 0xE010   | #GP(0xE010) |
        | SEG-11.cu | 1    | the hypervisor's data by RPL 1       | 0xE011   | #GP(0xE010) |
        | SEG-11.cv | 1    | the hypervisor's data by RPL 2       | 0xE012   | #GP(0xE010) |
        | SEG-11.cw | 1    | the hypervisor's data by RPL 3       | 0xE013   | #GP(0xE010) |
        | SEG-11.cx | 1    | the hypervisor's task state          | 0xE040   | #GP(0xE040) |
        | SEG-11.cy | 1    | the hypervisor's task state by RPL 1 | 0xE041   | #GP(0xE040) |
        | SEG-11.cz | 3    | the hypervisor's code                | 0xE00B   | #GP(0xE008) |
        | SEG-11.da | 3    | the hypervisor's data                | 0xE013   | #GP(0xE010) |
        | SEG-11.db | 3    | the hypervisor's data by RPL 0       | 0xE010   | #GP(0xE010) |
        | SEG-11.dc | 3    | the hypervisor's task state          | 0xE043   | #GP(0xE040) |

    Scenario Outline: <case> in ring <ring> <register> loaded with <selector> by MOV
      When the guest runs in ring <ring> with EAX = <selector>
        """
        here: mov <register>, eax
        """
      Then it faults with <exception> at "here"
      And no register has changed

      Examples: the other data segment registers
        | case      | ring | register | selector | exception   |
        | SEG-11.dd | 1    | ds       | 0x0B     | #GP(8)      |
        | SEG-11.de | 1    | ds       | 0x61     | #NP(0x60)   |
        | SEG-11.df | 1    | ds       | 0xE010   | #GP(0xE010) |
        | SEG-11.dg | 3    | ds       | 0x09     | #GP(8)      |
        | SEG-11.dh | 3    | ds       | 0x6B     | #NP(0x68)   |
        | SEG-11.di | 3    | ds       | 0xE013   | #GP(0xE010) |
        | SEG-11.dj | 1    | es       | 0x0B     | #GP(8)      |
        | SEG-11.dk | 1    | es       | 0x61     | #NP(0x60)   |
        | SEG-11.dl | 1    | es       | 0xE010   | #GP(0xE010) |
        | SEG-11.dm | 3    | es       | 0x09     | #GP(8)      |
        | SEG-11.dn | 3    | es       | 0x6B     | #NP(0x68)   |
        | SEG-11.do | 3    | es       | 0xE013   | #GP(0xE010) |
        | SEG-11.dp | 1    | fs       | 0x0B     | #GP(8)      |
        | SEG-11.dq | 1    | fs       | 0x61     | #NP(0x60)   |
        | SEG-11.dr | 1    | fs       | 0xE010   | #GP(0xE010) |
        | SEG-11.ds | 3    | fs       | 0x09     | #GP(8)      |
        | SEG-11.dt | 3    | fs       | 0x6B     | #NP(0x68)   |
        | SEG-11.du | 3    | fs       | 0xE013   | #GP(0xE010) |

    Scenario Outline: <case> in ring <ring> <register> loaded with <selector> by MOV works
      When the guest runs in ring <ring> with EAX = <selector>
        """
        mov ebx, <register>
        mov <register>, eax
        mov ecx, <register>
        mov <register>, ebx
        """
      Then the code runs to its end
      And ECX is <selector>

      Examples: the other data segment registers
        | case      | ring | register | selector |
        | SEG-11.dv | 1    | ds       | 0x09     |
        | SEG-11.dw | 1    | ds       | 0x13     |
        | SEG-11.dx | 3    | ds       | 0x13     |
        | SEG-11.dy | 1    | es       | 0x09     |
        | SEG-11.dz | 1    | es       | 0x13     |
        | SEG-11.ea | 3    | es       | 0x13     |
        | SEG-11.eb | 1    | fs       | 0x09     |
        | SEG-11.ec | 1    | fs       | 0x13     |
        | SEG-11.ed | 3    | fs       | 0x13     |

    Scenario Outline: <case> in ring <ring> SS can be loaded with <what>
      When the guest runs in ring <ring> with EAX = <selector>
        """
        mov ebx, ss
        mov ss, eax
        mov ecx, ss
        mov ss, ebx
        """
      Then the code runs to its end
      And ECX is <selector>

      Examples: writable data whose DPL and RPL are the ring
        | case      | ring | what                 | selector |
        | SEG-11.ee | 1    | data                 | 0x09     |
        | SEG-11.ef | 1    | data that grows down | 0x79     |
        | SEG-11.eg | 1    | flat data            | 0xE021   |
        | SEG-11.eh | 3    | data                 | 0x13     |
        | SEG-11.ei | 3    | flat data            | 0xE033   |

    Scenario Outline: <case> in ring <ring> SS cannot be loaded with <what>, <selector>
      When the guest runs in ring <ring> with EAX = <selector>
        """
        mov ebx, ss
        here: mov ss, eax
        """
      Then it faults with <exception> at "here"
      And no register but EBX has changed

      Examples: null of every RPL
        | case      | ring | what | selector | exception |
        | SEG-11.ej | 1    | null | 0        | #GP(0)    |
        | SEG-11.ek | 1    | null | 1        | #GP(0)    |
        | SEG-11.el | 1    | null | 3        | #GP(0)    |
        | SEG-11.em | 3    | null | 0        | #GP(0)    |
        | SEG-11.en | 3    | null | 3        | #GP(0)    |

      Examples: privilege, type, presence
        | case      | ring | what                            | selector | exception   |
        | SEG-11.eo | 1    | an RPL below the ring           | 0x08     | #GP(0x8)    |
        | SEG-11.ep | 1    | an RPL above the ring           | 0x0B     | #GP(0x8)    |
        | SEG-11.eq | 1    | DPL-3 data                      | 0x11     | #GP(0x10)   |
        | SEG-11.er | 1    | DPL-3 data                      | 0x13     | #GP(0x10)   |
        | SEG-11.es | 1    | read-only data                  | 0x19     | #GP(0x18)   |
        | SEG-11.et | 1    | readable code                   | 0x39     | #GP(0x38)   |
        | SEG-11.eu | 1    | conforming code                 | 0x41     | #GP(0x40)   |
        | SEG-11.ev | 1    | a call gate                     | 0x81     | #GP(0x80)   |
        | SEG-11.ew | 1    | data that is not present        | 0x61     | #SS(0x60)   |
        | SEG-11.ex | 1    | absent read-only data           | 0x99     | #GP(0x98)   |
        | SEG-11.ey | 1    | absent DPL-3 data               | 0x69     | #GP(0x68)   |
        | SEG-11.ez | 1    | the user's flat data            | 0xE033   | #GP(0xE030) |
        | SEG-11.fa | 1    | a slot without a frame          | 0x1001   | #GP(0x1000) |
        | SEG-11.fb | 1    | an LDT selector                 | 0x0D     | #GP(0xC)    |
        | SEG-11.fc | 1    | the hypervisor's data           | 0xE010   | #GP(0xE010) |
        | SEG-11.fd | 1    | the hypervisor's data by RPL 1  | 0xE011   | #GP(0xE010) |
        | SEG-11.fe | 3    | an RPL below the ring           | 0x10     | #GP(0x10)   |
        | SEG-11.ff | 3    | DPL-1 data                      | 0x0B     | #GP(0x8)    |
        | SEG-11.fg | 3    | DPL-1 data by RPL 1             | 0x09     | #GP(0x8)    |
        | SEG-11.fh | 3    | read-only data                  | 0x23     | #GP(0x20)   |
        | SEG-11.fi | 3    | code                            | 0x4B     | #GP(0x48)   |
        | SEG-11.fj | 3    | data that is not present        | 0x6B     | #SS(0x68)   |
        | SEG-11.fk | 3    | the kernel's flat data          | 0xE021   | #GP(0xE020) |
        | SEG-11.fl | 3    | the kernel's flat data by RPL 3 | 0xE023   | #GP(0xE020) |
        | SEG-11.fm | 3    | the hypervisor's data           | 0xE013   | #GP(0xE010) |
        | SEG-11.fn | 3    | a slot without a frame          | 0x1003   | #GP(0x1000) |

    Scenario Outline: <case> POP <register> of <selector> in ring <ring>
      When the guest runs in ring <ring>
        """
        push dword <selector>
        here: pop <register>
        """
      Then it faults with <exception> at "here"
      And ESP is <top> - 4
      And no register but ESP has changed

      Examples: a POP that faults has popped nothing
        | case      | ring | register | selector | exception   | top            |
        | SEG-11.fo | 1    | ds       | 0x0B     | #GP(8)      | code_stack_top |
        | SEG-11.fp | 1    | es       | 0x0B     | #GP(8)      | code_stack_top |
        | SEG-11.fq | 1    | fs       | 0x0B     | #GP(8)      | code_stack_top |
        | SEG-11.fr | 1    | gs       | 0x0B     | #GP(8)      | code_stack_top |
        | SEG-11.fs | 1    | gs       | 0x61     | #NP(0x60)   | code_stack_top |
        | SEG-11.ft | 1    | ss       | 0x13     | #GP(0x10)   | code_stack_top |
        | SEG-11.fu | 1    | ss       | 0x61     | #SS(0x60)   | code_stack_top |
        | SEG-11.fv | 1    | ss       | 0        | #GP(0)      | code_stack_top |
        | SEG-11.fw | 3    | ds       | 0x0B     | #GP(8)      | user_stack_top |
        | SEG-11.fx | 3    | fs       | 0x6B     | #NP(0x68)   | user_stack_top |
        | SEG-11.fy | 3    | ss       | 0x0B     | #GP(8)      | user_stack_top |
        | SEG-11.fz | 3    | ss       | 0x6B     | #SS(0x68)   | user_stack_top |
        | SEG-11.ga | 1    | es       | 0xE011   | #GP(0xE010) | code_stack_top |

    Scenario Outline: <case> POP <register> of <selector> in ring <ring> works
      When the guest runs in ring <ring>
        """
        mov ebx, <register>
        push dword 0x5A5A0000 + <selector>
        pop <register>
        mov ecx, <register>
        mov <register>, ebx
        """
      Then the code runs to its end
      And ECX is <selector>
      And no register but EBX and ECX has changed

      Examples: the upper half of what is popped plays no part
        | case      | ring | register | selector |
        | SEG-11.gb | 1    | ds       | 0x11     |
        | SEG-11.gc | 1    | es       | 0x09     |
        | SEG-11.gd | 1    | fs       | 0        |
        | SEG-11.ge | 1    | gs       | 0x4B     |
        | SEG-11.gf | 1    | ss       | 0x09     |
        | SEG-11.gg | 3    | ds       | 0x13     |
        | SEG-11.gh | 3    | gs       | 0x43     |
        | SEG-11.gi | 3    | ss       | 0x13     |

    Scenario Outline: <case> <instruction> of <selector> in ring <ring> faults
      Given a page "memory" that ring 3 may use
      And "memory" holds <selector> << 32 | 0x12345678
      When the guest runs in ring <ring>
        """
        here: <instruction> esi, [memory]
        """
      Then it faults with <exception> at "here"
      And no register has changed

      Examples: neither the segment nor the general register changes
        | case      | ring | instruction | selector | exception   |
        | SEG-11.gj | 1    | lds         | 0x0B     | #GP(8)      |
        | SEG-11.gk | 1    | les         | 0x31     | #GP(0x30)   |
        | SEG-11.gl | 1    | lfs         | 0x61     | #NP(0x60)   |
        | SEG-11.gm | 1    | lgs         | 0xE010   | #GP(0xE010) |
        | SEG-11.gn | 1    | lss         | 0x13     | #GP(0x10)   |
        | SEG-11.go | 1    | lss         | 0x61     | #SS(0x60)   |
        | SEG-11.gp | 1    | lss         | 0        | #GP(0)      |
        | SEG-11.gq | 3    | lds         | 0x09     | #GP(8)      |
        | SEG-11.gr | 3    | les         | 0x6B     | #NP(0x68)   |
        | SEG-11.gs | 3    | lfs         | 0xE013   | #GP(0xE010) |
        | SEG-11.gt | 3    | lgs         | 0x0F     | #GP(0x0C)   |
        | SEG-11.gu | 3    | lss         | 0x23     | #GP(0x20)   |
        | SEG-11.gv | 3    | lss         | 0x6B     | #SS(0x68)   |

    Scenario Outline: <case> <instruction> of <selector> in ring <ring> loads both
      Given a page "memory" that ring 3 may use
      And "memory" holds <selector> << 32 | 0x12345678
      When the guest runs in ring <ring>
        """
        mov ebx, <register>
        <instruction> esi, [memory]
        mov ecx, <register>
        mov <register>, ebx
        """
      Then the code runs to its end
      And ECX is <selector>
      And ESI is 0x12345678
      And no register but EBX, ECX and ESI has changed

      Examples: into every register
        | case      | ring | instruction | register | selector |
        | SEG-11.gw | 1    | lds         | ds       | 0x11     |
        | SEG-11.gx | 1    | les         | es       | 0x09     |
        | SEG-11.gy | 1    | lfs         | fs       | 0        |
        | SEG-11.gz | 1    | lgs         | gs       | 0x41     |
        | SEG-11.ha | 1    | lss         | ss       | 0x09     |
        | SEG-11.hb | 3    | lds         | ds       | 0x13     |
        | SEG-11.hc | 3    | lgs         | gs       | 3        |
        | SEG-11.hd | 3    | lss         | ss       | 0x13     |

    Scenario Outline: <case> <instruction> of memory that ends in an absent page: a page fault, and nothing loaded
      Given two pages "memory" that lie side by side
      When "memory.second" is mapped nowhere
      And the guest runs in ring 1 with EDI = memory + 4096 - <before>
        """
        here: <instruction>
        """
      Then it faults with #PF(0) at "here"
      And CR2 is memory + 4096
      And no register but EDI has changed


      Examples: the selector, or its second byte, is not there
        | case      | instruction    | before |
        | SEG-11.he | lgs esi, [edi] | 4      |
        | SEG-11.hf | lgs esi, [edi] | 5      |
        | SEG-11.hg | mov gs, [edi]  | 0      |
        | SEG-11.hh | mov gs, [edi]  | 1      |

    @host-32
    Scenario Outline: <case> a load of a <what> descriptor sets its accessed bit
      Given the code has run in ring 1
        """
        mov eax, <selector>
        mov gs, eax
        """
      Then descriptor <slot> of "gdt" reads descriptor(0, 0xF67FF, <access>)


      Examples: in the table that the guest sees
        | case      | what       | selector | slot | access |
        | SEG-11.hi | data       | 0x09     | 1    | 0xCB3  |
        | SEG-11.hj | DPL-3 data | 0x13     | 2    | 0xCF3  |
        | SEG-11.hk | code       | 0x39     | 7    | 0xCBB  |

    @host-32
    Scenario Outline: <case> a load that faults does not: <what>
      Given the code was cut short in ring <ring> by <exception>
        """
        mov eax, <selector>
        mov <register>, eax
        """
      Then descriptor <slot> of "gdt" reads descriptor(0, <limit>, <access>)


      Examples: type, privilege, presence
        | case      | ring | what                      | register | selector | exception | slot | limit   | access |
        | SEG-11.hl | 1    | code that is not readable | gs       | 0x31     | #GP(0x30) | 6    | 0xF67FF | 0xCB8  |
        | SEG-11.hm | 1    | DPL-3 data into SS        | ss       | 0x13     | #GP(0x10) | 2    | 0xF67FF | 0xCF2  |
        | SEG-11.hn | 3    | DPL-1 data                | fs       | 0x0B     | #GP(8)    | 1    | 0xF67FF | 0xCB2  |
        | SEG-11.ho | 1    | absent data               | es       | 0x61     | #NP(0x60) | 12   | 0xFFFFF | 0xC32  |

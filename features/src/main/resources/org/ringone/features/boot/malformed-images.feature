@BOOT
Feature: Kernel images that are broken
  Images come from anybody. Each one here is the probe's with one thing broken; the fields are called as the ELF format calls them,
  those of a table with their index. Program header 0 is the kernel's segment and the last one the notes'.

  @BOOT-19 @ordinary
  Rule: A malformed image is refused with a message that says what is wrong, and nothing leaks

    Scenario Outline: <case> a kernel with <kernel> is refused
      When a domain is built from a kernel with <kernel>
      Then the builder refuses it and speaks of "<word>"
      And nothing is left of it

      Examples: no ELF file for a 32-bit 386
        | case       | kernel                                             | word                                  |
        | BOOT-19.a  | cut to 1 bytes                                     | ELF                                   |
        | BOOT-19.b  | cut to 3 bytes                                     | ELF                                   |
        | BOOT-19.c  | e_ident(0) = 0                                     | ELF                                   |
        | BOOT-19.d  | e_ident(3) = 0x66                                  | ELF                                   |
        | BOOT-19.e  | e_ident(4) = 2                                     | class                                 |
        | BOOT-19.f  | e_ident(4) = 0                                     | class                                 |
        | BOOT-19.g  | e_ident(5) = 2                                     | little-endian or data                 |
        | BOOT-19.h  | e_ident(5) = 0                                     | little-endian or data                 |
        | BOOT-19.i  | e_machine = 62                                     | machine                               |
        | BOOT-19.j  | e_machine = 8                                      | machine                               |
        | BOOT-19.k  | e_machine = 0                                      | machine                               |

      Examples: cut off
        | case       | kernel                                             | word                                  |
        | BOOT-19.l  | cut to 4 bytes                                     | truncated                             |
        | BOOT-19.m  | cut to 51 bytes                                    | truncated                             |
        | BOOT-19.n  | cut to 52 bytes                                    | truncated                             |
        | BOOT-19.o  | cut to e_phoff + 63 bytes                          | truncated                             |
        | BOOT-19.p  | cut to e_phoff + 64 bytes                          | truncated                             |
        | BOOT-19.q  | cut to p_offset(0) + 1 bytes                       | truncated                             |
        | BOOT-19.r  | cut to p_offset(1) + 1 bytes                       | truncated                             |
        | BOOT-19.s  | cut to file_size - 1 bytes                         | truncated                             |

      Examples: header tables that lie outside the file, or are none
        | case       | kernel                                             | word                                  |
        | BOOT-19.t  | e_phoff = file_size                                | truncated or program header           |
        | BOOT-19.u  | e_phoff = file_size - 63                           | truncated or program header           |
        | BOOT-19.v  | e_phoff = 0xFFFFFFF0                               | truncated or program header           |
        | BOOT-19.w  | e_phnum = 0                                        | nothing to load                       |
        | BOOT-19.x  | e_phnum = 0xFFFF                                   | truncated or program header           |
        | BOOT-19.y  | e_phentsize = 0                                    | program header                        |
        | BOOT-19.z  | e_phentsize = 31                                   | program header                        |
        | BOOT-19.aa | e_phentsize = 0xFFFF                               | truncated or program header           |
        | BOOT-19.ab | e_shoff = file_size                                | truncated or section header           |
        | BOOT-19.ac | e_shoff = 0xFFFFFFE0                               | truncated or section header           |
        | BOOT-19.ad | e_shnum = 0xFFFF                                   | truncated or section header           |
        | BOOT-19.ae | e_shentsize = 39                                   | section header                        |

      Examples: segments outside the file
        | case       | kernel                                             | word                                  |
        | BOOT-19.af | p_offset(0) = file_size                            | outside the file                      |
        | BOOT-19.ag | p_offset(0) = file_size - p_filesz(0) + 1          | outside the file                      |
        | BOOT-19.ah | p_offset(0) = 0xFFFFF000                           | outside the file                      |
        | BOOT-19.ai | p_filesz(0) = 0x7FFFFFFF, p_memsz(0) = 0x7FFFFFFF  | outside the file                      |
        | BOOT-19.aj | p_filesz(0) = file_size, p_memsz(0) = file_size    | outside the file                      |

      Examples: segments that cannot be
        | case       | kernel                                             | word                                  |
        | BOOT-19.ak | p_memsz(0) = 0                                     | memory                                |
        | BOOT-19.al | p_memsz(0) = p_filesz(0) - 1                       | memory                                |
        | BOOT-19.am | p_type(0) = 2                                      | nothing to load                       |
        | BOOT-19.an | p_flags(0) = 4                                     | nothing to load                       |
        | BOOT-19.ao | p_memsz(0) = 0xFFFFFFFF                            | wrap                                  |
        | BOOT-19.ap | p_paddr(0) = 0xFFFFF000                            | wrap                                  |
        | BOOT-19.aq | p_paddr(0) = 0xFFFFFFFF                            | wrap                                  |
        | BOOT-19.ar | a segment of 0x2000 bytes at 0xC0800000, p_paddr(1) = 0xFFFFF000 | wrap                    |

      Examples: segments that overlap
        | case       | kernel                                             | word                                  |
        | BOOT-19.as | a segment of 16 bytes at entry                     | overlap                               |
        | BOOT-19.at | a segment of 16 bytes at memory_end - 1            | overlap                               |
        | BOOT-19.au | a segment of 17 bytes at entry - 16                | overlap                               |
        | BOOT-19.av | a segment of 0x400000 bytes at entry - 0x10        | overlap                               |
        | BOOT-19.aw | a segment of 16 bytes at memory_end, p_memsz(0) = memory_end - entry + 1 | overlap         |

      Examples: the entry outside the kernel
        | case       | kernel                                             | word                                  |
        | BOOT-19.ax | ENTRY = 0                                          | entry or out of bounds                |
        | BOOT-19.ay | ENTRY = 0xC00FFFFF                                 | entry or out of bounds                |
        | BOOT-19.az | ENTRY = memory_end + 1                             | entry or out of bounds                |
        | BOOT-19.ba | ENTRY = VIRT_START                                 | entry or out of bounds                |
        | BOOT-19.bb | ENTRY = 0xFFFFFFFF                                 | entry or out of bounds                |
        | BOOT-19.bc | no ENTRY, e_entry = 0                              | entry or out of bounds                |
        | BOOT-19.bd | no ENTRY, e_entry = 0xFFFFFFFF                     | entry or out of bounds                |

      Examples: the hypercall page outside the first mapping
        | case       | kernel                                             | word                                  |
        | BOOT-19.be | HYPERCALL_PAGE = 0                                 | hypercall page or HYPERCALL_PAGE      |
        | BOOT-19.bf | HYPERCALL_PAGE = 0xBFFFF000                        | hypercall page or HYPERCALL_PAGE      |
        | BOOT-19.bg | HYPERCALL_PAGE = 0xC1000000                        | hypercall page or HYPERCALL_PAGE      |
        | BOOT-19.bh | HYPERCALL_PAGE = VIRT_START                        | hypercall page or HYPERCALL_PAGE      |
        | BOOT-19.bi | HYPERCALL_PAGE = 0xFFFFF000                        | hypercall page or HYPERCALL_PAGE      |

      Examples: notes outside the file, or cut off
        | case       | kernel                                                         | word                      |
        | BOOT-19.bj | p_offset(1) = file_size                                        | note                      |
        | BOOT-19.bk | p_offset(1) = 0xFFFFFFFC                                       | note                      |
        | BOOT-19.bl | p_filesz(1) = 0x7FFFFFFF                                       | note                      |
        | BOOT-19.bm | p_filesz(1) = 0xFFFFFFFF                                       | note                      |
        | BOOT-19.bo | p_filesz(1) = 11                                               | note or loader            |
        | BOOT-19.bp | n_namesz(0) = 0xFFFFFFFF                                       | note                      |
        | BOOT-19.bq | n_namesz(0) = 0xFFFFFFFC                                       | note                      |
        | BOOT-19.br | n_namesz(9) = 0x7FFFFFFF                                       | note                      |
        | BOOT-19.bs | n_descsz(0) = 0xFFFFFFFF                                       | note or loader            |
        | BOOT-19.bt | n_descsz(0) = 0x80000000                                       | note or loader            |
        | BOOT-19.bv | p_type(1) = 0, sh_offset(2) = file_size                        | section                   |
        | BOOT-19.bw | p_type(1) = 0, sh_size(2) = 0xFFFFFFFF                         | section                   |
        | BOOT-19.bx | no notes, a __xen_guest section, sh_offset(2) = file_size      | section                   |
        | BOOT-19.by | no notes, a __xen_guest section, sh_size(2) = 0xFFFFFFFF       | section                   |

      Examples: numbers that are none
        | case       | kernel                                                                 | word              |
        | BOOT-19.bz | ENTRY = u64 0x1C0100000                                                | address           |
        | BOOT-19.ca | no notes, a __xen_guest section, section VIRT_ENTRY = "here"           | VIRT_ENTRY        |
        | BOOT-19.cb | no notes, a __xen_guest section, section VIRT_BASE = "0x1C0000000"     | VIRT_BASE         |
        | BOOT-19.cc | no notes, a __xen_guest section, section VIRT_BASE = "-1"              | VIRT_BASE         |

      Examples: larger than the memory
        | case       | kernel                                                    | word                           |
        | BOOT-19.cd | 64 << 20 bytes of memory for its segment                  | MiB or MB                      |
        | BOOT-19.ce | a segment of 16 bytes at 0xC2000000                       | MiB or MB                      |
        | BOOT-19.cf | a segment of 64 << 20 bytes at 0xC1000000                 | MiB or MB                      |
        | BOOT-19.cg | a ramdisk of 32 << 20 bytes                               | MiB or MB                      |
        | BOOT-19.ch | a ramdisk of 31 << 20 bytes                               | MiB or MB                      |
        | BOOT-19.ci | 1 MiB                                                     | MiB or MB                      |
        | BOOT-19.cj | 3 MiB                                                     | MiB or MB                      |

      Examples: into the hypervisor's part of the address space
        | case       | kernel                                                                       | word                            |
        | BOOT-19.ck | built for 0xF5700000                                                         | hypervisor or Xen private area  |
        | BOOT-19.cl | built for 0xF5800000                                                         | hypervisor or Xen private area  |
        | BOOT-19.cm | built for 0xFF000000                                                         | hypervisor or Xen private area  |
        | BOOT-19.cn | built for 0xF5000000, a ramdisk of 8 << 20 bytes                             | hypervisor or Xen private area  |

      @ordinary
      Examples: a symbol table that is none, where one is loaded
        | case       | kernel                                                                       | word                 |
        | BOOT-19.co | BSD_SYMTAB = "yes", a symbol table, sh_offset(3) = file_size                 | section or symbol    |
        | BOOT-19.cp | BSD_SYMTAB = "yes", a symbol table, sh_size(3) = 0xFFFFFFF0                  | section or symbol    |
        | BOOT-19.cq | BSD_SYMTAB = "yes", a symbol table, sh_size(4) = file_size                   | section or symbol    |

      @ordinary
      Examples: not at a page's start
        | case       | kernel                                                                       | word                 |
        | BOOT-19.cr | p_paddr(0) = 0x100010, ENTRY = 0xC0100010                                    | page                 |

    Scenario Outline: <case> a kernel with <kernel> is only unusual, and starts
      When a domain is built from a kernel with <kernel>
      Then the domain comes up

      Examples: segments side by side, empty ones, ones that are not loaded
        | case       | kernel                                                                       |
        | BOOT-19.cs | a segment of 16 bytes at memory_end                                          |
        | BOOT-19.ct | a segment of 0 bytes at memory_end                                           |
        | BOOT-19.cu | a segment of 16 bytes at entry, p_flags(1) = 4                               |
        | BOOT-19.cv | a segment of 16 bytes at entry, p_type(1) = 0x6474E551                       |
        | BOOT-19.cw | a segment of 16 bytes at 0xC0380000                                          |
        | BOOT-19.cx | e_type = 3                                                                   |

      Examples: a last note whose text ends before its size does, or whose padding lies outside the segment
        | case       | kernel                                                                       |
        | BOOT-19.bn | p_filesz(1) = p_filesz(1) - 4                                                |
        | BOOT-19.bu | n_descsz(9) = 9                                                              |

    Scenario Outline: <case> a hundred kernels with <kernel> leave nothing behind
      Given 100 times a domain was refused for a kernel with <kernel>
      When a domain is built from a kernel with <kernel>
      Then the builder refuses it
      And nothing is left of it

      Examples: found out early, and after memory was given
        | case       | kernel                                                   |
        | BOOT-19.da | no LOADER                                                |
        | BOOT-19.db | cut to file_size - 1 bytes                               |
        | BOOT-19.dc | HYPERCALL_PAGE = 0xC1000000                              |
        | BOOT-19.dd | a ramdisk of 31 << 20 bytes                              |

    @ordinary
    Scenario: BOOT-19.de a hypercall page in the way of the page tables is found out when memory was given already
      Behind the kernel come the eight pages of the frame list, start_info, the store's and the console's page, the tables.

      When a domain is built from a kernel with HYPERCALL_PAGE = (memory_end + 0xFFF & ~0xFFF) + 0xB000
      Then the builder refuses it and speaks of "page tables"
      And nothing is left of it

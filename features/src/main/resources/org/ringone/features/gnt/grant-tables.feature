@GNT
Feature: Grant tables

  A domain lets others use its memory by entries of a table that it shares with the hypervisor. grant_table_op performs a command on
  each element of an array; how an element fared stands in its status.

  @GNT-01
  Rule: A domain's table is its own, and the frames that it consists of are told

    Scenario: GNT-01.a the table's first frame can be mapped and written to
      Given the grant table "table"
      And the 64 bits at table + 4088 become 0x0123456789ABCDEF
      Then the 64 bits at table + 4088 are 0x0123456789ABCDEF

    @era-3.1
    Scenario: GNT-01.b a table of four frames: four places of the list are written, with different frames
      Given a page "frames"
      And every byte of "frames" is 0xEE
      When the guest calls grant_table_op(GNTTABOP_SETUP_TABLE, {u16 DOMID_SELF, 4, u16 0x55, frames}, 1)
      Then it is accepted
      And the 16 bits at arguments + 8 are GNTST_OKAY
      And the 32 bits at frames + 16 are 0xEEEEEEEE
      When the guest runs in ring 1 with EAX = 0
        """
        mov esi, frames
        mov ecx, 3
        next:
        mov edx, [esi]
        cmp edx, [esi + 4]
        sete al
        or ah, al
        add esi, 4
        loop next
        """
      Then the code runs to its end
      And EAX & 0xFF00 is 0

    Scenario: GNT-01.c a list for no frames is not written to
      Given a page "frames"
      When the guest calls grant_table_op(GNTTABOP_SETUP_TABLE, {u16 DOMID_SELF, 0, u16 0x55, frames}, 1)
      Then it is accepted
      And the 16 bits at arguments + 8 are GNTST_OKAY
      And nothing has changed

    @era-3.1
    Scenario Outline: <case> <what> is refused with status <status>
      Given a page "frames"
      When the guest calls grant_table_op(GNTTABOP_SETUP_TABLE, {u16 <domain>, <count>, u16 0x55, frames}, 1)
      Then it is accepted
      And the 16 bits at arguments + 8 are <status>
      And nothing has changed

      Examples: larger than tables can be
        | case     | what                     | domain     | count      | status              |
        | GNT-01.d | a table of 33 frames     | DOMID_SELF | 33         | GNTST_GENERAL_ERROR |
        | GNT-01.e | a table of 2^32-1 frames | DOMID_SELF | 0xFFFFFFFF | GNTST_GENERAL_ERROR |

      @ordinary
      Examples: another domain's table
        | case     | what                            | domain | count | status                  |
        | GNT-01.f | the initial domain's table      | 0      | 1     | GNTST_PERMISSION_DENIED |
        | GNT-01.g | the table of a domain not there | 4711   | 1     | GNTST_PERMISSION_DENIED |

      @initial
      Examples: another domain's table
        | case     | what                            | domain | count | status           |
        | GNT-01.h | the table of a domain not there | 4711   | 1     | GNTST_BAD_DOMAIN |

    @era-3.1
    Scenario: GNT-01.i how many frames the table has, and can have
      When the guest calls grant_table_op(GNTTABOP_QUERY_SIZE, {u16 DOMID_SELF, 0, 0, u16 0x55}, 1)
      Then it is accepted
      And the 16 bits at arguments + 12 are GNTST_OKAY
      And the 32 bits at arguments + 4 are 4
      And the 32 bits at arguments + 8 are 32

    Scenario Outline: <case> <call> gives <errno>
      Given a page "page"
      When the guest calls grant_table_op(<call>)
      Then it is refused with <errno>
      And nothing has changed

      Examples: these commands take one element
        | case     | call                                                          | errno  |
        | GNT-01.k | GNTTABOP_SETUP_TABLE, {u16 DOMID_SELF, 1, u16 0x55, page}, 2  | EINVAL |
        | GNT-01.l | GNTTABOP_QUERY_SIZE, {u16 DOMID_SELF, 0, 0, u16 0x55}, 2      | EINVAL |

      Examples: no such command, no such memory
        | case     | call                                         | errno  |
        | GNT-01.m | 99, {0, 0, 0, 0}, 1                          | ENOSYS |
        | GNT-01.n | GNTTABOP_SETUP_TABLE, 0xFF000000, 1          | EFAULT |
        | GNT-01.o | GNTTABOP_MAP_GRANT_REF, 0xFF000000, 1        | EFAULT |
        | GNT-01.p | GNTTABOP_COPY, 0xFF000000, 1                 | EFAULT |

      @era-3.1
      Examples: these commands take one element, and no fewer
        | case     | call                                                          | errno  |
        | GNT-01.j | GNTTABOP_SETUP_TABLE, {u16 DOMID_SELF, 1, u16 0x55, page}, 0  | EINVAL |

      @era-3.1
      Examples: more elements than one call takes
        | case     | call                            | errno  |
        | GNT-01.q | GNTTABOP_COPY, 0xFF000000, 513  | EINVAL |

  @GNT-02
  Rule: What is granted can be mapped as it is granted, and by nobody else

    Scenario Outline: <case> a frame granted <how> is seen where it is mapped with <flags>
      Given the grant table "table"
      And a page "page"
      And the 64 bits at page + 8 become 0x1122334455667788
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | <granted> | domid << 16 | mfn(page) << 32
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 <host>, <flags>, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 16 bits at arguments + 18 are GNTST_OKAY
      And the 64 bits at arguments + 24 are ma(page)
      And the 64 bits at window + 8 are 0x1122334455667788
      When the guest stores 0x5A in 8 bits at window + 9
      Then <stored>

      Examples: by address and by page-table entry
        | case     | how          | granted      | host        | flags                                               | stored                           |
        | GNT-02.a | for writing  | 0            | window      | GNTMAP_HOST_MAP                                     | the 8 bits at page + 9 are 0x5A  |
        | GNT-02.b | for writing  | 0            | pte(window) | GNTMAP_HOST_MAP \| GNTMAP_CONTAINS_PTE              | the 8 bits at page + 9 are 0x5A  |
        | GNT-02.c | for writing  | 0            | window      | GNTMAP_HOST_MAP \| GNTMAP_READONLY                  | it is refused with #PF(3) |
        | GNT-02.d | for reading  | GTF_READONLY | window      | GNTMAP_HOST_MAP \| GNTMAP_READONLY                  | it is refused with #PF(3) |

    Scenario Outline: <case> <what> is refused with status <status>
      Given the grant table "table"
      And a page "page"
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become <entry>
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, <flags>, <ref>, u16 <domain>, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 16 bits at arguments + 18 are <status>
      And nothing has changed

      Examples: the request
        | case     | what                             | entry                                                | flags           | ref        | domain     | status              |
        | GNT-02.e | a mapping for neither            | GTF_PERMIT_ACCESS \| domid << 16 \| mfn(page) << 32  | 0               | 8          | domid      | GNTST_BAD_GNTREF    |
        | GNT-02.f | a domain that is not there       | GTF_PERMIT_ACCESS \| domid << 16 \| mfn(page) << 32  | GNTMAP_HOST_MAP | 8          | 4711       | GNTST_BAD_DOMAIN    |
        | GNT-02.g | DOMID_SELF                       | GTF_PERMIT_ACCESS \| domid << 16 \| mfn(page) << 32  | GNTMAP_HOST_MAP | 8          | DOMID_SELF | GNTST_BAD_DOMAIN    |
        | GNT-02.h | an entry far behind the table    | GTF_PERMIT_ACCESS \| domid << 16 \| mfn(page) << 32  | GNTMAP_HOST_MAP | 0x100000   | domid      | GNTST_BAD_GNTREF    |
        | GNT-02.i | the last number there is         | GTF_PERMIT_ACCESS \| domid << 16 \| mfn(page) << 32  | GNTMAP_HOST_MAP | 0xFFFFFFFF | domid      | GNTST_BAD_GNTREF    |

      Examples: the entry
        | case     | what                             | entry                                                              | flags           | ref | domain | status              |
        | GNT-02.j | an entry that grants nothing     | domid << 16 \| mfn(page) << 32                                     | GNTMAP_HOST_MAP | 8   | domid  | GNTST_GENERAL_ERROR |
        | GNT-02.k | an entry for a transfer          | GTF_ACCEPT_TRANSFER \| domid << 16 \| mfn(page) << 32              | GNTMAP_HOST_MAP | 8   | domid  | GNTST_GENERAL_ERROR |
        | GNT-02.l | what is granted to another       | GTF_PERMIT_ACCESS \| (domid + 5) << 16 \| mfn(page) << 32          | GNTMAP_HOST_MAP | 8   | domid  | GNTST_GENERAL_ERROR |
        | GNT-02.m | writing what is granted to read  | GTF_PERMIT_ACCESS \| GTF_READONLY \| domid << 16 \| mfn(page) << 32 | GNTMAP_HOST_MAP | 8   | domid  | GNTST_GENERAL_ERROR |

      @era-3.1
      Examples: frames that are nobody's to grant
        | case     | what                             | entry                                                              | flags           | ref | domain | status              |
        | GNT-02.n | the hypervisor's frame           | GTF_PERMIT_ACCESS \| domid << 16 \| hypervisor_frame << 32          | GNTMAP_HOST_MAP | 8   | domid  | GNTST_GENERAL_ERROR |
        | GNT-02.o | a frame that no memory has       | GTF_PERMIT_ACCESS \| domid << 16 \| 0xFFFFFFFF << 32                | GNTMAP_HOST_MAP | 8   | domid  | GNTST_GENERAL_ERROR |

    Scenario Outline: <case> at <what> nothing is mapped
      Given the grant table "table"
      And a page "page"
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 <host>, <flags>, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 16 bits at arguments + 18 are GNTST_GENERAL_ERROR
      And nothing has changed

      Examples: addresses that are not the guest's, entries of what is no table
        | case     | what                           | host           | flags                                  |
        | GNT-02.p | an address of the hypervisor's | 0xF5800000     | GNTMAP_HOST_MAP                        |
        | GNT-02.q | an entry in an ordinary page   | ma(page, 16)   | GNTMAP_HOST_MAP \| GNTMAP_CONTAINS_PTE |
        | GNT-02.r | an entry of an L2 table        | slot(boot_l2, 1) | GNTMAP_HOST_MAP \| GNTMAP_CONTAINS_PTE |

    Scenario: GNT-02.s a domain maps what another has granted to it
      Given a second domain
      And the grant table "table"
      And a page "page"
      And the 64 bits at page become 0x1122334455667788
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | second.domid << 16 | mfn(page) << 32
      When from here on the guest is the second domain
      Given an address "window" that maps nothing
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP, 8, u16 first.domid, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 16 bits at arguments + 18 are GNTST_OKAY
      And the 64 bits at window are 0x1122334455667788
      Given the 64 bits at window become 99
      When from here on the guest is the first domain
      Then the 64 bits at page are 99
      And the 16 bits at table + 64 are GTF_PERMIT_ACCESS | GTF_READING | GTF_WRITING

    Scenario: GNT-02.t a domain does not get what is granted to a third
      Given a second domain
      And the grant table "table"
      And a page "page"
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | (second.domid + 5) << 16 | mfn(page) << 32
      When from here on the guest is the second domain
      Given an address "window" that maps nothing
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP, 8, u16 first.domid, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 16 bits at arguments + 18 are GNTST_GENERAL_ERROR
      And nothing has changed

  @GNT-03
  Rule: An entry says how its frame is being used, and a use goes on with the frame it began with

    Scenario Outline: <case> while mapped with <flags> the entry says <said>, and no more when it is unmapped
      Given the grant table "table"
      And a page "page"
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      And the guest has called grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, <flags>, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then "handle" names the 32 bits at arguments + 20
      And the 16 bits at table + 64 are GTF_PERMIT_ACCESS | <said>
      When the guest calls grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 window, u64 0, handle, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are GNTST_OKAY
      And the 64 bits at table + 64 are GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32

      Examples:
        | case     | flags                              | said                       |
        | GNT-03.a | GNTMAP_HOST_MAP \| GNTMAP_READONLY | GTF_READING                |
        | GNT-03.b | GNTMAP_HOST_MAP                    | GTF_READING \| GTF_WRITING |

    Scenario: GNT-03.c an entry that is mapped twice is in use until both mappings are gone
      Given the grant table "table"
      And a page "page"
      And an address "window" that maps nothing
      And an address "other" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      And the guest has called grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then "handle" names the 32 bits at arguments + 20
      Given the guest has called grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 other, GNTMAP_HOST_MAP | GNTMAP_READONLY, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then "second_handle" names the 32 bits at arguments + 20
      Given the guest has called grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 window, u64 0, handle, u16 0x55}], 1)
      Then the 16 bits at table + 64 are GTF_PERMIT_ACCESS | GTF_READING
      Given the guest has called grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 other, u64 0, second_handle, u16 0x55}], 1)
      Then the 16 bits at table + 64 are GTF_PERMIT_ACCESS

    Scenario: GNT-03.d the frame of an entry in use is the one that stood there when the use began
      Given the grant table "table"
      And a page "page"
      And a page "later"
      And the 64 bits at page become 0x1111
      And the 64 bits at later become 0x2222
      And an address "window" that maps nothing
      And an address "other" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      And the guest has called grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | GTF_READING | GTF_WRITING | domid << 16 | mfn(later) << 32
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 other, GNTMAP_HOST_MAP, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 64 bits at other are 0x1111

  @GNT-04
  Rule: Unmapping takes away the mapping that is named, and no other

    Scenario Outline: <case> what was mapped by <host> is gone, and its handle
      Given the grant table "table"
      And a page "page"
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      And the guest has called grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 <host>, <flags>, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then "handle" names the 32 bits at arguments + 20
      When the guest calls grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 <host>, u64 0, handle, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are GNTST_OKAY
      When the guest stores 1 in 8 bits at window
      Then it is refused with #PF(2)
      When the guest calls grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 <host>, u64 0, handle, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are GNTST_BAD_HANDLE
      And nothing has changed

      Examples:
        | case     | host        | flags                                  |
        | GNT-04.a | window      | GNTMAP_HOST_MAP                        |
        | GNT-04.b | pte(window) | GNTMAP_HOST_MAP \| GNTMAP_CONTAINS_PTE |

    Scenario Outline: <case> handle <handle> is refused
      Given a page "page"
      When the guest calls grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 page, u64 0, <handle>, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are GNTST_BAD_HANDLE
      And nothing has changed

      Examples: never given out
        | case     | handle     |
        | GNT-04.c | 0x10000    |
        | GNT-04.d | 0x7FFFFFFF |
        | GNT-04.e | 0xFFFFFFFF |

    Scenario: GNT-04.f at an address that maps something else nothing goes, and the mapping stays
      Given the grant table "table"
      And a page "page"
      And a page "other"
      And the 64 bits at page become 0x1111
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      And the guest has called grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then "handle" names the 32 bits at arguments + 20
      When the guest calls grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 other, u64 0, handle, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are GNTST_GENERAL_ERROR
      And nothing has changed
      And the 64 bits at window are 0x1111
      And the 64 bits at other are 0

  @GNT-05
  Rule: A page table stays safe, whoever it is granted to

    Scenario: GNT-05.a a page table that is granted cannot be mapped writable
      Given the grant table "table"
      And a page "page" in use as an L1 table
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 16 bits at arguments + 18 are GNTST_GENERAL_ERROR
      And nothing has changed
      And "page" cannot be mapped writable

    Scenario: GNT-05.b it can be mapped for reading
      Given the grant table "table"
      And a page "page" in use as an L1 table
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      When the guest calls grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP | GNTMAP_READONLY, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then it is accepted
      And the 16 bits at arguments + 18 are GNTST_OKAY

    Scenario: GNT-05.c what is mapped writable through a grant does not become a page table until it is unmapped
      Given the grant table "table"
      And a page "page"
      And an address "window" that maps nothing
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      And the guest has called grant_table_op(GNTTABOP_MAP_GRANT_REF, [{u64 window, GNTMAP_HOST_MAP, 8, u16 domid, u16 0x55, 0x55, u64 0}], 1)
      Then "handle" names the 32 bits at arguments + 20
      Given "page" is made read-only
      When the guest calls mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(page), 0}])
      Then it is refused with EINVAL
      And nothing has changed
      Given the guest has called grant_table_op(GNTTABOP_UNMAP_GRANT_REF, [{u64 window, u64 0, handle, u16 0x55}], 1)
      When the guest calls mmuext_op([{MMUEXT_PIN_L1_TABLE, mfn(page), 0}])
      Then it is accepted

    Scenario: GNT-05.d a copy into a granted page table is refused
      Given the grant table "table"
      And a page "source"
      And a page "page" in use as an L1 table
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | domid << 16 | mfn(page) << 32
      When the guest calls grant_table_op(GNTTABOP_COPY, [{mfn(source), u16 DOMID_SELF, u16 0, 8, u16 domid, u16 0, u16 64, u16 GNTCOPY_DEST_GREF, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are GNTST_GENERAL_ERROR
      And nothing has changed

  @GNT-06
  Rule: A copy moves bytes between own frames and granted ones

    Scenario Outline: <case> <length> bytes from offset <from> to <to>, <how>
      Given the grant table "table"
      And a page "source"
      And a page "target"
      And every byte of "source" is 0xA5
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | <granted> | domid << 16 | mfn(<page>) << 32
      When the guest calls grant_table_op(GNTTABOP_COPY, [{<source>, u16 <sd>, u16 <from>, <target>, u16 <td>, u16 <to>, u16 <length>, u16 <flags>, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are GNTST_OKAY
      And the 8 bits at target + <to> are 0xA5
      And the 8 bits at target + <to> + <length> - 1 are 0xA5
      And the 8 bits at target + <behind> are 0
      And the 64 bits at table + 64 are GTF_PERMIT_ACCESS | <granted> | domid << 16 | mfn(<page>) << 32

      Examples: a whole page but for its ends, to its end, from its end
        | case     | how                           | length | from | to   | behind | source      | sd         | target      | td         | flags             | granted      | page   |
        | GNT-06.a | both by number                | 4094   | 0    | 1    | 4095   | mfn(source) | DOMID_SELF | mfn(target) | DOMID_SELF | 0                 | 0            | source |
        | GNT-06.b | from a grant                  | 16     | 0    | 4080 | 4079   | 8           | domid      | mfn(target) | DOMID_SELF | GNTCOPY_SOURCE_GREF | 0          | source |
        | GNT-06.c | from a grant to read          | 16     | 4080 | 0    | 16     | 8           | domid      | mfn(target) | DOMID_SELF | GNTCOPY_SOURCE_GREF | GTF_READONLY | source |
        | GNT-06.d | into a grant                  | 1      | 7    | 9    | 10     | mfn(source) | DOMID_SELF | 8           | domid      | GNTCOPY_DEST_GREF | 0            | target |

    Scenario Outline: <case> <what> is refused with status <status>
      Given the grant table "table"
      And a page "source"
      And a page "target"
      And every byte of "source" is 0xA5
      And the 64 bits at table + 64 become GTF_PERMIT_ACCESS | GTF_READONLY | domid << 16 | mfn(target) << 32
      When the guest calls grant_table_op(GNTTABOP_COPY, [{<source>, u16 <sd>, u16 <from>, <target>, u16 <td>, u16 <to>, u16 <length>, u16 <flags>, u16 0x55}], 1)
      Then it is accepted
      And the 16 bits at arguments + 20 are <status>
      And nothing has changed

      Examples: beyond the page
        | case     | what                        | length | from   | to     | source      | sd         | target      | td         | flags | status             |
        | GNT-06.e | one byte beyond the source  | 16     | 4081   | 0      | mfn(source) | DOMID_SELF | mfn(target) | DOMID_SELF | 0     | GNTST_BAD_COPY_ARG |
        | GNT-06.f | one byte beyond the target  | 16     | 0      | 4081   | mfn(source) | DOMID_SELF | mfn(target) | DOMID_SELF | 0     | GNTST_BAD_COPY_ARG |
        | GNT-06.g | offsets that wrap           | 16     | 0xFFF8 | 0      | mfn(source) | DOMID_SELF | mfn(target) | DOMID_SELF | 0     | GNTST_BAD_COPY_ARG |
        | GNT-06.h | the greatest length         | 0xFFFF | 0      | 0      | mfn(source) | DOMID_SELF | mfn(target) | DOMID_SELF | 0     | GNTST_BAD_COPY_ARG |

      Examples: not the domain's to copy
        | case     | what                               | length | from | to | source           | sd         | target           | td         | flags               | status                  |
        | GNT-06.i | a source by number and domain      | 16     | 0    | 0  | mfn(source)      | domid      | mfn(target)      | DOMID_SELF | 0                   | GNTST_PERMISSION_DENIED |
        | GNT-06.j | a target by number and domain      | 16     | 0    | 0  | mfn(source)      | DOMID_SELF | mfn(target)      | domid      | 0                   | GNTST_PERMISSION_DENIED |
        | GNT-06.k | a grant of a domain not there      | 16     | 0    | 0  | 8                | 4711       | mfn(target)      | DOMID_SELF | GNTCOPY_SOURCE_GREF | GNTST_BAD_DOMAIN        |
        | GNT-06.n | an entry that grants nothing       | 16     | 0    | 0  | 9                | domid      | mfn(target)      | DOMID_SELF | GNTCOPY_SOURCE_GREF | GNTST_GENERAL_ERROR     |
        | GNT-06.o | into what is granted to read       | 16     | 0    | 0  | mfn(source)      | DOMID_SELF | 8                | domid      | GNTCOPY_DEST_GREF   | GNTST_GENERAL_ERROR     |
        | GNT-06.p | an entry far behind the table      | 16     | 0    | 0  | 0x100000         | domid      | mfn(target)      | DOMID_SELF | GNTCOPY_SOURCE_GREF | GNTST_BAD_GNTREF        |

      @era-3.1
      Examples: frames of the hypervisor's
        | case     | what                               | length | from | to | source           | sd         | target           | td         | flags               | status                  |
        | GNT-06.l | a frame of the hypervisor's        | 16     | 0    | 0  | hypervisor_frame | DOMID_SELF | mfn(target)      | DOMID_SELF | 0                   | GNTST_GENERAL_ERROR     |
        | GNT-06.m | into a frame of the hypervisor's   | 16     | 0    | 0  | mfn(source)      | DOMID_SELF | hypervisor_frame | DOMID_SELF | 0                   | GNTST_GENERAL_ERROR     |

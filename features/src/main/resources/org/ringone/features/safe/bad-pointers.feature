@SAFE
Feature: Pointers that a guest must not be able to use
  A pointer in an argument is good when all of what it points to lies below the hypervisor's range, is mapped, and can be written where
  something is written. The page tables decide, not the guest's segments.

  @SAFE-02
  Rule: A bad pointer gives -EFAULT and changes nothing

    Scenario Outline: <case> a pointer into a page that is not mapped: <call>
      Given an address "gap" that maps nothing
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                                  |
        | SAFE-02.a  | set_trap_table(gap)                                   |
        | SAFE-02.b  | mmu_update(gap, 1, 0, DOMID_SELF)                     |
        | SAFE-02.c  | set_gdt(gap, 1024)                                    |
        | SAFE-02.d  | mmuext_op(gap, 1, 0, DOMID_SELF)                      |
        | SAFE-02.e  | multicall(gap, 1)                                     |
        | SAFE-02.f  | memory_op(XENMEM_EXCHANGE, gap)                       |
        | SAFE-02.g  | memory_op(XENMEM_MACHPHYS_MFN_LIST, gap)              |
        | SAFE-02.h  | event_channel_op_compat(gap)                          |
        | SAFE-02.i  | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, gap)         |
        | SAFE-02.j  | event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, gap)      |
        | SAFE-02.k  | event_channel_op(EVTCHNOP_BIND_VIRQ, gap)             |
        | SAFE-02.l  | event_channel_op(EVTCHNOP_BIND_IPI, gap)              |
        | SAFE-02.m  | event_channel_op(EVTCHNOP_CLOSE, gap)                 |
        | SAFE-02.n  | event_channel_op(EVTCHNOP_SEND, gap)                  |
        | SAFE-02.o  | event_channel_op(EVTCHNOP_STATUS, gap)                |
        | SAFE-02.p  | event_channel_op(EVTCHNOP_BIND_VCPU, gap)             |
        | SAFE-02.q  | event_channel_op(EVTCHNOP_UNMASK, gap)                |
        | SAFE-02.r  | event_channel_op(EVTCHNOP_RESET, gap)                 |
        | SAFE-02.s  | xen_version(XENVER_GET_FEATURES, gap)                 |
        | SAFE-02.t  | sched_op(SCHEDOP_SHUTDOWN, gap)                       |
        | SAFE-02.u  | sched_op(SCHEDOP_POLL, gap)                           |
        | SAFE-02.v  | callback_op(CALLBACK_REGISTER, gap)                   |
        | SAFE-02.w  | callback_op(CALLBACK_UNREGISTER, gap)                 |
        | SAFE-02.x  | physdev_op(PHYSDEVOP_SET_IOPL, gap)                   |
        | SAFE-02.y  | physdev_op(PHYSDEVOP_SET_IOBITMAP, gap)               |
        | SAFE-02.z  | physdev_op(PHYSDEVOP_IRQ_STATUS_QUERY, gap)           |
        | SAFE-02.aa | physdev_op_compat(gap)                                |
        | SAFE-02.ab | vcpu_op(VCPUOP_REGISTER_RUNSTATE_MEMORY_AREA, 0, gap) |
        | SAFE-02.ac | vcpu_op(VCPUOP_SET_PERIODIC_TIMER, 0, gap)            |
        | SAFE-02.ad | vcpu_op(VCPUOP_SET_SINGLESHOT_TIMER, 0, gap)          |
        | SAFE-02.ae | xen_version(XENVER_EXTRAVERSION, gap)                 |
        | SAFE-02.af | xen_version(XENVER_COMPILE_INFO, gap)                 |
        | SAFE-02.ag | xen_version(XENVER_CAPABILITIES, gap)                 |
        | SAFE-02.ah | xen_version(XENVER_CHANGESET, gap)                    |
        | SAFE-02.ai | xen_version(XENVER_PLATFORM_PARAMETERS, gap)          |
        | SAFE-02.aj | xen_version(XENVER_GET_FEATURES, gap)                 |
        | SAFE-02.ak | xen_version(XENVER_GUEST_HANDLE, gap)                 |
        | SAFE-02.al | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, gap)             |

    Scenario Outline: <case> a pointer from the last word of a page into one that is not mapped: <call>
      Given a page "before"
      And an address "gap" that maps nothing
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed but the bytes of "before"

      Examples:
        | case       | call                                                 |
        | SAFE-02.am | set_trap_table(gap - 4)                              |
        | SAFE-02.an | mmu_update(gap - 4, 1, 0, DOMID_SELF)                |
        | SAFE-02.ao | set_gdt(gap - 4, 1024)                               |
        | SAFE-02.ap | mmuext_op(gap - 4, 1, 0, DOMID_SELF)                 |
        | SAFE-02.aq | multicall(gap - 4, 1)                                |
        | SAFE-02.ar | memory_op(XENMEM_EXCHANGE, gap - 4)                  |
        | SAFE-02.as | memory_op(XENMEM_MACHPHYS_MFN_LIST, gap - 4)         |
        | SAFE-02.at | event_channel_op_compat(gap - 4)                     |
        | SAFE-02.au | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, gap - 4)    |
        | SAFE-02.av | event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, gap - 4) |
        | SAFE-02.aw | event_channel_op(EVTCHNOP_BIND_VIRQ, gap - 4)        |
        | SAFE-02.ax | event_channel_op(EVTCHNOP_BIND_IPI, gap - 4)         |
        | SAFE-02.ay | event_channel_op(EVTCHNOP_STATUS, gap - 4)           |
        | SAFE-02.az | event_channel_op(EVTCHNOP_BIND_VCPU, gap - 4)        |
        | SAFE-02.ba | xen_version(XENVER_GET_FEATURES, gap - 4)            |
        | SAFE-02.bb | sched_op(SCHEDOP_POLL, gap - 4)                      |
        | SAFE-02.bc | callback_op(CALLBACK_REGISTER, gap - 4)              |
        | SAFE-02.bd | physdev_op(PHYSDEVOP_SET_IOBITMAP, gap - 4)          |
        | SAFE-02.be | physdev_op(PHYSDEVOP_IRQ_STATUS_QUERY, gap - 4)      |
        | SAFE-02.bf | physdev_op_compat(gap - 4)                           |
        | SAFE-02.bg | vcpu_op(VCPUOP_SET_PERIODIC_TIMER, 0, gap - 4)       |
        | SAFE-02.bh | vcpu_op(VCPUOP_SET_SINGLESHOT_TIMER, 0, gap - 4)     |
        | SAFE-02.bi | xen_version(XENVER_EXTRAVERSION, gap - 4)            |
        | SAFE-02.bj | xen_version(XENVER_COMPILE_INFO, gap - 4)            |
        | SAFE-02.bk | xen_version(XENVER_CAPABILITIES, gap - 4)            |
        | SAFE-02.bl | xen_version(XENVER_CHANGESET, gap - 4)               |
        | SAFE-02.bm | xen_version(XENVER_GET_FEATURES, gap - 4)            |
        | SAFE-02.bn | xen_version(XENVER_GUEST_HANDLE, gap - 4)            |
        | SAFE-02.bo | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, gap - 4)        |

    @host-32
    Scenario Outline: <case> a pointer to the first address of the hypervisor's range: <call>
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                                         |
        | SAFE-02.bp | set_trap_table(VIRT_START)                                   |
        | SAFE-02.bq | mmu_update(VIRT_START, 1, 0, DOMID_SELF)                     |
        | SAFE-02.br | set_gdt(VIRT_START, 1024)                                    |
        | SAFE-02.bs | mmuext_op(VIRT_START, 1, 0, DOMID_SELF)                      |
        | SAFE-02.bt | multicall(VIRT_START, 1)                                     |
        | SAFE-02.bu | memory_op(XENMEM_EXCHANGE, VIRT_START)                       |
        | SAFE-02.bv | memory_op(XENMEM_MACHPHYS_MFN_LIST, VIRT_START)              |
        | SAFE-02.bw | event_channel_op_compat(VIRT_START)                          |
        | SAFE-02.bx | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, VIRT_START)         |
        | SAFE-02.by | event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, VIRT_START)      |
        | SAFE-02.bz | event_channel_op(EVTCHNOP_BIND_VIRQ, VIRT_START)             |
        | SAFE-02.ca | event_channel_op(EVTCHNOP_BIND_IPI, VIRT_START)              |
        | SAFE-02.cb | event_channel_op(EVTCHNOP_CLOSE, VIRT_START)                 |
        | SAFE-02.cc | event_channel_op(EVTCHNOP_SEND, VIRT_START)                  |
        | SAFE-02.cd | event_channel_op(EVTCHNOP_STATUS, VIRT_START)                |
        | SAFE-02.ce | event_channel_op(EVTCHNOP_BIND_VCPU, VIRT_START)             |
        | SAFE-02.cf | event_channel_op(EVTCHNOP_UNMASK, VIRT_START)                |
        | SAFE-02.cg | event_channel_op(EVTCHNOP_RESET, VIRT_START)                 |
        | SAFE-02.ch | xen_version(XENVER_GET_FEATURES, VIRT_START)                 |
        | SAFE-02.ci | sched_op(SCHEDOP_SHUTDOWN, VIRT_START)                       |
        | SAFE-02.cj | sched_op(SCHEDOP_POLL, VIRT_START)                           |
        | SAFE-02.ck | callback_op(CALLBACK_REGISTER, VIRT_START)                   |
        | SAFE-02.cl | callback_op(CALLBACK_UNREGISTER, VIRT_START)                 |
        | SAFE-02.cm | physdev_op(PHYSDEVOP_SET_IOPL, VIRT_START)                   |
        | SAFE-02.cn | physdev_op(PHYSDEVOP_SET_IOBITMAP, VIRT_START)               |
        | SAFE-02.co | physdev_op(PHYSDEVOP_IRQ_STATUS_QUERY, VIRT_START)           |
        | SAFE-02.cp | physdev_op_compat(VIRT_START)                                |
        | SAFE-02.cq | vcpu_op(VCPUOP_REGISTER_RUNSTATE_MEMORY_AREA, 0, VIRT_START) |
        | SAFE-02.cr | vcpu_op(VCPUOP_SET_PERIODIC_TIMER, 0, VIRT_START)            |
        | SAFE-02.cs | vcpu_op(VCPUOP_SET_SINGLESHOT_TIMER, 0, VIRT_START)          |
        | SAFE-02.ct | xen_version(XENVER_EXTRAVERSION, VIRT_START)                 |
        | SAFE-02.cu | xen_version(XENVER_COMPILE_INFO, VIRT_START)                 |
        | SAFE-02.cv | xen_version(XENVER_CAPABILITIES, VIRT_START)                 |
        | SAFE-02.cw | xen_version(XENVER_CHANGESET, VIRT_START)                    |
        | SAFE-02.cx | xen_version(XENVER_PLATFORM_PARAMETERS, VIRT_START)          |
        | SAFE-02.cy | xen_version(XENVER_GET_FEATURES, VIRT_START)                 |
        | SAFE-02.cz | xen_version(XENVER_GUEST_HANDLE, VIRT_START)                 |
        | SAFE-02.da | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, VIRT_START)             |

    Scenario Outline: <case> a pointer to the hypervisor's own memory: <call>
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                                         |
        | SAFE-02.db | set_trap_table(0xFC000000)                                   |
        | SAFE-02.dc | mmu_update(0xFC000000, 1, 0, DOMID_SELF)                     |
        | SAFE-02.dd | set_gdt(0xFC000000, 1024)                                    |
        | SAFE-02.de | mmuext_op(0xFC000000, 1, 0, DOMID_SELF)                      |
        | SAFE-02.df | multicall(0xFC000000, 1)                                     |
        | SAFE-02.dg | memory_op(XENMEM_EXCHANGE, 0xFC000000)                       |
        | SAFE-02.dh | memory_op(XENMEM_MACHPHYS_MFN_LIST, 0xFC000000)              |
        | SAFE-02.di | event_channel_op_compat(0xFC000000)                          |
        | SAFE-02.dj | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, 0xFC000000)         |
        | SAFE-02.dk | event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, 0xFC000000)      |
        | SAFE-02.dl | event_channel_op(EVTCHNOP_BIND_VIRQ, 0xFC000000)             |
        | SAFE-02.dm | event_channel_op(EVTCHNOP_BIND_IPI, 0xFC000000)              |
        | SAFE-02.dn | event_channel_op(EVTCHNOP_CLOSE, 0xFC000000)                 |
        | SAFE-02.do | event_channel_op(EVTCHNOP_SEND, 0xFC000000)                  |
        | SAFE-02.dp | event_channel_op(EVTCHNOP_STATUS, 0xFC000000)                |
        | SAFE-02.dq | event_channel_op(EVTCHNOP_BIND_VCPU, 0xFC000000)             |
        | SAFE-02.dr | event_channel_op(EVTCHNOP_UNMASK, 0xFC000000)                |
        | SAFE-02.ds | event_channel_op(EVTCHNOP_RESET, 0xFC000000)                 |
        | SAFE-02.dt | xen_version(XENVER_GET_FEATURES, 0xFC000000)                 |
        | SAFE-02.du | sched_op(SCHEDOP_SHUTDOWN, 0xFC000000)                       |
        | SAFE-02.dv | sched_op(SCHEDOP_POLL, 0xFC000000)                           |
        | SAFE-02.dw | callback_op(CALLBACK_REGISTER, 0xFC000000)                   |
        | SAFE-02.dx | callback_op(CALLBACK_UNREGISTER, 0xFC000000)                 |
        | SAFE-02.dy | physdev_op(PHYSDEVOP_SET_IOPL, 0xFC000000)                   |
        | SAFE-02.dz | physdev_op(PHYSDEVOP_SET_IOBITMAP, 0xFC000000)               |
        | SAFE-02.ea | physdev_op(PHYSDEVOP_IRQ_STATUS_QUERY, 0xFC000000)           |
        | SAFE-02.eb | physdev_op_compat(0xFC000000)                                |
        | SAFE-02.ec | vcpu_op(VCPUOP_REGISTER_RUNSTATE_MEMORY_AREA, 0, 0xFC000000) |
        | SAFE-02.ed | vcpu_op(VCPUOP_SET_PERIODIC_TIMER, 0, 0xFC000000)            |
        | SAFE-02.ee | vcpu_op(VCPUOP_SET_SINGLESHOT_TIMER, 0, 0xFC000000)          |
        | SAFE-02.ef | xen_version(XENVER_EXTRAVERSION, 0xFC000000)                 |
        | SAFE-02.eg | xen_version(XENVER_COMPILE_INFO, 0xFC000000)                 |
        | SAFE-02.eh | xen_version(XENVER_CAPABILITIES, 0xFC000000)                 |
        | SAFE-02.ei | xen_version(XENVER_CHANGESET, 0xFC000000)                    |
        | SAFE-02.ej | xen_version(XENVER_PLATFORM_PARAMETERS, 0xFC000000)          |
        | SAFE-02.ek | xen_version(XENVER_GET_FEATURES, 0xFC000000)                 |
        | SAFE-02.el | xen_version(XENVER_GUEST_HANDLE, 0xFC000000)                 |
        | SAFE-02.em | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, 0xFC000000)             |

    @host-32
    Scenario Outline: <case> a pointer from the last word below the hypervisor's range into it: <call>
      Given a page "edge" right below the hypervisor's range
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                                        |
        | SAFE-02.en | set_trap_table(VIRT_START - 4)                              |
        | SAFE-02.eo | mmu_update(VIRT_START - 4, 1, 0, DOMID_SELF)                |
        | SAFE-02.ep | set_gdt(VIRT_START - 4, 1024)                               |
        | SAFE-02.eq | mmuext_op(VIRT_START - 4, 1, 0, DOMID_SELF)                 |
        | SAFE-02.er | multicall(VIRT_START - 4, 1)                                |
        | SAFE-02.es | memory_op(XENMEM_EXCHANGE, VIRT_START - 4)                  |
        | SAFE-02.et | memory_op(XENMEM_MACHPHYS_MFN_LIST, VIRT_START - 4)         |
        | SAFE-02.eu | event_channel_op_compat(VIRT_START - 4)                     |
        | SAFE-02.ev | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, VIRT_START - 4)    |
        | SAFE-02.ew | event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, VIRT_START - 4) |
        | SAFE-02.ex | event_channel_op(EVTCHNOP_BIND_VIRQ, VIRT_START - 4)        |
        | SAFE-02.ey | event_channel_op(EVTCHNOP_BIND_IPI, VIRT_START - 4)         |
        | SAFE-02.ez | event_channel_op(EVTCHNOP_STATUS, VIRT_START - 4)           |
        | SAFE-02.fa | event_channel_op(EVTCHNOP_BIND_VCPU, VIRT_START - 4)        |
        | SAFE-02.fb | xen_version(XENVER_GET_FEATURES, VIRT_START - 4)            |
        | SAFE-02.fc | sched_op(SCHEDOP_POLL, VIRT_START - 4)                      |
        | SAFE-02.fd | callback_op(CALLBACK_REGISTER, VIRT_START - 4)              |
        | SAFE-02.fe | physdev_op(PHYSDEVOP_SET_IOBITMAP, VIRT_START - 4)          |
        | SAFE-02.ff | physdev_op(PHYSDEVOP_IRQ_STATUS_QUERY, VIRT_START - 4)      |
        | SAFE-02.fg | physdev_op_compat(VIRT_START - 4)                           |
        | SAFE-02.fh | vcpu_op(VCPUOP_SET_PERIODIC_TIMER, 0, VIRT_START - 4)       |
        | SAFE-02.fi | vcpu_op(VCPUOP_SET_SINGLESHOT_TIMER, 0, VIRT_START - 4)     |
        | SAFE-02.fj | xen_version(XENVER_EXTRAVERSION, VIRT_START - 4)            |
        | SAFE-02.fk | xen_version(XENVER_COMPILE_INFO, VIRT_START - 4)            |
        | SAFE-02.fl | xen_version(XENVER_CAPABILITIES, VIRT_START - 4)            |
        | SAFE-02.fm | xen_version(XENVER_CHANGESET, VIRT_START - 4)               |
        | SAFE-02.fn | xen_version(XENVER_GET_FEATURES, VIRT_START - 4)            |
        | SAFE-02.fo | xen_version(XENVER_GUEST_HANDLE, VIRT_START - 4)            |
        | SAFE-02.fp | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, VIRT_START - 4)        |

    Scenario Outline: <case> a pointer to the last word of the address space, wrapping to 0: <call>
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                                    |
        | SAFE-02.fq | set_trap_table(0xFFFFFFFC)                              |
        | SAFE-02.fr | mmu_update(0xFFFFFFFC, 1, 0, DOMID_SELF)                |
        | SAFE-02.fs | set_gdt(0xFFFFFFFC, 1024)                               |
        | SAFE-02.ft | mmuext_op(0xFFFFFFFC, 1, 0, DOMID_SELF)                 |
        | SAFE-02.fu | multicall(0xFFFFFFFC, 1)                                |
        | SAFE-02.fv | memory_op(XENMEM_EXCHANGE, 0xFFFFFFFC)                  |
        | SAFE-02.fw | memory_op(XENMEM_MACHPHYS_MFN_LIST, 0xFFFFFFFC)         |
        | SAFE-02.fx | event_channel_op_compat(0xFFFFFFFC)                     |
        | SAFE-02.fy | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, 0xFFFFFFFC)    |
        | SAFE-02.fz | event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, 0xFFFFFFFC) |
        | SAFE-02.ga | event_channel_op(EVTCHNOP_BIND_VIRQ, 0xFFFFFFFC)        |
        | SAFE-02.gb | event_channel_op(EVTCHNOP_BIND_IPI, 0xFFFFFFFC)         |
        | SAFE-02.gc | event_channel_op(EVTCHNOP_STATUS, 0xFFFFFFFC)           |
        | SAFE-02.gd | event_channel_op(EVTCHNOP_BIND_VCPU, 0xFFFFFFFC)        |
        | SAFE-02.ge | xen_version(XENVER_GET_FEATURES, 0xFFFFFFFC)            |
        | SAFE-02.gf | sched_op(SCHEDOP_POLL, 0xFFFFFFFC)                      |
        | SAFE-02.gg | callback_op(CALLBACK_REGISTER, 0xFFFFFFFC)              |
        | SAFE-02.gh | physdev_op(PHYSDEVOP_SET_IOBITMAP, 0xFFFFFFFC)          |
        | SAFE-02.gi | physdev_op(PHYSDEVOP_IRQ_STATUS_QUERY, 0xFFFFFFFC)      |
        | SAFE-02.gj | physdev_op_compat(0xFFFFFFFC)                           |
        | SAFE-02.gk | vcpu_op(VCPUOP_SET_PERIODIC_TIMER, 0, 0xFFFFFFFC)       |
        | SAFE-02.gl | vcpu_op(VCPUOP_SET_SINGLESHOT_TIMER, 0, 0xFFFFFFFC)     |
        | SAFE-02.gm | xen_version(XENVER_EXTRAVERSION, 0xFFFFFFFC)            |
        | SAFE-02.gn | xen_version(XENVER_COMPILE_INFO, 0xFFFFFFFC)            |
        | SAFE-02.go | xen_version(XENVER_CAPABILITIES, 0xFFFFFFFC)            |
        | SAFE-02.gp | xen_version(XENVER_CHANGESET, 0xFFFFFFFC)               |
        | SAFE-02.gq | xen_version(XENVER_GET_FEATURES, 0xFFFFFFFC)            |
        | SAFE-02.gr | xen_version(XENVER_GUEST_HANDLE, 0xFFFFFFFC)            |
        | SAFE-02.gs | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, 0xFFFFFFFC)        |

    Scenario Outline: <case> a pointer to a page that is read-only: <call>
      Given a page "readonly"
      And "readonly" holds 0x7FF07FF0
      And "readonly" is mapped read-only
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                               |
        | SAFE-02.gt | xen_version(XENVER_EXTRAVERSION, readonly)         |
        | SAFE-02.gu | xen_version(XENVER_COMPILE_INFO, readonly)         |
        | SAFE-02.gv | xen_version(XENVER_CAPABILITIES, readonly)         |
        | SAFE-02.gw | xen_version(XENVER_CHANGESET, readonly)            |
        | SAFE-02.gx | xen_version(XENVER_PLATFORM_PARAMETERS, readonly)  |
        | SAFE-02.gy | xen_version(XENVER_GUEST_HANDLE, readonly)         |
        | SAFE-02.gz | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, readonly)     |
        | SAFE-02.ha | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, readonly) |
        | SAFE-02.hb | event_channel_op(EVTCHNOP_STATUS, readonly)        |
        | SAFE-02.hc | multicall(readonly, 1)                             |

    Scenario Outline: <case> a pointer from a writable page into one that is read-only: <call>
      Given a page "before"
      And the last 16 bytes of "before" are the element {(0), 0x7FF07FF0 << 32}
      And a page "readonly" mapped read-only
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed but the bytes of "before"

      Examples:
        | case       | call                                                   |
        | SAFE-02.hd | xen_version(XENVER_EXTRAVERSION, readonly - 4)         |
        | SAFE-02.he | xen_version(XENVER_COMPILE_INFO, readonly - 4)         |
        | SAFE-02.hf | xen_version(XENVER_CAPABILITIES, readonly - 4)         |
        | SAFE-02.hg | xen_version(XENVER_CHANGESET, readonly - 4)            |
        | SAFE-02.hh | xen_version(XENVER_GUEST_HANDLE, readonly - 4)         |
        | SAFE-02.hi | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, readonly - 4)     |
        | SAFE-02.hj | event_channel_op(EVTCHNOP_ALLOC_UNBOUND, readonly - 4) |
        | SAFE-02.hk | event_channel_op(EVTCHNOP_STATUS, readonly - 4)        |
        | SAFE-02.hl | multicall(readonly - 4, 1)                             |

    Scenario Outline: <case> a pointer to a page table: <call>
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                             |
        | SAFE-02.hm | xen_version(XENVER_EXTRAVERSION, boot_l1)        |
        | SAFE-02.hn | xen_version(XENVER_COMPILE_INFO, boot_l1)        |
        | SAFE-02.ho | xen_version(XENVER_CAPABILITIES, boot_l1)        |
        | SAFE-02.hp | xen_version(XENVER_CHANGESET, boot_l1)           |
        | SAFE-02.hq | xen_version(XENVER_PLATFORM_PARAMETERS, boot_l1) |
        | SAFE-02.hr | xen_version(XENVER_GUEST_HANDLE, boot_l1)        |
        | SAFE-02.hs | vcpu_op(VCPUOP_GET_RUNSTATE_INFO, 0, boot_l1)    |

    Scenario Outline: <case> a reservation that cannot be read has nothing done: <call>
      These calls answer how many extents were done, and say no more.

      Given an address "gap" that maps nothing
      When the guest calls <call>
      Then it returns 0
      And nothing has changed

      Examples:
        | case       | call                                               |
        | SAFE-02.ht | memory_op(XENMEM_INCREASE_RESERVATION, gap)        |
        | SAFE-02.hu | memory_op(XENMEM_INCREASE_RESERVATION, gap - 4)    |
        | SAFE-02.hv | memory_op(XENMEM_INCREASE_RESERVATION, VIRT_START) |
        | SAFE-02.hw | memory_op(XENMEM_INCREASE_RESERVATION, 0xFFFFFFFC) |
        | SAFE-02.hx | memory_op(XENMEM_DECREASE_RESERVATION, gap)        |
        | SAFE-02.hy | memory_op(XENMEM_DECREASE_RESERVATION, gap - 4)    |
        | SAFE-02.hz | memory_op(XENMEM_DECREASE_RESERVATION, VIRT_START) |
        | SAFE-02.ia | memory_op(XENMEM_DECREASE_RESERVATION, 0xFFFFFFFC) |
        | SAFE-02.ib | memory_op(XENMEM_POPULATE_PHYSMAP, gap)            |
        | SAFE-02.ic | memory_op(XENMEM_POPULATE_PHYSMAP, gap - 4)        |
        | SAFE-02.id | memory_op(XENMEM_POPULATE_PHYSMAP, VIRT_START)     |
        | SAFE-02.ie | memory_op(XENMEM_POPULATE_PHYSMAP, 0xFFFFFFFC)     |

    Scenario Outline: <case> a list whose length times its elements' size wraps: <call>
      Given a page "list"
      When the guest calls <call>
      Then it is refused with <refusal>
      And nothing has changed

      Examples: 2^32 bytes and a little more
        | case       | call                                        | refusal                   |
        | SAFE-02.if | mmu_update(list, 0x20000001, 0, DOMID_SELF) | EFAULT, from 4.17: EINVAL |
        | SAFE-02.ig | mmuext_op(list, 0x15555556, 0, DOMID_SELF)  | EFAULT, from 4.17: EINVAL |
        | SAFE-02.ih | multicall(list, 0x08000001)                 | EFAULT                    |
        | SAFE-02.ii | mmu_update(list, 0x7FFFFFFF, 0, DOMID_SELF) | EFAULT, from 4.17: EINVAL |
        | SAFE-02.ij | mmuext_op(list, 0x7FFFFFFF, 0, DOMID_SELF)  | EFAULT, from 4.17: EINVAL |
        | SAFE-02.ik | multicall(list, 0xFFFFFFFF)                 | EFAULT                    |

    Scenario Outline: <case> a good structure that names a bad list: <call>
      Given an address "gap" that maps nothing
      When the guest calls <call>
      Then it is refused with EFAULT
      And nothing has changed

      Examples:
        | case       | call                                                           |
        | SAFE-02.il | sched_op(SCHEDOP_POLL, {gap, 1, 0, 0})                         |
        | SAFE-02.in | sched_op(SCHEDOP_POLL, {0xFFFFFFFC, 2, 0, 0})                  |
        | SAFE-02.io | vcpu_op(VCPUOP_REGISTER_RUNSTATE_MEMORY_AREA, 0, [VIRT_START]) |
        | SAFE-02.ip | vcpu_op(VCPUOP_REGISTER_RUNSTATE_MEMORY_AREA, 0, [0xFFFFFFE0]) |

      @host-32
      Examples: an address that a 32-bit host keeps for itself
        | case       | call                                                           |
        | SAFE-02.im | sched_op(SCHEDOP_POLL, {VIRT_START, 1, 0, 0})                  |

    @initial
    Scenario Outline: <case> the initial domain's console, <call>
      Given a page "before"
      And an address "gap" that maps nothing
      When the guest calls <call>
      Then it is refused with EFAULT

      Examples:
        | case       | call                                        |
        | SAFE-02.iq | console_io(CONSOLEIO_WRITE, 16, gap)        |
        | SAFE-02.is | console_io(CONSOLEIO_WRITE, 16, 0xFFFFFFFC) |

      @host-32
      Examples: an address that a 32-bit host keeps for itself
        | case       | call                                        |
        | SAFE-02.ir | console_io(CONSOLEIO_WRITE, 16, VIRT_START) |

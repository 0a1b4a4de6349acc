@EVT
Feature: Operations on event channels

  @EVT-11
  Rule: Each operation gives the results and errors that the public header states

    Scenario Outline: <case> EVTCHNOP_alloc_unbound for domain <remote> gives a port that waits for that domain
      When the guest calls event_channel_op(EVTCHNOP_ALLOC_UNBOUND, {u16 DOMID_SELF, u16 <remote>, 0x5A5A})
      Then it returns 0
      And "port" names the 32 bits at arguments + 4
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_UNBOUND
      And the 32 bits at arguments + 12 are 0
      And the 16 bits at arguments + 16 are <seen>

      Examples: the domain need not exist
        | case     | remote     | seen   |
        | EVT-11.a | DOMID_SELF | domid  |
        | EVT-11.b | domid      | domid  |
        | EVT-11.c | 77         | 77     |

    Scenario: EVT-11.d EVTCHNOP_bind_ipi gives a port that notifies that vcpu
      When the guest calls event_channel_op(EVTCHNOP_BIND_IPI, {0, 0x5A5A})
      Then it returns 0
      And "port" names the 32 bits at arguments + 4
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_IPI
      And the 32 bits at arguments + 12 are 0

    Scenario: EVT-11.e EVTCHNOP_bind_ipi to another vcpu
      Given a domain of 2 vcpus
      When the guest calls event_channel_op(EVTCHNOP_BIND_IPI, {1, 0x5A5A})
      Then it returns 0
      And "port" names the 32 bits at arguments + 4
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_IPI
      And the 32 bits at arguments + 12 are 1

    Scenario: EVT-11.f two bindings of the same vcpu are two ports
      When the guest calls event_channel_op(EVTCHNOP_BIND_IPI, {0, 0})
      Then it returns 0
      And "first_port" names the 32 bits at arguments + 4
      When the guest calls event_channel_op(EVTCHNOP_BIND_IPI, {0, first_port})
      Then it returns 0
      And "second_port" names the 32 bits at arguments + 4
      And the guest has called event_channel_op(EVTCHNOP_SEND, {first_port})
      And the bits of "first_port" read pending 1, mask 1, selector 0, and upcall_pending is 0
      And the bits of "second_port" read pending 0, mask 1, selector 0, and upcall_pending is 0

    Scenario Outline: <case> EVTCHNOP_bind_virq of <virq>
      When the guest calls event_channel_op(EVTCHNOP_BIND_VIRQ, {<virq>, 0, 0x5A5A})
      Then it returns 0
      And "port" names the 32 bits at arguments + 8
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_VIRQ
      And the 32 bits at arguments + 12 are 0
      And the 32 bits at arguments + 16 are <virq>
      When the guest calls event_channel_op(EVTCHNOP_BIND_VIRQ, {<virq>, 0, 0})
      Then it is refused with EEXIST

      Examples: a vcpu's own, one of the whole domain
        | case     | virq         |
        | EVT-11.g | VIRQ_TIMER   |
        | EVT-11.h | VIRQ_DEBUG   |
        | EVT-11.i | VIRQ_DOM_EXC |

    Scenario: EVT-11.j a vcpu's own interrupt can be bound once on each vcpu
      Given a domain of 3 vcpus
      And the event channel "on 0" of virtual interrupt VIRQ_DEBUG on vcpu 0
      When the guest calls event_channel_op(EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 2, 0})
      Then it returns 0
      And "port" names the 32 bits at arguments + 8
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 12 are 2
      When the guest calls event_channel_op(EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 2, 0})
      Then it is refused with EEXIST
      When the guest calls event_channel_op(EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 1, 0})
      Then it returns 0

    Scenario: EVT-11.k closing a virtual interrupt's port makes it free to be bound again
      Given the event channel "port" of virtual interrupt VIRQ_DEBUG on vcpu 0
      When the guest calls event_channel_op(EVTCHNOP_CLOSE, {port})
      Then it returns 0
      When the guest calls event_channel_op(EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 0, 0})
      Then it returns 0

    Scenario: EVT-11.l EVTCHNOP_bind_interdomain connects two ports, and each end tells of the other
      Given an unbound port "far" for domain DOMID_SELF
      When the guest calls event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, far, 0x5A5A})
      Then it returns 0
      And "near" names the 32 bits at arguments + 8
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, near, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_INTERDOMAIN
      And the 32 bits at arguments + 12 are 0
      And the 16 bits at arguments + 16 are domid
      And the 32 bits at arguments + 20 are far
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, far, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_INTERDOMAIN
      And the 16 bits at arguments + 16 are domid
      And the 32 bits at arguments + 20 are near

    Scenario: EVT-11.m a channel between two domains
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain first.domid
      And from here on the guest is the first domain
      When the guest calls event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, {u16 second.domid, second.far, 0})
      Then it returns 0
      And "near" names the 32 bits at arguments + 8
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, near, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_INTERDOMAIN
      And the 16 bits at arguments + 16 are second.domid
      And the 32 bits at arguments + 20 are second.far
      When from here on the guest is the second domain
      And the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, far, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_INTERDOMAIN
      And the 16 bits at arguments + 16 are first.domid
      And the 32 bits at arguments + 20 are first.near
      And the guest has called event_channel_op(EVTCHNOP_SEND, {far})
      And from here on the guest is the first domain
      And the 32 bits at evtchn_pending are 1 << near

    Scenario: EVT-11.n a port that waits for another domain is refused to this one
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain DOMID_SELF
      And the event channels are noted
      And from here on the guest is the first domain
      When the guest calls event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, {u16 second.domid, second.far, 0})
      Then it is refused with EINVAL
      When from here on the guest is the second domain
      Then no event channel has changed

    Scenario: EVT-11.o closing one end leaves the other waiting for the same domain
      Given a second domain
      And from here on the guest is the second domain
      And an unbound port "far" for domain first.domid
      And from here on the guest is the first domain
      And "near" is connected to port second.far of domain second.domid
      When the guest calls event_channel_op(EVTCHNOP_CLOSE, {near})
      Then it returns 0
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, near, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_CLOSED
      When from here on the guest is the second domain
      And the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, far, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_UNBOUND
      And the 16 bits at arguments + 16 are first.domid
      When from here on the guest is the first domain
      And the guest calls event_channel_op(EVTCHNOP_BIND_INTERDOMAIN, {u16 second.domid, second.far, 0})
      Then it returns 0

    Scenario Outline: <case> the status of port <port>
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, <port>, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_CLOSED
      And the 32 bits at arguments + 12 are 0

      Examples: the port that is never anybody's, one never used
        | case     | port |
        | EVT-11.p | 0    |
        | EVT-11.r | 60   |

    Scenario Outline: <case> EVTCHNOP_close of <kind> frees the port
      Given <given>
      When the guest calls event_channel_op(EVTCHNOP_CLOSE, {port})
      Then it returns 0
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 8 are EVTCHNSTAT_CLOSED
      When the guest calls event_channel_op(EVTCHNOP_SEND, {port})
      Then it is refused with EINVAL
      When the guest calls event_channel_op(EVTCHNOP_CLOSE, {port})
      Then it is refused with EINVAL

      Examples:
        | case      | kind                    | given                                                               |
        | EVT-11.s  | an inter-processor port | an event channel "port"                                             |
        | EVT-11.t  | an unbound port         | an unbound port "port" for domain 77                                |
        | EVT-11.u  | a virtual interrupt     | the event channel "port" of virtual interrupt VIRQ_DEBUG on vcpu 0  |
        | EVT-11.v  | an end of a channel     | the two ends "port" and "far" of a channel of the domain's own      |

    Scenario: EVT-11.w a freed port notifies vcpu 0 when it is used again
      Given a domain of 2 vcpus
      And the event channel "port" of vcpu 1
      And the guest has called event_channel_op(EVTCHNOP_CLOSE, {port})
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 12 are 0

    Scenario Outline: <case> <request> is refused with <errno>
      Given an event channel "ipi"
      And the timer's event channel "virq"
      And an unbound port "unbound" for domain 77
      And the two ends "near" and "far" of a channel of the domain's own
      And a closed port "closed"
      And the event channels are noted
      When the guest calls event_channel_op(<request>)
      Then it is refused with <errno>
      And no event channel has changed

      Examples: EVTCHNOP_bind_interdomain: no such domain, no such port, a port in another state, one for somebody else
        | case      | request                                                   | errno  |
        | EVT-11.ba | EVTCHNOP_BIND_INTERDOMAIN, {u16 0x7123, unbound, 0}        | ESRCH  |
        | EVT-11.bb | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, 0, 0}          | EINVAL |
        | EVT-11.bc | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, 500, 0}        | EINVAL |
        | EVT-11.bd | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, 1024, 0}       | EINVAL |
        | EVT-11.be | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, 0xFFFFFFFF, 0} | EINVAL |
        | EVT-11.bf | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, closed, 0}     | EINVAL |
        | EVT-11.bg | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, ipi, 0}        | EINVAL |
        | EVT-11.bh | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, virq, 0}       | EINVAL |
        | EVT-11.bi | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, far, 0}        | EINVAL |
        | EVT-11.bj | EVTCHNOP_BIND_INTERDOMAIN, {u16 DOMID_SELF, unbound, 0}    | EINVAL |

      Examples: EVTCHNOP_bind_virq: no such interrupt, one of the whole domain elsewhere than on vcpu 0, no such vcpu, bound already
        | case      | request                                              | errno  |
        | EVT-11.ca | EVTCHNOP_BIND_VIRQ, {24, 0, 0}                       | EINVAL |
        | EVT-11.cb | EVTCHNOP_BIND_VIRQ, {0xFFFFFFFF, 0, 0}               | EINVAL |
        | EVT-11.cc | EVTCHNOP_BIND_VIRQ, {VIRQ_DOM_EXC, 1, 0}             | EINVAL |
        | EVT-11.cd | EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 31, 0}              | ENOENT |
        | EVT-11.ce | EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 32, 0}              | ENOENT |
        | EVT-11.cf | EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 0xFFFFFFFF, 0}      | ENOENT |
        | EVT-11.cg | EVTCHNOP_BIND_VIRQ, {VIRQ_TIMER, 0, 0}               | EEXIST |

      Examples: EVTCHNOP_bind_ipi: no such vcpu
        | case      | request                               | errno  |
        | EVT-11.da | EVTCHNOP_BIND_IPI, {31, 0}            | ENOENT |
        | EVT-11.db | EVTCHNOP_BIND_IPI, {32, 0}            | ENOENT |
        | EVT-11.dc | EVTCHNOP_BIND_IPI, {0xFFFFFFFF, 0}    | ENOENT |

      Examples: EVTCHNOP_close: the port that is never anybody's, one that is not there, a closed one
        | case      | request                       | errno  |
        | EVT-11.ea | EVTCHNOP_CLOSE, {0}           | EINVAL |
        | EVT-11.eb | EVTCHNOP_CLOSE, {500}         | EINVAL |
        | EVT-11.ec | EVTCHNOP_CLOSE, {1024}        | EINVAL |
        | EVT-11.ed | EVTCHNOP_CLOSE, {0xFFFFFFFF}  | EINVAL |
        | EVT-11.ee | EVTCHNOP_CLOSE, {closed}      | EINVAL |

      Examples: EVTCHNOP_send: through what is no channel, and through an interrupt
        | case      | request                      | errno  |
        | EVT-11.fa | EVTCHNOP_SEND, {0}           | EINVAL |
        | EVT-11.fb | EVTCHNOP_SEND, {500}         | EINVAL |
        | EVT-11.fc | EVTCHNOP_SEND, {1024}        | EINVAL |
        | EVT-11.fd | EVTCHNOP_SEND, {0xFFFFFFFF}  | EINVAL |
        | EVT-11.fe | EVTCHNOP_SEND, {closed}      | EINVAL |
        | EVT-11.ff | EVTCHNOP_SEND, {virq}        | EINVAL |

      Examples: EVTCHNOP_status
        | case      | request                                                    | errno  |
        | EVT-11.ga | EVTCHNOP_STATUS, {u16 DOMID_SELF, 500, 0, 0, 0, 0}         | EINVAL |
        | EVT-11.gb | EVTCHNOP_STATUS, {u16 DOMID_SELF, 1024, 0, 0, 0, 0}        | EINVAL |
        | EVT-11.gc | EVTCHNOP_STATUS, {u16 DOMID_SELF, 0xFFFFFFFF, 0, 0, 0, 0}  | EINVAL |

      Examples: EVTCHNOP_bind_vcpu: no such vcpu, no such port, ports that stay where they are
        | case      | request                               | errno  |
        | EVT-11.ha | EVTCHNOP_BIND_VCPU, {far, 31}         | ENOENT |
        | EVT-11.hb | EVTCHNOP_BIND_VCPU, {far, 32}         | ENOENT |
        | EVT-11.hc | EVTCHNOP_BIND_VCPU, {far, 0xFFFFFFFF} | ENOENT |
        | EVT-11.hd | EVTCHNOP_BIND_VCPU, {0, 0}            | EINVAL |
        | EVT-11.he | EVTCHNOP_BIND_VCPU, {500, 0}          | EINVAL |
        | EVT-11.hf | EVTCHNOP_BIND_VCPU, {1024, 0}         | EINVAL |
        | EVT-11.hg | EVTCHNOP_BIND_VCPU, {closed, 0}       | EINVAL |
        | EVT-11.hh | EVTCHNOP_BIND_VCPU, {ipi, 0}          | EINVAL |
        | EVT-11.hi | EVTCHNOP_BIND_VCPU, {virq, 0}         | EINVAL |

      Examples: EVTCHNOP_unmask
        | case      | request                        | errno  |
        | EVT-11.ia | EVTCHNOP_UNMASK, {500}         | EINVAL |
        | EVT-11.ib | EVTCHNOP_UNMASK, {1024}        | EINVAL |
        | EVT-11.ic | EVTCHNOP_UNMASK, {0xFFFFFFFF}  | EINVAL |

      Examples: physical interrupts that there cannot be
        | case      | request                              | errno  |
        | EVT-11.ja | EVTCHNOP_BIND_PIRQ, {0xFFFFFFFF, 0, 0} | EINVAL |

      @ordinary
      Examples: what is the initial domain's only
        | case      | request                                                   | errno |
        | EVT-11.jb | EVTCHNOP_BIND_PIRQ, {9, 0, 0}                             | EPERM |
        | EVT-11.jc | EVTCHNOP_ALLOC_UNBOUND, {u16 0, u16 DOMID_SELF, 0}        | EPERM |
        | EVT-11.jd | EVTCHNOP_STATUS, {u16 0, 1, 0, 0, 0, 0}                   | EPERM |
        | EVT-11.je | EVTCHNOP_RESET, {u16 0}                                   | EPERM |
        | EVT-11.ji | EVTCHNOP_STATUS, {u16 domid, 1, 0, 0, 0, 0}               | EPERM |

      @initial
      Examples: a domain that does not exist
        | case      | request                                                   | errno |
        | EVT-11.jf | EVTCHNOP_ALLOC_UNBOUND, {u16 0x7123, u16 DOMID_SELF, 0}   | ESRCH |
        | EVT-11.jg | EVTCHNOP_STATUS, {u16 0x7123, 1, 0, 0, 0, 0}              | ESRCH |
        | EVT-11.jh | EVTCHNOP_RESET, {u16 0x7123}                              | ESRCH |

      Examples: commands that there are not
        | case      | request          | errno  |
        | EVT-11.ka | 99, {0, 0}       | ENOSYS |
        | EVT-11.kb | 0xFFFFFFFF, {0}  | ENOSYS |

      Examples: structures where the guest may have none
        | case      | request                                | errno  |
        | EVT-11.la | EVTCHNOP_ALLOC_UNBOUND, 0xF6800000     | EFAULT |
        | EVT-11.lb | EVTCHNOP_BIND_INTERDOMAIN, 0xF6800000  | EFAULT |
        | EVT-11.lc | EVTCHNOP_BIND_VIRQ, 0xF6800000         | EFAULT |
        | EVT-11.ld | EVTCHNOP_BIND_IPI, 0xF6800000          | EFAULT |
        | EVT-11.le | EVTCHNOP_BIND_PIRQ, 0xF6800000         | EFAULT |
        | EVT-11.lf | EVTCHNOP_CLOSE, 0xF6800000             | EFAULT |
        | EVT-11.lg | EVTCHNOP_SEND, 0xF6800000              | EFAULT |
        | EVT-11.lh | EVTCHNOP_STATUS, 0xF6800000            | EFAULT |
        | EVT-11.li | EVTCHNOP_BIND_VCPU, 0xF6800000         | EFAULT |
        | EVT-11.lj | EVTCHNOP_UNMASK, 0xF6800000            | EFAULT |
        | EVT-11.lk | EVTCHNOP_RESET, 0xF6800000             | EFAULT |
        | EVT-11.ll | EVTCHNOP_SEND, 0xFFFFFFFE              | EFAULT |

    Scenario Outline: <case> <command> with its structure on a page that is <how> is refused with EFAULT
      Given a page "page"
      And "page" holds <structure>
      And the guest has called update_va_mapping(page, <entry>, UVMF_INVLPG)
      When the guest calls event_channel_op(<command>, page)
      Then it is refused with EFAULT

      Examples: what is asked cannot be read, what is answered cannot be written
        | case      | command                | how       | structure          | entry                 |
        | EVT-11.ma | EVTCHNOP_SEND          | not there | 0                  | 0                     |
        | EVT-11.mb | EVTCHNOP_BIND_IPI      | read-only | 0                  | entry(page, PRESENT)  |
        | EVT-11.mc | EVTCHNOP_ALLOC_UNBOUND | read-only | 0x4D7FF0           | entry(page, PRESENT)  |
        | EVT-11.md | EVTCHNOP_STATUS        | read-only | 0x7FF0             | entry(page, PRESENT)  |
        | EVT-11.me | EVTCHNOP_BIND_VIRQ     | read-only | VIRQ_DEBUG         | entry(page, PRESENT)  |

    Scenario Outline: <case> EVTCHNOP_bind_vcpu moves <kind>
      Given a domain of 2 vcpus
      And <given>
      When the guest calls event_channel_op(EVTCHNOP_BIND_VCPU, {port, 1})
      Then it returns 0
      When the guest calls event_channel_op(EVTCHNOP_STATUS, {u16 DOMID_SELF, port, 99, 99, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 12 are 1

      Examples: what is not bound to one vcpu
        | case      | kind                                | given                                                                  |
        | EVT-11.na | an unbound port                     | an unbound port "port" for domain 77                                   |
        | EVT-11.nb | an end of a channel                 | the two ends "port" and "far" of a channel of the domain's own         |
        | EVT-11.nc | a virtual interrupt of the domain's | the event channel "port" of virtual interrupt VIRQ_DOM_EXC on vcpu 0   |

    Scenario: EVT-11.nd a port that was moved raises its events on the new vcpu
      Given a domain of 2 vcpus
      And the two ends "near" and "far" of a channel of the domain's own
      And the guest has called event_channel_op(EVTCHNOP_BIND_VCPU, {far, 1})
      And events are masked
      And the bits of "far" are pending 0, mask 0, selector 0, and upcall_pending is 0
      When an event is sent to "near"
      Then it returns 0
      And the bits of "far" read pending 1, mask 0, selector 0, and upcall_pending is 0
      And the 8 bits at vcpu1_upcall_pending are 1
      And the 32 bits at vcpu1_pending_sel are 1

    Scenario: EVT-11.oa when all 1024 ports are taken, ENOSPC
      Given a page "structure"
      When the guest runs in ring 1
        """
        xor edi, edi
        again:
        mov dword [structure], 0
        mov ebx, EVTCHNOP_BIND_IPI
        mov ecx, structure
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        test eax, eax
        jnz ended
        cmp [structure + 4], edi
        jb again
        mov edi, [structure + 4]
        jmp again
        ended:
        mov esi, eax
        """
      Then the code runs to its end
      And ESI is -ENOSPC
      And EDI is 1023
      When the guest calls event_channel_op(EVTCHNOP_ALLOC_UNBOUND, {u16 DOMID_SELF, u16 DOMID_SELF, 0})
      Then it is refused with ENOSPC
      When the guest calls event_channel_op(EVTCHNOP_BIND_VIRQ, {VIRQ_DEBUG, 0, 0})
      Then it is refused with ENOSPC
      When the guest calls event_channel_op(EVTCHNOP_CLOSE, {700})
      Then it returns 0
      When the guest calls event_channel_op(EVTCHNOP_BIND_IPI, {0, 0})
      Then it returns 0
      And the 32 bits at arguments + 4 are 700

    Scenario Outline: <case> EVTCHNOP_reset closes <kind>
      Given <given>
      And a page "structures"
      When the guest runs in ring 1
        """
        mov dword [structures], 0x7FF0
        mov ebx, EVTCHNOP_RESET
        mov ecx, structures
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        mov dword [structures], 0x7FF0
        mov dword [structures + 4], port
        mov dword [structures + 8], 99
        mov esi, eax
        mov ebx, EVTCHNOP_STATUS
        mov ecx, structures
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        or eax, esi
        or eax, [structures + 8]
        mov edx, SHUTDOWN_POWEROFF
        jz end
        mov edx, SHUTDOWN_CRASH
        end:
        mov [structures], edx
        mov ebx, SCHEDOP_SHUTDOWN
        mov ecx, structures
        mov eax, __HYPERVISOR_SCHED_OP
        int 0x82
        """
      Then the domain has shut down with reason POWEROFF

      Examples: the console's port, too, so the guest tells by the way it ends
        | case      | kind                    | given                                                               |
        | EVT-11.pa | an inter-processor port | an event channel "port"                                             |
        | EVT-11.pb | an unbound port         | an unbound port "port" for domain 77                                |
        | EVT-11.pc | a virtual interrupt     | the event channel "port" of virtual interrupt VIRQ_DEBUG on vcpu 0  |
        | EVT-11.pd | an end of a channel     | the two ends "port" and "far" of a channel of the domain's own      |

    Scenario: EVT-11.qa the old form has its command before the structure
      When the guest calls event_channel_op_compat({EVTCHNOP_BIND_IPI, 0, 0, 0, 0, 0, 0})
      Then it returns 0
      And "port" names the 32 bits at arguments + 8
      When the guest calls event_channel_op_compat({EVTCHNOP_STATUS, u16 DOMID_SELF, port, 0, 0, 0, 0})
      Then it returns 0
      And the 32 bits at arguments + 12 are EVTCHNSTAT_IPI
      When the guest calls event_channel_op_compat({EVTCHNOP_SEND, port, 0, 0, 0, 0, 0})
      Then it returns 0
      And the bits of "port" read pending 1, mask 1, selector 0, and upcall_pending is 0
      When the guest calls event_channel_op_compat({EVTCHNOP_CLOSE, 0, 0, 0, 0, 0, 0})
      Then it is refused with EINVAL
      When the guest calls event_channel_op_compat({99, 0, 0, 0, 0, 0, 0})
      Then it is refused with ENOSYS
      When the guest calls event_channel_op_compat(0xF6800000)
      Then it is refused with EFAULT

@UPC
Feature: Callbacks of the guest kernel

  @UPC-01
  Rule: set_callbacks and callback_op register the event and failsafe callbacks

    Scenario Outline: <case> <how>: the event callback is entered
      Given an event channel "port"
      And the guest has called <call>
      When the guest runs in ring 1 with mask = 0
        """
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        after: nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "after"
      And the upcall ran in ring 1

      Examples: also with an RPL of 0, which is raised
        | case     | how           | call                                                                           |
        | UPC-01.a | set_callbacks | set_callbacks(FLAT_RING1_CS, upcall_entry, FLAT_RING1_CS, failsafe_entry)      |
        | UPC-01.b | set_callbacks | set_callbacks(0xE018, upcall_entry, 0xE018, failsafe_entry)                    |
        | UPC-01.c | callback_op   | callback_op(CALLBACK_REGISTER, {u16 CALLBACK_TYPE_EVENT, u16 0, FLAT_RING1_CS, upcall_entry}) |
        | UPC-01.d | callback_op   | callback_op(CALLBACK_REGISTER, {u16 CALLBACK_TYPE_EVENT, u16 0, 0xE018, upcall_entry}) |

    Scenario Outline: <case> callback_op <what> is refused
      When the guest calls callback_op(<command>, <structure>)
      Then it is refused with <refusal>

      Examples:
        | case     | what                    | command             | structure                                           | refusal |
        | UPC-01.e | an unknown command      | 2                   | {u16 0, u16 0, FLAT_RING1_CS, upcall_entry}         | ENOSYS, from 4.17: EINVAL |
        | UPC-01.f | at a bad address        | CALLBACK_REGISTER   | 0xF6800000                                          | EFAULT  |

  @UPC-02
  Rule: The upcall enters at the registered address, on the kernel stack from ring 3, on the current stack from ring 1

    Scenario: UPC-02.a from ring 3, on the stack of stack_switch
      Given an event channel "port"
      And a page "stack"
      And the guest has called stack_switch(FLAT_RING1_SS, stack + 4096)
      And an event is pending on "port"
      When the guest enters ring 3 by the iret hypercall
        """
        start: nop
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall came at "start"
      And the upcall's frame lies at stack + 4096 - 20

    Scenario: UPC-02.b from ring 1, on the current stack
      Given an event channel "port"
      And a page "stack"
      And the guest has called stack_switch(FLAT_RING1_SS, stack + 4096)
      When the guest runs in ring 1 with mask = 0
        """
        mov esi, esp
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        """
      Then the code runs to its end
      And 1 upcall came
      And the upcall's frame lies at ESI - 12

  @UPC-03 @host-32
  Rule: When a segment register cannot be reloaded, the failsafe callback gets the original selectors

    Scenario Outline: <case> the descriptor that <register> names goes away
      Given a page "gdt" mapped read-only
      And entry 1 of "gdt" is descriptor(0, 0xFFFF, 0x4B3)
      And the guest has called set_gdt([mfn(gdt)], 512)
      When the guest runs in ring 1 with mask = 1
        """
        mov eax, 0x09
        mov <register>, eax
        xor ebx, ebx
        xor ecx, ecx
        mov eax, __HYPERVISOR_SET_GDT
        int 0x82
        after: nop
        """
      Then the failsafe callback is entered at "after"
      And its frame has <frame>
      And its frame has CS FLAT_RING1_CS
      And its frame has mask 1
      And in it DS, ES, FS and GS are 0

      Examples: at once, on the return from set_gdt
        | case     | register | frame   |
        | UPC-03.a | gs       | GS 0x09 |
        | UPC-03.b | fs       | FS 0x09 |
        | UPC-03.c | es       | ES 0x09 |

  @UPC-04
  Rule: When the return itself faults, the failsafe callback is entered with that frame

    @era-3.1 @era-4.2
    Scenario Outline: <case> iret to CS <cs>
      When the guest runs in ring 1 with mask = 1
        """
        push dword 0x002
        push dword <cs>
        push dword there
        jmp hypercall_page + __HYPERVISOR_IRET * 32
        there: nop
        """
      Then the failsafe callback is entered at "there"
      And its frame has CS <cs>

      Examples: absent descriptors
        | case     | cs     |
        | UPC-04.a | 0x1239 |
        | UPC-04.b | 0x0009 |

  @UPC-05
  Rule: An upcall whose frame cannot be pushed kills the domain

    Scenario Outline: <case> with a stack at <where>
      Given an event channel "port"
      And an address "hole" that maps nothing
      When the guest runs in ring 1 with mask = 0
        """
        mov esp, <where>
        mov ecx, port_argument
        mov ebx, EVTCHNOP_SEND
        mov eax, __HYPERVISOR_EVENT_CHANNEL_OP
        int 0x82
        """
      Then the domain is killed

      Examples:
        | case     | where       |
        | UPC-05.a | hole + 4096 |
        | UPC-05.b | 0xFC000000  |

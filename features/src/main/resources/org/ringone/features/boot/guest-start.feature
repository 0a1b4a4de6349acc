@BOOT
Feature: How a guest kernel starts

  The guest kernel's start of day: it installs its paravirtual operations, takes the page tables it was given, reserves the
  hypervisor's part of the address space, and starts in its ordinary way: it maps shared_info, masks all event channels,
  registers its callbacks, raises an event of its own and enables events.

  @BOOT-16
  Rule: The guest maps nothing at or above virt_start

    Scenario: BOOT-16.a the kernel's top is a page below what the hypervisor says
      Given the guest kernel
      When the guest kernel calls reserve_top
      Then the code runs to its end
      And its hypercalls are xen_version
      And argument 1 of its hypercall 1 is XENVER_PLATFORM_PARAMETERS
      And the 32 bits at top_address are VIRT_START - 4096

    Scenario Outline: <case> its own top mapping number <index> works
      Given the guest kernel
      And a page "page"
      And "page" holds 0x1122334455667788
      And the guest kernel has run
        """
        call reserve_top
        """
      When the guest kernel runs with EAX = <index>, EDX = entry(page, PRESENT RW)
        """
        xor ecx, ecx
        call set_fixmap
        mov edx, [eax]
        """
      Then the code runs to its end
      And EAX is VIRT_START - 4096 - (<index> << 12)
      And EDX is 0x55667788

      Examples: the first ones, and both sides of an L1 table's end
        | case      | index |
        | BOOT-16.b | 0     |
        | BOOT-16.c | 1     |
        | BOOT-16.d | 511   |
        | BOOT-16.e | 512   |

    Scenario Outline: <case> a guest that <wrong> is refused its first top mapping
      Given a guest kernel that "<wrong>"
      And a page "page"
      And the guest kernel has run
        """
        call reserve_top
        """
      When the guest kernel runs with EDX = entry(page, PRESENT RW)
        """
        xor eax, eax
        xor ecx, ecx
        call set_fixmap
        """
      Then it stops at its own BUG

      Examples:
        | case      | wrong                                                                     |
        | BOOT-16.f | takes the top of the address space for its own                            |
        | BOOT-16.g | believes that the hypervisor's part is 64 MiB, as it is without PAE       |

  @BOOT-17
  Rule: Operations are installed and the supplied page tables are taken before the ordinary start

    Scenario: BOOT-17.a the kernel comes up, on the tables it was given
      When the guest kernel is started
      Then it comes up
      And its hypercalls are xen_version, update_va_mapping, set_callbacks, event_channel_op(BIND_IPI), event_channel_op(SEND), xen_version
      And the 32 bits at kernel_cr3 are boot_l3 - virt_base
      And the 32 bits at kernel_l2 are boot_l2

    Scenario: BOOT-17.b its operations are the paravirtual ones
      When the guest kernel is started
      Then it comes up
      And the 32 bits at operation_irq_disable are irq_disable
      And the 32 bits at operation_irq_enable are irq_enable
      And the 32 bits at operation_read_cr3 are read_cr3

    Scenario Outline: <case> a guest that <wrong> does not come up
      When a guest kernel that "<wrong>" is started
      Then it does not come up: the domain is killed

      Examples:
        | case      | wrong                                                              |
        | BOOT-17.c | starts before it has installed its operations                      |
        | BOOT-17.d | starts on a page table of its own and not on those it was given    |

  @BOOT-20
  Rule: The guest masks every channel itself and registers both callbacks before it unmasks

    Scenario: BOOT-20.a every channel is masked but the one that it lets through
      When the guest kernel is started
      Then it comes up
      And of the 1024 bits at entry_shared_info + 2176 only that of its channel is clear

    Scenario: BOOT-20.b the event that was pending when it first unmasked has come to its callback, once
      When the guest kernel is started
      Then it comes up
      And its hypercalls are xen_version, update_va_mapping, set_callbacks, event_channel_op(BIND_IPI), event_channel_op(SEND), xen_version
      And the 32 bits at event_upcalls are 1
      And the 32 bits at events_taken are 1

    Scenario: BOOT-20.c a guest that unmasks before it has registered its callbacks dies
      When a guest kernel that "unmasks before it has registered its callbacks" is started
      Then it does not come up: the domain is killed

    Scenario: BOOT-20.d a guest that leaves the event channels as it finds them lets all of them through
      When a guest kernel that "leaves the event channels as it finds them" is started
      Then it comes up
      And the 32 bits at entry_shared_info + 2176 are 0
      And the 32 bits at entry_shared_info + 2176 + 124 are 0

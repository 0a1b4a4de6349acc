@PRIV @PRIV-17
Feature: The interval timer

  Kernels that do not know what they run on measure their processor's clock by counter 2 of the interval timer, whose gate is bit 0 of
  port 0x61 and whose output is bit 5. It counts 1,193,181 times a second.

  Background:
    Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {1})

  Rule: Counter 2 counts down from what was loaded, and its output rises at the end

    Scenario: PRIV-17.a the largest count is not over at once; gate and speaker bits read as written
      When the guest runs in ring 1 with EAX = 0
        """
        mov al, 1
        out 0x61, al
        mov al, 0xB0
        out 0x43, al
        mov al, 0xFF
        out 0x42, al
        out 0x42, al
        in al, 0x61
        and eax, 0x23
        """
      Then the code runs to its end
      And EAX is 1

    @cpu-synchronous-clocks
    Scenario Outline: <case> the output rises after <count> ticks in mode 0
      Given a clock "batch_clock"
      When the guest runs in ring 1 with EAX = 0
        """
        in al, 0x61
        and al, 0xFC
        or al, 1
        out 0x61, al
        mov al, 0xB0
        out 0x43, al
        mov ebx, vcpu_info
        call batch_clock
        mov esi, eax
        mov eax, <count>
        out 0x42, al
        mov al, ah
        out 0x42, al
        again:
        call batch_clock
        sub eax, esi
        cmp eax, 2000000000
        ja late
        in al, 0x61
        mov ebp, eax
        test al, 0x20
        jz again
        call batch_clock
        sub eax, esi
        cmp eax, <least>
        setae cl
        movzx ecx, cl
        late:
        """
      Then the code runs to its end
      And ECX is 1
      And EBP & 0x20 is 0x20

      Examples: not before its time, and not never
        | case      | count | least    |
        | PRIV-17.b | 1194  | 900000   |
        | PRIV-17.c | 11932 | 9500000  |
        | PRIV-17.d | 59660 | 49000000 |

    Scenario: PRIV-17.e a count that goes on is smaller the next time, and a latched one stays until both bytes are read
      When the guest runs in ring 1 with EAX = 0
        """
        mov al, 1
        out 0x61, al
        mov al, 0xB0
        out 0x43, al
        mov al, 0xFF
        out 0x42, al
        out 0x42, al
        mov al, 0x80
        out 0x43, al
        mov ecx, 20000
        wait:
        loop wait
        mov al, 0x80
        out 0x43, al
        call count
        mov esi, eax
        call count
        sub esi, eax
        jmp end
        count:
        xor eax, eax
        in al, 0x42
        mov ah, al
        in al, 0x42
        xchg al, ah
        ret
        end:
        mov eax, esi
        dec eax
        sar eax, 31
        """
      Then the code runs to its end
      And EAX is 0

    Scenario: PRIV-17.f the read-back command tells how the counter was set up
      When the guest runs in ring 1 with EAX = 0
        """
        mov al, 0xB0
        out 0x43, al
        mov al, 0xFF
        out 0x42, al
        out 0x42, al
        mov al, 0xE8
        out 0x43, al
        xor eax, eax
        in al, 0x42
        and al, 0xBF
        """
      Then the code runs to its end
      And EAX is 0x30

  Rule: Nothing else is reached by these ports

    @ordinary
    Scenario Outline: <case> <instruction> reads all ones
      When the guest runs in ring 1 with EAX = 0x11223344, EDX = 0x42
        """
        <instruction>
        """
      Then the code runs to its end
      And EAX is <eax>

      Examples: wider accesses, the other counters
        | case      | instruction  | eax        |
        | PRIV-17.g | in ax, dx    | 0x1122FFFF |
        | PRIV-17.h | in eax, dx   | 0xFFFFFFFF |
        | PRIV-17.i | in al, 0x40  | 0x112233FF |
        | PRIV-17.j | in al, 0x41  | 0x112233FF |

    Scenario: PRIV-17.k without a virtual IOPL the ports fault as all others
      Given the guest has called physdev_op(PHYSDEVOP_SET_IOPL, {0})
      When the guest runs in ring 1
        """
        here: in al, 0x42
        """
      Then it faults with #GP(0) at "here"

@TRAP
Feature: The code selectors of trap handlers

  @TRAP-04
  Rule: A handler's selector has its RPL raised to 1; a bad one ends in the failsafe callback, never in ring 0

    Scenario: TRAP-04.a a selector with RPL 0 is entered with RPL 1
      Given the handler of vector 6 is registered with flags 0 and selector 0xE018
      When the guest runs in ring 1
        """
        here: ud2
        """
      Then it faults with #UD at "here"
      And the handler was entered at selector FLAT_RING1_CS

    @era-3.1
    Scenario Outline: <case> a handler in <selector> ends in the failsafe callback
      Given the handler of vector 6 is registered with flags 0 and selector <selector>
      When the guest runs in ring 1
        """
        here: ud2
        """
      Then the failsafe callback takes the place of the handler

      Examples: the hypervisor's code and data, its task state, flat data, a slot without a frame
        | case      | selector |
        | TRAP-04.b | 0xE008   |
        | TRAP-04.c | 0xE010   |
        | TRAP-04.d | 0xE040   |
        | TRAP-04.e | 0xE021   |
        | TRAP-04.f | 0x1238   |

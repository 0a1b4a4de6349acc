package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Failsafe;
import org.ringone.guest.Handling;
import org.ringone.guest.Outcome;
import org.ringone.guest.Register;
import org.ringone.guest.Registers;
import org.ringone.guest.Trap;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Code;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.Refusal;
import org.ringone.suite.world.Vectors;
import org.ringone.suite.world.World;

/** Guest code and how it ends. */
public final class CodeSteps {

    /** CF, PF, AF, ZF, SF, DF, OF. */
    private static final int ARITHMETIC_FLAGS = 0xCD5;

    /** TF, RF, NT, VM. */
    private static final int FLAGS_CLEARED_ON_ENTRY = 0x34100;

    private static final int FIRST_PATTERN = 0xA0000000;
    private static final int PATTERN_STEP = 0x01010000;
    private static final int START_FLAGS = 0x202;

    private static final Set<Register> GENERAL = EnumSet.of(
            Register.EAX, Register.ECX, Register.EDX, Register.EBX, Register.EBP, Register.ESI, Register.EDI);

    private final World world;
    private CodeRun last;

    public CodeSteps(World world) {
        this.world = world;
    }

    @Given("the code has run in ring {int}")
    public void hasRun(int ring, String assembly) {
        world.act(guest -> {
            run(guest, ring, assembly, "");
            if (!(world.outcome() instanceof Outcome.Completed)) {
                throw Violation.of("the code runs to its end", world.answer().toString());
            }
        });
    }

    @When("the guest runs in ring {int}")
    public void runs(int ring, String assembly) {
        world.act(guest -> run(guest, ring, assembly, ""));
    }

    @When("the guest runs in ring {int} with {}")
    public void runsWith(int ring, String settings, String assembly) {
        world.act(guest -> run(guest, ring, assembly, settings));
    }

    @When("the guest runs in ring {int} at {}")
    public void runsAt(int ring, String address, String assembly) {
        world.act(guest -> run(guest, Code.of(guest, ring, assembly, "").at(guest.word(address))));
    }

    @When("the guest enters ring {int} by the iret hypercall")
    public void enters(int ring, String assembly) {
        world.act(guest -> run(guest, Code.of(guest, ring, assembly, "").byHypercallIret()));
    }

    @When("^the guest runs in ring (\\d), and goes on after (\\d+) (#[A-Z]{2})$")
    public void goesOn(int ring, int times, String exception, String assembly) {
        world.act(guest ->
                run(guest, Code.of(guest, ring, assembly, "").on(Handling.go(Vectors.of(exception), times))));
    }

    @Then("^(\\d+) (#[A-Z]{2}) came$")
    public void came(int count, String exception) {
        world.act(guest -> {
            long seen = world.outcome().log().stream()
                    .filter(entry -> entry instanceof Trap trap && trap.vector() == Vectors.of(exception))
                    .count();
            if (seen != count) {
                throw Violation.of(count + " times " + exception, seen + " times; " + world.answer());
            }
        });
    }

    @Given("the code was cut short in ring {int} by {}")
    public void wasCutShort(int ring, String exception, String assembly) {
        world.act(guest -> {
            run(guest, ring, assembly, "");
            Refusal.of(exception, guest.profile().era(), guest).require(world.answer());
        });
    }

    private void run(Guest guest, int ring, String assembly, String settings) throws Exception {
        run(guest, Code.of(guest, ring, assembly, settings));
    }

    private void run(Guest guest, CodeRun code) throws Exception {
        last = code;
        world.labels(guest.probe().labels(last));
        world.runCode(guest, last);
    }

    @Then("the code runs to its end")
    public void completes() {
        world.act(guest -> completed());
    }

    private Outcome.Completed completed() {
        if (world.outcome() instanceof Outcome.Completed completed) {
            return completed;
        }
        throw Violation.of("the code runs to its end", world.answer().toString());
    }

    @Then("it faults with {} at {string}")
    public void faultsAt(String exception, String label) {
        world.act(guest -> {
            Refusal.of(exception, guest.profile().era(), guest).require(world.answer());
            Trap trap = ((Outcome.Trapped) world.outcome()).trap();
            int expected = world.label(label);
            if (trap.eip() != expected) {
                throw Violation.of(
                                String.format("saved EIP %08x (%s)", expected, label),
                                String.format("saved EIP %08x", trap.eip()))
                        .because(
                                "a fault saves the address of the instruction, a trap that of the next",
                                "where EIP is advanced");
            }
        });
    }

    /**
     * Rows of what it is called, how the code ends (an exception and where, or "completes"), and what entry 2 of the table
     * reads afterwards. The first row that fits is the alternative.
     */
    @Then("one of these documented alternatives holds")
    public void alternatives(List<List<String>> rows) {
        world.act(guest -> {
            long seen = guest.probe().read64(guest.page("table").address() + 16);
            for (int number = 0; number < rows.size(); number++) {
                List<String> row = rows.get(number);
                boolean completes = world.outcome() instanceof Outcome.Completed;
                boolean ends = row.get(1).equals("completes")
                        ? completes
                        : !completes
                                && Refusal.of(
                                                row.get(1)
                                                        .substring(0, row.get(1).indexOf(" at")),
                                                guest.profile().era(),
                                                guest)
                                        .matches(world.answer());
                if (ends && guest.evaluate(row.get(2)) == seen) {
                    world.run().conformsByAlternative(number + 1);
                    return;
                }
            }
            throw Violation.of(
                    "one of the alternatives " + rows,
                    world.answer() + String.format(", and the entry reads %x", seen));
        });
    }

    @Then("it raises one of {} at {string}")
    public void faultsWithOneOf(String exceptions, String label) {
        world.act(guest -> {
            boolean expected = false;
            for (String exception : exceptions.split(", ")) {
                expected |= Refusal.of(exception, guest.profile().era(), guest).matches(world.answer());
            }
            if (!expected || trap().eip() != world.label(label)) {
                throw Violation.of(
                        "one of " + exceptions + " at " + label, world.answer().toString());
            }
        });
    }

    @Then("the handler runs in ring {int}")
    public void handlerRing(int ring) {
        world.act(guest -> {
            if ((trap().entry().cs() & 3) != ring || (trap().entry().ss() & 3) != ring) {
                throw Violation.of(
                        "CS and SS have RPL " + ring + " in the handler",
                        String.format(
                                "CS %04x, SS %04x",
                                trap().entry().cs(), trap().entry().ss()));
            }
        });
    }

    @Then("it traps with vector {} at {string}")
    public void traps(String vector, String label) {
        world.act(guest -> {
            if (trap().vector() != guest.word(vector) || trap().eip() != world.label(label)) {
                throw Violation.of(
                        "vector " + vector + " at " + label, world.answer().toString());
            }
        });
    }

    @Then("the handler starts with TF, RF, NT and VM clear")
    public void handlerFlags() {
        world.act(guest -> {
            int set = trap().entry().eflags() & FLAGS_CLEARED_ON_ENTRY;
            if (set != 0) {
                throw Violation.of("TF, RF, NT and VM are clear in the handler", String.format("%x is set", set));
            }
        });
    }

    @Then("the event mask in the handler is {int}")
    public void handlerMask(int mask) {
        world.act(guest -> {
            if (trap().entry().mask() != mask) {
                throw Violation.of(
                        "a mask of " + mask + " in the handler",
                        String.valueOf(trap().entry().mask()));
            }
        });
    }

    @Then("the handler's SS is {}")
    public void handlerStack(String selector) {
        world.act(guest -> {
            if (trap().entry().ss() != guest.word(selector)) {
                throw Violation.of(
                        "SS " + selector, String.format("%04x", trap().entry().ss()));
            }
        });
    }

    @Then("the frame lies at {}")
    public void frameAt(String address) {
        world.act(guest -> {
            nameRegisters(guest);
            if (trap().frame().address() != guest.word(address)) {
                throw Violation.of(
                        "the frame at " + address,
                        String.format("%08x", trap().frame().address()));
            }
        });
    }

    @Then("the failsafe callback is entered at {string}")
    public void failsafe(String label) {
        world.act(guest -> {
            if (failsafe().frame().eip() != world.label(label)) {
                throw Violation.of(
                        "a frame with EIP at " + label, world.answer().toString());
            }
        });
    }

    @Then("its frame has {word} {}")
    public void failsafeFrame(String field, String value) {
        world.act(guest -> {
            Failsafe failsafe = failsafe();
            int seen =
                    switch (field) {
                        case "DS" -> failsafe.ds();
                        case "ES" -> failsafe.es();
                        case "FS" -> failsafe.fs();
                        case "GS" -> failsafe.gs();
                        case "CS" -> failsafe.frame().cs();
                        case "mask" -> failsafe.frame().savedMask();
                        default -> throw new IllegalArgumentException("a frame has no field '" + field + "'");
                    };
            if (seen != guest.word(value)) {
                throw Violation.of(field + " = " + value, String.format("%x", seen));
            }
        });
    }

    @Then("in it DS, ES, FS and GS are 0")
    public void failsafeSegments() {
        world.act(guest -> {
            Registers registers = failsafe().registers();
            if ((registers.ds() | registers.es() | registers.fs() | registers.gs()) != 0) {
                throw Violation.of("DS, ES, FS and GS are 0 in the callback", registers.toString());
            }
        });
    }

    private Failsafe failsafe() {
        if (world.outcome() instanceof Outcome.FailedSafe failed) {
            return failed.failsafe();
        }
        throw Violation.of("the failsafe callback", world.answer().toString());
    }

    @Then("the saved event mask is {int}")
    public void savedMask(int mask) {
        world.act(guest -> {
            if (trap().frame().savedMask() != mask) {
                throw Violation.of(
                        "the frame's CS slot holds the mask " + mask,
                        String.format("%08x", trap().frame().csSlot()));
            }
        });
    }

    private Trap trap() {
        if (world.outcome() instanceof Outcome.Trapped trapped) {
            return trapped.trap();
        }
        throw Violation.of("an exception", world.answer().toString());
    }

    @Then("CR2 is {}")
    public void cr2(String value) {
        world.act(guest -> {
            if (!(world.outcome() instanceof Outcome.Trapped trapped)) {
                throw Violation.of("a page fault", world.answer().toString());
            }
            int expected = guest.word(value);
            if (trapped.trap().cr2() != expected) {
                throw Violation.of(
                        String.format("CR2 %08x", expected),
                        String.format("CR2 %08x", trapped.trap().cr2()));
            }
        });
    }

    @Then("{register} is {}")
    public void is(Register register, String value) {
        world.act(guest -> {
            nameRegisters(guest);
            int expected = guest.word(value);
            int seen = value(register);
            if (seen != expected) {
                throw Violation.of(String.format("%s is %08x", register, expected), String.format("it is %08x", seen));
            }
        });
    }

    @Then("{register} & {} is {}")
    public void masked(Register register, String mask, String value) {
        world.act(guest -> {
            nameRegisters(guest);
            int bits = guest.word(mask);
            int expected = guest.word(value);
            if ((value(register) & bits) != expected) {
                throw Violation.of(
                        String.format("%s & %x is %x", register, bits, expected),
                        String.format("%s is %08x", register, value(register)));
            }
        });
    }

    /** A value to compare with later. */
    @Then("the value of {register} is called {string}")
    public void called(Register register, String name) {
        world.act(guest -> guest.name(name, value(register) & 0xFFFF_FFFFL));
    }

    @Then("no register has changed")
    public void noneChanged() {
        world.act(guest -> unchanged(guest, EnumSet.noneOf(Register.class)));
    }

    @Then("no register but {} has changed")
    public void onlyChanged(String registers) {
        world.act(guest -> unchanged(
                guest,
                Arrays.stream(registers.split("(,| and) *"))
                        .map(r -> Register.valueOf(r.strip()))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Register.class)))));
    }

    private void unchanged(Guest guest, Set<Register> but) {
        Map<Register, Integer> given = last.registers();
        for (Register register : GENERAL) {
            int number = number(register);
            int before = given.getOrDefault(register, FIRST_PATTERN + number * PATTERN_STEP);
            if (!but.contains(register) && value(register) != before) {
                throw Violation.of(
                                String.format("%s is %08x, as before", register, before),
                                String.format("%08x", value(register)))
                        .because("the effects before a fault were not undone", "the order of check and commit");
            }
        }
        int flags = given.getOrDefault(Register.EFLAGS, START_FLAGS) & ARITHMETIC_FLAGS;
        if (!but.contains(Register.EFLAGS) && (value(Register.EFLAGS) & ARITHMETIC_FLAGS) != flags) {
            throw Violation.of(
                    String.format("the flags are %03x, as before", flags),
                    String.format("%03x", value(Register.EFLAGS) & ARITHMETIC_FLAGS));
        }
        int flat = last.ring() == 1 ? guest.word("FLAT_RING1_DS") : guest.word("FLAT_RING3_DS");
        for (Register segment : EnumSet.of(Register.DS, Register.ES, Register.FS, Register.GS)) {
            int before = given.getOrDefault(segment, flat);
            if (!but.contains(segment) && value(segment) != before) {
                throw Violation.of(
                        String.format("%s is %04x, as before", segment, before), String.format("%04x", value(segment)));
            }
        }
    }

    /** So that one register can be compared with another. */
    private void nameRegisters(Guest guest) {
        for (Register register : GENERAL) {
            guest.name(register.name(), value(register) & 0xFFFF_FFFFL);
        }
    }

    private static int number(Register register) {
        return register.ordinal() - Register.EAX.ordinal();
    }

    private int value(Register register) {
        Registers registers;
        int cs;
        int ss;
        int eip;
        Outcome outcome = world.outcome();
        if (outcome instanceof Outcome.Trapped trapped) {
            registers = trapped.trap().registers();
            cs = trapped.trap().frame().cs();
            ss = trapped.trap().frame().ss();
            eip = trapped.trap().eip();
        } else {
            Outcome.Completed completed = completed();
            registers = completed.registers();
            cs = completed.frame().cs();
            ss = completed.frame().ss();
            eip = completed.frame().eip();
        }
        return switch (register) {
            case EAX -> registers.eax();
            case ECX -> registers.ecx();
            case EDX -> registers.edx();
            case EBX -> registers.ebx();
            case ESP -> registers.esp();
            case EBP -> registers.ebp();
            case ESI -> registers.esi();
            case EDI -> registers.edi();
            case EFLAGS -> registers.eflags();
            case EIP -> eip;
            case CS -> cs;
            case SS -> ss;
            case DS -> registers.ds();
            case ES -> registers.es();
            case FS -> registers.fs();
            case GS -> registers.gs();
        };
    }
}

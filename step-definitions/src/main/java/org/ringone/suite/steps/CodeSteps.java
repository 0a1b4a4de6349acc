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
import org.ringone.guest.Handling;
import org.ringone.guest.Outcome;
import org.ringone.guest.Register;
import org.ringone.guest.Trap;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Code;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.Refusal;
import org.ringone.suite.world.RegistersSeen;
import org.ringone.suite.world.Vectors;
import org.ringone.suite.world.World;

/** Guest code and how it ends. */
public final class CodeSteps {

    /** CF, PF, AF, ZF, SF, DF, OF. */
    private static final int ARITHMETIC_FLAGS = 0xCD5;

    private static final int FIRST_PATTERN = 0xA0000000;
    private static final int PATTERN_STEP = 0x01010000;
    private static final int START_FLAGS = 0x202;

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

    @When("the guest runs in ring {int} what lies at {}")
    public void runsInPlace(int ring, String address) {
        world.act(guest -> run(guest, CodeRun.inPlace(ring).with(Register.EIP, guest.word(address))));
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
            if (!expected || world.trap().eip() != world.label(label)) {
                throw Violation.of(
                        "one of " + exceptions + " at " + label, world.answer().toString());
            }
        });
    }

    @Then("{register} is {}")
    public void is(Register register, String value) {
        world.act(guest -> {
            world.registers().name(guest);
            int expected = guest.word(value);
            int seen = world.registers().value(register);
            if (seen != expected) {
                throw Violation.of(String.format("%s is %08x", register, expected), String.format("it is %08x", seen));
            }
        });
    }

    @Then("{register} & {} is {}")
    public void masked(Register register, String mask, String value) {
        world.act(guest -> {
            world.registers().name(guest);
            int bits = guest.word(mask);
            int expected = guest.word(value);
            if ((world.registers().value(register) & bits) != expected) {
                throw Violation.of(
                        String.format("%s & %x is %x", register, bits, expected),
                        String.format("%s is %08x", register, world.registers().value(register)));
            }
        });
    }

    /** A value to compare with later. */
    @Then("the value of {register} is called {string}")
    public void called(Register register, String name) {
        world.act(guest -> guest.name(name, world.registers().value(register) & 0xFFFF_FFFFL));
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
        RegistersSeen seen = world.registers();
        for (Register register : RegistersSeen.GENERAL) {
            int before = given.getOrDefault(register, startValue(guest, register));
            if (!but.contains(register) && seen.value(register) != before) {
                throw Violation.of(
                                String.format("%s is %08x, as before", register, before),
                                String.format("%08x", seen.value(register)))
                        .because("the effects before a fault were not undone", "the order of check and commit");
            }
        }
        int flags = given.getOrDefault(Register.EFLAGS, START_FLAGS) & ARITHMETIC_FLAGS;
        int flagsSeen = seen.value(Register.EFLAGS) & ARITHMETIC_FLAGS;
        if (!but.contains(Register.EFLAGS) && flagsSeen != flags) {
            throw Violation.of(String.format("the flags are %03x, as before", flags), String.format("%03x", flagsSeen));
        }
        int flat = last.ring() == 1 ? guest.word("FLAT_RING1_DS") : guest.word("FLAT_RING3_DS");
        for (Register segment : EnumSet.of(Register.DS, Register.ES, Register.FS, Register.GS)) {
            int before = given.getOrDefault(segment, flat);
            if (!but.contains(segment) && seen.value(segment) != before) {
                throw Violation.of(
                        String.format("%s is %04x, as before", segment, before),
                        String.format("%04x", seen.value(segment)));
            }
        }
    }

    /** What a register holds at the start of a run that does not set it. */
    private int startValue(Guest guest, Register register) {
        if (register == Register.ESP) {
            return guest.word(last.ring() == 1 ? "code_stack_top" : "user_stack_top");
        }
        return FIRST_PATTERN + number(register) * PATTERN_STEP;
    }

    private static int number(Register register) {
        return register.ordinal() - Register.EAX.ordinal();
    }
}

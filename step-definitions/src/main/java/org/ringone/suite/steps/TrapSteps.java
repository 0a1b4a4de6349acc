package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import org.ringone.guest.Outcome;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.World;
import org.ringone.xen.Hypercall;

/** The code selectors of trap handlers. */
public final class TrapSteps {

    private final World world;

    public TrapSteps(World world) {
        this.world = world;
    }

    /** Registers the probe's own handler of a vector with other flags or another selector. */
    @Given("the handler of vector {} is registered with flags {} and selector {}")
    public void register(String vector, String flags, String selector) {
        world.act(guest -> {
            int number = guest.word(vector);
            int table = guest.take("trap table of " + number).address();
            guest.probe().write32(table, number | guest.word(flags) << 8 | guest.word(selector) << 16);
            guest.probe().write32(table + 4, guest.probe().handler(number));
            guest.probe().write64(table + 8, 0);
            guest.must(guest.call(Hypercall.SET_TRAP_TABLE, table), "set_trap_table");
        });
    }

    @Then("the handler was entered at selector {}")
    public void enteredAt(String selector) {
        world.act(guest -> {
            if (!(world.outcome() instanceof Outcome.Trapped trapped)) {
                throw Violation.of("an exception", world.answer().toString());
            }
            int expected = guest.word(selector);
            int seen = trapped.trap().entry().cs();
            if (seen != expected) {
                throw Violation.of(String.format("CS %04x in the handler", expected), String.format("CS %04x", seen));
            }
        });
    }

    @Then("the failsafe callback takes the place of the handler")
    public void failsafe() {
        world.act(guest -> {
            if (!(world.outcome() instanceof Outcome.FailedSafe)) {
                throw Violation.of("the failsafe callback", world.answer().toString());
            }
        });
    }
}

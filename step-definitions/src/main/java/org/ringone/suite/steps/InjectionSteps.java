package org.ringone.suite.steps;

import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.ringone.api.Counts;
import org.ringone.api.InjectsEvents;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Window;
import org.ringone.suite.world.World;

/**
 * Events raised from outside, on machines that can do so; the guest is not single-stepped and sleeps before and after the code.
 */
public final class InjectionSteps {

    private static final int MOST_INSTRUCTIONS = 2000;

    private final World world;
    private long raised;

    public InjectionSteps(World world) {
        this.world = world;
    }

    @When("an event is raised on {string} at each instruction boundary after {string} woke the guest for")
    public void everyInstruction(String channel, String wake, String assembly) {
        world.act(guest -> {
            InjectsEvents raises = world.ability(InjectsEvents.class);
            Window window = new Window(guest, raises, world.ability(Counts.class), assembly, wake, channel);
            long length = window.length();
            for (long instruction = 0; instruction < Math.min(length, MOST_INSTRUCTIONS); instruction++) {
                window.raiseAfter(instruction);
            }
            raised = length;
        });
    }

    @Then(
            "at each of at least {int} boundaries the event was delivered before the guest slept again and never while masked")
    public void nothingLost(int least) {
        world.act(guest -> {
            if (raised < least) {
                throw Violation.of("at least " + least + " instructions from sleep to sleep", String.valueOf(raised));
            }
        });
    }
}

package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.BitSet;
import org.ringone.guest.Page;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.FrameSurvey;
import org.ringone.suite.world.Tables;
import org.ringone.suite.world.World;

/** All frames of the domain: which of them can be mapped writable. */
public final class FrameSteps {

    private final World world;
    private FrameSurvey before;
    private Page notes;

    public FrameSteps(World world) {
        this.world = world;
    }

    @Given("the guest has tried which of its frames can be mapped writable")
    public void tried() {
        world.act(guest -> {
            notes = guest.take("the survey's notes");
            new Tables(guest).emptySlot(2); // in an initial domain an L2 gives way to those of the scenarios
            before = FrameSurvey.of(guest, notes);
        });
    }

    @Then("of its frames these alone cannot be mapped writable any more: {}")
    public void lost(String names) {
        world.act(guest -> {
            BitSet expected = new BitSet();
            for (String name : names.split(", ")) {
                expected.set(guest.page(name).pfn());
            }
            compare(expected, FrameSurvey.of(guest, notes));
        });
    }

    @Then("its frames can be mapped writable as before")
    public void asBefore() {
        world.act(guest -> compare(new BitSet(), FrameSurvey.of(guest, notes)));
    }

    private void compare(BitSet expected, FrameSurvey now) {
        BitSet lost = before.lost(now);
        BitSet won = before.won(now);
        if (!lost.equals(expected) || !won.isEmpty()) {
            throw Violation.of(
                            "the frames that cannot be mapped writable any more are pfn " + expected,
                            "they are pfn " + lost + "; those that newly can are pfn " + won)
                    .because(
                            "a use was not given back, or one was given back that is still needed",
                            "the type counts of these frames");
        }
    }
}

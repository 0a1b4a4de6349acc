package org.ringone.suite.steps;

import io.cucumber.java.en.Then;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ringone.guest.Trap;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.World;

/** Debug exceptions of one run of guest code, those that it survived included. */
public final class DebugSteps {

    private static final int DEBUG = 1;

    private final World world;

    public DebugSteps(World world) {
        this.world = world;
    }

    /** Labels of the code, in order, parted by blanks; "nowhere" for none. */
    @Then("debug exceptions came at {}")
    public void cameAt(String labels) {
        world.act(guest -> {
            List<Integer> expected = labels.equals("nowhere")
                    ? List.of()
                    : Arrays.stream(labels.split(" ")).map(world::label).toList();
            List<Integer> seen = world.outcome().log().stream()
                    .filter(entry -> entry instanceof Trap trap && trap.vector() == DEBUG)
                    .map(entry -> entry.frame().eip())
                    .toList();
            if (!seen.equals(expected)) {
                throw Violation.of("#DB at " + hex(expected) + " (" + labels + ")", "#DB at " + hex(seen));
            }
        });
    }

    private static String hex(List<Integer> addresses) {
        return addresses.stream().map(a -> String.format("%08x", a)).collect(Collectors.joining(" ", "[", "]"));
    }
}

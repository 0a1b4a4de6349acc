package org.ringone.suite.steps;

import io.cucumber.java.After;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.ringone.suite.world.Garbage;
import org.ringone.suite.world.Generations;
import org.ringone.suite.world.HostileLives;
import org.ringone.suite.world.World;

/** Guests that do what they can against everybody else, and what is left when they are gone. */
public final class SafetySteps {

    private static final int BEFORE_THE_VERDICT = 20_000;
    private static final int NUMBERS = 64;
    private static final int CODE_BYTES = 24;

    private final World world;
    private final HostileLives lives;
    private final Generations generations;

    public SafetySteps(World world) {
        this.world = world;
        this.lives = new HostileLives(world);
        this.generations = new Generations(world);
    }

    @When("a guest makes {int} calls of hypercall {int} with garbage, seed {int}")
    public void calls(int count, int number, int seed) {
        Garbage garbage = new Garbage(seed);
        lives.play(count, (guest, probe) -> HostileLives.call(guest, probe, number, garbage));
    }

    @When("a guest makes {int} calls of any hypercall with garbage, seed {int}")
    public void calls(int count, int seed) {
        Garbage garbage = new Garbage(seed);
        lives.play(count, (guest, probe) -> HostileLives.call(guest, probe, garbage.below(NUMBERS), garbage));
    }

    @When("a guest runs {int} pieces of random code in ring {int}, seed {int}")
    public void code(int count, int ring, int seed) {
        Garbage garbage = new Garbage(seed);
        lives.play(count, (guest, probe) -> HostileLives.run(guest, probe, ring, CODE_BYTES, garbage));
    }

    @When("a guest makes {int} calls with garbage and runs as many pieces of random code, seed {int}")
    public void mixture(int count, int seed) {
        Garbage garbage = new Garbage(seed);
        lives.play(
                2 * count,
                (guest, probe) -> garbage.below(2) == 0
                        ? HostileLives.call(guest, probe, garbage.below(NUMBERS), garbage)
                        : HostileLives.run(guest, probe, 1 + 2 * garbage.below(2), CODE_BYTES, garbage));
    }

    @Then("at the end of each of its lives everybody else was well")
    public void well() {
        world.guarded(() -> {
            if (lives.lives() == 0 || lives.moves() == 0) {
                throw new IllegalStateException("nobody has done anything");
            }
        });
    }

    @After(order = BEFORE_THE_VERDICT)
    public void close() {
        lives.close();
    }

    @When("{int} domains have been built and destroyed")
    public void generations(int count) {
        generations.comeAndGo(count, false);
    }

    @When("{int} domains have come up and been destroyed")
    public void livingGenerations(int count) {
        generations.comeAndGo(count, true);
    }

    @When("the domain is destroyed")
    public void destroyed() {
        generations.destroy();
    }

    @Then("a domain as large as an unused machine takes comes up")
    public void roomAgain() {
        generations.requireAllMemory();
    }
}

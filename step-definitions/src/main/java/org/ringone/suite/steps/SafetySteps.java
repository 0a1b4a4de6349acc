package org.ringone.suite.steps;

import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.OptionalInt;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Machine;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.verdict.NotJudged;
import org.ringone.suite.verdict.Verdict;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Garbage;
import org.ringone.suite.world.HostileLives;
import org.ringone.suite.world.World;

/** Guests that do what they can against everybody else, and what is left when they are gone. */
public final class SafetySteps {

    private static final int NUMBERS = 64;
    private static final int CODE_BYTES = 24;

    private final World world;
    private final HostileLives lives;

    public SafetySteps(World world) {
        this.world = world;
        this.lives = new HostileLives(world);
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

    @When("{int} domains have been built and destroyed")
    public void generations(int count) {
        requireRoomForSeveral();
        world.act(guest -> {
            Machine machine = world.lease().machine();
            for (int i = 0; i < count; i++) {
                build(machine, BootedMachines.MEMORY_MIB).close();
            }
        });
    }

    @When("{int} domains have come up and been destroyed")
    public void livingGenerations(int count) {
        requireRoomForSeveral();
        world.act(guest -> {
            for (int i = 0; i < count; i++) {
                comesUp(world.lease().machine(), BootedMachines.MEMORY_MIB).close();
            }
        });
    }

    @When("the domain is destroyed")
    public void destroyed() {
        requireRoomForSeveral();
        world.act(guest -> world.lease().domain().close());
    }

    @Then("a domain as large as an unused machine takes comes up")
    public void roomAgain() {
        int largest = requireRoomForSeveral();
        world.act(guest -> {
            Machine machine = world.lease().machine();
            machine.domains().forEach(Domain::close);
            comesUp(machine, largest);
        });
    }

    private int requireRoomForSeveral() {
        OptionalInt largest = machines().largestDomain();
        if (largest.isEmpty()) {
            world.guarded(() -> {
                throw new NotJudged(Verdict.NOT_APPLICABLE, "the machine ends with its first domain");
            });
        }
        return largest.orElseThrow();
    }

    private Domain comesUp(Machine machine, int mib) throws Exception {
        Domain domain = build(machine, mib);
        Probe probe = Probe.attach(domain, ProbeImage.standard(), BootedMachines.BUDGET, new Transcript());
        if (!probe.boot().complete()) {
            throw Violation.of("the domain comes up", probe.boot().toString());
        }
        return domain;
    }

    private Domain build(Machine machine, int mib) {
        try {
            return machine.createDomain(machines().ordinary(mib));
        } catch (DomainBuildException e) {
            throw Violation.of("a domain of " + mib + " MiB can be built", "refused: " + e.getMessage())
                    .because("a dead domain kept memory", "the end of domains: pins, references, tables of their own");
        }
    }

    private BootedMachines machines() {
        return world.run().session().machines();
    }
}

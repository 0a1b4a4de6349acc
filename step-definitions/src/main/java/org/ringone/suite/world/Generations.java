package org.ringone.suite.world;

import java.util.OptionalInt;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Machine;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.verdict.NotJudged;
import org.ringone.suite.verdict.Verdict;
import org.ringone.suite.verdict.Violation;

/** Domains that follow each other on the scenario's machine, and the memory that they leave to each other. */
public final class Generations {

    private final World world;

    public Generations(World world) {
        this.world = world;
    }

    /** Builds and destroys so many domains; each comes up meanwhile, or never runs. */
    public void comeAndGo(int count, boolean run) {
        requireSeveral();
        world.act(guest -> {
            for (int i = 0; i < count; i++) {
                Domain domain = run ? comesUp(BootedMachines.MEMORY_MIB) : build(BootedMachines.MEMORY_MIB);
                domain.close();
            }
        });
    }

    /** Destroys the domain of the scenario's guest. */
    public void destroy() {
        requireSeveral();
        world.act(guest -> world.lease().domain().close());
    }

    /** Checks that, all domains being gone, one that takes the whole machine comes up. */
    public void requireAllMemory() {
        int largest = requireSeveral();
        world.act(guest -> {
            world.lease().machine().domains().forEach(Domain::close);
            comesUp(largest);
        });
    }

    /** The size in MiB of the largest domain; the end of the scenario on a machine that ends with its first. */
    private int requireSeveral() {
        OptionalInt largest = machines().largestDomain();
        world.guarded(() -> {
            if (largest.isEmpty()) {
                throw new NotJudged(Verdict.NOT_APPLICABLE, "the machine ends with its first domain");
            }
        });
        return largest.orElseThrow();
    }

    private Domain comesUp(int mib) throws ProbeException {
        Domain domain = build(mib);
        Probe probe = Probe.attach(domain, ProbeImage.standard(), BootedMachines.BUDGET, new Transcript());
        if (!probe.boot().complete()) {
            throw Violation.of("the domain comes up", probe.boot().toString());
        }
        return domain;
    }

    private Domain build(int mib) {
        Machine machine = world.lease().machine();
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

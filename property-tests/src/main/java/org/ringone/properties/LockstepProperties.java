package org.ringone.properties;

import java.util.List;
import net.jqwik.api.ForAll;
import org.ringone.api.Hypervisor;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;

/**
 * Two hypervisors give the same answers to any sequence of operations and come to the same end. Nothing is foretold: the model
 * only says what the rules leave open. The first divergence is shortened and told of.
 *
 * @param <O> the area's operations
 */
public abstract class LockstepProperties<O> extends Sequences<O> {

    private final BootedMachines one;
    private final BootedMachines other;

    /** Compares the other hypervisor with the one, whose profile says what is open. */
    protected LockstepProperties(Area<O> area, Hypervisor one, Hypervisor other) {
        super(area, one.profile());
        this.one = BootedMachines.of(one);
        this.other = BootedMachines.of(other);
    }

    @Operations(each = 2 * EACH)
    void bothDoTheSame(@ForAll("sequences") List<O> sequence) throws Exception {
        judge(sequence, operations -> {
            Account<O> expected = performed(one, operations);
            Account<O> seen = performed(other, operations);
            Effort.performed(expected.answers().size() + seen.answers().size());
            return expected.difference(seen);
        });
    }

    private Account<O> performed(BootedMachines machines, List<O> operations) throws Exception {
        try (Lease lease = machines.take(new Transcript())) {
            return area.performed(operations, lease.probe(), profile, StepCheck.NONE);
        }
    }
}

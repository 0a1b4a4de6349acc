package org.ringone.properties;

import java.util.List;
import net.jqwik.api.ForAll;
import org.ringone.api.Hypervisor;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;

/**
 * What must hold of any sequence of operations of an area, whatever the area is.
 *
 * @param <O> its operations
 */
public abstract class SequenceProperties<O> extends Sequences<O> {

    final BootedMachines machines;

    /** Judges that hypervisor. */
    protected SequenceProperties(Area<O> area, Hypervisor hypervisor) {
        super(area, hypervisor.profile());
        this.machines = BootedMachines.of(hypervisor);
    }

    /** Who looks after every operation at the machine on which {@link #everyOperationIsDecidedAsTheRulesSay} tries them. */
    protected StepCheck checkOf(Lease lease) {
        return StepCheck.NONE;
    }

    @Operations(each = EACH)
    void everyOperationIsDecidedAsTheRulesSay(@ForAll("sequences") List<O> sequence) throws Exception {
        judge(sequence, operations -> {
            Account<O> foretold = area.foretold(operations, profile);
            Effort.performed(foretold.answers().size());
            try (Lease lease = machines.take(new Transcript())) {
                return foretold.difference(area.performed(operations, lease.probe(), profile, checkOf(lease)));
            }
        });
    }
}

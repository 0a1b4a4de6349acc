package org.ringone.properties;

import java.util.List;
import net.jqwik.api.ForAll;
import org.ringone.api.Hypervisor;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines.Lease;

/**
 * What must hold besides where operations can be refused and several asked for in one hypercall. Nothing is foretold here: the
 * same machine, booted once and forked, is asked in different ways.
 *
 * @param <O> the area's operations
 */
public abstract class BatchedSequenceProperties<O> extends SequenceProperties<O> {

    /** Judges that hypervisor. */
    protected BatchedSequenceProperties(Area<O> area, Hypervisor hypervisor) {
        super(area, hypervisor);
    }

    /** PT-25, MC-01, MC-05: the parts of a batch or multicall, each asked for alone, get the same answers and do the same. */
    @Operations(each = 2 * EACH)
    void batchesEqualSingleCalls(@ForAll("sequences") List<O> sequence) throws Exception {
        judge(sequence, operations -> {
            Account<O> batched = performed(operations);
            Account<O> single = performed(batched.performed());
            Effort.performed(batched.answers().size() + single.answers().size());
            return single.difference(batched);
        });
    }

    /** A refused operation changes nothing: without those that were refused, all others get the same answers and do the same. */
    @Operations(each = EACH + EACH / 2)
    void whatIsRefusedChangesNothing(@ForAll("sequences") List<O> sequence) throws Exception {
        judge(sequence, operations -> {
            Account<O> all = performed(operations);
            Account<O> accepted = performed(all.accepted());
            Effort.performed(all.answers().size() + accepted.answers().size());
            return accepted.difference(all.withoutRefusals());
        });
    }

    private Account<O> performed(List<O> operations) throws Exception {
        try (Lease lease = machines.take(new Transcript())) {
            return area.performed(operations, lease.probe(), profile, StepCheck.NONE);
        }
    }
}

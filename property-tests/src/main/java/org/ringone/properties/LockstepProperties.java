package org.ringone.properties;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import org.opentest4j.AssertionFailedError;
import org.ringone.api.Hypervisor;
import org.ringone.properties.Lockstep.Compared;
import org.ringone.properties.Lockstep.Side;

/**
 * Two hypervisors give the same answers to any sequence of operations and come to the same end. Nothing is foretold: the model
 * only says what the rules leave open. The first divergence is shortened and told of.
 *
 * @param <O> the area's operations
 */
public abstract class LockstepProperties<O> extends Sequences<O> {

    private final Lockstep<O> lockstep;

    /** Compares the other hypervisor with the one. */
    protected LockstepProperties(Area<O> area, Hypervisor one, Hypervisor other) {
        super(area, one.profile());
        this.lockstep = new Lockstep<>(area, Side.of(one), Side.of(other));
    }

    @Operations(each = 2 * EACH)
    void bothDoTheSame(@ForAll("sequences") List<O> sequence) throws Exception {
        Compared compared = lockstep.compare(sequence);
        Effort.performed(2 * compared.operations());
        Optional<Divergence> divergence = compared.divergence();
        if (divergence.isPresent()) {
            throw new AssertionFailedError(
                    divergence.get() + "\n" + divergence.get().scenario().orElseThrow());
        }
    }
}

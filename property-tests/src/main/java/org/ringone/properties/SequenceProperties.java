package org.ringone.properties;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.opentest4j.AssertionFailedError;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;
import org.ringone.suite.run.HypervisorFailure;

/**
 * What must hold of any sequence of operations of an area, whatever the area is.
 *
 * @param <O> its operations
 */
public abstract class SequenceProperties<O> {

    /** The operations of a sequence, on the average, parts of batches counted one by one. */
    static final int EACH = 50;

    /** Sequences are as long as they may be; only shrinking makes shorter ones. */
    private static final RandomDistribution LONG = (genSize, min, max, center) -> random -> max;

    final Area<O> area;
    final Profile profile;
    final BootedMachines machines;

    /** Judges that hypervisor. */
    protected SequenceProperties(Area<O> area, Hypervisor hypervisor) {
        this.area = area;
        this.profile = hypervisor.profile();
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

    @Provide
    Arbitrary<List<O>> sequences() {
        return area.operation().list().ofMinSize(1).ofMaxSize(area.longest()).withSizeDistribution(LONG);
    }

    /** Tries one sequence of decided operations. */
    interface Trial<O> {
        /** What is not as it should be. */
        Optional<String> difference(List<O> operations) throws Exception;
    }

    /** Tries a sequence; when it fails, the shortest part of it that does is told of. */
    final void judge(List<O> sequence, Trial<O> trial) throws Exception {
        if (difference(sequence, trial).isPresent()) {
            List<O> shortest = Shortest.of(
                    sequence, candidate -> difference(candidate, trial).isPresent(), area::smaller);
            String difference = difference(shortest, trial).orElseThrow();
            throw new AssertionFailedError(
                    difference + "\n\n" + area.scenario(area.decided(shortest, profile), profile, difference));
        }
    }

    private Optional<String> difference(List<O> sequence, Trial<O> trial) {
        try {
            return trial.difference(area.decided(sequence, profile));
        } catch (Area.StepFailure e) {
            return Optional.of(e.getMessage());
        } catch (ProbeException | HypervisorFailure e) {
            return Optional.of("the guest could not go on: " + e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.ringone.properties;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.opentest4j.AssertionFailedError;
import org.ringone.api.Profile;
import org.ringone.guest.ProbeException;
import org.ringone.suite.run.HypervisorFailure;

/**
 * Sequences of an area's operations, and how one that fails is told of.
 *
 * @param <O> the operations
 */
abstract class Sequences<O> {

    /** The operations of a sequence, on the average, parts of batches counted one by one. */
    static final int EACH = 50;

    /** Sequences are as long as they may be; only those that fail are shortened. */
    private static final RandomDistribution LONG = (genSize, min, max, center) -> random -> max;

    final Area<O> area;
    final Profile profile;

    /** What the rules leave open in that profile is left out. */
    Sequences(Area<O> area, Profile profile) {
        this.area = area;
        this.profile = profile;
    }

    @Provide
    Arbitrary<List<O>> sequences() {
        return of(area);
    }

    /** Sequences of an area's operations. */
    static <P> Arbitrary<List<P>> of(Area<P> area) {
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

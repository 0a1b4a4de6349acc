package org.ringone.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import org.ringone.api.Profile;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;

/**
 * An area of the interface that sequences of operations are tried on: which operations there are, how a guest performs them,
 * and a model that foretells what becomes of them and shares nothing with any hypervisor.
 *
 * @param <O> its operations
 */
public interface Area<O> {

    /** Any operation. Some are several in one hypercall. */
    Arbitrary<O> operation();

    /** So many of them, on the average, are {@link SequenceProperties#EACH} in parts. */
    int longest();

    /** Operations that are this one with something left out; none for one that is not several. */
    List<O> smaller(O operation);

    /** The sequence without the operations, and parts of operations, that the rules leave open at their place in it. */
    List<O> decided(List<O> operations, Profile profile);

    /**
     * The sequence without what no guest should be asked for even where only hypervisors are compared, whatever the rules say:
     * what may never end.
     */
    default List<O> ending(List<O> operations) {
        return operations;
    }

    /** What the rules say becomes of a decided sequence. */
    Account<O> foretold(List<O> operations, Profile profile);

    /**
     * Lets a guest that was just booted perform a decided sequence. In the account the parts of an operation stand one by one.
     *
     * @param check looked at after every operation
     * @throws StepFailure when it finds something
     */
    Account<O> performed(List<O> operations, Probe probe, Profile profile, StepCheck check) throws ProbeException;

    /** The sequence as a Gherkin scenario in the words of the suite's steps, with what the rules say of each operation. */
    String scenario(List<O> operations, Profile profile, String difference);

    /** The lists that are a list with one of its elements left out. */
    static <P> List<List<P>> withoutOne(List<P> parts) {
        List<List<P>> shorter = new ArrayList<>();
        for (int left = 0; parts.size() > 1 && left < parts.size(); left++) {
            List<P> rest = new ArrayList<>(parts);
            rest.remove(left);
            shorter.add(rest);
        }
        return shorter;
    }

    /** What a step check found. */
    final class StepFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StepFailure(String message) {
            super(message);
        }

        /** Has the check looked at now. */
        public static void unlessWell(StepCheck check, Object operation) {
            Optional<String> wrong = check.look();
            if (wrong.isPresent()) {
                throw new StepFailure("after " + operation + ": " + wrong.get());
            }
        }
    }
}

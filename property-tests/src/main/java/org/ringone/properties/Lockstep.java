package org.ringone.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;

/**
 * Two hypervisors whose guests perform the same operations: each answer of the one is held against that of the other, then how
 * things stand at the end. Only what the rules decide, and decide alike for both profiles, is asked.
 *
 * @param <O> the area's operations
 */
public final class Lockstep<O> {

    /** What the generators of sequences are told to be the number of tries: it makes edge cases neither more nor less likely. */
    private static final int USUAL_SIZE = 1000;

    private final Area<O> area;
    private final Side one;
    private final Side other;
    private final boolean openToo;

    /** One of the two, booted once. */
    public record Side(Profile profile, BootedMachines machines) {

        /** Machines of that hypervisor. */
        public static Side of(Hypervisor hypervisor) {
            return new Side(hypervisor.profile(), BootedMachines.of(hypervisor));
        }
    }

    /** What became of a sequence on both. */
    private record Pair<O>(List<O> operations, Account<O> left, Account<O> right) {}

    public Lockstep(Area<O> area, Side one, Side other) {
        this(area, one, other, false);
    }

    /**
     * @param openToo whether they are also asked for what the rules leave open: then nothing is foretold, and what they do
     *     otherwise is no fault of either
     */
    public Lockstep(Area<O> area, Side one, Side other, boolean openToo) {
        this.area = area;
        this.one = one;
        this.other = other;
        this.openToo = openToo;
    }

    /** The sequence of a seed: the same for ever, whatever is compared. */
    public List<O> sequence(long seed) {
        AtomicReference<List<O>> sequence = new AtomicReference<>();
        JqwikSession.run(() -> {
            RandomGenerator<List<O>> generator = Sequences.of(area).generator(USUAL_SIZE, false);
            sequence.set(generator.next(new Random(seed)).value());
        });
        return sequence.get();
    }

    /**
     * Has both perform a sequence.
     *
     * @return how many operations each of them was asked for, and where they part, the sequence shortened to what that takes
     * @throws DomainBuildException when one refuses the probe
     * @throws ProbeException when the probe of one does not come up
     * @throws org.ringone.suite.run.HypervisorFailure when one hangs or throws before it is asked for anything
     */
    public Compared compare(List<O> sequence) throws DomainBuildException, ProbeException {
        Pair<O> whole = performed(sequence);
        int operations =
                Math.max(whole.left.answers().size(), whole.right.answers().size());
        if (whole.left.difference(whole.right).isEmpty()) {
            return new Compared(operations, Optional.empty());
        }
        AtomicReference<Pair<O>> last = new AtomicReference<>(whole);
        Shortest.of(sequence, candidate -> parts(candidate, last), area::smaller);
        Pair<O> shortest = last.get();
        boolean again = parts(shortest.operations, new AtomicReference<>());
        return new Compared(operations, Optional.of(divergence(shortest, again)));
    }

    /**
     * What came of a sequence.
     *
     * @param operations how many each of the two was asked for, parts of batches counted one by one
     */
    public record Compared(int operations, Optional<Divergence> divergence) {}

    private boolean parts(List<O> candidate, AtomicReference<Pair<O>> last) {
        try {
            Pair<O> pair = performed(candidate);
            boolean differs = pair.left.difference(pair.right).isPresent();
            if (differs) {
                last.set(pair);
            }
            return differs;
        } catch (DomainBuildException | ProbeException e) {
            throw new IllegalStateException("a hypervisor that has booted the probe does not boot it again", e);
        }
    }

    private Divergence divergence(Pair<O> pair, boolean again) {
        String difference = pair.left.difference(pair.right).orElseThrow();
        Account<O> foretold =
                openToo ? new Account<>(List.of(), List.of()) : area.foretold(pair.operations, one.profile);
        Optional<String> scenario =
                openToo ? Optional.empty() : Optional.of(area.scenario(pair.operations, one.profile, difference));
        List<String> operations = pair.operations.stream().map(Object::toString).toList();
        return Divergence.of(operations, pair.left, pair.right, foretold, again, scenario);
    }

    private Pair<O> performed(List<O> sequence) throws DomainBuildException, ProbeException {
        List<O> operations = asked(sequence);
        return new Pair<>(operations, performed(one, operations), performed(other, operations));
    }

    /** What of a sequence the rules decide for both, and decide alike. */
    private List<O> asked(List<O> sequence) {
        if (openToo) {
            return area.ending(sequence);
        }
        if (one.profile.equals(other.profile)) {
            return area.decided(sequence, one.profile);
        }
        List<O> asked = sequence;
        int before;
        do {
            before = asked.size();
            asked = likewise(area.decided(area.decided(asked, one.profile), other.profile));
        } while (asked.size() < before);
        return asked;
    }

    /** The sequence without the operations that the rules decide otherwise for the one than for the other. */
    private List<O> likewise(List<O> sequence) {
        if (foretoldAlike(sequence)) {
            return sequence;
        }
        List<O> kept = new ArrayList<>();
        for (O operation : sequence) {
            kept.add(operation);
            List<O> decided = area.decided(kept, one.profile);
            boolean open =
                    !decided.equals(kept) || !area.decided(kept, other.profile).equals(kept);
            if (open || !foretoldAlike(kept)) {
                kept.remove(kept.size() - 1);
            }
        }
        return kept;
    }

    private boolean foretoldAlike(List<O> operations) {
        return area.foretold(operations, one.profile).equals(area.foretold(operations, other.profile));
    }

    private Account<O> performed(Side side, List<O> operations) throws DomainBuildException, ProbeException {
        try {
            return performed(side, operations, StepCheck.NONE);
        } catch (GuestLost lost) {
            return untilLost(side, operations, lost);
        }
    }

    /** The account of a sequence that a guest does not survive: asked for one by one, and then for those before the last. */
    private Account<O> untilLost(Side side, List<O> operations, GuestLost lost)
            throws DomainBuildException, ProbeException {
        int[] survived = {0};
        GuestLost again = lost;
        try {
            performed(side, operations, () -> {
                survived[0]++;
                return Optional.empty();
            });
        } catch (GuestLost e) {
            again = e;
        }
        List<Account.Answer<O>> answers = new ArrayList<>();
        int last = Math.min(survived[0], operations.size() - 1);
        try {
            answers.addAll(
                    performed(side, operations.subList(0, last), StepCheck.NONE).answers());
        } catch (GuestLost e) {
            // Its end is all there is to be told.
        }
        if (last >= 0) {
            answers.add(new Account.Answer<>(operations.get(last), again.getMessage()));
        }
        return new Account<>(answers, List.of());
    }

    private Account<O> performed(Side side, List<O> operations, StepCheck check)
            throws DomainBuildException, ProbeException {
        try (Lease lease = side.machines.take(new Transcript())) {
            try {
                return area.performed(operations, lease.probe(), side.profile, check);
            } catch (ProbeException e) {
                throw new GuestLost("the guest could not go on: " + e.getMessage(), e);
            }
        }
    }

    /** The guest that performed operations is no more, or is not heard. */
    private static final class GuestLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GuestLost(String message, ProbeException cause) {
            super(message, cause);
        }
    }
}

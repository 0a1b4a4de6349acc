package org.ringone.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Shortens a sequence that fails: leaves out ever smaller pieces of it, then makes single operations smaller, as long as it
 * goes on failing. Deterministic, and bounded by the sequence's length.
 *
 * @param <O> the operations
 */
final class Shortest<O> {

    private static final int MOST_ROUNDS = 4;

    private final Predicate<List<O>> fails;
    private final Function<O, List<O>> smaller;
    private List<O> shortest;

    private Shortest(List<O> sequence, Predicate<List<O>> fails, Function<O, List<O>> smaller) {
        this.shortest = List.copyOf(sequence);
        this.fails = fails;
        this.smaller = smaller;
    }

    /** The shortest sequence found that still fails: the same one when every piece of it is needed. */
    static <O> List<O> of(List<O> sequence, Predicate<List<O>> fails, Function<O, List<O>> smaller) {
        Shortest<O> search = new Shortest<>(sequence, fails, smaller);
        for (int piece = sequence.size() / 2; piece > 1; piece /= 2) {
            search.leaveOut(piece);
        }
        for (int round = 0; round < MOST_ROUNDS && (search.leaveOut(1) | search.makeSmaller()); round++) {
            // until nothing more can go
        }
        return search.shortest;
    }

    private boolean leaveOut(int piece) {
        boolean shorter = false;
        for (int at = 0; at < shortest.size(); ) {
            List<O> candidate = new ArrayList<>(shortest);
            candidate.subList(at, Math.min(at + piece, candidate.size())).clear();
            if (!candidate.isEmpty() && fails.test(candidate)) {
                shortest = candidate;
                shorter = true;
            } else {
                at += piece;
            }
        }
        return shorter;
    }

    private boolean makeSmaller() {
        boolean made = false;
        for (int at = 0; at < shortest.size(); at++) {
            for (O operation : smaller.apply(shortest.get(at))) {
                List<O> candidate = new ArrayList<>(shortest);
                candidate.set(at, operation);
                if (fails.test(candidate)) {
                    shortest = candidate;
                    made = true;
                    break;
                }
            }
        }
        return made;
    }
}

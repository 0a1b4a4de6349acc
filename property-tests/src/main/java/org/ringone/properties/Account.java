package org.ringone.properties;

import java.util.List;
import java.util.Optional;

/**
 * What became of a sequence of operations: an answer for each that was performed, in order, and how things stood at the end.
 *
 * @param <O> the operations
 */
public record Account<O>(List<Answer<O>> answers, List<Finding> end) {

    /** An answer in the words that answers have here: taken. */
    public static final String ACCEPTED = "accepted";

    /** Refused by an errno that says so. */
    public static final String REFUSED = "refused";

    /** Cut short by a fault. */
    public static final String FAULTED = "faulted";

    /** What became of one operation. */
    public record Answer<O>(O operation, String seen) {

        /** Whether it was neither refused nor cut short. Answers in other words tell of effects, too. */
        public boolean accepted() {
            return !seen.equals(REFUSED) && !seen.equals(FAULTED);
        }
    }

    /** One thing that was looked at when all operations were done. */
    public record Finding(String what, String seen) {}

    public Account {
        answers = List.copyOf(answers);
        end = List.copyOf(end);
    }

    /** The operations that took effect, in order. */
    public List<O> accepted() {
        return answers.stream().filter(Answer::accepted).map(Answer::operation).toList();
    }

    /** The operations that were performed, whatever became of them, in order. */
    public List<O> performed() {
        return answers.stream().map(Answer::operation).toList();
    }

    /** The same without the answers of operations that did not take effect. */
    public Account<O> withoutRefusals() {
        return new Account<>(answers.stream().filter(Answer::accepted).toList(), end);
    }

    /** The first thing that another account tells otherwise, for people; empty when the two are the same. */
    public Optional<String> difference(Account<O> seen) {
        for (int i = 0; i < Math.min(answers.size(), seen.answers.size()); i++) {
            Answer<O> expected = answers.get(i);
            Answer<O> other = seen.answers.get(i);
            if (!expected.equals(other)) {
                return Optional.of(expected.operation() + ": expected to be " + expected.seen() + ", seen "
                        + (other.operation().equals(expected.operation()) ? "" : "for " + other.operation() + " ")
                        + other.seen());
            }
        }
        if (answers.size() != seen.answers.size()) {
            return Optional.of(
                    "expected " + answers.size() + " operations to be performed, seen " + seen.answers.size());
        }
        for (int i = 0; i < end.size(); i++) {
            if (!end.get(i).equals(seen.end.get(i))) {
                return Optional.of("at the end, " + end.get(i).what() + ": expected "
                        + end.get(i).seen() + ", seen " + seen.end.get(i).seen());
            }
        }
        return Optional.empty();
    }
}

package org.ringone.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where two hypervisors part, in as few operations as were found to show it.
 *
 * @param operations what the guests were asked for, batches in one
 * @param rows the same with what became of each, the parts of batches one by one, then what was looked at in the end and is
 *     not the same
 * @param at the first row in which they part
 * @param again whether they parted in the same operations once more
 * @param scenario the operations as a Gherkin scenario, ready to paste; empty where the rules do not decide them
 */
public record Divergence(List<String> operations, List<Row> rows, int at, boolean again, Optional<String> scenario) {

    /** Stands for the answer to an operation that was not performed. */
    private static final String NONE = "not performed";

    /**
     * An operation or a look.
     *
     * @param left what the one's guest saw
     * @param right what the other's saw
     * @param foretold what the rules say of it; empty where they were not asked, after the first difference
     */
    public record Row(String what, String left, String right, Optional<String> foretold) {

        /** Whether both saw the same. */
        public boolean same() {
            return left.equals(right);
        }
    }

    public Divergence {
        operations = List.copyOf(operations);
        rows = List.copyOf(rows);
    }

    /** Of two accounts that differ, beside what the rules say. */
    static <O> Divergence of(
            List<String> operations,
            Account<O> left,
            Account<O> right,
            Account<O> foretold,
            boolean again,
            Optional<String> scenario) {
        List<Row> rows = new ArrayList<>();
        int at = -1;
        for (int i = 0; i < Math.max(left.answers().size(), right.answers().size()); i++) {
            Optional<Account.Answer<O>> one = answer(left, i);
            Optional<Account.Answer<O>> other = answer(right, i);
            O operation = one.or(() -> other).orElseThrow().operation();
            boolean likewise = one.equals(other);
            Optional<String> rule = at >= 0
                    ? Optional.empty()
                    : answer(foretold, i)
                            .filter(said -> said.operation().equals(operation))
                            .map(Account.Answer::seen);
            rows.add(new Row(operation.toString(), seen(operation, one), seen(operation, other), rule));
            at = at < 0 && !likewise ? i : at;
        }
        boolean answersDiffer = at >= 0;
        for (int i = 0; i < Math.min(left.end().size(), right.end().size()); i++) {
            Account.Finding one = left.end().get(i);
            Account.Finding other = right.end().get(i);
            if (!one.equals(other)) {
                at = at < 0 ? rows.size() : at;
                Optional<String> rule = answersDiffer || i >= foretold.end().size()
                        ? Optional.empty()
                        : Optional.of(foretold.end().get(i).seen());
                rows.add(new Row("at the end, " + one.what(), one.seen(), other.seen(), rule));
            }
        }
        return new Divergence(operations, rows, at, again, scenario);
    }

    private static <O> Optional<Account.Answer<O>> answer(Account<O> account, int number) {
        return number < account.answers().size() ? Optional.of(account.answers().get(number)) : Optional.empty();
    }

    private static <O> String seen(O operation, Optional<Account.Answer<O>> answer) {
        return answer.map(given -> given.operation().equals(operation)
                        ? given.seen()
                        : "of " + given.operation() + ": " + given.seen())
                .orElse(NONE);
    }

    /** The rows, one below the other. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(row.what()).append(": ");
            text.append(row.same() ? row.left() : "on the one " + row.left() + ", on the other " + row.right());
            text.append('\n');
        }
        return text.toString();
    }
}

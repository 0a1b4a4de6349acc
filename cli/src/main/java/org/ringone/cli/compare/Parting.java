package org.ringone.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.cli.compare.Course.Exchange;
import org.ringone.cli.compare.Course.Step;

/**
 * The first step of a scenario in which two guests saw something different.
 *
 * @param stepsBefore how many steps before it were the same in both
 * @param step its text; empty when they part before the first step
 * @param exchangesBefore how much was asked in it before that was answered alike
 * @param askedLeft what was then asked of the one; empty when nothing was
 * @param askedRight the same of the other: other numbers where each has its own names for things
 * @param left what the one saw
 * @param right what the other saw
 * @param leftSaid what was written on the console meanwhile, and what is known of the one's end; not compared
 * @param rightSaid the same of the other
 * @param numbers where they differ in numbers only, which ones; empty when they differ in more
 */
public record Parting(
        int stepsBefore,
        String step,
        int exchangesBefore,
        String askedLeft,
        String askedRight,
        String left,
        String right,
        List<String> leftSaid,
        List<String> rightSaid,
        List<Number> numbers) {

    private static final String NOTHING = "nothing: the step had ended";
    private static final Exchange NO_EXCHANGE = new Exchange("", NOTHING);

    /** A number that differs. */
    public record Number(String what, String left, String right) {}

    public Parting {
        leftSaid = List.copyOf(leftSaid);
        rightSaid = List.copyOf(rightSaid);
        numbers = List.copyOf(numbers);
    }

    /** Where two courses part; empty when they do not. */
    static Optional<Parting> of(Course left, Course right, Names names) {
        learn(names, left, right);
        for (int i = 0; i < Math.min(left.steps().size(), right.steps().size()); i++) {
            Step one = left.steps().get(i);
            Step other = right.steps().get(i);
            int exchanges = Math.max(one.exchanges().size(), other.exchanges().size());
            for (int j = 0; j < exchanges; j++) {
                Exchange a = j < one.exchanges().size() ? one.exchanges().get(j) : NO_EXCHANGE;
                Exchange b = j < other.exchanges().size() ? other.exchanges().get(j) : NO_EXCHANGE;
                if (!Names.alike(a.asked(), b.asked()) || !a.opaque() && !names.same(a.answered(), b.answered())) {
                    return Optional.of(new Parting(
                            Math.max(0, i - 1),
                            one.text(),
                            j,
                            a.asked(),
                            b.asked(),
                            a.answered(),
                            b.answered(),
                            one.said(),
                            other.said(),
                            numbers(names, a, b)));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Number> numbers(Names names, Exchange a, Exchange b) {
        List<Number> numbers = new ArrayList<>();
        names.differences(a.answered(), b.answered())
                .ifPresent(found -> found.forEach(one -> numbers.add(new Number(one.what(), one.left(), one.right()))));
        return numbers;
    }

    /** What is asked in the same place names the same. */
    private static void learn(Names names, Course left, Course right) {
        for (int i = 0; i < Math.min(left.steps().size(), right.steps().size()); i++) {
            List<Exchange> one = left.steps().get(i).exchanges();
            List<Exchange> other = right.steps().get(i).exchanges();
            for (int j = 0; j < Math.min(one.size(), other.size()); j++) {
                names.learn(one.get(j).asked(), other.get(j).asked());
            }
        }
    }
}

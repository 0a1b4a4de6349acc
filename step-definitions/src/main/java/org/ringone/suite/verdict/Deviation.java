package org.ringone.suite.verdict;

import java.time.LocalDate;
import java.util.Objects;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.Rule;

/**
 * Something in which a hypervisor is known not to conform: one case, or whatever cases of a rule show it.
 *
 * @param about the case, for example {@code SEG-06.a}, or the rule, for example {@code SEG-06}
 * @param seen what is seen instead; a failure is the known one when what was in fact seen contains this
 * @param reason why, for people
 * @param since the day from which it has been known
 * @param review the day by which somebody should ask again whether it must be so
 */
public record Deviation(String about, String seen, String reason, LocalDate since, LocalDate review) {

    public Deviation {
        Objects.requireNonNull(about, "about");
        if (!Case.ID.matcher(about).matches() && !Rule.ID.matcher(about).matches()) {
            throw new IllegalArgumentException(
                    "'" + about + "' is neither a case id nor a rule id, which look like PT-02.a and PT-02");
        }
        require(about, "reason", reason != null && !reason.isBlank());
        require(about, "'seen': what the hypervisor does instead", seen != null && !seen.isBlank());
        require(about, "'since': the day from which it has been known", since != null);
        require(about, "'review': the day by which to look at it again", review != null);
        if (!review.isAfter(since)) {
            throw new IllegalArgumentException(
                    "the deviation " + about + " is to be reviewed on " + review + ", which is not after " + since);
        }
    }

    private static void require(String about, String what, boolean there) {
        if (!there) {
            throw new IllegalArgumentException("the deviation " + about + " has no " + what);
        }
    }

    /** Whether it speaks of a whole rule. */
    public boolean ofRule() {
        return about.indexOf('.') < 0;
    }

    /** Whether what was seen is what is listed; spaces and line ends do not count. */
    public boolean explains(String inFact) {
        return plain(inFact).contains(plain(seen));
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}

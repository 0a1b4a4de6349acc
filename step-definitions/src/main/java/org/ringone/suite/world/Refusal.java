package org.ringone.suite.world;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringone.api.Profile.Era;
import org.ringone.guest.Outcome;
import org.ringone.guest.Trap;
import org.ringone.suite.language.Expression;
import org.ringone.suite.language.LanguageException;
import org.ringone.suite.language.Names;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.Errno;

/**
 * How something is expected to be refused, as a feature writes it: an errno ({@code EINVAL}), an exception
 * ({@code #GP(0)}, {@code #PF(3)}, {@code #UD}), or one per era ({@code EINVAL, from 4.2: EBUSY}).
 */
public final class Refusal {

    private static final Pattern ERA = Pattern.compile("from ([0-9.]+): *(.+)");
    private static final Pattern TRAP = Pattern.compile("(#[A-Z]{2}|vector \\d+)(?:\\((.+)\\))?");

    private final String text;
    private final Names names;

    private Refusal(String text, Names names) {
        this.text = text;
        this.names = names;
    }

    /** What is expected in this era. */
    public static Refusal of(String text, Era era, Names names) {
        String chosen = "";
        for (String part : text.split(",(?![^()]*\\))")) {
            Matcher matcher = ERA.matcher(part.strip());
            if (!matcher.matches()) {
                chosen = part.strip();
            } else if (era(matcher.group(1)).compareTo(era) <= 0) {
                chosen = matcher.group(2).strip();
            }
        }
        return new Refusal(chosen, names);
    }

    private static Era era(String version) {
        for (Era era : Era.values()) {
            if (era.version().equals(version)) {
                return era;
            }
        }
        throw new LanguageException("no era is called '" + version + "'");
    }

    /** Whether a trap is meant. */
    public boolean isTrap() {
        return TRAP.matcher(text).matches();
    }

    /** Whether this is that refusal. */
    public boolean matches(Answer answer) {
        if (answer instanceof Answer.Returned returned) {
            return !isTrap() && returned.result() == Errno.valueOf(text).result();
        }
        return answer instanceof Answer.Ran ran
                && ran.outcome() instanceof Outcome.Trapped trapped
                && isTrap()
                && matches(trapped.trap());
    }

    /** Whether it is that exception, error code included. */
    public boolean matches(Trap trap) {
        Matcher matcher = TRAP.matcher(text);
        if (!matcher.matches() || Vectors.of(matcher.group(1)) != trap.vector()) {
            return false;
        }
        if (matcher.group(2) == null) {
            return trap.error().isEmpty();
        }
        return trap.error().isPresent() && trap.error().getAsInt() == (int) Expression.value(matcher.group(2), names);
    }

    /**
     * Checks that this is what came.
     *
     * @throws Violation when it is not
     */
    public void require(Answer answer) {
        if (!matches(answer)) {
            throw Violation.of("refused with " + text, answer.toString());
        }
    }

    @Override
    public String toString() {
        return text;
    }
}

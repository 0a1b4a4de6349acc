package org.ringone.suite.verdict;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A case in which a hypervisor is known not to conform.
 *
 * @param caseId the case, for example {@code SEG-06.a}
 * @param reason why, for people
 * @param seen what the failure's message must contain for it to be the known one; empty for any
 */
public record Deviation(String caseId, String reason, String seen) {

    private static final Pattern CASE_ID = Pattern.compile("[A-Z]{2,4}-\\d{2}\\.[a-z]{1,3}");

    public Deviation {
        Objects.requireNonNull(caseId, "case");
        seen = Objects.requireNonNullElse(seen, "");
        if (!CASE_ID.matcher(caseId).matches()) {
            throw new IllegalArgumentException("'" + caseId + "' is no case id, which look like PT-02.a");
        }
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("the deviation " + caseId + " has no reason");
        }
    }

    /** Whether this failure is the known one. */
    public boolean explains(String message) {
        return message.contains(seen);
    }
}

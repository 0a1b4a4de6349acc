package org.ringone.suite.verdict;

import java.util.Objects;

/**
 * Something that is wrong with a run as a whole; it fails the run.
 *
 * @param kind what kind of thing
 * @param text what it is and what to do
 */
public record Problem(Kind kind, String text) {

    /** The kinds, worst first. */
    public enum Kind {
        /** An entry of the list of deviations matches nothing, or what it lists conforms. */
        WRONG_DEVIATION("the list of deviations is wrong"),
        /** Too few cases were judged to say anything. */
        TOO_LITTLE("too little was judged");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public Problem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }
}

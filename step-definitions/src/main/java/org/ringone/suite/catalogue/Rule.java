package org.ringone.suite.catalogue;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule of the interface.
 *
 * @param id stable for ever, for example {@code PT-02}
 * @param area the id of its area, the id's prefix
 * @param title a few words
 * @param text what must hold, as a guest can observe it
 * @param who who is bound by it
 * @param source the section of the change description "xen: Core Xen implementation", or the public header, that it comes from
 * @param compared what a scenario of this rule compares
 * @param uncovered why no scenario judges it yet; null when one does
 */
public record Rule(
        String id, String area, String title, String text, Who who, String source, String compared, String uncovered) {

    /** What a rule id looks like. */
    public static final Pattern ID = Pattern.compile("([A-Z]{2,4})-(\\d{2})");

    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(area, "area");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(compared, "compared");
    }

    /** Why no scenario judges this rule yet. */
    public Optional<String> reasonForNoScenario() {
        return Optional.ofNullable(uncovered);
    }
}

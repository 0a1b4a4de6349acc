package org.ringone.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ringone.cli.compare.Parting;
import org.ringone.reports.Comparison;
import org.ringone.reports.Comparison.CaseDifference;
import org.ringone.reports.Statement;

/** The cases that came to the same verdict on two hypervisors although their guests saw different values. */
final class HiddenValues {

    private HiddenValues() {}

    /** Their ids, in order. */
    static List<String> of(Comparison comparison, Optional<Map<String, Parting>> partings) {
        if (partings.isEmpty()) {
            return List.of();
        }
        Set<String> differing =
                comparison.cases().stream().map(CaseDifference::id).collect(Collectors.toSet());
        return comparison.left().cases().stream()
                .map(Statement.Case::id)
                .filter(id -> partings.get().containsKey(id) && comparison.askedOfBoth(id) && !differing.contains(id))
                .toList();
    }
}

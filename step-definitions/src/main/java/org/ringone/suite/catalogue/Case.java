package org.ringone.suite.catalogue;

import java.util.List;

/**
 * One judged case: a scenario, or one row of a scenario outline.
 *
 * @param id stable id under its first rule, for example {@code PT-02.c}
 * @param title the scenario's name without the id
 * @param rules the ids of the rules that it judges, its own first
 * @param tags all its tags, with their {@code @}
 * @param uri the feature file
 * @param line the line of the scenario or of the row
 */
public record Case(String id, String title, List<String> rules, List<String> tags, String uri, int line) {

    public Case {
        rules = List.copyOf(rules);
        tags = List.copyOf(tags);
    }
}

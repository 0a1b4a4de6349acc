package org.ringone.suite.catalogue;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** What a case id looks like: the id of its rule, a dot and up to three letters. */
    public static final Pattern ID = Pattern.compile("(" + Rule.ID.pattern() + ")\\.([a-z]{1,3})");

    /** The order of ids in everything that is written down: by rule, then {@code a} to {@code z} before {@code aa}. */
    public static final Comparator<String> BY_ID = Comparator.comparing(Case::ruleOf)
            .thenComparing(Comparator.comparingInt(String::length))
            .thenComparing(Comparator.naturalOrder());

    public Case {
        rules = List.copyOf(rules);
        tags = List.copyOf(tags);
    }

    private static String ruleOf(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches() ? matcher.group(1) : id;
    }
}

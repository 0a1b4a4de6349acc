package org.ringone.external;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One word of a command line, with places to fill in: {@code {image}}; {@code {image,,}} with each comma of the value
 * doubled, as QEMU wants it inside an option; {@code {mib+80}}, a sum. {@code {{} is a brace.
 */
final class CommandTemplate {

    /** The places a command line can have. */
    static final Set<String> PLACES = Set.of("image", "mib", "cmdline", "ramdisk", "vcpus", "directory", "port");

    private static final Pattern PLACE = Pattern.compile("\\{(?:\\{|([^{}]*)})");
    private static final Pattern INSIDE = Pattern.compile("([a-z]+)(,,|\\+[0-9]{1,6})?");

    private final String text;

    private CommandTemplate(String text) {
        this.text = text;
    }

    /**
     * A word.
     *
     * @param environment gives the value of {@code {env.NAME}}, or null when there is none
     * @throws IllegalArgumentException when a place is unknown or an environment variable is missing
     */
    static CommandTemplate parse(String word, UnaryOperator<String> environment) {
        Matcher places = PLACE.matcher(word);
        StringBuilder resolved = new StringBuilder();
        while (places.find()) {
            String inside = places.group(1);
            String kept = places.group();
            if (inside != null && inside.startsWith("env.")) {
                String name = inside.substring("env.".length());
                kept = environment.apply(name);
                if (kept == null || kept.isEmpty()) {
                    throw new IllegalArgumentException(
                            "the environment variable " + name + " is not set; '" + word + "' in the command needs it");
                }
                kept = kept.replace("{", "{{");
            } else if (inside != null) {
                check(word, inside);
            }
            places.appendReplacement(resolved, Matcher.quoteReplacement(kept));
        }
        return new CommandTemplate(places.appendTail(resolved).toString());
    }

    private static void check(String word, String inside) {
        Matcher form = INSIDE.matcher(inside);
        boolean sum = form.matches() && form.group(2) != null && form.group(2).startsWith("+");
        boolean number = inside.startsWith("mib") || inside.startsWith("vcpus");
        if (!form.matches() || !PLACES.contains(form.group(1)) || sum && !number) {
            throw new IllegalArgumentException("'{" + inside + "}' in '" + word + "' is no place to fill in: they are "
                    + new TreeSet<>(PLACES) + ", {env.NAME}, {place,,} to double commas, {mib+80} and {vcpus+1} to add,"
                    + " and {{ for a brace");
        }
    }

    /** The word with its places filled in. */
    String fill(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), values)));
    }

    private static String value(String inside, Map<String, String> values) {
        if (inside == null) {
            return "{";
        }
        Matcher form = INSIDE.matcher(inside);
        if (!form.matches()) {
            throw new IllegalStateException(inside);
        }
        String value = values.getOrDefault(form.group(1), "");
        String change = form.group(2) == null ? "" : form.group(2);
        if (change.equals(",,")) {
            return value.replace(",", ",,");
        }
        return change.isEmpty() ? value : String.valueOf(Long.parseLong(value) + Long.parseLong(change.substring(1)));
    }

    boolean has(String place) {
        return text.contains("{" + place);
    }
}

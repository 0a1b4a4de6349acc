package org.ringone.reference.store;

import java.util.List;

/** Names of nodes: absolute, or relative to the home of the domain that speaks. */
final class StorePath {

    private static final int LONGEST_ABSOLUTE = 3072;
    private static final int LONGEST_RELATIVE = 2048;

    private StorePath() {}

    static String home(int domid) {
        return "/local/domain/" + domid;
    }

    /** The absolute form of a name; null when it is no good name. */
    static String absolute(String name, int domid) {
        boolean relative = !name.startsWith("/");
        if (name.isEmpty()
                || name.length() > (relative ? LONGEST_RELATIVE : LONGEST_ABSOLUTE)
                || !name.matches("[A-Za-z0-9/_@-]*")
                || name.contains("//")
                || name.endsWith("/") && name.length() > 1) {
            return null;
        }
        return relative ? home(domid) + "/" + name : name;
    }

    /** The names on the way from the root. */
    static List<String> parts(String absolute) {
        return absolute.equals("/") ? List.of() : List.of(absolute.substring(1).split("/"));
    }

    /** Whether a path is another, or lies below it. */
    static boolean within(String path, String ancestor) {
        return ancestor.equals("/") || path.equals(ancestor) || path.startsWith(ancestor + "/");
    }
}

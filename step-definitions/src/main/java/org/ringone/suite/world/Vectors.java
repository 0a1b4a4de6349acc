package org.ringone.suite.world;

import java.util.List;

/** Exception vectors and the names that manuals give them. */
public final class Vectors {

    /** #PF. */
    public static final int PAGE_FAULT = 14;

    private static final List<String> NAMES = List.of(
            "#DE",
            "#DB",
            "NMI",
            "#BP",
            "#OF",
            "#BR",
            "#UD",
            "#NM",
            "#DF",
            "vector 9",
            "#TS",
            "#NP",
            "#SS",
            "#GP",
            "#PF",
            "vector 15",
            "#MF",
            "#AC",
            "#MC",
            "#XF");

    /** #DF, #TS, #NP, #SS, #GP, #PF, #AC. */
    private static final int WITH_ERROR_CODE = 0x27D00;

    private Vectors() {}

    /** Whether the frame of that exception begins with an error code. */
    public static boolean hasErrorCode(int vector) {
        return vector < Integer.SIZE && (WITH_ERROR_CODE >>> vector & 1) != 0;
    }

    /** The name of a vector, for example {@code #GP}. */
    public static String name(int vector) {
        return vector < NAMES.size() ? NAMES.get(vector) : "vector " + vector;
    }

    /** The vector of a name; -1 when no vector is called so. */
    public static int of(String name) {
        if (name.startsWith("vector ")) {
            return Integer.decode(name.substring("vector ".length()).strip());
        }
        return NAMES.indexOf(name);
    }
}

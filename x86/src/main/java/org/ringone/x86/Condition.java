package org.ringone.x86;

import java.util.List;
import java.util.Locale;

/** The sixteen conditions of Jcc, SETcc and CMOVcc, by number. */
public enum Condition {
    /** Overflow. */
    O(Flag.O),
    /** No overflow. */
    NO(Flag.O),
    /** Below. */
    B(Flag.C, "C", "NAE"),
    /** Above or equal. */
    AE(Flag.C, "NB", "NC"),
    /** Equal. */
    E(Flag.Z, "Z"),
    /** Not equal. */
    NE(Flag.Z, "NZ"),
    /** Below or equal. */
    BE(Flag.C | Flag.Z, "NA"),
    /** Above. */
    A(Flag.C | Flag.Z, "NBE"),
    /** Sign. */
    S(Flag.S),
    /** No sign. */
    NS(Flag.S),
    /** Parity even. */
    P(Flag.P, "PE"),
    /** Parity odd. */
    NP(Flag.P, "PO"),
    /** Less. */
    L(Flag.S | Flag.O, "NGE"),
    /** Greater or equal. */
    GE(Flag.S | Flag.O, "NL"),
    /** Less or equal. */
    LE(Flag.S | Flag.O | Flag.Z, "NG"),
    /** Greater. */
    G(Flag.S | Flag.O | Flag.Z, "NLE");

    private static final Condition[] VALUES = values();

    private final int flags;
    private final List<String> synonyms;

    Condition(int flags, String... synonyms) {
        this.flags = flags;
        this.synonyms = List.of(synonyms);
    }

    /** By number, 0 to 15. */
    public static Condition of(int number) {
        return VALUES[number];
    }

    /** The flags that it tests. */
    public int flags() {
        return flags;
    }

    /** Its other names. */
    List<String> synonyms() {
        return synonyms;
    }

    /** As it stands in the name of an instruction, lower case. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}

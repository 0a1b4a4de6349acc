package org.ringone.x86;

/**
 * A word of assembly source.
 *
 * @param kind what it is
 * @param text as written; the contents of a string
 * @param value of a number
 */
record Token(Kind kind, String text, long value) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SIGN,
        END
    }

    static final Token END = new Token(Kind.END, "end of line", 0);

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }
}

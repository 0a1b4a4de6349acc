package org.ringone.x86;

/**
 * What an expression is worth during a pass.
 *
 * @param number its value
 * @param relocation how many addresses it sums: 1 an address, 0 a plain number (also the difference of two addresses). Like
 *     NASM, the assembler takes short encodings only for plain numbers
 * @param known false while a symbol that comes later has no value yet
 */
record Value(long number, int relocation, boolean known) {
    static Value of(long number) {
        return new Value(number, 0, true);
    }

    /** A plain number that can decide between encodings. */
    boolean plain() {
        return relocation == 0;
    }

    /** A label's, or what is so far from one. */
    boolean address() {
        return relocation == 1 && known;
    }

    /** The address that is so far behind this one. */
    Value behind(long distance) {
        return new Value(number + distance & 0xFFFFFFFFL, relocation, known);
    }
}

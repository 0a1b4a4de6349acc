package org.ringone.x86;

/** What an instruction does to one of its operands. */
public enum Access {
    /** The operand's value does not matter: only its address is taken (LEA, INVLPG), or nothing happens (NOP). */
    ADDRESS('-'),
    /** The operand is read. */
    READ('r'),
    /** The operand is written. */
    WRITE('w'),
    /** The operand is read, then written. */
    READ_WRITE('x');

    private final char letter;

    Access(char letter) {
        this.letter = letter;
    }

    /** Whether the operand is read. */
    public boolean reads() {
        return this == READ || this == READ_WRITE;
    }

    /** Whether the operand is written. */
    public boolean writes() {
        return this == WRITE || this == READ_WRITE;
    }

    static Access of(char letter) {
        for (Access access : values()) {
            if (access.letter == letter) {
                return access;
            }
        }
        throw new IllegalArgumentException("no such access: " + letter);
    }
}

package org.ringone.x86;

import java.util.List;

/** What follows ModRM and displacement in a row's encoding. */
enum Immediates {
    /** Nothing. */
    NONE,
    /** A byte, zero-extended. */
    BYTE,
    /** A word, zero-extended. */
    WORD,
    /** A byte, sign-extended. */
    SIGNED_BYTE,
    /** The operand size's worth, sign-extended. */
    SIGNED,
    /** The address size's worth: a memory operand. */
    OFFSET,
    /** A word, then a byte (ENTER). */
    BYTE_SECOND,
    /** The operand size's worth, then a word (far pointer). */
    WORD_SECOND;

    /** How many bytes. */
    int bytes(int operandSize, int addressSize) {
        return switch (this) {
            case NONE -> 0;
            case BYTE, SIGNED_BYTE -> 1;
            case WORD -> 2;
            case SIGNED -> operandSize;
            case OFFSET -> addressSize;
            case BYTE_SECOND -> 3;
            case WORD_SECOND -> operandSize + 2;
        };
    }

    /** The first immediate, from all the bytes as a little endian number. */
    int first(long raw, int operandSize) {
        return switch (this) {
            case NONE, OFFSET -> 0;
            case BYTE, WORD -> (int) raw;
            case SIGNED_BYTE -> (byte) raw;
            case SIGNED -> operandSize == 2 ? (short) raw : (int) raw;
            case BYTE_SECOND -> (int) raw & 0xFFFF;
            case WORD_SECOND -> operandSize == 2 ? (int) raw & 0xFFFF : (int) raw;
        };
    }

    /** The second immediate. */
    int second(long raw, int operandSize) {
        return switch (this) {
            case BYTE_SECOND -> (int) (raw >> 16);
            case WORD_SECOND -> (int) (raw >> 8 * operandSize);
            default -> 0;
        };
    }

    static Immediates of(List<Operand> operands) {
        Immediates result = NONE;
        for (Operand operand : operands) {
            Immediates one = of(operand);
            if (result != NONE && one != NONE) {
                result = BYTE_SECOND;
            } else if (one != NONE) {
                result = one;
            }
        }
        return result;
    }

    private static Immediates of(Operand operand) {
        boolean isByte = operand.width() == Width.B;
        return switch (operand.kind()) {
            case IMMEDIATE -> isByte ? BYTE : operand.width() == Width.W ? WORD : SIGNED;
            case SIGNED_IMMEDIATE -> SIGNED_BYTE;
            case RELATIVE -> isByte ? SIGNED_BYTE : SIGNED;
            case OFFSET -> OFFSET;
            case FAR -> WORD_SECOND;
            default -> NONE;
        };
    }
}

package org.ringone.x86;

/** How wide an operand is: the small letters of the manual's operand codes. */
public enum Width {
    /** No value: only an address. */
    NONE(0),
    /** Byte. */
    B(1),
    /** Word. */
    W(2),
    /** Doubleword. */
    D(4),
    /** Quadword. */
    Q(8),
    /** Double quadword. */
    DQ(16),
    /** 80-bit floating point. */
    T(10),
    /** Pseudo-descriptor: 16-bit limit, 32-bit base. */
    S(6),
    /** The area of FXSAVE. */
    X(512),
    /** Word or doubleword, by the operand size. */
    V(-1),
    /** Far pointer: selector and an offset of the operand size. */
    P(-1),
    /** Two values of the operand size (BOUND). */
    A(-1),
    /** The FPU environment: 14 or 28 bytes. */
    E(-1),
    /** The FPU state: 94 or 108 bytes. */
    F(-1);

    private final int bytes;

    Width(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes at the given operand size (2 or 4). */
    public int bytes(int operandSize) {
        return switch (this) {
            case V -> operandSize;
            case P -> operandSize + 2;
            case A -> 2 * operandSize;
            case E -> operandSize == 2 ? 14 : 28;
            case F -> operandSize == 2 ? 94 : 108;
            default -> bytes;
        };
    }

    /** Whether the operand size decides. */
    public boolean variable() {
        return bytes < 0;
    }
}

package org.ringone.x86;

import java.util.HashMap;
import java.util.Map;

/** The registers by name. */
final class Registers {
    /**
     * A register.
     *
     * @param bank its register file
     * @param bytes its width
     * @param number its number in encodings
     */
    record Register(Operand.Bank bank, int bytes, int number) {}

    private static final String[] BYTE = {"al", "cl", "dl", "bl", "ah", "ch", "dh", "bh"};
    private static final String[] WORD = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] SEGMENT = {"es", "cs", "ss", "ds", "fs", "gs"};
    private static final Map<String, Register> BY_NAME = new HashMap<>();

    static {
        for (int i = 0; i < 8; i++) {
            add(Operand.Bank.GENERAL, 1, i);
            add(Operand.Bank.GENERAL, 2, i);
            add(Operand.Bank.GENERAL, 4, i);
            add(Operand.Bank.CONTROL, 4, i);
            add(Operand.Bank.DEBUG, 4, i);
            add(Operand.Bank.FPU, 10, i);
            add(Operand.Bank.MMX, 8, i);
            add(Operand.Bank.XMM, 16, i);
            if (i < SEGMENT.length) {
                add(Operand.Bank.SEGMENT, 2, i);
            }
        }
    }

    private Registers() {}

    private static void add(Operand.Bank bank, int bytes, int number) {
        BY_NAME.put(name(bank, bytes, number), new Register(bank, bytes, number));
    }

    /** The register of a lower-case name, or null. */
    static Register of(String name) {
        return BY_NAME.get(name);
    }

    /** A register's name. */
    static String name(Operand.Bank bank, int bytes, int number) {
        return switch (bank) {
            case GENERAL -> bytes == 1 ? BYTE[number] : bytes == 2 ? WORD[number] : "e" + WORD[number];
            case SEGMENT -> SEGMENT[number];
            case CONTROL -> "cr" + number;
            case DEBUG -> "dr" + number;
            case FPU -> "st" + number;
            case MMX -> "mm" + number;
            case XMM -> "xmm" + number;
            case NONE -> throw new IllegalArgumentException("no register");
        };
    }
}

package org.ringone.x86;

import java.util.ArrayList;
import java.util.List;

/** Decoding for tests. */
final class Decoding {
    private Decoding() {}

    /** The first instruction of bytes that end where they end. */
    static Instruction of(byte[] bytes, boolean code32) {
        return Decoder.decode(offset -> offset < bytes.length ? bytes[offset] & 255 : -1, code32);
    }

    /** The first instruction of bytes in hexadecimal. */
    static Instruction of(String hex, boolean code32) {
        return of(java.util.HexFormat.of().parseHex(hex.replace(" ", "")), code32);
    }

    /**
     * What an instruction does, apart from how it is encoded: two encodings with equal meanings are interchangeable. The
     * relative displacement counts from the instruction's end, so it is taken with the length.
     */
    static List<Object> meaning(Instruction i) {
        List<Object> meaning = new ArrayList<>();
        meaning.add(i.form.mnemonic());
        meaning.add(i.operandSize);
        meaning.add(i.addressSize);
        meaning.add(i.lock);
        meaning.add(i.form.encoding().selectedByPrefix() ? 0 : i.repeat);
        meaning.add(i.segmentOverridden);
        meaning.add(i.segment);
        meaning.add(i.form.privilege());
        meaning.add(i.memoryAccess());
        meaning.add(i.memoryWidth());
        if (i.form.encoding().low() == Encoding.Low.CONDITION) {
            meaning.add(i.condition());
        }
        List<Object> operands = new ArrayList<>();
        for (int k = 0; k < i.form.operands(); k++) {
            operands.add(operand(i, i.form.operand(k)));
        }
        if (i.form.mnemonic().equals("XCHG")) {
            operands.sort(java.util.Comparator.comparing(Object::toString));
        }
        meaning.add(operands);
        return meaning;
    }

    private static List<Object> operand(Instruction i, Operand pattern) {
        boolean vector = pattern.bank() == Operand.Bank.MMX || pattern.bank() == Operand.Bank.XMM;
        int width = vector ? 0 : pattern.width().bytes(i.operandSize);
        if (i.memory() && pattern.addressable()) {
            int mask = i.addressSize == 2 ? 0xFFFF : -1;
            return List.of("memory", i.base, i.index, i.scale, i.displacement & mask);
        }
        int value = i.operandSize == 2 ? i.immediate & 0xFFFF : i.immediate;
        return switch (pattern.kind()) {
            case RM, RM_REGISTER -> List.of(pattern.bank(), width, i.rm);
            case REG -> List.of(pattern.bank(), width, i.reg);
            case OPCODE -> List.of(pattern.bank(), width, i.opcode & 7);
            case FIXED -> List.of(pattern.bank(), width, pattern.number());
            case CONSTANT -> List.of("number", pattern.number());
            case IMMEDIATE ->
                pattern.width() == Width.V
                        ? List.of("number", value)
                        : List.of(
                                "number",
                                pattern == Operand.Ib && i.form.operand(0) == Operand.Iw ? i.immediate2 : i.immediate);
            case SIGNED_IMMEDIATE -> List.of("number", value);
            case RELATIVE ->
                List.of("target", i.operandSize == 2 ? i.immediate + i.length & 0xFFFF : i.immediate + i.length);
            case FAR -> List.of("far", i.immediate2, i.immediate);
            case SOURCE, DESTINATION -> List.of(pattern.kind(), width);
            case MEMORY, OFFSET -> throw new IllegalStateException("not in memory: " + i.form);
        };
    }
}

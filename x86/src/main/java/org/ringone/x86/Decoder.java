package org.ringone.x86;

/**
 * Bytes to instructions, by array lookup; allocates nothing but the {@link Instruction}.
 *
 * <p>Immediates come as the row's operand says: {@code Ib} and {@code Iw} zero-extended, {@code Ibs} and {@code Jb}
 * sign-extended from a byte, {@code Iz} and {@code Jz} sign-extended from the operand size.
 */
public final class Decoder {
    /** The longest instruction, in bytes (Intel SDM volume 2, 2.3.11). */
    public static final int MAX_LENGTH = 15;

    /* Prefixes, packed in an int: also what Instruction takes. */
    static final int LOCK = 1;
    static final int OPERAND_SIZE = 2;
    static final int ADDRESS_SIZE = 4;
    static final int REPEAT_SHIFT = 4;
    static final int SEGMENT_SHIFT = 8;
    private static final int COUNT_SHIFT = 16;
    private static final int OPCODE_SHIFT = 20;

    /** In a packed address: there is a memory operand. */
    static final int MEMORY = 1 << 16;

    /** By byte: the bits that a prefix sets, 0 for other bytes. */
    private static final int[] PREFIX_SETS = new int[256];
    /** By byte: the bits that a prefix keeps; of two segment or repeat prefixes the last one counts. */
    private static final int[] PREFIX_KEEPS = new int[256];

    static {
        prefix(0xF0, LOCK, 0);
        prefix(0x66, OPERAND_SIZE, 0);
        prefix(0x67, ADDRESS_SIZE, 0);
        prefix(0xF3, 1 << REPEAT_SHIFT, 3 << REPEAT_SHIFT);
        prefix(0xF2, 2 << REPEAT_SHIFT, 3 << REPEAT_SHIFT);
        int[] segments = {0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65};
        for (int i = 0; i < segments.length; i++) {
            prefix(segments[i], i + 1 << SEGMENT_SHIFT, 7 << SEGMENT_SHIFT);
        }
    }

    private Decoder() {}

    private static void prefix(int value, int sets, int clears) {
        PREFIX_SETS[value] = sets;
        PREFIX_KEEPS[value] = ~clears;
    }

    /**
     * Decodes one instruction; {@code code32} says whether the code segment's default size is 32 bits. Never throws: what
     * cannot be decoded gets a sentinel row, see {@link Form}.
     */
    public static Instruction decode(CodeSource code, boolean code32) {
        int prefixes = prefixes(code);
        if (prefixes < 0) {
            return failed(prefixes, code32);
        }
        int at = (prefixes >> COUNT_SHIFT & 15) + 1;
        int map = 0;
        int opcode = prefixes >>> OPCODE_SHIFT;
        if (opcode == 0x0F) {
            map = 1;
            opcode = fetch(code, at++);
            if (opcode == 0x38 || opcode == 0x3A) {
                map = opcode == 0x38 ? 2 : 3;
                opcode = fetch(code, at++);
            }
        }
        if (opcode < 0) {
            return failed(opcode, code32);
        }
        Form[] forms = OpcodeMap.entry(map, selecting(prefixes), opcode);
        if (forms == null) {
            return undefined(at, prefixes, opcode, code32);
        }
        Form form = forms[0];
        int addressSize = code32 == ((prefixes & ADDRESS_SIZE) == 0) ? 4 : 2;
        int modRm = -1;
        int address = Addressing.none();
        int displacement = 0;
        if (forms.length > 1) {
            modRm = fetch(code, at++);
            if (modRm < 0) {
                return failed(modRm, code32);
            }
            form = forms[OpcodeMap.slot(modRm)];
            if (form == Form.UNDEFINED) {
                return undefined(at, prefixes, opcode, code32);
            }
            if (modRm < 0xC0 && !form.anyMod()) {
                address = Addressing.of(modRm, addressSize);
                if (address == Addressing.SIB_FOLLOWS) {
                    int sib = fetch(code, at++);
                    if (sib < 0) {
                        return failed(sib, code32);
                    }
                    address = Addressing.withSib(modRm, sib);
                }
                int bytes = Addressing.displacementBytes(address);
                long value = read(code, at, bytes);
                if (value < 0) {
                    return failed((int) value, code32);
                }
                displacement = bytes == 1 ? (byte) value : bytes == 2 ? (short) value : (int) value;
                at += bytes;
            }
        }
        int operandSize = form.fixedSize();
        if (operandSize == 0) {
            operandSize = code32 == ((prefixes & OPERAND_SIZE) == 0) ? 4 : 2;
        }
        Immediates immediates = form.immediates();
        int bytes = immediates.bytes(operandSize, addressSize);
        long value = read(code, at, bytes);
        if (value < 0) {
            return failed((int) value, code32);
        }
        at += bytes;
        if (immediates == Immediates.OFFSET) {
            address = Addressing.offset();
            displacement = (int) value;
        }
        if ((prefixes & LOCK) != 0 && ((address & MEMORY) == 0 || !form.lockable())) {
            return undefined(at, prefixes, opcode, code32);
        }
        int sizes = operandSize | addressSize << 4 | (code32 ? 0x100 : 0);
        int first = immediates.first(value, operandSize);
        int second = immediates.second(value, operandSize);
        return new Instruction(form, at, prefixes, opcode, sizes, modRm, address, displacement, first, second);
    }

    /** The prefixes before the opcode with their count and the first opcode byte, or as {@link #fetch} why there is none. */
    private static int prefixes(CodeSource code) {
        int prefixes = 0;
        for (int at = 0; ; at++) {
            int value = fetch(code, at);
            if (value < 0) {
                return value;
            }
            int sets = PREFIX_SETS[value];
            if (sets == 0) {
                return prefixes | at << COUNT_SHIFT | value << OPCODE_SHIFT;
            }
            prefixes = prefixes & PREFIX_KEEPS[value] | sets;
        }
    }

    /** Which of the prefixes selects among rows of one opcode. */
    private static int selecting(int prefixes) {
        return switch (prefixes >> REPEAT_SHIFT & 3) {
            case 1 -> OpcodeMap.PREFIX_F3;
            case 2 -> OpcodeMap.PREFIX_F2;
            default -> (prefixes & OPERAND_SIZE) != 0 ? OpcodeMap.PREFIX_66 : OpcodeMap.NO_PREFIX;
        };
    }

    /** A byte; or ~at (negative) when there is none: past the longest instruction, or refused by the source. */
    private static int fetch(CodeSource code, int at) {
        if (at >= MAX_LENGTH) {
            return ~at;
        }
        int value = code.fetch(at);
        return value < 0 ? ~at : value & 255;
    }

    /** Up to six bytes, little endian, as an unsigned number; or negative as {@link #fetch}. */
    private static long read(CodeSource code, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int next = fetch(code, at + i);
            if (next < 0) {
                return next;
            }
            value |= (long) next << 8 * i;
        }
        return value;
    }

    private static Instruction undefined(int length, int prefixes, int opcode, boolean code32) {
        return sentinel(Form.UNDEFINED, length, prefixes & ~LOCK, opcode, code32);
    }

    private static Instruction failed(int failure, boolean code32) {
        Form form = ~failure == MAX_LENGTH ? Form.TOO_LONG : Form.INCOMPLETE;
        return sentinel(form, ~failure, 0, 0, code32);
    }

    private static Instruction sentinel(Form form, int length, int prefixes, int opcode, boolean code32) {
        int size = code32 ? 4 : 2;
        int sizes = size | size << 4 | (code32 ? 0x100 : 0);
        return new Instruction(form, length, prefixes, opcode, sizes, -1, Addressing.none(), 0, 0, 0);
    }
}

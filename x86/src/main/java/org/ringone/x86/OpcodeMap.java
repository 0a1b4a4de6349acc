package org.ringone.x86;

import java.util.Arrays;

/**
 * The rows by opcode, for decoding: for each opcode map and mandatory prefix an entry per opcode, and in an entry with a
 * ModRM byte a row per reg field (memory operands) and per ModRM byte (register operands).
 */
final class OpcodeMap {
    /** Rows in an entry that has a ModRM byte: 8 for memory by the reg field, 64 for registers by the whole byte. */
    private static final int SLOTS = 72;

    private static final int MAPS = 4;

    /** The prefixes that can select a row, the last one that counts: F2 and F3 win over 66. */
    static final int NO_PREFIX = 0;

    static final int PREFIX_66 = 1;
    static final int PREFIX_F3 = 2;
    static final int PREFIX_F2 = 3;
    private static final int PREFIXES = 4;

    private static final Form[][] ENTRIES = build();

    private OpcodeMap() {}

    /** The rows of an opcode: none (null), one (no ModRM byte), or as many as {@link #slot} selects from. */
    static Form[] entry(int map, int prefix, int opcode) {
        return ENTRIES[(map << 2 | prefix) << 8 | opcode];
    }

    /** Where in an entry the row for a ModRM byte is. */
    static int slot(int modRm) {
        return modRm < 0xC0 ? modRm >> 3 & 7 : 8 + (modRm & 63);
    }

    private static Form[][] build() {
        Form[][] entries = new Form[MAPS * PREFIXES * 256][];
        for (Form form : InstructionTable.forms()) {
            if (form.encoding() == Encoding.NONE) {
                continue;
            }
            for (int prefix = 0; prefix < PREFIXES; prefix++) {
                if (accepts(form.encoding().prefix(), prefix)) {
                    for (int i = 0; i < form.encoding().low().count; i++) {
                        int at = (form.encoding().map() << 2 | prefix) << 8
                                | form.encoding().opcode() + i;
                        entries[at] = enter(entries[at], form);
                    }
                }
            }
        }
        return entries;
    }

    private static boolean accepts(Encoding.Prefix wanted, int prefix) {
        return switch (wanted) {
            case ANY -> true;
            case NP -> prefix == NO_PREFIX;
            case P66 -> prefix == PREFIX_66;
            case PF3 -> prefix == PREFIX_F3;
            case PF2 -> prefix == PREFIX_F2;
        };
    }

    private static Form[] enter(Form[] entry, Form form) {
        boolean modRm = form.encoding().modRm();
        Form[] rows = entry;
        if (rows == null) {
            rows = new Form[modRm ? SLOTS : 1];
            Arrays.fill(rows, Form.UNDEFINED);
        } else if (modRm != rows.length > 1) {
            throw new IllegalStateException("rows with and without a ModRM byte: " + form + "; " + rows[0]);
        }
        for (int slot = 0; slot < rows.length; slot++) {
            if (!modRm || fits(form, slot)) {
                if (specificity(rows[slot]) == specificity(form)) {
                    throw new IllegalStateException("two rows for one encoding: " + form + "; " + rows[slot]);
                }
                if (specificity(form) > specificity(rows[slot])) {
                    rows[slot] = form;
                }
            }
        }
        return rows;
    }

    /** A row that asks for more wins over one that asks for less: PAUSE over NOP over XCHG. */
    private static int specificity(Form form) {
        Encoding encoding = form.encoding();
        if (encoding == Encoding.NONE) {
            return -1;
        }
        return (encoding.prefix() != Encoding.Prefix.ANY ? 4 : 0)
                + (encoding.exact() >= 0 ? 2 : 0)
                + (encoding.low() == Encoding.Low.NOTHING ? 1 : 0);
    }

    private static boolean fits(Form form, int slot) {
        Encoding encoding = form.encoding();
        boolean memory = slot < 8;
        int reg = memory ? slot : slot - 8 >> 3;
        if (encoding.exact() >= 0) {
            int mask = encoding.exactLow() ? 0x38 : 0x3F;
            return !memory && (slot - 8 & mask) == (encoding.exact() & mask);
        }
        if (encoding.reg() >= 0 && encoding.reg() != reg) {
            return false;
        }
        for (int i = 0; i < form.operands(); i++) {
            Operand operand = form.operand(i);
            boolean possible =
                    switch (operand.kind()) {
                        case MEMORY -> memory;
                        case RM_REGISTER -> !memory || form.attributes().anyMod();
                        case REG -> operand.bank() != Operand.Bank.SEGMENT || segment(reg, form.access(i));
                        default -> true;
                    };
            if (!possible) {
                return false;
            }
        }
        return true;
    }

    /** There are six segment registers, and CS cannot be loaded by MOV. */
    private static boolean segment(int reg, Access access) {
        return reg < 6 && !(access.writes() && reg == 1);
    }
}

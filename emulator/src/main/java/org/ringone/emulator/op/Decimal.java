package org.ringone.emulator.op;

import org.ringone.emulator.CpuState;
import org.ringone.emulator.StatusFlags;

/**
 * The decimal adjustments of AL and AX. Undefined flags: DAA and DAS clear OF, AAM and AAD clear CF, OF and AF, AAA and AAS set
 * SF, ZF and PF by AL and clear OF.
 */
final class Decimal {
    private Decimal() {}

    /** AL after DAA. */
    static int daa(CpuState s, int al) {
        int r = al;
        boolean adjust = (al & 15) > 9 || StatusFlags.adjust(s);
        boolean carry = al > 0x99 || StatusFlags.carry(s);
        if (adjust) {
            r += 6;
        }
        if (carry) {
            r += 0x60;
        }
        return set(s, r, carry, adjust);
    }

    /** AL after DAS. */
    static int das(CpuState s, int al) {
        int r = al;
        boolean adjust = (al & 15) > 9 || StatusFlags.adjust(s);
        boolean top = al > 0x99 || StatusFlags.carry(s);
        boolean borrow = adjust && al < 6;
        if (adjust) {
            r -= 6;
        }
        if (top) {
            r -= 0x60;
        }
        return set(s, r, top || borrow, adjust);
    }

    /** AX after AAA. */
    static int aaa(CpuState s, int ax) {
        return ascii(s, ax, 0x106);
    }

    /** AX after AAS. */
    static int aas(CpuState s, int ax) {
        return ascii(s, ax, -0x106);
    }

    /** AX after AAM; {@code base} is not 0. */
    static int aam(CpuState s, int al, int base) {
        int low = al % base;
        Alu.logic(s, low, 1);
        return al / base << 8 | low;
    }

    /** AX after AAD. */
    static int aad(CpuState s, int ax, int base) {
        int low = (ax & 0xFF) + (ax >> 8 & 0xFF) * base & 0xFF;
        Alu.logic(s, low, 1);
        return low;
    }

    /** The adjustment goes through the whole of AX, so it carries from AL into AH as processors since the 286 do. */
    private static int ascii(CpuState s, int ax, int change) {
        boolean adjust = (ax & 15) > 9 || StatusFlags.adjust(s);
        int r = (adjust ? ax + change : ax) & 0xFF0F;
        set(s, r, adjust, adjust);
        return r;
    }

    private static int set(CpuState s, int al, boolean carry, boolean adjust) {
        int flags = Alu.logic(s, al, 1);
        StatusFlags.unpack(s, StatusFlags.pack(s) | (carry ? StatusFlags.CF : 0) | (adjust ? StatusFlags.AF : 0));
        return flags & 0xFF;
    }
}

package org.ringone.emulator;

import java.util.Random;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/**
 * Random registers and flags for one instruction: values at their edges more often than not, but whatever addresses memory points
 * into a window, so that operands can be reached.
 */
public final class RandomState {
    private static final int[] EDGES = {
        0,
        1,
        2,
        -1,
        -2,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x1_0000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        9,
        0x99,
        0x9A,
        0x10
    };
    private static final int STATUS = 0x8D5;

    public final int[] r = new int[8];
    public int eflags;

    private final Random random;
    private final int low;
    private final int size;
    private final boolean align;

    /** @param low first address of the window, @param size its bytes; 16-bit addresses go wherever they like */
    public RandomState(Random random, int low, int size) {
        this(random, low, size, true);
    }

    /** @param align whether operands that must be aligned mostly are */
    RandomState(Random random, int low, int size, boolean align) {
        this.align = align;
        this.random = random;
        this.low = low;
        this.size = size;
    }

    /** One time in three so near the end of a page that an operand may cross it. */
    private int address() {
        int a = low + random.nextInt(size);
        return random.nextInt(3) == 0 ? a | 0xFF8 : a;
    }

    private int value() {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextInt(0x100) * 0x0101_0101;
            case 2 -> random.nextInt() >> random.nextInt(32);
            default -> random.nextInt();
        };
    }

    /** Draws a state for an instruction. */
    public void draw(Instruction i) {
        for (int n = 0; n < 8; n++) {
            r[n] = value();
        }
        eflags = random.nextInt() & STATUS | (random.nextInt(3) == 0 ? CpuState.DF : 0) | 2;
        r[CpuState.ESP] = random.nextBoolean() ? address() & -4 : address();
        switch (i.form.mnemonic()) {
            case "ENTER", "LEAVE" -> r[CpuState.EBP] = address();
            case "XLAT" -> r[CpuState.EBX] = address();
            case "MOVS", "CMPS", "STOS", "LODS", "SCAS" -> {
                r[CpuState.ESI] = address();
                r[CpuState.EDI] = random.nextInt(3) == 0 ? r[CpuState.ESI] + random.nextInt(9) - 4 : address();
                r[CpuState.ECX] = random.nextInt(20) | (i.addressSize == 2 ? random.nextInt() << 16 : 0);
            }
            case "MASKMOVQ", "MASKMOVDQU" -> r[CpuState.EDI] = address();
            case "DIV", "IDIV" -> divisible();
            case "LOOP", "LOOPE", "LOOPNE", "JCXZ" -> r[CpuState.ECX] = random.nextInt(4) << 14;
            case "CMPXCHG", "CMPXCHG8B" -> r[CpuState.EAX] = value() & 3;
            default -> {}
        }
        if (i.memory() && i.addressSize == 4) {
            aim(i);
        }
    }

    /** A dividend that does not nearly always overflow. */
    private void divisible() {
        if (random.nextInt(4) > 0) {
            r[CpuState.EDX] = random.nextBoolean() ? r[CpuState.EAX] >> 31 : random.nextInt(8);
        }
    }

    /** Whether a register counts bits from the operand's address. */
    private static boolean bitString(Instruction i) {
        return i.form.mnemonic().startsWith("BT") && i.form.operand(1).kind() == Operand.Kind.REG;
    }

    /** Changes base or index so that the operand lies in the window. */
    private void aim(Instruction i) {
        if (bitString(i)) {
            r[i.reg] = random.nextInt(0x8000) - 0x4000;
        }
        int target = align && mustBeAligned(i) ? address() & -16 : address();
        if (i.base >= 0 && i.base == i.index) {
            r[i.base] = (target - i.displacement) / (1 + (1 << i.scale));
        } else if (i.base >= 0) {
            int indexed = i.index >= 0 ? r[i.index] << i.scale : 0;
            r[i.base] = target - i.displacement - indexed;
        } else if (i.index >= 0) {
            r[i.index] = target - i.displacement >>> i.scale;
        }
    }

    /** Whether the memory operand must be aligned to 16 bytes. */
    public static boolean mustBeAligned(Instruction i) {
        int width = i.memoryWidth();
        return (width == 16 || width == 512) && !i.form.mnemonic().matches("MOVUP.|MOVDQU");
    }

    /** Whether the memory operand lies in the window, or has a 16-bit address. */
    public boolean reachable(Instruction i) {
        if (!i.memory() || i.addressSize == 2) {
            return true;
        }
        int a = address(i) + (bitString(i) ? r[i.reg] >> 3 : 0);
        return a >= low && a < low + size && r[CpuState.ESP] >= low && r[CpuState.ESP] < low + size;
    }

    /** The sum of displacement, base and index, as 32 bits. */
    public int address(Instruction i) {
        int a = i.displacement;
        a += i.base >= 0 ? r[i.base] : 0;
        a += i.index >= 0 ? r[i.index] << i.scale : 0;
        return a;
    }
}

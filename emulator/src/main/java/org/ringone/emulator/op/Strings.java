package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.DF;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDI;
import static org.ringone.emulator.CpuState.ES;
import static org.ringone.emulator.CpuState.ESI;
import static org.ringone.emulator.op.Operands.load;
import static org.ringone.emulator.op.Operands.register;
import static org.ringone.emulator.op.Operands.store;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.x86.Instruction;

/**
 * String instructions. The source is DS:ESI (or another segment), the destination always ES:EDI; the address size says whether the
 * 16-bit registers count instead.
 *
 * <p>A repeated one commits its registers with every element, so a fault leaves it restartable at the element that faulted. One
 * execution does a bounded number of elements and then asks to be executed again.
 */
final class Strings {
    /** One element, registers included; false when it faulted, with nothing changed. */
    private interface Element {
        boolean run(Cpu c, MemoryPort m, Instruction i, int step);
    }

    /** Several elements at once, upwards or downwards, 32-bit addresses, registers included. */
    private interface Stretch {
        /** @return how many elements were done, 0 to {@code most} */
        int run(Cpu c, MemoryPort m, Instruction i, int most);
    }

    private static final Stretch NONE = (c, m, i, most) -> 0;

    private Strings() {}

    static void bind(OperationTable t) {
        t.bind("MOVS", repeated(Strings::movs, Strings::copy, Strings::copyDown, false));
        t.bind("STOS", repeated(Strings::stos, Strings::fill, NONE, false));
        t.bind("LODS", repeated(Strings::lods, NONE, NONE, false));
        t.bind("CMPS", repeated(Strings::cmps, Strings::skipEqual, NONE, true));
        t.bind("SCAS", repeated(Strings::scas, Strings::pass, NONE, true));
    }

    private static Operation repeated(Element element, Stretch up, Stretch down, boolean compares) {
        return (c, m, i) -> {
            int step = (c.s.flags & DF) != 0 ? -i.operandSize : i.operandSize;
            if (i.repeat == 0) {
                element.run(c, m, i, step);
            } else {
                Stretch stretch = i.addressSize != 4 ? NONE : step > 0 ? up : down;
                repeat(c, m, i, step, element, stretch, compares);
            }
        };
    }

    private static void repeat(
            Cpu c, MemoryPort m, Instruction i, int step, Element element, Stretch stretch, boolean compares) {
        CpuState s = c.s;
        int count = register(s, ECX, i.addressSize);
        for (int left = c.repeatLimit(); count != 0; left--) {
            if (left == 0) {
                c.again(i);
                return;
            }
            int most = Integer.compareUnsigned(count, left) < 0 ? count : left;
            int done = stretch.run(c, m, i, most);
            if (done > 0) {
                count -= done;
                s.r[ECX] = count;
                left -= done - 1;
                continue;
            }
            if (!element.run(c, m, i, step)) {
                return;
            }
            count--;
            register(s, ECX, i.addressSize, count);
            if (compares && StatusFlags.zero(s) != (i.repeat == 1)) {
                return;
            }
        }
    }

    private static void advance(CpuState s, int n, Instruction i, int step) {
        register(s, n, i.addressSize, s.r[n] + step);
    }

    private static int copy(Cpu c, MemoryPort m, Instruction i, int most) {
        int[] r = c.s.r;
        int size = i.operandSize;
        int done = m.copyUpwards(i.segment, r[ESI], ES, r[EDI], size, most * size);
        r[ESI] += done;
        r[EDI] += done;
        return done / size;
    }

    private static int copyDown(Cpu c, MemoryPort m, Instruction i, int most) {
        int[] r = c.s.r;
        int size = i.operandSize;
        int done = m.copyDownwards(i.segment, r[ESI], ES, r[EDI], size, most * size);
        r[ESI] -= done;
        r[EDI] -= done;
        return done / size;
    }

    private static int fill(Cpu c, MemoryPort m, Instruction i, int most) {
        int[] r = c.s.r;
        int size = i.operandSize;
        int done = m.fillUpwards(ES, r[EDI], r[EAX], size, most * size);
        r[EDI] += done;
        return done / size;
    }

    /**
     * REPE only; leaves the last element, and the first that differs, to be compared for their flags. So it does with the last one that is
     * equal: the next one may fault, with the flags of this one.
     */
    private static int skipEqual(Cpu c, MemoryPort m, Instruction i, int most) {
        if (i.repeat != 1 || most == 1) {
            return 0;
        }
        int[] r = c.s.r;
        int size = i.operandSize;
        int done = butLast(m.equalUpwards(i.segment, r[ESI], ES, r[EDI], size, (most - 1) * size), size);
        r[ESI] += done;
        r[EDI] += done;
        return done / size;
    }

    /** Leaves the last element, the one that ends the search and the one before it to be compared, as {@link #skipEqual} does. */
    private static int pass(Cpu c, MemoryPort m, Instruction i, int most) {
        if (most == 1) {
            return 0;
        }
        int[] r = c.s.r;
        int size = i.operandSize;
        int done = butLast(m.passUpwards(ES, r[EDI], r[EAX], i.repeat == 1, size, (most - 1) * size), size);
        r[EDI] += done;
        return done / size;
    }

    private static int butLast(int bytes, int size) {
        return Math.max(0, bytes - size);
    }

    private static boolean movs(Cpu c, MemoryPort m, Instruction i, int step) {
        CpuState s = c.s;
        int value = load(m, i.segment, register(s, ESI, i.addressSize), i.operandSize);
        if (c.faulted()) {
            return false;
        }
        store(m, ES, register(s, EDI, i.addressSize), i.operandSize, value);
        if (c.faulted()) {
            return false;
        }
        advance(s, ESI, i, step);
        advance(s, EDI, i, step);
        return true;
    }

    private static boolean stos(Cpu c, MemoryPort m, Instruction i, int step) {
        CpuState s = c.s;
        store(m, ES, register(s, EDI, i.addressSize), i.operandSize, s.r[EAX]);
        if (c.faulted()) {
            return false;
        }
        advance(s, EDI, i, step);
        return true;
    }

    private static boolean lods(Cpu c, MemoryPort m, Instruction i, int step) {
        CpuState s = c.s;
        int value = load(m, i.segment, register(s, ESI, i.addressSize), i.operandSize);
        if (c.faulted()) {
            return false;
        }
        register(s, EAX, i.operandSize, value);
        advance(s, ESI, i, step);
        return true;
    }

    private static boolean cmps(Cpu c, MemoryPort m, Instruction i, int step) {
        CpuState s = c.s;
        int a = load(m, i.segment, register(s, ESI, i.addressSize), i.operandSize);
        if (c.faulted()) {
            return false;
        }
        int b = load(m, ES, register(s, EDI, i.addressSize), i.operandSize);
        if (c.faulted()) {
            return false;
        }
        Alu.sub(s, a, b, i.operandSize);
        advance(s, ESI, i, step);
        advance(s, EDI, i, step);
        return true;
    }

    private static boolean scas(Cpu c, MemoryPort m, Instruction i, int step) {
        CpuState s = c.s;
        int b = load(m, ES, register(s, EDI, i.addressSize), i.operandSize);
        if (c.faulted()) {
            return false;
        }
        Alu.sub(s, s.r[EAX], b, i.operandSize);
        advance(s, EDI, i, step);
        return true;
    }
}

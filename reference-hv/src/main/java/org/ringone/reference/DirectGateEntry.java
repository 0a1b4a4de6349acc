package org.ringone.reference;

import static org.ringone.reference.Vcpu.CS;
import static org.ringone.reference.Vcpu.ESP;
import static org.ringone.reference.Vcpu.FLAG_NT;
import static org.ringone.reference.Vcpu.FLAG_RF;
import static org.ringone.reference.Vcpu.FLAG_TF;
import static org.ringone.reference.Vcpu.FLAG_VM;
import static org.ringone.reference.Vcpu.SS;

import org.ringone.emulator.Mmu;
import org.ringone.emulator.Vector;

/**
 * What the processor does when INT 0x80 goes through a 32-bit trap gate from ring 1 to 3 straight into the guest (TRAP-06; Intel
 * SDM volume 3, 6.12.1): the frame is the plain one, and neither the event mask nor the hypervisor plays any part.
 */
final class DirectGateEntry {

    private static final int SELECTOR_MASK = 0xFFFC;
    private static final int MOST_WORDS = 5;

    private final Descriptor code = new Descriptor();
    private final Descriptor stackDescriptor = new Descriptor();
    private final SegmentView stack = new SegmentView();
    private final long[] slots = new long[MOST_WORDS];

    /**
     * Goes through the gate.
     *
     * @param start the address of the INT instruction
     * @return false when that faulted; then the guest's own trap waits for delivery and nothing else has happened
     */
    boolean enter(Vcpu v, DirectGate gate, int start) {
        int selector = gate.selector();
        DescriptorTables tables = v.parts().descriptorTables;
        if ((selector & ~3) == 0) {
            return fault(v, start, Vector.GP, 0);
        }
        int ring = v.state.cpl();
        if (!tables.read(v, selector, code) || !code.code() || code.dpl() > ring) {
            return fault(v, start, Vector.GP, selector & SELECTOR_MASK);
        }
        if (!code.present()) {
            return fault(v, start, Vector.NP, selector & SELECTOR_MASK);
        }
        boolean inner = !code.conforming() && code.dpl() < ring;
        int handlerRing = code.conforming() ? ring : code.dpl();
        return inner ? enterInner(v, gate, start, handlerRing) : enterSame(v, gate, start, handlerRing);
    }

    private boolean enterSame(Vcpu v, DirectGate gate, int start, int ring) {
        int base = v.state.base(SS);
        int esp = v.state.r[ESP];
        for (int i = 1; i <= 3; i++) {
            if (!v.parts().segmentReload.stackCovers(v, esp - 4 * i)) {
                return fault(v, start, Vector.SS, 0);
            }
            if (!probe(v, i - 1, base + esp - 4 * i, ring)) {
                return pageFault(v, start);
            }
        }
        if (!inCode(gate)) {
            return fault(v, start, Vector.GP, 0);
        }
        store(v, 0, v.state.eflags(), v.selector(CS), v.state.eip);
        v.state.r[ESP] = esp - 12;
        go(v, gate, ring);
        return true;
    }

    private boolean enterInner(Vcpu v, DirectGate gate, int start, int ring) {
        if (ring != 1) {
            return fault(v, start, Vector.TS, 0); // the task state has a stack for ring 1 only
        }
        int ss = v.kernelSs;
        int error = ss & SELECTOR_MASK;
        if ((ss & ~3) == 0 || !v.parts().descriptorTables.read(v, ss, stackDescriptor)) {
            return fault(v, start, Vector.TS, error);
        }
        if ((ss & 3) != ring || stackDescriptor.dpl() != ring || !stackDescriptor.writableData()) {
            return fault(v, start, Vector.TS, error);
        }
        if (!stackDescriptor.present()) {
            return fault(v, start, Vector.SS, error);
        }
        stack.set(stackDescriptor);
        int esp = v.kernelSp;
        for (int i = 1; i <= MOST_WORDS; i++) {
            if (!stack.covers(esp - 4 * i, 4)) {
                return fault(v, start, Vector.SS, error);
            }
            if (!probe(v, i - 1, stack.base + esp - 4 * i, ring)) {
                return pageFault(v, start);
            }
        }
        if (!inCode(gate)) {
            return fault(v, start, Vector.GP, 0);
        }
        write(v, slots[0], v.selector(SS));
        write(v, slots[1], v.state.r[ESP]);
        store(v, 2, v.state.eflags(), v.selector(CS), v.state.eip);
        v.state.r[ESP] = esp - 4 * MOST_WORDS;
        v.parts().descriptorTables.markAccessed(v, ss, stackDescriptor);
        v.cpu.segmentation().set(SS, ss, stackDescriptor.bits());
        go(v, gate, ring);
        return true;
    }

    private boolean inCode(DirectGate gate) {
        return Integer.compareUnsigned(gate.offset(), code.byteLimit()) <= 0;
    }

    private void go(Vcpu v, DirectGate gate, int ring) {
        int selector = gate.selector() & SELECTOR_MASK | ring;
        v.parts().descriptorTables.markAccessed(v, selector, code);
        v.state.eflags(v.state.eflags() & ~(FLAG_TF | FLAG_NT | FLAG_RF | FLAG_VM));
        v.state.eip = gate.offset();
        v.cpu.segmentation().set(CS, selector, code.bits());
        v.cpu.modeChanged();
    }

    /** Finds where a word of the frame goes; frames are aligned or not as the guest's stack pointer is. */
    private boolean probe(Vcpu v, int slot, int linear, int ring) {
        boolean user = ring == 3;
        Mmu mmu = v.cpu.mmu();
        slots[slot] = mmu.translate(linear, Mmu.WRITE, user);
        if (slots[slot] < 0) {
            return false;
        }
        if ((linear & 0xFFF) <= 0xFFC) {
            return true;
        }
        slots[slot] = -1 - (linear & 0xFFFFFFFFL); // crosses a page: written byte by byte
        return mmu.translate(linear + 3, Mmu.WRITE, user) >= 0;
    }

    private void store(Vcpu v, int slot, int eflags, int cs, int eip) {
        write(v, slots[slot], eflags);
        write(v, slots[slot + 1], cs);
        write(v, slots[slot + 2], eip);
    }

    private static void write(Vcpu v, long place, int value) {
        if (place >= 0) {
            v.domain.machine.memory.write32(place, value);
            return;
        }
        int linear = (int) (-1 - place);
        for (int i = 0; i < 4; i++) {
            v.domain.machine.memory.write8(v.cpu.mmu().translate(linear + i, Mmu.WRITE, false), value >>> 8 * i);
        }
    }

    private static boolean fault(Vcpu v, int start, int vector, int code) {
        v.state.eip = start;
        v.parts().exceptions.handle(v, vector, code);
        return false;
    }

    private static boolean pageFault(Vcpu v, int start) {
        Mmu mmu = v.cpu.mmu();
        v.state.cr2 = mmu.faultAddress();
        return fault(v, start, Vector.PF, mmu.faultCode());
    }
}

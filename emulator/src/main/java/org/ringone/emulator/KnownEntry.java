package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

/**
 * A way into a handler at an inner level that has passed all checks: everything that they looked at. Whoever finds all of it the same
 * again need not check again. Nothing is ever out of date here, since every value is read afresh and compared.
 *
 * @param gate a 32-bit one, as read from the table
 * @param software whether it was an instruction that asked, for which the gate's DPL counts
 * @param from the privilege level before
 * @param code the descriptor of the handler's segment, accessed
 * @param level that the handler runs at
 * @param stackSelector as the task state segment named it
 * @param stack the descriptor of the inner stack, accessed
 */
record KnownEntry(
        long gate,
        boolean software,
        int from,
        int selector,
        long code,
        int offset,
        int level,
        int stackSelector,
        long stack) {

    /** Whether the same gate is gone through under the same conditions. */
    boolean sameGate(CpuState s, long otherGate, boolean bySoftware) {
        return gate == otherGate && software == bySoftware && from == s.cpl && !s.virtual8086();
    }

    /** Whether the inner stack is the same too. */
    boolean sameStack(Segmentation segments, Segmentation.InnerStack named) {
        return named.selector() == stackSelector && segments.stillNames(stackSelector, stack);
    }

    /**
     * Enters the handler.
     *
     * @param pointer of the inner stack
     * @return false with a fault recorded and nothing changed
     */
    boolean enter(Cpu cpu, int pointer, int errorCode) {
        CpuState s = cpu.s;
        NewStack frame = new NewStack(cpu, stackSelector, stack, pointer, level);
        if (!frame.probe(errorCode == Vector.NO_ERROR_CODE ? 5 : 6, 4)) {
            return false;
        }
        frame.push(s.selector[SS], 4);
        frame.push(s.r[ESP], 4);
        frame.push(s.eflags(), 4);
        frame.push(s.selector[CS], 4);
        frame.push(s.eip, 4);
        if (errorCode != Vector.NO_ERROR_CODE) {
            frame.push(errorCode, 4);
        }
        IdtDelivery.start(cpu, selector & ~3 | level, code, offset, (gate & 1L << 40) == 0);
        cpu.segmentation().set(SS, stackSelector, stack);
        s.r[ESP] = frame.pointer();
        return true;
    }
}

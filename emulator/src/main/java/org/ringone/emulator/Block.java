package org.ringone.emulator;

import org.ringone.x86.Branch;
import org.ringone.x86.Instruction;

/**
 * Consecutive instructions, decoded and bound: up to the first that can change where control goes or what instructions mean, or to
 * the end of the page. Immutable, but for what makes it faster.
 */
final class Block {
    /** The most instructions of a block. */
    static final int LONGEST = 32;

    final int count;
    /** Bytes of all its instructions. */
    final int length;
    /** What was decoded from the second frame of a block that crosses into one; null for all others. */
    final CodePage second;

    /** Whether it only computes and branches near: nothing in it looks at the time or changes what instructions mean. */
    final boolean straight;

    /** Whether that is so but for its last instruction, which traps or goes far: a trace can end with it. */
    final boolean leaves;

    /** The trace that begins with this block, once there is one. Forks in other threads may see it late, which does no harm. */
    Trace trace;
    /** How often it has run outside a trace, about. */
    int heat;

    private final Instruction[] instructions;
    private final Operation[] operations;

    Block(Instruction[] instructions, Operation[] operations, CodePage second) {
        this.count = instructions.length;
        this.instructions = instructions;
        this.operations = operations;
        this.second = second;
        boolean alone = second == null;
        this.straight = alone && isStraight(instructions, count);
        this.leaves = alone && !straight && isStraight(instructions, count - 1) && departs(instructions[count - 1]);
        int bytes = 0;
        for (Instruction i : instructions) {
            bytes += i.length;
        }
        length = bytes;
    }

    private static boolean departs(Instruction i) {
        boolean far = i.form.branch() == Branch.INTERRUPT || i.form.branch() == Branch.FAR;
        return far && !CodeCache.startsBlock(i) && !CodeCache.isSentinel(i);
    }

    private static boolean isStraight(Instruction[] instructions, int count) {
        for (int k = 0; k < count; k++) {
            Instruction i = instructions[k];
            boolean near =
                    switch (i.form.branch()) {
                        case NONE, CONDITIONAL, JUMP, CALL, RETURN -> true;
                        case FAR, INTERRUPT, SYSTEM -> false;
                    };
            if (!near || CodeCache.startsBlock(i) || CodeCache.isSentinel(i)) {
                return false;
            }
        }
        return true;
    }

    Instruction instruction(int k) {
        return instructions[k];
    }

    Operation operation(int k) {
        return operations[k];
    }

    /**
     * Runs the first instructions of the block until one asks for attention ({@link Cpu#attention} says why it stopped).
     *
     * @param most 1 to {@link #count}
     * @return how many were carried out, one that faulted included; EIP is then that one's address
     */
    int run(Cpu cpu, MemoryPort memory, int most) {
        CpuState s = cpu.s;
        Instruction[] is = instructions;
        Operation[] ops = operations;
        int next = s.eip;
        int k = 0;
        do {
            Instruction i = is[k];
            next += i.length;
            s.eip = next;
            ops[k++].execute(cpu, memory, i);
        } while (cpu.attention == 0 && k < most);
        return cpu.stopped(next - is[k - 1].length, k);
    }
}

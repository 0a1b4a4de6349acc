package org.ringone.emulator;

import java.util.ArrayList;
import java.util.List;
import org.ringone.x86.Instruction;

/** Runs on from a block that has become hot and notes the way that execution takes: a {@link Trace} for the next time. */
final class TraceRecorder {
    /** A block that has run so many times is hot. */
    static final int HOT = 1 << 15;
    /** A trace shorter than this is not worth a class. */
    private static final int SHORTEST = 2;

    /** What an instruction asks for that traps or goes far, when nothing else is the matter. */
    private static final int DEPARTED = Cpu.INTERRUPT | Cpu.CHANGED;

    private final Cpu cpu;
    private final CodeCache code;

    TraceRecorder(Cpu cpu, CodeCache code) {
        this.cpu = cpu;
        this.code = code;
    }

    /**
     * Runs from a hot block to where its trace ends: back at its beginning, at the end of the page, behind an instruction that traps
     * or goes far, before a block that was passed already or cannot be part of a trace.
     *
     * @param head found at CS:EIP
     * @param budget at least 1
     * @return how many instructions were carried out, one that faulted included
     */
    long record(Block head, long budget) {
        if (!traceable(head)) {
            return head.run(cpu, cpu.port, (int) Math.min(head.count, budget));
        }
        CpuState s = cpu.s;
        int origin = s.eip;
        int page = s.base[CpuState.CS] + origin & Mmu.PAGE;
        List<Trace.Step> steps = new ArrayList<>();
        List<Block> passed = new ArrayList<>();
        Block block = head;
        long done = 0;
        while (budget - done >= block.count) {
            int at = s.eip;
            if (done > 0) { // the head is known already
                cpu.entering(block, done);
            }
            int ran = block.run(cpu, cpu.port, block.count);
            done += ran;
            if (block.leaves && ran == block.count && (cpu.attention & ~DEPARTED) == 0) {
                append(steps, block, at - origin, s.eip - origin);
                finish(head, steps);
                return done;
            }
            if (cpu.attention != 0) {
                break;
            }
            passed.add(block);
            append(steps, block, at - origin, s.eip - origin);
            boolean leaves = s.eip == origin || (s.base[CpuState.CS] + s.eip & Mmu.PAGE) != page;
            block = leaves ? null : code.find();
            if (block == null
                    || passed.contains(block)
                    || steps.size() + block.count > Trace.LONGEST
                    || !traceable(block)) {
                if (cpu.attention == 0) {
                    finish(head, steps);
                }
                return done;
            }
        }
        head.heat = HOT / 2; // interrupted: try again
        return done == 0 ? head.run(cpu, cpu.port, (int) Math.min(head.count, budget)) : done;
    }

    private static void finish(Block head, List<Trace.Step> steps) {
        if (steps.size() >= SHORTEST) {
            head.trace = Trace.of(steps);
        }
    }

    private boolean traceable(Block block) {
        return (block.straight || block.leaves) && block.count <= Trace.LONGEST && code.keeps(block);
    }

    private static void append(List<Trace.Step> steps, Block block, int start, int target) {
        int at = start;
        for (int k = 0; k < block.count; k++) {
            Instruction i = block.instruction(k);
            int next = at + i.length;
            steps.add(new Trace.Step(i, block.operation(k), at, next, k == block.count - 1 ? target : next));
            at = next;
        }
    }
}

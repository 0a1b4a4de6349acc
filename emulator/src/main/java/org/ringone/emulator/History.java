package org.ringone.emulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ringone.x86.Instruction;

/**
 * The way that a processor came: the blocks that it entered last, from which the instructions that it carried out last can be told, as
 * they were decoded then. It costs a processor little, and those that nobody asked for it nothing.
 */
public final class History {
    /** Blocks remembered, a power of two. */
    private static final int KEPT = 16;

    /**
     * An instruction that was begun.
     *
     * @param cs the code segment's selector
     * @param eip its offset in there
     */
    public record Past(int cs, int eip, Instruction instruction) {}

    private final int[] cs = new int[KEPT];
    private final int[] eip = new int[KEPT];
    private final long[] since = new long[KEPT];
    private final Block[] blocks = new Block[KEPT];
    /** Blocks entered so far. */
    private int entered;

    History() {}

    /** The same way behind it, for a fork. */
    History copy() {
        History copy = new History();
        System.arraycopy(cs, 0, copy.cs, 0, KEPT);
        System.arraycopy(eip, 0, copy.eip, 0, KEPT);
        System.arraycopy(since, 0, copy.since, 0, KEPT);
        System.arraycopy(blocks, 0, copy.blocks, 0, KEPT);
        copy.entered = entered;
        return copy;
    }

    /**
     * A block is entered.
     *
     * @param selector in CS
     * @param at where, by EIP
     * @param retired how many instructions the processor has retired
     * @param block null when there is none: its first instruction cannot be fetched
     */
    void enter(int selector, int at, long retired, Block block) {
        int slot = entered++ & KEPT - 1;
        cs[slot] = selector;
        eip[slot] = at;
        since[slot] = retired;
        blocks[slot] = block;
    }

    /**
     * The instructions that were begun last, oldest first; fewer when they are not known.
     *
     * @param retired how many instructions the processor has retired
     * @param most how many are wanted
     */
    List<Past> last(long retired, int most) {
        List<Past> latest = new ArrayList<>(most);
        long end = retired;
        for (int n = 1; n <= Math.min(entered, KEPT) && latest.size() < most; n++) {
            int slot = entered - n & KEPT - 1;
            Block block = blocks[slot];
            long done = end - since[slot];
            boolean traced = block != null && done > block.count;
            if (done < 0 || traced && block.trace == null) {
                break; // it was carried out by a trace that is gone
            }
            for (long k = done - 1; k >= 0 && block != null && latest.size() < most; k--) {
                latest.add(traced ? traced(slot, block.trace, k) : plain(slot, block, (int) k));
            }
            end = since[slot];
        }
        Collections.reverse(latest);
        return latest;
    }

    private Past plain(int slot, Block block, int k) {
        int at = eip[slot];
        for (int n = 0; n < k; n++) {
            at += block.instruction(n).length;
        }
        return new Past(cs[slot], at, block.instruction(k));
    }

    /** Traces run over and over from where they begin. */
    private Past traced(int slot, Trace trace, long k) {
        Trace.Step step = trace.step((int) (k % trace.count));
        return new Past(cs[slot], eip[slot] + step.start(), step.instruction());
    }
}

package org.ringone.emulator;

import java.util.ArrayList;
import java.util.List;
import org.ringone.x86.Branch;
import org.ringone.x86.CodeSource;
import org.ringone.x86.Decoder;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.Privilege;

/** Finds the block of decoded instructions at CS:EIP, decoding it when it is not there yet. */
final class CodeCache {
    private static final int FRAME_SIZE = PhysicalMemory.FRAME_SIZE;
    private static final int FOUND = 1024;
    private static final long USER = 1L << 32;

    private final Cpu cpu;
    private final CpuState s;
    private final PhysicalMemory memory;

    /**
     * What was found before, by linear address: good for as long as none of its translations is forgotten, no code dropped and CS the same
     * in all that matters here. Each of these moves {@link Mmu#fetchEpoch}.
     */
    private final Block[] found = new Block[FOUND];

    private final long[] foundFor = new long[FOUND];
    private final long[] foundIn = new long[FOUND];
    /** CS as {@link #segmentChanged} last saw it. */
    private int base;

    private int limit;
    private int rights;

    CodeCache(Cpu cpu) {
        this.cpu = cpu;
        this.s = cpu.s;
        this.memory = cpu.memory;
    }

    /** CS was loaded. */
    void segmentChanged() {
        int csRights = s.rights[CpuState.CS] & Descriptor.BIG;
        if (base != s.base[CpuState.CS] || limit != s.limit[CpuState.CS] || rights != csRights) {
            base = s.base[CpuState.CS];
            limit = s.limit[CpuState.CS];
            rights = csRights;
            cpu.mmu().fetchEpoch++;
        }
    }

    /**
     * The block at CS:EIP, all of it within the code segment's limit.
     *
     * @return null when the first instruction's fetch faults; the fault has been recorded
     */
    Block find() {
        int linear = s.base[CpuState.CS] + s.eip;
        long wanted = linear & 0xFFFF_FFFFL | (s.cpl == 3 ? USER : 0);
        int at = place(linear);
        if (foundFor[at] == wanted && foundIn[at] == cpu.mmu().fetchEpoch) {
            return found[at];
        }
        return look(linear, wanted);
    }

    /** Where {@link #found} keeps a block: pages have their hottest code at the same offsets, so the page takes part. */
    private static int place(int linear) {
        return (linear ^ linear >>> 12) & FOUND - 1;
    }

    private Block look(int linear, long wanted) {
        boolean code32 = (s.rights[CpuState.CS] & Descriptor.BIG) != 0;
        boolean user = s.cpl == 3;
        int slot = cpu.mmu().slot(linear, Mmu.FETCH, user);
        if (slot < 0 || Integer.compareUnsigned(s.eip, s.limit[CpuState.CS]) > 0) {
            return refuse(slot);
        }
        int offset = linear & FRAME_SIZE - 1;
        CodePage page = memory.code(slot);
        Block block = page == null ? null : page.get(code32, offset);
        if (block == null || block.second != null && !stillCrosses(block, linear, user)) {
            page = null;
            block = decode(slot, offset, code32, linear);
            if (block == null) {
                return null;
            }
        }
        if (!fits(block.length)) { // only whole blocks are kept: decode the one instruction that may still fit
            return alone(linear, code32);
        }
        if (page != null) { // so it is kept there, and we hear when it is dropped
            int at = place(linear);
            found[at] = block;
            foundFor[at] = wanted;
            foundIn[at] = cpu.mmu().fetchEpoch;
            cpu.mmu().fetched(linear);
            if (block.second != null) {
                cpu.mmu().fetched((linear | FRAME_SIZE - 1) + 1);
            }
        }
        return block;
    }

    /** Whether a block that was just found at CS:EIP is kept with its frame, so that it lives as long as its bytes. */
    boolean keeps(Block block) {
        int linear = s.base[CpuState.CS] + s.eip;
        int slot = cpu.mmu().slot(linear, Mmu.FETCH, s.cpl == 3);
        CodePage page = slot < 0 ? null : memory.code(slot);
        boolean code32 = (s.rights[CpuState.CS] & Descriptor.BIG) != 0;
        return page != null && page.get(code32, linear & FRAME_SIZE - 1) == block;
    }

    /** The limit is looked at before the page. */
    private Block refuse(int slot) {
        if (Integer.compareUnsigned(s.eip, s.limit[CpuState.CS]) > 0) {
            cpu.fault(Vector.GP, 0);
        } else if (slot < 0) {
            cpu.pageFault();
        }
        return null;
    }

    private boolean fits(int length) {
        int last = s.eip + length - 1;
        return Integer.compareUnsigned(last, s.limit[CpuState.CS]) <= 0 && Integer.compareUnsigned(last, s.eip) >= 0;
    }

    /** Whether a crossing block's second page is still the frame that it was decoded from, unchanged. */
    private boolean stillCrosses(Block block, int linear, boolean user) {
        int slot = cpu.mmu().slot((linear | FRAME_SIZE - 1) + 1, Mmu.FETCH, user);
        return slot >= 0 && memory.code(slot) == block.second;
    }

    private Block decode(int slot, int offset, boolean code32, int linear) {
        byte[] bytes = memory.readable[slot];
        List<Instruction> instructions = new ArrayList<>(8);
        int at = offset;
        while (at < FRAME_SIZE && instructions.size() < Block.LONGEST) {
            int from = at;
            CodeSource source = n -> from + n < FRAME_SIZE ? bytes[from + n] & 0xFF : -1;
            Instruction i = Decoder.decode(source, code32);
            if (i.form == Form.INCOMPLETE || startsBlock(i) && !instructions.isEmpty()) {
                break;
            }
            instructions.add(i);
            at += i.length;
            if (i.form.branch() != Branch.NONE || i.length == 0 || isSentinel(i) || repeated(i)) {
                break;
            }
        }
        if (instructions.isEmpty()) {
            return alone(linear, code32);
        }
        Block block = block(instructions, null);
        if (slot < memory.frames()) {
            memory.codeToFill(slot).put(code32, offset, block);
        }
        return block;
    }

    /** Such an instruction can ask to be executed again, by its EIP. */
    private static boolean repeated(Instruction i) {
        return i.repeat != 0 && i.form.string();
    }

    /** Instructions that look at the time, which is counted by block, or show it to the owner, must be the first of theirs. */
    static boolean startsBlock(Instruction i) {
        return i.form.branch() == Branch.SYSTEM
                || i.form.privilege() == Privilege.IOPL
                || i.form.mnemonic().equals("CPUID")
                || i.form.mnemonic().equals("RDTSC")
                || i.form.mnemonic().equals("RDMSR");
    }

    static boolean isSentinel(Instruction i) {
        return i.form == Form.UNDEFINED || i.form == Form.TOO_LONG;
    }

    private static Block block(List<Instruction> instructions, CodePage second) {
        Operation[] operations = new Operation[instructions.size()];
        for (int k = 0; k < operations.length; k++) {
            operations[k] = InstructionSet.bind(instructions.get(k));
        }
        return new Block(instructions.toArray(Instruction[]::new), operations, second);
    }

    /**
     * A block of one instruction, fetched byte by byte with all checks: one that crosses into the next page (which is kept), or stands
     * at the segment's limit (which is not).
     */
    private Block alone(int linear, boolean code32) {
        boolean user = s.cpl == 3;
        Mmu mmu = cpu.mmu();
        int first = mmu.slot(linear, Mmu.FETCH, user);
        int next = (linear | FRAME_SIZE - 1) + 1;
        Fetch fetch = new Fetch(linear, user);
        Instruction i = Decoder.decode(fetch, code32);
        if (i.form == Form.INCOMPLETE) {
            if (fetch.beyondLimit) {
                cpu.fault(Vector.GP, 0);
            } else {
                cpu.pageFault();
            }
            return null;
        }
        int offset = linear & FRAME_SIZE - 1;
        if (offset + i.length <= FRAME_SIZE || !isKept(first)) {
            return block(List.of(i), null);
        }
        int second = mmu.slot(next, Mmu.FETCH, user);
        if (!isKept(second)) {
            return block(List.of(i), null);
        }
        CodePage page = memory.codeToFill(second);
        page.cover(0, offset + i.length - FRAME_SIZE);
        Block block = block(List.of(i), page);
        memory.codeToFill(first).put(code32, offset, block);
        return block;
    }

    private boolean isKept(int slot) {
        return slot >= 0 && slot < memory.frames();
    }

    /** Code bytes at a linear address, each checked against the segment's limit and the pages. */
    private final class Fetch implements CodeSource {
        private final int linear;
        private final boolean user;
        private boolean beyondLimit;

        Fetch(int linear, boolean user) {
            this.linear = linear;
            this.user = user;
        }

        @Override
        public int fetch(int n) {
            int offset = s.eip + n;
            if (Integer.compareUnsigned(offset, s.limit[CpuState.CS]) > 0 || Integer.compareUnsigned(offset, n) < 0) {
                beyondLimit = true;
                return -1;
            }
            long a = cpu.mmu().translate(linear + n, Mmu.FETCH, user);
            return a < 0 ? -1 : memory.read8(a);
        }
    }
}

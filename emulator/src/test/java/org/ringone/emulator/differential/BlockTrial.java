package org.ringone.emulator.differential;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.RowBytes;
import org.ringone.emulator.UserMachine;
import org.ringone.emulator.UserSpace;
import org.ringone.emulator.Vector;
import org.ringone.x86.Flag;
import org.ringone.x86.Instruction;

/**
 * Runs programs on both processors. Both stop at every trap, where they are compared; then both go on behind the instruction that was
 * refused, up to the program's end, where memory is compared too.
 */
final class BlockTrial implements AutoCloseable {
    /** Bytes of code that a program may have. */
    static final int LONGEST = 0x1000;

    /** Instructions that end most programs; one that takes more is not compared. */
    private static final int BUDGET = 20_000;

    private static final int MOST_STOPS = 60;
    private static final int COMPARED_FLAGS = Flag.STATUS
            | CpuState.TF
            | CpuState.IF
            | CpuState.DF
            | CpuState.IOPL
            | CpuState.NT
            | CpuState.AC
            | CpuState.ID;

    /**
     * A difference.
     *
     * @param expected the other's vector, or {@link #MEMORY} when only memory differs
     */
    record Difference(int vector, int expected, Report report) {
        static final int MEMORY = -3;

        /** Whether another one may have the same cause. */
        boolean resembles(Difference o) {
            return vector == o.vector && expected == o.expected;
        }
    }

    private final UserMachine ours = new UserMachine();
    private UnicornProcess theirs = new UnicornProcess();
    /** The code's place: the oracle keeps what it translated, so code is never replaced under it. */
    private int base = UserSpace.CODE;

    private final byte[] memory = new byte[UserSpace.SIZE];
    private int stops;
    private int abandoned;
    private boolean wild;

    /** Traps at which both were compared so far. */
    int stops() {
        return stops;
    }

    /** Programs that were given up so far: they ran too long, or into data. */
    int abandoned() {
        return abandoned;
    }

    @Override
    public void close() {
        theirs.close();
    }

    /** @return a report when the two differ */
    Optional<Difference> compare(Program program) {
        nextPlace();
        UserSpace space = program.space(1);
        byte[] code = program.code(base);
        ours.enter(space);
        theirs.enter(space);
        byte[] place = Arrays.copyOf(code, LONGEST);
        ours.memory().write(base, place, 0, LONGEST);
        theirs.memory().put(base, place);
        System.arraycopy(program.r(), 0, ours.s.r, 0, 8);
        System.arraycopy(program.r(), 0, theirs.r, 0, 8);
        ours.s.eflags(program.eflags());
        theirs.eflags = program.eflags();
        ours.s.eip = base;
        theirs.eip = base;
        Optional<Difference> difference = run(program, code);
        wild |= difference.isPresent();
        return difference;
    }

    private void nextPlace() {
        base += LONGEST;
        boolean fresh = wild;
        wild = false;
        if (fresh || base + LONGEST > UserSpace.SIZE) {
            theirs.close();
            theirs = new UnicornProcess();
            ours.memory()
                    .write(
                            UserSpace.CODE,
                            new byte[UserSpace.SIZE - UserSpace.CODE],
                            0,
                            UserSpace.SIZE - UserSpace.CODE);
            base = UserSpace.CODE + LONGEST;
        }
    }

    private Optional<Difference> run(Program program, byte[] code) {
        NavigableMap<Integer, Integer> instructions = program.instructions(base);
        int[] open = program.open();
        for (int n = 0; n < MOST_STOPS; n++) {
            int from = ours.s.eip;
            int vector = ours.run(BUDGET);
            if (vector == FlatMachine.NONE) {
                abandoned++;
                return Optional.empty();
            }
            int expected = theirs.run();
            Integer piece = instructions.get(ours.s.eip);
            int last = program.pieces().indexOf(Program.end());
            boolean ended = vector == Program.END && ours.s.eip == program.place(last, base) + 2;
            boolean fetched = vector == Vector.PF && ours.s.cr2 == ours.s.eip;
            if (piece == null && !ended && !fetched && !instructions.containsKey(theirs.eip)) {
                abandoned++;
                wild = true; // it has executed data
                return Optional.empty();
            }
            Instruction refused = RowBytes.decode(bytesAt(ours.s.eip));
            boolean limit = (vector == Vector.GP || vector == Vector.SS)
                    && (UnicornDoubts.limit(refused, ours.s.r) || UnicornDoubts.guarded(ours.s));
            if (limit || vector == Vector.PF && UnicornDoubts.partial(refused)) {
                abandoned++;
                return Optional.empty();
            }
            int mask = mask(program, open, ended ? Integer.valueOf(last) : piece, vector);
            boolean same = vector == expected
                    && ours.s.eip == theirs.eip
                    && Arrays.equals(ours.s.r, theirs.r)
                    && ((ours.s.eflags() ^ theirs.eflags) & mask) == 0
                    && selectorsAgree()
                    && (vector != Vector.PF || UnicornDoubts.sameFault(refused, ours.s.cr2, theirs.cr2));
            if (!same && hasChanged(code)) {
                abandoned++; // stores into what it has translated the other hears of late
                wild = true;
                return Optional.empty();
            }
            if (!same) {
                return Optional.of(report(program, code, n, from, expected, mask, -1));
            }
            stops++;
            if (vector == Vector.PF && UnicornDoubts.marksFirst(refused, ours.s.cr2)) {
                int entry = UserSpace.entry(ours.s.cr2 - 1);
                theirs.memory()
                        .putInt(
                                entry,
                                theirs.memory().getInt(entry) | ours.memory().read32(entry) & UserSpace.DIRTY);
            }
            Integer next = instructions.higherKey(ours.s.eip - (resumesBehind(vector) ? 0 : 1));
            if (ended || piece == null || next == null) {
                break;
            }
            ours.s.eip = next;
            ours.s.eflags(ours.s.eflags() & ~(CpuState.TF | CpuState.RF));
            theirs.eip = next;
            theirs.eflags &= ~(CpuState.TF | CpuState.RF);
        }
        int different = memoryDifference();
        return different < 0 || hasChanged(code)
                ? Optional.empty()
                : Optional.of(report(program, code, MOST_STOPS, ours.s.eip, ours.vector, -1, different));
    }

    /** Whether the program has changed itself, which none of them means to. */
    private boolean hasChanged(byte[] code) {
        byte[] now = new byte[code.length];
        ours.memory().read(base, now, 0, now.length);
        return !Arrays.equals(code, now);
    }

    /** What our memory has at an address, as far as an instruction goes. */
    private byte[] bytesAt(int address) {
        byte[] bytes = new byte[16];
        if (address >= 0 && address <= UserSpace.SIZE - bytes.length) {
            ours.memory().read(address, bytes, 0, bytes.length);
        }
        return bytes;
    }

    /** Whether EIP is at the instruction that was refused, and not already behind what was executed. */
    private static boolean resumesBehind(int vector) {
        return vector != Vector.DB && vector != Vector.BP && vector != Vector.OF && vector != 0x20;
    }

    private static int mask(Program program, int[] open, Integer piece, int vector) {
        if (piece == null) {
            return COMPARED_FLAGS & ~Flag.STATUS;
        }
        int undefined = open[piece];
        if (vector == Vector.DB) {
            undefined |= program.after(piece, undefined);
        }
        return COMPARED_FLAGS & ~undefined;
    }

    private boolean selectorsAgree() {
        for (int register = 0; register < 6; register++) {
            if (ours.s.selector(register) != theirs.selector(register)) {
                return false;
            }
        }
        return true;
    }

    /** All memory but what the other has its way into ring 3 in. */
    private int memoryDifference() {
        ours.memory().read(0, memory, 0, UserSpace.SIZE);
        int low = ByteBuffer.wrap(memory, 0, UserSpace.BOOT)
                .mismatch(theirs.memory().slice(0, UserSpace.BOOT));
        if (low >= 0) {
            return low;
        }
        int high = ByteBuffer.wrap(memory, base, LONGEST)
                .slice()
                .mismatch(theirs.memory().slice(base, LONGEST));
        return high < 0 ? -1 : base + high;
    }

    private Difference report(Program program, byte[] code, int stop, int from, int expected, int mask, int different) {
        String where = stop < MOST_STOPS
                ? String.format("stop %d, resumed at %x%n", stop + 1, from)
                : String.format("memory from %x differs at the end%n", different);
        Report report = new Report(
                Report.listing(code, base) + where,
                program.before(base),
                outcome(ours.vector, ours.s.r, ours.s.eip, ours.s.eflags() & mask, ours.s.cr2)
                        + memory(different, ByteBuffer.wrap(memory))
                        + selectors(true),
                outcome(expected, theirs.r, theirs.eip, theirs.eflags & mask, theirs.cr2)
                        + memory(different, theirs.memory())
                        + selectors(false));
        return new Difference(ours.vector, different < 0 ? expected : Difference.MEMORY, report);
    }

    private String selectors(boolean mine) {
        StringBuilder text = new StringBuilder(" selectors");
        for (int register = 0; register < 6; register++) {
            text.append(String.format(" %x", mine ? ours.s.selector(register) : theirs.selector(register)));
        }
        return text.toString();
    }

    private static String memory(int at, ByteBuffer bytes) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; at >= 0 && n < 16; n++) {
            text.append(String.format(n == 0 ? " memory %02x" : " %02x", bytes.get(at + n)));
        }
        return text.toString();
    }

    private static String outcome(int vector, int[] r, int eip, int eflags, int cr2) {
        return String.format(
                "vector %d %s%s",
                vector, Report.state(r, eip, eflags), vector == Vector.PF ? String.format(" cr2 %x", cr2) : "");
    }
}

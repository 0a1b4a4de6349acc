package org.ringone.emulator.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.RandomState;
import org.ringone.emulator.RowBytes;
import org.ringone.emulator.Vector;
import org.ringone.x86.Branch;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.InstructionTable;

/**
 * Every integer row of the table against another processor (Unicorn): random operands, prefixes, registers, flags and memory; all
 * registers, defined flags and all memory must agree. System properties {@code ringone.differential.cases}: cases a row;
 * {@code ringone.differential.rows}: a regular expression that is found in the rows to compare.
 */
class IntegerRowsDifferentialTest {
    private static final int CASES = Integer.getInteger("ringone.differential.cases", 200);

    private static final Pattern ROWS = Pattern.compile(System.getProperty("ringone.differential.rows", ""));

    /** Data in the first half, which 16-bit addresses reach; code in the second, each case at a place of its own. */
    private static final int DATA = 0x2_0000;

    private static final int SIZE = DATA + 0x2000;
    private static final int WINDOW = 0x1_1000;
    private static final int WINDOW_SIZE = 0xD000;
    private static final int SLOT = 16;

    private static UnicornCpu oracle;
    private static FlatMachine machine;
    /** Instructions that leave the straight path: both processors stop behind them by single step. */
    private static final Set<Branch> NEAR = Set.of(Branch.CONDITIONAL, Branch.JUMP, Branch.CALL, Branch.RETURN);

    private static final byte[] OURS = new byte[SIZE];
    private static int next = DATA;
    /** Whether the oracle has raised a divide error, which it remembers. */
    private static boolean faulted;

    @BeforeAll
    static void start() {
        assumeTrue(UnicornCpu.available(), UnicornCpu::reason);
        machine = new FlatMachine(SIZE / 4096);
        new Random(0).nextBytes(OURS);
        machine.memory.write(0, OURS, 0, SIZE);
        oracle = fresh();
    }

    @AfterAll
    static void stop() {
        if (oracle != null) {
            oracle.close();
        }
    }

    private static UnicornCpu fresh() {
        UnicornCpu cpu = new UnicornCpu(SIZE);
        cpu.memory().put(0, OURS);
        return cpu;
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return IntegerRows.forms().stream()
                .filter(form -> ROWS.matcher(form.toString()).find())
                .filter(form -> !UnicornDoubts.about(form))
                .map(form -> DynamicTest.dynamicTest(form.toString(), () -> compare(form)));
    }

    @Test
    void familiesAreInTheTable() {
        assertThat(InstructionTable.mnemonics()).containsAll(IntegerRows.FAMILIES);
    }

    private static void compare(Form form) {
        Random random = new Random(form.toString().hashCode());
        RowBytes bytes = new RowBytes(form, random);
        RandomState state = new RandomState(random, WINDOW, WINDOW_SIZE);
        for (int n = 0; n < CASES; n++) {
            byte[] code;
            Instruction i;
            do {
                code = bytes.next();
                i = RowBytes.decode(code);
                state.draw(i);
            } while (!state.reachable(i) || UnicornDoubts.about(i, state.address(i)));
            run(i, code, state);
        }
    }

    private static void run(Instruction i, byte[] code, RandomState state) {
        if (faulted
                || next + SLOT
                        > SIZE) { // a second fault would be a double one; the oracle keeps what it translated: code is
            // never replaced under it
            next = DATA;
            machine.memory.read(0, OURS, 0, SIZE);
            oracle.close();
            oracle = fresh();
            faulted = false;
        }
        if (NEAR.contains(i.form.branch())) {
            state.eflags |= CpuState.TF;
        }
        int at = next;
        next += SLOT;
        String before = Report.state(state.r, at, state.eflags);
        machine.memory.write(at, code, 0, code.length);
        oracle.memory().put(at, code);
        System.arraycopy(state.r, 0, machine.s.r, 0, 8);
        System.arraycopy(state.r, 0, oracle.r, 0, 8);
        machine.s.eip = at;
        oracle.eip = at;
        machine.s.eflags(state.eflags);
        oracle.eflags = state.eflags;
        int expected;
        do {
            expected = oracle.step(i.length);
        } while (expected == UnicornCpu.NONE && oracle.eip == at && i.form.string() && i.repeat != 0);
        machine.run(1);
        faulted = expected == Vector.DE;

        int defined = ~(OpenFlags.after(i, state.r[CpuState.ECX]) | UnicornDoubts.flags(i) | CpuState.RF);
        machine.memory.read(0, OURS, 0, DATA);
        int different = ByteBuffer.wrap(OURS, 0, DATA).mismatch(oracle.memory().slice(0, DATA));
        if (different >= 0) { // what follows is to be compared on its own
            oracle.memory().put(0, OURS, 0, DATA);
        }
        boolean same = different < 0
                && machine.vector == expected
                && machine.s.eip == oracle.eip
                && ((machine.s.eflags() ^ oracle.eflags) & defined) == 0
                && Arrays.equals(machine.s.r, oracle.r);
        if (!same) {
            String memory = different < 0 ? "" : String.format(" memory from %x differs", different);
            fail(new Report(
                            Report.listing(code, at),
                            before,
                            outcome(machine.vector, machine.s.r, machine.s.eip, machine.s.eflags() & defined) + memory,
                            outcome(expected, oracle.r, oracle.eip, oracle.eflags & defined))
                    .toString());
        }
    }

    private static String outcome(int vector, int[] r, int eip, int eflags) {
        return (vector < 0 ? "" : "vector " + vector + " ") + Report.state(r, eip, eflags);
    }
}

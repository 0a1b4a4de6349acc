package org.ringone.emulator.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
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
import org.ringone.x86.Flag;
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

    /** All integer families but the software interrupts, which need a table of gates, and pushes of selectors. */
    private static final Set<String> INTEGER = Set.of(
            "ADD",
            "OR",
            "ADC",
            "SBB",
            "AND",
            "SUB",
            "XOR",
            "CMP",
            "TEST",
            "INC",
            "DEC",
            "NEG",
            "NOT",
            "MUL",
            "IMUL",
            "IMUL2",
            "IMUL3",
            "DIV",
            "IDIV",
            "CBW",
            "CWD",
            "DAA",
            "DAS",
            "AAA",
            "AAS",
            "AAM",
            "AAD",
            "ROL",
            "ROR",
            "RCL",
            "RCR",
            "SHL",
            "SHR",
            "SAR",
            "SHLD",
            "SHRD",
            "BT",
            "BTS",
            "BTR",
            "BTC",
            "BSF",
            "BSR",
            "BSWAP",
            "MOV",
            "MOVZX",
            "MOVSX",
            "LEA",
            "XLAT",
            "CMOVCC",
            "SETCC",
            "XCHG",
            "XADD",
            "CMPXCHG",
            "CMPXCHG8B",
            "PUSH",
            "POP",
            "PUSHA",
            "POPA",
            "ENTER",
            "LEAVE",
            "PUSHF",
            "POPF",
            "JCC",
            "JMP",
            "CALL",
            "RET",
            "LOOP",
            "LOOPE",
            "LOOPNE",
            "JCXZ",
            "MOVS",
            "STOS",
            "LODS",
            "CMPS",
            "SCAS",
            "CLC",
            "STC",
            "CMC",
            "CLD",
            "STD",
            "LAHF",
            "SAHF",
            "SALC",
            "NOP",
            "PAUSE",
            "UD2",
            "BOUND",
            "MOVNTI");

    /**
     * Rows that Unicorn takes for undefined: TEST with reg 1 is TEST (AMD's manual, volume 3, appendix A: group 3), hints in registers
     * are NOPs (SDM volume 2, table A-6: group 16, "reserved NOP").
     */
    private static final Pattern UNDEFINED_THERE = Pattern.compile("^(F[67] /1 |0F 18 /[0-3] +\\| NOP)");

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
        return InstructionTable.forms().stream()
                .filter(form -> INTEGER.contains(form.mnemonic()))
                .filter(form -> ROWS.matcher(form.toString()).find())
                .filter(form -> !UNDEFINED_THERE.matcher(form.toString()).find())
                .map(form -> DynamicTest.dynamicTest(form.toString(), () -> compare(form)));
    }

    @Test
    void familiesAreInTheTable() {
        assertThat(InstructionTable.mnemonics()).containsAll(INTEGER);
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
            } while (!state.reachable(i)
                    || listed(i, state)
                    || i.segment == CpuState.CS); // the oracle does not check what a segment allows
            run(i, code, state);
        }
    }

    /**
     * Instructions that Unicorn is wrong about, or that mean nothing: RET releases up to 65,535 bytes, the count has no sign (SDM volume
     * 2, RET: "number of stack bytes to release"); BSWAP of a 16-bit register is undefined (SDM volume 2, BSWAP); the second bound of
     * BOUND lies at a 16-bit address too, which wraps (as it does on a bare processor).
     */
    private static boolean listed(Instruction i, RandomState state) {
        return switch (i.form.mnemonic()) {
            case "BOUND" -> i.addressSize == 2 && (state.address(i) & 0xFFFF) >= 0x1_0000 - i.operandSize;
            case "RET" -> i.form.operands() > 0 && (i.immediate & 0x8000) != 0;
            case "BSWAP" -> i.operandSize == 2;
            default -> false;
        };
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
        Supplier<String> what = () ->
                String.format("%s (%s) at %x\nbefore: %s flags %x", i, hex(code), at, registers(state.r), state.eflags);
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

        int defined = ~OpenFlags.after(i, state.r[CpuState.ECX]) & ~CpuState.RF;
        if (i.lock && i.form.mnemonic().equals("NEG")) {
            defined &= ~(Flag.S
                    | Flag.P); // which the oracle takes from the operand, not from the result (SDM volume 2, NEG)
        }
        machine.memory.read(0, OURS, 0, DATA);
        int different = ByteBuffer.wrap(OURS, 0, DATA).mismatch(oracle.memory().slice(0, DATA));
        if (different >= 0) { // what follows is to be compared on its own
            oracle.memory().put(0, OURS, 0, DATA);
        }
        assertThat(different)
                .as(() -> "first byte of memory that differs, after " + what.get())
                .isEqualTo(-1);
        boolean same = machine.vector == expected
                && machine.s.eip == oracle.eip
                && ((machine.s.eflags() ^ oracle.eflags) & defined) == 0
                && Arrays.equals(machine.s.r, oracle.r);
        if (!same) {
            assertThat(outcome(machine.vector, machine.s.r, machine.s.eip, machine.s.eflags() & defined))
                    .as(what)
                    .isEqualTo(outcome(expected, oracle.r, oracle.eip, oracle.eflags & defined));
        }
    }

    private static String outcome(int vector, int[] r, int eip, int eflags) {
        return (vector < 0 ? "" : "vector " + vector + " ")
                + String.format("%s eip %x flags %x", registers(r), eip, eflags);
    }

    private static String registers(int[] r) {
        return String.format(
                "eax %x ecx %x edx %x ebx %x esp %x ebp %x esi %x edi %x",
                r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]);
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format("%02x", b & 0xFF));
        }
        return text.toString();
    }
}

package org.ringone.emulator.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.RowBytes;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.InstructionTable;
import org.ringone.x86.Operand;

/**
 * Every row of x87, MMX, SSE and SSE2 against the bare processor: random registers, tags, control words, operands and flags, special
 * values more often than not. System properties {@code ringone.differential.cases}: cases a row; {@code ringone.differential.rows}: a
 * regular expression that is found in the rows to compare.
 */
class NativeRowsDifferentialTest {
    private static final int CASES = Integer.getInteger("ringone.differential.cases", 200);

    private static final Pattern ROWS = Pattern.compile(System.getProperty("ringone.differential.rows", ""));

    private static final int IMAGE = 0x1000;
    private static final int RESULT = 0x2000;
    private static final int DATA = 0x3000;
    private static final int CODE = 0x4000;
    private static final int SLOT = 32;

    /** Rounded elsewhere within a unit in the last place, which is compared; see the arbitrary-precision test. */
    private static final Set<String> TRANSCENDENTAL =
            Set.of("FSIN", "FCOS", "FSINCOS", "FPTAN", "FPATAN", "F2XM1", "FYL2X", "FYL2XP1");

    /** What the bare processor cannot show: images of other layouts or with pointers, and what would wait. */
    private static final Set<String> ELSEWHERE =
            Set.of("FNSTENV", "FLDENV", "FNSAVE", "FRSTOR", "FXSAVE", "FXRSTOR", "FLDCW");

    /** The operand of a trigonometric instruction is not small. */
    private static boolean reduced;
    /** ST(0) is a power of two. */
    private static boolean power;

    private static NativeCpu oracle;
    private static FlatMachine machine;
    private static int next = CODE;

    @BeforeAll
    static void start() {
        assumeTrue(NativeCpu.available(), NativeCpu::reason);
        oracle = new NativeCpu();
        machine = new FlatMachine(0x100);
        machine.cpu.control().cr4(CpuState.CR4_OSFXSR | CpuState.CR4_OSXMMEXCPT);
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return InstructionTable.forms().stream()
                .filter(form -> x87(form) || vectors(form))
                .filter(form -> ROWS.matcher(form.toString()).find())
                .map(form -> DynamicTest.dynamicTest(form.toString(), () -> compare(form)));
    }

    private static boolean x87(Form form) {
        String encoding = form.toString();
        return encoding.startsWith("D") && encoding.charAt(1) >= '8' && !ELSEWHERE.contains(form.mnemonic());
    }

    private static boolean vectors(Form form) {
        boolean control = Set.of("EMMS", "LDMXCSR", "STMXCSR").contains(form.mnemonic());
        boolean registers = false;
        for (int k = 0; k < form.operands(); k++) {
            Operand.Bank bank = form.operand(k).bank();
            registers |= bank == Operand.Bank.MMX || bank == Operand.Bank.XMM;
        }
        return control || registers && !form.mnemonic().startsWith("MASKMOV"); // which address by EDI
    }

    private static void compare(Form form) {
        Random random = new Random(form.toString().hashCode());
        FloatingPoints points = new FloatingPoints(random);
        RowBytes bytes = new RowBytes(form, random);
        for (int n = 0; n < CASES; n++) {
            byte[] code = plain(RowBytes.decode(bytes.next()));
            Instruction i = RowBytes.decode(code);
            assertThat(i.form).isEqualTo(form);
            draw(random, points, i);
            run(i, code);
        }
    }

    /** The instruction without needless prefixes, memory addressed by ECX alone, general registers EAX. */
    private static byte[] plain(Instruction i) {
        byte[] code = new byte[5];
        int at = 0;
        if (x87(i.form)) {
            code[at++] = (byte) (0xD8 | i.opcode & 7);
        } else {
            String prefix = i.form.toString().substring(0, 2);
            if (!prefix.equals("NP")) {
                code[at++] = (byte) Integer.parseInt(prefix, 16);
            }
            code[at++] = 0x0F;
            code[at++] = (byte) i.opcode;
        }
        int reg = i.reg;
        int rm = i.rm;
        boolean immediate = false;
        for (int k = 0; k < i.form.operands(); k++) {
            Operand operand = i.form.operand(k);
            boolean general = operand.bank() == Operand.Bank.GENERAL && !x87(i.form);
            reg = general && operand.kind() == Operand.Kind.REG ? 0 : reg;
            rm = general && operand.kind() != Operand.Kind.REG ? 0 : rm;
            immediate |= operand == Operand.Ib;
        }
        if (i.mod >= 0) {
            code[at++] = (byte) (i.memory() ? reg << 3 | CpuState.ECX : 0xC0 | reg << 3 | rm);
        }
        if (immediate) {
            code[at++] = (byte) i.immediate;
        }
        return Arrays.copyOf(code, at);
    }

    private static void draw(Random random, FloatingPoints points, Instruction i) {
        ByteBuffer image = ByteBuffer.wrap(oracle.state).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(oracle.state, (byte) 0);
        int control = (random.nextInt(3) == 0 ? random.nextInt(64) : 0x3F) | 0x40 | random.nextInt(16) << 8;
        int used = random.nextInt(3) == 0 ? random.nextInt(256) : random.nextBoolean() ? 0xFF : -1;
        int top = random.nextInt(8);
        if (used < 0) { // all but the one that a push takes
            used = 0xFF & ~(1 << (top + 7 & 7));
        }
        int status = random.nextInt(0x10000) & 0x4700 | top << 11 | random.nextInt(64) & control & 0x3F;
        image.putShort(0, (short) control).putShort(2, (short) status).put(4, (byte) used);
        for (int n = 0; n < 8; n++) {
            image.putLong(32 + 16 * n, points.significand()).putShort(40 + 16 * n, (short) points.exponent());
        }
        if (i.form.mnemonic().startsWith("FPREM") && random.nextInt(3) > 0) { // near each other
            image.putShort(40, (short) (image.getShort(56) + random.nextInt(140) - 5));
        }
        int exponent = image.getShort(40) & 0x7FFF;
        reduced = false;
        switch (i.form.mnemonic()) {
            case "FSIN", "FCOS", "FSINCOS", "FPTAN" -> reduced = exponent >= 0x3FFE && exponent < 0x3FFF + 63;
            // beyond these ranges the result is undefined
            case "F2XM1" -> exponent = exponent == 0x7FFF ? exponent : Math.min(exponent, 0x3FFE);
            case "FYL2XP1" ->
                exponent = exponent == 0x7FFF && image.getShort(40) > 0 ? exponent : Math.min(exponent, 0x3FFC);
            default -> {}
        }
        image.putShort(40, (short) (exponent | image.getShort(40) & 0x8000));
        power = Long.bitCount(image.getLong(32)) == 1;
        int mxcsr = 0x1F80 | random.nextInt(4) << 13 | random.nextInt(64);
        mxcsr |= random.nextInt(3) == 0 ? 1 << 6 : 0;
        mxcsr |= random.nextInt(3) == 0 ? 1 << 15 : 0;
        image.putInt(24, mxcsr);
        for (int n = 0; n < 8; n++) {
            vector(random, points, image, 160 + 16 * n);
        }
        random.nextBytes(oracle.operand);
        ByteBuffer operand = ByteBuffer.wrap(oracle.operand).order(ByteOrder.LITTLE_ENDIAN);
        if (!x87(i.form)) {
            vector(random, points, operand, 0);
            if (i.form.mnemonic().equals("LDMXCSR")) {
                operand.putInt(0, operand.getInt(0) & 0xFFFF | 0x1F80);
            }
        } else if (i.memory()) {
            boolean integer = i.form.mnemonic().charAt(1) == 'I';
            switch (i.form.operand(i.form.memoryOperand())) {
                case Md -> operand.putInt(0, integer ? random.nextInt() >> random.nextInt(32) : points.bits32());
                case Mq -> operand.putLong(0, integer ? random.nextLong() >> random.nextInt(64) : points.bits64());
                case Mt -> decimalOrReal(random, points, operand, i);
                default -> {}
            }
        }
        oracle.eax = random.nextInt();
        oracle.eflags = 0x202 | random.nextInt() & 0x8D5;
    }

    /** Floating-point elements of either size, or integers; now and then the count of a shift. */
    private static void vector(Random random, FloatingPoints points, ByteBuffer to, int at) {
        int kind = random.nextInt(5);
        for (int n = 0; n < 16; n += 4) {
            switch (kind) {
                case 0, 1 -> to.putInt(at + n, points.bits32());
                case 2, 3 -> to.putLong(at + (n & 8), points.bits64());
                default -> to.putInt(at + n, random.nextInt() >> random.nextInt(32));
            }
        }
        if (random.nextInt(5) == 0) {
            to.putLong(at, random.nextInt(80));
        }
    }

    private static void decimalOrReal(Random random, FloatingPoints points, ByteBuffer operand, Instruction i) {
        if (i.form.mnemonic().equals("FBLD")) {
            for (int n = 0; n < 9; n++) {
                operand.put(n, (byte) (random.nextInt(10) << 4 | random.nextInt(10)));
            }
            operand.put(9, (byte) random.nextInt());
        } else {
            operand.putLong(0, points.significand()).putShort(8, (short) points.exponent());
        }
    }

    private static void run(Instruction i, byte[] code) {
        byte[] initial = oracle.state.clone();
        byte[] initialOperand = oracle.operand.clone();
        machine.memory.write(IMAGE, oracle.state, 0, 512);
        machine.memory.write(DATA, oracle.operand, 0, 128);
        machine.s.r[CpuState.EAX] = oracle.eax;
        machine.s.r[CpuState.ECX] = DATA;
        machine.s.eflags(oracle.eflags);
        place(code);
        int entry = machine.s.eip;
        assertThat(machine.run(3)).isNotNull();
        String what = Report.listing(code, entry + 7);
        assertThat(machine.vector).as(what).isEqualTo(FlatMachine.NONE);
        assertThat(machine.s.eip).as(what).isEqualTo(entry + 14 + code.length);
        int eax = oracle.eax;
        int eflags = oracle.eflags;

        oracle.execute(code);
        byte[] state = new byte[512];
        byte[] operand = new byte[128];
        machine.memory.read(RESULT, state, 0, 512);
        machine.memory.read(DATA, operand, 0, 128);
        forgive(i, state);
        if (!same(state, oracle.state)
                || !Arrays.equals(operand, oracle.operand)
                || machine.s.r[CpuState.EAX] != oracle.eax
                || (machine.s.eflags() & 0x8D5) != (oracle.eflags & 0x8D5)) {
            fail(new Report(
                            what,
                            describe(initial, initialOperand, eax, eflags),
                            describe(state, operand, machine.s.r[CpuState.EAX], machine.s.eflags()),
                            describe(oracle.state, oracle.operand, oracle.eax, oracle.eflags))
                    .toString());
        }
    }

    /** Whether the images agree but for the pointers of the last instruction, which x87 instructions leave where they were placed. */
    private static boolean same(byte[] ours, byte[] theirs) {
        boolean control = Arrays.equals(ours, 0, 5, theirs, 0, 5) && Arrays.equals(ours, 24, 28, theirs, 24, 28);
        return control && Arrays.equals(ours, 32, 288, theirs, 32, 288);
    }

    /** FXRSTOR, the instruction, FXSAVE. */
    private static void place(byte[] code) {
        if (next + SLOT > 0x10_0000) {
            next = CODE;
        }
        byte[] all = new byte[14 + code.length];
        ByteBuffer b = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        b.put(new byte[] {0x0F, (byte) 0xAE, 0x0D}).putInt(IMAGE);
        b.put(code);
        b.put(new byte[] {0x0F, (byte) 0xAE, 0x05}).putInt(RESULT);
        machine.memory.write(next, all, 0, all.length);
        machine.s.eip = next;
        next += SLOT;
    }

    /** Where the manual leaves something open, what the other has is taken over. */
    private static void forgive(Instruction i, byte[] ours) {
        ByteBuffer mine = ByteBuffer.wrap(ours).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer theirs = ByteBuffer.wrap(oracle.state).order(ByteOrder.LITTLE_ENDIAN);
        if (i.form.mnemonic().startsWith("RCP") || i.form.mnemonic().startsWith("RSQRT")) {
            for (int at = 160; at < 288; at += 4) { // approximations, each within its bound
                int difference = mine.getInt(at) - theirs.getInt(at);
                if (Math.abs(difference) <= 3 << 11 || barelyNormal(mine.getInt(at), theirs.getInt(at))) {
                    mine.putInt(at, theirs.getInt(at));
                }
            }
        } else if (TRANSCENDENTAL.contains(i.form.mnemonic()) && reduced) {
            System.arraycopy(oracle.state, 0, ours, 0, 512); // the other reduces by fewer bits of pi
        } else if (TRANSCENDENTAL.contains(i.form.mnemonic())) {
            for (int n = 0; n < 8; n++) {
                boolean near = neighbours(mine, theirs, 32 + 16 * n);
                if (near) {
                    mine.putLong(32 + 16 * n, theirs.getLong(32 + 16 * n));
                    mine.putShort(40 + 16 * n, theirs.getShort(40 + 16 * n));
                }
            }
            // rounded up or down; inexact, says the other, though the logarithm is a whole number and the product exact
            int open = 0x200 | (power && i.form.mnemonic().equals("FYL2X") ? 0x80A0 : 0); // PE, and with it ES and B
            mine.putShort(2, (short) (mine.getShort(2) & ~open | theirs.getShort(2) & open));
        }
    }

    /**
     * Whether one reciprocal is the smallest normal number and the other, which was tiny, zero. SDM volume 2, RCPPS: inputs from
     * 1.111111111101b * 2^125 to 1.000000000001100...1b * 2^126 "may or may not produce tiny results, depending on the implementation".
     */
    private static boolean barelyNormal(int ours, int other) {
        int sign = 1 << 31;
        int smallest = 1 << 23;
        return (ours & sign) == (other & sign)
                && (ours & ~sign | other & ~sign) == smallest
                && (ours & other & ~sign) == 0;
    }

    /** Whether two numbers of the extended format are a unit in the last place apart at most, if across a power of two. */
    private static boolean neighbours(ByteBuffer mine, ByteBuffer theirs, int at) {
        long ours = mine.getLong(at);
        long other = theirs.getLong(at);
        int exponents = mine.getShort(at + 8) - theirs.getShort(at + 8);
        return exponents == 0 && Math.abs(ours - other) <= 1
                || exponents == 1 && ours == Long.MIN_VALUE && other == -1
                || exponents == -1 && ours == -1 && other == Long.MIN_VALUE;
    }

    private static String describe(byte[] image, byte[] operand, int eax, int eflags) {
        ByteBuffer b = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder text = new StringBuilder(String.format(
                "control %04x status %04x used %02x mxcsr %04x", b.getShort(0), b.getShort(2), b.get(4), b.getInt(24)));
        for (int n = 0; n < 8; n++) {
            text.append(String.format(
                    "%n  st%d %04x:%016x xmm%d %016x:%016x",
                    n,
                    b.getShort(40 + 16 * n),
                    b.getLong(32 + 16 * n),
                    n,
                    b.getLong(168 + 16 * n),
                    b.getLong(160 + 16 * n)));
        }
        return text.append(String.format(
                        "%n  operand %s%n  eax %x flags %x", HexFormat.of().formatHex(operand), eax, eflags & 0x8D5))
                .toString();
    }
}

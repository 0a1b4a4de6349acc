package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.emulator.differential.FloatingPoints;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.InstructionTable;
import org.ringone.x86.Operand;

/** Exceptions of SSE that MXCSR does not mask, and what MXCSR does to denormals (SDM volume 1, 10.2.3 and 11.5). */
class VectorExceptionsTest {
    private static final int MASKED = 0x1F80;
    private static final int EARLY = 0x07;
    private static final int OVERFLOW = 0x08;
    private static final int UNDERFLOW = 0x10;
    private static final int INEXACT = 0x20;
    private static final int CASES = 100;

    private final FlatMachine machine = new FlatMachine(0x40);

    VectorExceptionsTest() {
        machine.cpu.control().cr4(CpuState.CR4_OSFXSR | CpuState.CR4_OSXMMEXCPT);
    }

    private int element(int register) {
        return (int) machine.cpu.sse().half(2 * register);
    }

    private void elements(int first, int second, int mxcsr) {
        machine.cpu.sse().half(0, first & 0xFFFF_FFFFL);
        machine.cpu.sse().half(2, second & 0xFFFF_FFFFL);
        machine.cpu.sse().mxcsr(mxcsr);
    }

    private static int word(String hex) {
        return (int) (long) Long.decode(hex);
    }

    /** The flags are those of a real processor. */
    @ParameterizedTest(name = "{0}, MXCSR {3} -> {4}")
    @CsvSource({
        "'sqrtss xmm0, xmm1', 0,          0xBF800000, 0x1F00, 0x01",
        "'addss xmm0, xmm1',  0x7FA00000, 0x3F800000, 0x1F00, 0x01",
        "'comiss xmm0, xmm1', 0x7FC00000, 0x3F800000, 0x1F00, 0x01",
        "'maxss xmm0, xmm1',  0x7FC00000, 0x3F800000, 0x1F00, 0x01",
        "'cvttss2si eax, xmm1', 0,        0x4F000000, 0x1F00, 0x01",
        "'addss xmm0, xmm1',  0x00000001, 0x3F800000, 0x1E80, 0x02",
        "'divss xmm0, xmm1',  0x3F800000, 0x00000000, 0x1D80, 0x04",
        "'mulss xmm0, xmm1',  0x7F000000, 0x40800000, 0x1B80, 0x08",
        "'mulss xmm0, xmm1',  0x7F7FFFFF, 0x7F7FFFFF, 0x1B80, 0x28",
        "'mulss xmm0, xmm1',  0x7F000000, 0x40800000, 0x0F80, 0x28",
        "'mulss xmm0, xmm1',  0x00800000, 0x3F000000, 0x1780, 0x10",
        "'mulss xmm0, xmm1',  0x00800001, 0x3E800000, 0x1780, 0x10",
        "'mulss xmm0, xmm1',  0x00800000, 0x3F000000, 0x9780, 0x10",
        "'divss xmm0, xmm1',  0x3F800000, 0x40400000, 0x0F80, 0x20",
        "'cvtss2si eax, xmm1', 0,         0x3FC00000, 0x0F80, 0x20"
    })
    void unmaskedExceptionRaises(String instruction, String first, String second, String mxcsr, String flags) {
        for (boolean told : new boolean[] {true, false}) {
            machine.cpu.control().cr4(CpuState.CR4_OSFXSR | (told ? CpuState.CR4_OSXMMEXCPT : 0));
            elements(word(first), word(second), Integer.decode(mxcsr));
            machine.s.r[CpuState.EAX] = 0x1234;
            machine.s.eflags(0x8D7);
            machine.execute(1, instruction);
            assertThat(machine.vector).isEqualTo(told ? Vector.XF : Vector.UD);
            assertThat(machine.error).isEqualTo(Vector.NO_ERROR_CODE);
            assertThat(machine.s.eip).isEqualTo(FlatMachine.CODE);
            assertThat(element(0)).isEqualTo(word(first));
            assertThat(machine.s.r[CpuState.EAX]).isEqualTo(0x1234);
            assertThat(machine.s.eflags() & 0x8D7).isEqualTo(0x8D7);
            assertThat(machine.cpu.sse().mxcsr()).isEqualTo(Integer.decode(mxcsr) | Integer.decode(flags));
        }
    }

    /** Every row: with exceptions unmasked it does what it does with them masked, or raises one and changes only MXCSR's flags. */
    @TestFactory
    Stream<DynamicTest> rowsRaiseWhatTheyWouldNote() {
        return InstructionTable.forms().stream()
                .filter(VectorExceptionsTest::onVectorRegisters)
                .map(form -> DynamicTest.dynamicTest(form.toString(), () -> raise(form)));
    }

    private static boolean onVectorRegisters(Form form) {
        boolean vectors = false;
        boolean memoryOnly = form.mnemonic().startsWith("MASKMOV");
        for (int k = 0; k < form.operands(); k++) {
            Operand.Bank bank = form.operand(k).bank();
            vectors |= bank == Operand.Bank.XMM;
            memoryOnly |= form.operand(k).kind() == Operand.Kind.MEMORY;
        }
        return vectors && !memoryOnly;
    }

    private void raise(Form form) {
        Random random = new Random(form.toString().hashCode());
        FloatingPoints points = new FloatingPoints(random);
        RowBytes bytes = new RowBytes(form, random);
        boolean single = random.nextBoolean();
        for (int n = 0; n < CASES; n++) {
            byte[] code;
            do {
                code = bytes.next();
            } while (RowBytes.decode(code).memory());
            machine.memory.write(FlatMachine.CODE, code, 0, code.length);
            long[] registers = new long[24];
            for (int k = 0; k < 24; k++) {
                boolean pair = single != (random.nextInt(4) == 0);
                registers[k] = pair ? (long) points.bits32() << 32 | points.bits32() & 0xFFFF_FFFFL : points.bits64();
            }
            raise(RowBytes.decode(code), registers, random);
            single = !single;
        }
    }

    private void raise(Instruction i, long[] registers, Random random) {
        int control = random.nextInt(4) << 13 | random.nextInt(2) << 6;
        int[] general = random.ints(8).toArray();
        assertThat(run(registers, general, control | MASKED)).isEqualTo(FlatMachine.NONE);
        int noted = machine.cpu.sse().mxcsr() & 0x3F;
        String result = image();
        int unmasked = random.nextInt(64) & ((noted & UNDERFLOW) != 0 ? -1 : ~UNDERFLOW); // which may be exact
        int vector = run(registers, general, control | MASKED & ~(unmasked << 7));
        int flags = machine.cpu.sse().mxcsr() & 0x3F;
        String what = String.format("%s on %s, unmasked %x", i, hex(registers), unmasked);
        if ((noted & EARLY & unmasked) != 0) {
            noted &= EARLY;
        } else if ((noted & unmasked & (OVERFLOW | UNDERFLOW)) != 0) { // inexact with an exponent without bounds
            noted = noted & ~INEXACT | flags & INEXACT;
        }
        assertThat(flags).as("flags after %s", what).isEqualTo(noted);
        if ((noted & unmasked) == 0) {
            assertThat(vector).as(what).isEqualTo(FlatMachine.NONE);
            assertThat(image()).as(what).isEqualTo(result);
        } else {
            assertThat(vector).as(what).isEqualTo(Vector.XF);
            String after = image();
            place(registers, general);
            assertThat(after).as("left by %s", what).isEqualTo(image());
        }
    }

    private int run(long[] registers, int[] general, int mxcsr) {
        place(registers, general);
        machine.cpu.sse().mxcsr(mxcsr);
        machine.s.eip = FlatMachine.CODE;
        machine.run(1);
        return machine.vector;
    }

    private void place(long[] registers, int[] general) {
        System.arraycopy(general, 0, machine.s.r, 0, 8);
        machine.s.eflags(0x2);
        machine.cpu.fpu().reset();
        for (int n = 0; n < 16; n++) {
            machine.cpu.sse().half(n, registers[n]);
        }
        for (int n = 0; n < 8; n++) {
            machine.cpu.fpu().mmx(n, registers[16 + n]);
        }
    }

    private String image() {
        long[] registers = new long[24];
        for (int n = 0; n < 16; n++) {
            registers[n] = machine.cpu.sse().half(n);
        }
        for (int n = 0; n < 8; n++) {
            registers[16 + n] = machine.cpu.fpu().mmx(n);
        }
        return String.format(
                "%s %s flags %x tags %x",
                hex(registers),
                Arrays.toString(machine.s.r),
                machine.s.eflags() & 0x8D5,
                machine.cpu.fpu().tags());
    }

    private static String hex(long[] values) {
        StringBuilder text = new StringBuilder();
        for (long value : values) {
            text.append(String.format("%016x ", value));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0} of {1}, {2} with denormals as zeros: {3}, flags {4}")
    @CsvSource({
        "'addss xmm0, xmm1',  0x00000001, 0x80000001, 0x00000000, 0",
        "'addss xmm0, xmm1',  0x80000001, 0x80000001, 0x80000000, 0",
        "'addss xmm0, xmm1',  0x3F800000, 0x007FFFFF, 0x3F800000, 0",
        "'mulss xmm0, xmm1',  0x007FFFFF, 0x7F000000, 0x00000000, 0",
        "'mulss xmm0, xmm1',  0x00000001, 0x7F800000, 0xFFC00000, 1",
        "'divss xmm0, xmm1',  0x3F800000, 0x80000001, 0xFF800000, 4",
        "'divss xmm0, xmm1',  0x00000001, 0x00000001, 0xFFC00000, 1",
        "'sqrtss xmm0, xmm1', 0,          0x80000001, 0x80000000, 0",
        "'maxss xmm0, xmm1',  0x00000001, 0x00000002, 0x00000000, 0",
        "'cmpss xmm0, xmm1, 0', 0x00000001, 0x80000002, 0xFFFFFFFF, 0",
        "'cmpss xmm0, xmm1, 1', 0x00000001, 0x00000002, 0x00000000, 0",
        "'movss xmm0, xmm1',  0,          0x00000001, 0x00000001, 0",
        "'andps xmm0, xmm1',  0x00000001, 0x00000001, 0x00000001, 0"
    })
    void denormalsAreZeros(String instruction, String first, String second, String result, int flags) {
        elements(word(first), word(second), MASKED | 1 << 6);
        machine.execute(1, instruction);
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        assertThat(Integer.toHexString(element(0))).isEqualTo(Integer.toHexString(word(result)));
        assertThat(machine.cpu.sse().mxcsr()).isEqualTo(MASKED | 1 << 6 | flags);
    }

    @Test
    void denormalsAreComparedAndConvertedAsZeros() {
        elements(1, 0x8000_0001, MASKED | 1 << 6);
        machine.execute(1, "ucomiss xmm0, xmm1");
        assertThat(machine.s.eflags() & 0x45).as("equal").isEqualTo(0x40);
        machine.execute(1, "cvtss2sd xmm2, xmm1");
        assertThat(machine.cpu.sse().half(4)).isEqualTo(1L << 63);
        assertThat(machine.cpu.sse().mxcsr()).isEqualTo(MASKED | 1 << 6);
    }

    @ParameterizedTest(name = "flush to zero, MXCSR {0}: {1}, flags {2}")
    @CsvSource({
        "0x1F80, 0x00400000, 0x00", // exact
        "0x9F80, 0x00000000, 0x30",
        "0xDF80, 0x00000000, 0x30" // zero, though it rounds upwards
    })
    void tinyResultsMayBeFlushed(String mxcsr, String result, String flags) {
        elements(0x0080_0000, 0x3F00_0000, Integer.decode(mxcsr));
        machine.execute(1, "mulss xmm0, xmm1");
        assertThat(element(0)).isEqualTo(word(result));
        assertThat(machine.cpu.sse().mxcsr()).isEqualTo(Integer.decode(mxcsr) | Integer.decode(flags));
    }

    @Test
    void onlySomeBitsOfMxcsrExist() {
        machine.memory.write32(0x1000, 0xFFFF);
        machine.execute(2, "ldmxcsr [0x1000]\n stmxcsr [0x1004]");
        assertThat(machine.memory.read32(0x1004)).isEqualTo(0xFFFF);
        machine.execute(1, "fxsave [0x2000]");
        assertThat(machine.memory.read32(0x2018)).as("MXCSR").isEqualTo(0xFFFF);
        assertThat(machine.memory.read32(0x201C)).as("its mask").isEqualTo(0xFFFF);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1_1F80, 0x8000_1F80, 0x8_0000})
    void bitsThatDoNotExistAreRefused(int value) {
        machine.memory.write32(0x1000, value);
        machine.cpu.sse().mxcsr(MASKED | 1);
        machine.execute(1, "ldmxcsr [0x1000]");
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(machine.error).isZero();
        assertThat(machine.cpu.sse().mxcsr()).isEqualTo(MASKED | 1);

        machine.execute(2, "fninit\n fxsave [0x2000]");
        for (int n = 0; n < 512; n += 4) {
            machine.memory.write32(0x3000 + n, n == 24 ? value : 0x5A5A_5A5A);
        }
        machine.execute(1, "fxrstor [0x3000]");
        assertThat(machine.vector).isEqualTo(Vector.GP);
        machine.execute(1, "fxsave [0x3000]");
        byte[] before = new byte[512];
        byte[] after = new byte[512];
        machine.memory.read(0x2000, before, 0, 288);
        machine.memory.read(0x3000, after, 0, 288);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void vectorRegistersAreSavedAndRestoredOnlyWithOsfxsr() {
        elements(0x1111_1111, 0x2222_2222, MASKED);
        machine.memory.write32(0x20A0, 0x7777_7777);
        machine.cpu.control().cr4(0);
        machine.execute(1, "fxsave [0x2000]");
        assertThat(machine.memory.read32(0x20A0)).isEqualTo(0x7777_7777);
        machine.execute(1, "fxrstor [0x2000]");
        assertThat(element(0)).isEqualTo(0x1111_1111);
        machine.cpu.control().cr4(CpuState.CR4_OSFXSR);
        machine.execute(1, "fxrstor [0x2000]");
        assertThat(element(0)).isEqualTo(0x7777_7777);
        machine.execute(1, "fxsave [0x2000]");
        assertThat(machine.memory.read32(0x20A0)).isEqualTo(0x7777_7777);
    }
}

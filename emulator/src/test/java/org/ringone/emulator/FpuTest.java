package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FpuTest {
    private static final int DATA = 0x2_0000;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;
    private final PhysicalMemory memory = machine.memory;

    private void runs(String source) {
        machine.ring(0).code(source + "\n hlt");
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).as("vector").isEqualTo(-1);
    }

    @Test
    void initialState() {
        runs("fninit\n fnstcw [0x20000]\n fnstsw ax");
        assertThat(memory.read16(DATA)).isEqualTo(0x37F);
        assertThat(s.r[EAX] & 0xFFFF).isZero();
    }

    @Test
    void constantsHaveTheirImages() {
        runs("fninit\n fld1\n fldz\n fnstsw ax\n fstp tword [0x20000]\n fstp tword [0x20010]");
        assertThat(s.r[EAX] & 0x3800).isEqualTo(6 << 11);
        assertThat(memory.read64(DATA)).isZero();
        assertThat(memory.read16(DATA + 8)).isZero();
        assertThat(memory.read64(DATA + 0x10)).isEqualTo(1L << 63);
        assertThat(memory.read16(DATA + 0x18)).isEqualTo(0x3FFF);
    }

    @ParameterizedTest(name = "float {0} -> {2}:{1}, flags {3}")
    @CsvSource({
        "0x40490FDB, 0xC90FDB0000000000, 0x4000, 0",
        "0x80000000, 0, 0x8000, 0",
        "0xFF800000, 0x8000000000000000, 0xFFFF, 0",
        "0x00000001, 0x8000000000000000, 0x3F6A, 2",
        "0x7FA00000, 0xE000000000000000, 0x7FFF, 1",
        "0x7FC12345, 0xC123450000000000, 0x7FFF, 0"
    })
    void singlesBecomeExtended(String bits, String significand, String exponent, int flags) {
        memory.write32(DATA, (int) (long) Long.decode(bits));
        runs("fninit\n fld dword [0x20000]\n fnstsw ax\n fstp tword [0x20010]");
        assertThat(memory.read64(DATA + 0x10)).isEqualTo(unsigned(significand));
        assertThat(memory.read16(DATA + 0x18)).isEqualTo(Integer.decode(exponent));
        assertThat(s.r[EAX] & 0x3F).isEqualTo(flags);
    }

    private static long unsigned(String hex) {
        return Long.parseUnsignedLong(hex.replace("0x", ""), 16);
    }

    @ParameterizedTest(name = "{1}:{0} rounding {2} -> double {3}, flags {4}")
    @CsvSource({
        "0x8000000000000400, 0x3FFF, 0, 0x3FF0000000000000, 0x20",
        "0x8000000000000401, 0x3FFF, 0, 0x3FF0000000000001, 0x20",
        "0x8000000000000C00, 0x3FFF, 0, 0x3FF0000000000002, 0x20",
        "0x8000000000000401, 0x3FFF, 1, 0x3FF0000000000000, 0x20",
        "0x8000000000000001, 0x3FFF, 2, 0x3FF0000000000001, 0x20",
        "0x8000000000000001, 0xBFFF, 1, 0xBFF0000000000001, 0x20",
        "0xFFFFFFFFFFFFFFFF, 0x3FFF, 0, 0x4000000000000000, 0x20",
        "0xFFFFFFFFFFFFFFFF, 0x43FE, 0, 0x7FF0000000000000, 0x28",
        "0xFFFFFFFFFFFFFFFF, 0x43FE, 3, 0x7FEFFFFFFFFFFFFF, 0x20",
        "0x8000000000000000, 0x7FFE, 0, 0x7FF0000000000000, 0x28",
        "0x8000000000000000, 0x7FFE, 3, 0x7FEFFFFFFFFFFFFF, 0x28",
        "0x8000000000000000, 0x3C00, 0, 0x0008000000000000, 0",
        "0x8000000000000001, 0x3C00, 0, 0x0008000000000000, 0x30",
        "0x8000000000000000, 0x0001, 0, 0, 0x30",
        "0x8000000000000000, 0x0001, 2, 1, 0x30",
        "0x8000000000000001, 0x0000, 2, 1, 0x30",
        "0xA000000000000000, 0x7FFF, 0, 0x7FFC000000000000, 1",
        "0x0000000000000001, 0x3FFF, 0, 0xFFF8000000000000, 1"
    })
    void extendedBecomesDouble(String significand, String exponent, int rounding, String bits, String flags) {
        memory.write64(DATA, unsigned(significand));
        memory.write16(DATA + 8, Integer.decode(exponent));
        memory.write16(DATA + 0x20, 0x37F | rounding << 10);
        runs("fninit\n fldcw [0x20020]\n fld tword [0x20000]\n fstp qword [0x20010]\n fnstsw ax");
        assertThat(Long.toHexString(memory.read64(DATA + 0x10))).isEqualTo(Long.toHexString(unsigned(bits)));
        assertThat(s.r[EAX] & 0x3F).isEqualTo(Integer.decode(flags));
    }

    @Property(tries = 500)
    void doublesSurviveTheRoundTrip(@ForAll long bits) {
        TestMachine m = new TestMachine();
        m.memory.write64(DATA, bits);
        m.code("fninit\n fld qword [0x20000]\n fstp qword [0x20010]\n hlt").run();
        boolean nan = Double.isNaN(Double.longBitsToDouble(bits));
        assertThat(m.memory.read64(DATA + 0x10)).isEqualTo(nan ? bits | 1L << 51 : bits);
    }

    @Property(tries = 500)
    void roundingToSingleIsThatOfTheLanguage(@ForAll double value) {
        TestMachine m = new TestMachine();
        m.memory.write64(DATA, Double.doubleToRawLongBits(value));
        m.code("fninit\n fld qword [0x20000]\n fstp dword [0x20010]\n hlt").run();
        assertThat(m.memory.read32(DATA + 0x10)).isEqualTo(Float.floatToRawIntBits((float) value));
    }

    /** Addition at 53 bits of precision is Java's, but for the extended exponent range. */
    @Property(tries = 500)
    void additionAtDoublePrecision(@ForAll double a, @ForAll double b) {
        if (Math.abs(a) > 1e300 || Math.abs(b) > 1e300 || Math.abs(a + b) < 1e-300) {
            return;
        }
        TestMachine m = new TestMachine();
        m.memory.write64(DATA, Double.doubleToRawLongBits(a));
        m.memory.write64(DATA + 8, Double.doubleToRawLongBits(b));
        m.memory.write16(DATA + 0x20, 0x27F);
        m.code(
                        "fninit\n fldcw [0x20020]\n fld qword [0x20000]\n fld qword [0x20008]\n faddp st1\n fstp qword [0x20010]\n hlt")
                .run();
        assertThat(Double.longBitsToDouble(m.memory.read64(DATA + 0x10))).isEqualTo(a + b);
    }

    @ParameterizedTest(name = "{0} rounding {1} -> {2}, flags {3}")
    @CsvSource({
        "2.5, 0, 2, 0x20",
        "3.5, 0, 4, 0x20",
        "-2.5, 1, -3, 0x20",
        "2.1, 2, 3, 0x20",
        "-2.9, 3, -2, 0x20",
        "0.4, 0, 0, 0x20",
        "0.5, 0, 0, 0x20",
        "0.6, 0, 1, 0x20",
        "7, 0, 7, 0",
        "32767.4, 0, 32767, 0x20",
        "32767.5, 0, -32768, 1",
        "-32768, 0, -32768, 0",
        "1e30, 0, -32768, 1"
    })
    void integersAreStoredRounded(double value, int rounding, int expected, String flags) {
        memory.write64(DATA, Double.doubleToRawLongBits(value));
        memory.write16(DATA + 0x20, 0x37F | rounding << 10);
        runs("fninit\n fldcw [0x20020]\n fld qword [0x20000]\n fistp word [0x20010]\n fnstsw ax");
        assertThat((short) memory.read16(DATA + 0x10)).isEqualTo((short) expected);
        assertThat(s.r[EAX] & 0x3F).isEqualTo(Integer.decode(flags));
    }

    @Test
    void integersOfAllSizesSurvive() {
        memory.write64(DATA, Long.MIN_VALUE);
        memory.write32(DATA + 8, -5);
        memory.write16(DATA + 12, 0x7FFF);
        runs(
                "fninit\n fild qword [0x20000]\n fild dword [0x20008]\n fild word [0x2000C]\n fistp word [0x2001C]\n fistp dword [0x20018]\n fistp qword [0x20010]");
        assertThat(memory.read64(DATA + 0x10)).isEqualTo(Long.MIN_VALUE);
        assertThat(memory.read64(DATA + 0x18)).isEqualTo(memory.read64(DATA + 8));
    }

    @Test
    void stackFaults() {
        runs("fninit\n fstp dword [0x20000]\n fnstsw ax");
        assertThat(memory.read32(DATA)).isEqualTo(0xFFC00000);
        assertThat(s.r[EAX] & 0x27F).isEqualTo(0x41);
        runs("fninit\n" + "fld1\n".repeat(9) + "fnstsw ax\n fstp dword [0x20000]");
        assertThat(s.r[EAX] & 0x27F).isEqualTo(0x241);
        assertThat(memory.read32(DATA)).isEqualTo(0xFFC00000);
    }

    @Test
    void unmaskedExceptionWaitsForTheNextWaitingInstruction() {
        memory.write16(DATA, 0x37E);
        machine.code("fninit\n fldcw [0x20000]\n fstp dword [0x20010]\n fnstsw ax\n at: fld1");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.MF);
        assertThat(machine.stack(0)).isEqualTo(machine.symbols.get("at"));
        assertThat(memory.read32(DATA + 0x10)).as("nothing stored").isZero();
        assertThat(s.r[EAX] & 0x80FF).isEqualTo(0x80C1);
    }

    @Test
    void clearingExceptionsLetsItGoOn() {
        memory.write16(DATA, 0x37E);
        runs("fninit\n fldcw [0x20000]\n fstp dword [0x20010]\n fnclex\n fld1\n wait");
    }

    @ParameterizedTest(name = "CR0 bits {0}: {1} raises #NM {2}")
    @CsvSource({
        "8, fld1, true",
        "4, fld1, true",
        "8, fnstsw ax, true",
        "8, wait, false",
        "0xA, wait, true",
        "2, wait, false",
        "8, fxsave [0x20000], true",
        "0, fninit, false"
    })
    void deviceNotAvailable(String bits, String instruction, boolean raises) {
        machine.ring(1).code("at: " + instruction + "\n int 0x20");
        machine.cpu.control().cr0(s.cr0() | Integer.decode(bits));
        machine.run();
        assertThat(machine.vector()).isEqualTo(raises ? Vector.NM : 0x20);
    }

    @Test
    void environmentAndRegistersAreSavedAndRestored() {
        runs("fninit\n fld1\n fldz\n fld1\n fnsave [0x20000]\n fnstsw ax\n frstor [0x20000]\n fnsave [0x20100]");
        assertThat(s.r[EAX] & 0xFFFF).as("initialized").isZero();
        assertThat(memory.read32(DATA)).isEqualTo(0xFFFF037F);
        assertThat(memory.read32(DATA + 4)).isEqualTo(0xFFFF2800);
        assertThat(memory.read32(DATA + 8)).as("valid, zero, valid").isEqualTo(0xFFFF13FF);
        assertThat(memory.read32(DATA + 12)).as("the last FLD1").isEqualTo(TestMachine.CODE + 6);
        assertThat(memory.read32(DATA + 16)).isEqualTo(0x1E8 << 16 | TestMachine.code(0));
        for (int n = 0; n < 108; n += 4) {
            assertThat(memory.read32(DATA + 0x100 + n)).isEqualTo(memory.read32(DATA + n));
        }
    }

    @Test
    void extendedImage() {
        runs("fninit\n fld1\n fldz\n fxsave [0x20000]\n fninit\n fxrstor [0x20000]\n fxsave [0x20200]");
        assertThat(memory.read16(DATA)).isEqualTo(0x37F);
        assertThat(memory.read16(DATA + 2)).isEqualTo(0x3000);
        assertThat(memory.read16(DATA + 4)).isEqualTo(0xC0);
        assertThat(memory.read64(DATA + 48)).isEqualTo(1L << 63);
        for (int n = 0; n < 160; n += 8) {
            assertThat(memory.read64(DATA + 0x200 + n)).isEqualTo(memory.read64(DATA + n));
        }
    }

    @Test
    void extendedImageMustBeAligned() {
        machine.code("fxsave [0x20008]");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.GP);
    }

    @Test
    void saveChangesNothingWhenItFaults() {
        machine.map(0x2_1000, 0);
        machine.code("fninit\n fld1\n fnsave [0x20FC0]");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(memory.read64(0x2_0FC0)).isZero();
        assertThat(machine.cpu.fpu().isEmpty(0)).isFalse();
    }
}

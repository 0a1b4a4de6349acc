package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the processor and the system let a program use MMX, SSE and SSE2, and what it gets when they do not. */
class VectorsOfferedTest {
    private static final int ALL =
            CpuidTable.MMX | CpuidTable.FXSR | CpuidTable.SSE | CpuidTable.SSE2 | CpuidTable.CLFSH;

    private static FlatMachine machine(int missing, int cr0, int cr4) {
        CpuidTable table = CpuidTable.standard().without(missing);
        FlatMachine machine =
                new FlatMachine(new PhysicalMemory(0x40), CpuConfig.standard().withCpuid(table));
        machine.cpu.control().cr0(machine.s.cr0 | cr0);
        machine.cpu.control().cr4(cr4);
        return machine;
    }

    private static int outcome(FlatMachine machine, String instruction) {
        machine.execute(1, instruction);
        assertThat(machine.s.eip == FlatMachine.CODE)
                .as("it stays at the instruction when it faults, and only then")
                .isEqualTo(machine.vector != FlatMachine.NONE);
        return machine.vector;
    }

    @ParameterizedTest(name = "{0} needs {1}")
    @CsvSource({
        "'emms', 0x00800000",
        "'paddb mm0, mm1', 0x00800000",
        "'movd mm3, [0x1000]', 0x00800000",
        "'pshufw mm0, mm1, 2', 0x02000000",
        "'maskmovq mm0, mm1', 0x02000000",
        "'movaps xmm0, xmm1', 0x02000000",
        "'ldmxcsr [0x1000]', 0x02000000",
        "'sfence', 0x02000000",
        "'paddq mm0, mm1', 0x04000000",
        "'addpd xmm0, xmm1', 0x04000000",
        "'paddb xmm0, xmm1', 0x04000000",
        "'movnti [0x1000], eax', 0x04000000",
        "'lfence', 0x04000000",
        "'mfence', 0x04000000",
        "'clflush [0x1000]', 0x04000000",
        "'fxsave [0x1000]', 0x01000000",
        "'fxrstor [0x1000]', 0x01000000"
    })
    void needsTheFeatureThatCpuidTells(String instruction, String feature) {
        int bit = Integer.decode(feature);
        int system = CpuState.CR4_OSFXSR;
        assertThat(outcome(machine(0, 0, system), instruction)).as("offered").isEqualTo(FlatMachine.NONE);
        assertThat(outcome(machine(ALL & ~bit, 0, system), instruction))
                .as("alone")
                .isEqualTo(FlatMachine.NONE);
        assertThat(outcome(machine(bit, 0, system), instruction))
                .as("not offered")
                .isEqualTo(Vector.UD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"movaps xmm0, xmm1", "addsd xmm0, xmm1", "stmxcsr [0x1000]", "cvtpi2ps xmm0, mm0"})
    void vectorRegistersNeedOsfxsr(String instruction) {
        assertThat(outcome(machine(0, 0, 0), instruction)).isEqualTo(Vector.UD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paddb mm0, mm1",
                "pavgb mm0, mm1",
                "emms",
                "fxsave [0x1000]",
                "sfence",
                "clflush [0x1000]",
                "movnti [0x1000], eax",
                "prefetchnta [0x1000]"
            })
    void othersDoNot(String instruction) {
        assertThat(outcome(machine(0, 0, 0), instruction)).isEqualTo(FlatMachine.NONE);
    }

    @ParameterizedTest(name = "{0} with TS: {1}, with EM: {2}")
    @CsvSource({
        "'paddb mm0, mm1', 7, 6",
        "'emms', 7, 6",
        "'movaps xmm0, xmm1', 7, 6",
        "'ldmxcsr [0x1000]', 7, 6",
        "'fxsave [0x1000]', 7, 7",
        "'fxrstor [0x1000]', 7, 7",
        "'movnti [0x1000], eax', -1, -1",
        "'lfence', -1, -1",
        "'clflush [0x1000]', -1, -1",
        "'prefetcht0 [0x1000]', -1, -1"
    })
    void switchedAndEmulated(String instruction, int switched, int emulated) {
        assertThat(outcome(machine(0, CpuState.CR0_TS, CpuState.CR4_OSFXSR), instruction))
                .isEqualTo(switched);
        assertThat(outcome(machine(0, CpuState.CR0_EM, CpuState.CR4_OSFXSR), instruction))
                .isEqualTo(emulated);
        int both = CpuState.CR0_TS | CpuState.CR0_EM;
        assertThat(outcome(machine(0, both, CpuState.CR4_OSFXSR), instruction)).isEqualTo(emulated);
    }

    @ParameterizedTest(name = "CR4 bit {1} needs feature {0}")
    @CsvSource({"0x01000000, 0x200", "0x02000000, 0x400"})
    void controlBitsNeedTheFeature(String feature, String bit) {
        int value = Integer.decode(bit);
        FlatMachine offered = machine(0, 0, 0);
        offered.s.r[CpuState.EAX] = value;
        assertThat(outcome(offered, "mov cr4, eax")).isEqualTo(FlatMachine.NONE);
        assertThat(offered.s.cr4()).isEqualTo(value);
        FlatMachine narrowed = machine(Integer.decode(feature), 0, 0);
        narrowed.s.r[CpuState.EAX] = value;
        assertThat(outcome(narrowed, "mov cr4, eax")).isEqualTo(Vector.GP);
        assertThat(narrowed.error).isZero();
        assertThat(narrowed.s.cr4()).isZero();
    }

    /** A pending exception of the x87 unit comes before an instruction that uses MMX registers, not before others. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'paddb mm0, mm1', 16",
        "'emms', 16",
        "'movdq2q mm0, xmm1', 16",
        "'cvtps2pi mm0, xmm1', 16",
        "'addps xmm0, xmm1', -1",
        "'movq xmm0, xmm1', -1",
        "'ldmxcsr [0x1000]', -1",
        "'fxsave [0x1000]', -1"
    })
    void pendingExceptionsOfTheUnit(String instruction, int vector) {
        FlatMachine m = machine(0, CpuState.CR0_NE, CpuState.CR4_OSFXSR);
        m.memory.write16(0x1000, 0x37E);
        m.execute(5, "fninit\n fldcw [0x1000]\n fldz\n fldz\n fdivp st1, st0");
        assertThat(m.vector).isEqualTo(FlatMachine.NONE);
        assertThat(outcome(m, instruction)).isEqualTo(vector);
    }
}

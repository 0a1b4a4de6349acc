package org.ringone.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** That the programs do what the figures take for granted. Nothing here is timed. */
class KernelTest {

    static List<Kernel> kernels() {
        return Kernel.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernels")
    void reportsAgainAndAgainAfterTheSameInstructions(Kernel kernel) {
        BareMachine machine = new BareMachine(kernel);
        machine.untilReport();
        long instructions = machine.untilReport();
        assertThat(instructions).isGreaterThanOrEqualTo(kernel.rounds());
        assertThat(machine.untilReport()).isEqualTo(instructions);
        assertThat(machine.untilReport()).isEqualTo(instructions);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernels")
    void fitsADisk(Kernel kernel) {
        byte[] sector = new MemoryImage(kernel).bootSector();
        assertThat(sector).hasSize(512).endsWith(0x55, 0xAA);
    }

    @Test
    void figuresAreInTheirUnits() {
        Kernel copy = Kernel.named("copy");
        assertThat(copy.figure(10, 1_000_000, 50_000_000))
                .as("million instructions a second")
                .isEqualTo(200);
        Kernel movsd = Kernel.named("movsd");
        double elements = 10.0 * movsd.rounds() * 1024;
        assertThat(movsd.figure(10, 1, 1e9)).as("million elements a second").isEqualTo(elements / 1e6);
        Kernel trap = Kernel.named("int80");
        assertThat(trap.figure(10, 1, 1e9)).as("nanoseconds a round").isEqualTo(1e8 / trap.rounds());
        assertThat(copy.better(copy.better(0, 200), 100)).isEqualTo(200);
        assertThat(trap.better(trap.better(0, 200), 100)).isEqualTo(100);
    }

    @Test
    void everyKernelIsMeasured() throws NoSuchFieldException {
        String[] measured = KernelBenchmark.class
                .getField("kernel")
                .getAnnotation(Param.class)
                .value();
        assertThat(measured)
                .containsExactlyElementsOf(Kernel.ALL.stream().map(Kernel::name).toList());
    }
}

package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDI;
import static org.ringone.emulator.CpuState.ESI;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortTest {
    private static final class Bus implements PortBus {
        private final List<String> log = new ArrayList<>();
        private int next = 0x11223344;

        @Override
        public int in(Cpu cpu, int port, int size) {
            log.add("in %x %d".formatted(port, size));
            return next++;
        }

        @Override
        public void out(Cpu cpu, int port, int size, int value) {
            log.add("out %x %d %x".formatted(port, size, value));
        }
    }

    private final Bus bus = new Bus();
    private final TestMachine machine = new TestMachine(CpuConfig.standard().withPorts(bus), new IdtDelivery());
    private final CpuState s = machine.s;

    @Test
    void sizesAndPorts() {
        machine.code("mov eax, -1\n in al, 0x10\n out 0x20, ax\n mov edx, 0x12345\n in eax, dx\n out dx, al\n hlt");
        machine.run();
        assertThat(bus.log).containsExactly("in 10 1", "out 20 2 ff44", "in 2345 4", "out 2345 1 45");
        assertThat(s.r[EAX]).isEqualTo(0x11223345);
    }

    @Test
    void stringsMoveByElementInTheDirectionOfTheFlag() {
        machine.code(
                "mov edi, 0x20008\n mov ecx, 3\n mov edx, 0x30\n std\n rep insd\n mov esi, 0x20000\n mov ecx, 2\n cld\n rep outsw\n hlt");
        machine.run();
        assertThat(machine.memory.read32(0x2_0008)).isEqualTo(0x11223344);
        assertThat(machine.memory.read32(0x2_0000)).isEqualTo(0x11223346);
        assertThat(s.r[EDI]).isEqualTo(0x1_FFFC);
        assertThat(s.r[ESI]).isEqualTo(0x2_0004);
        assertThat(s.r[ECX]).isZero();
        assertThat(bus.log).endsWith("out 30 2 3346", "out 30 2 1122");
    }

    @Test
    void nothingIsReadFromThePortWhenTheDestinationFaults() {
        machine.map(0x2_1000, 0);
        machine.code("mov edi, 0x20FFC\n mov ecx, 3\n rep insd");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(bus.log).hasSize(1);
        assertThat(s.r[ECX]).isEqualTo(2);
        assertThat(s.r[EDI]).isEqualTo(0x2_1000);
    }

    @ParameterizedTest(name = "bitmap {1} for port {0}, {2} bytes: allowed {3}")
    @CsvSource({
        "0x10, 0xFE, 1, true",
        "0x11, 0xFE, 1, true",
        "0x10, 0xFD, 2, false",
        "0x10, 0xFC, 2, true",
        "0x14, 0x0F, 4, true",
        "0x15, 0x1F, 4, false",
        "0x3F, 0xFF, 1, false"
    })
    void bitmapOfTheTaskDecides(String port, String bits, int size, boolean allowed) {
        int p = Integer.decode(port);
        machine.memory.write16(TestMachine.TSS + 0x66, 0x68);
        machine.descriptor(TestMachine.TSS_SELECTOR, TestMachine.segment(TestMachine.TSS, 0x68 + 8, 0x89));
        machine.cpu.segmentation().loadTask(TestMachine.TSS_SELECTOR);
        for (int n = 0; n < 9; n++) {
            machine.memory.write8(TestMachine.TSS + 0x68 + n, 0xFF);
        }
        int shift = p == 0x11 ? 0xFD : Integer.decode(bits);
        machine.memory.write8(TestMachine.TSS + 0x68 + (p >> 3), shift);
        String register = size == 1 ? "al" : size == 2 ? "ax" : "eax";
        machine.ring(3).code("in " + register + ", " + port + "\n int 0x20");
        machine.run();
        assertThat(machine.vector()).isEqualTo(allowed ? 0x20 : Vector.GP);
        assertThat(bus.log).hasSize(allowed ? 1 : 0);
    }

    @Test
    void portsBeyondTheBitmapAreRefused() {
        machine.ring(3).code("mov edx, 0x3F8\n in al, dx");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.GP);
    }

    @Test
    void privilegeLevelNeedsNoBitmap() {
        machine.ring(3).code("in al, 0x80\n int 0x20");
        s.flags |= CpuState.IOPL;
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
    }
}

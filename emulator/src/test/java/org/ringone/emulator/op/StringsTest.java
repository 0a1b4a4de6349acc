package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.DF;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDI;
import static org.ringone.emulator.CpuState.ES;
import static org.ringone.emulator.CpuState.ESI;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.Vector;

class StringsTest {
    private static final int SIZE = 0x10_0000;

    private final FlatMachine machine = new FlatMachine(SIZE >> 12);
    private final CpuState s = machine.s;
    private final int[] r = s.r;
    private final byte[] model = new byte[SIZE];

    StringsTest() {
        new Random(5).nextBytes(model);
        machine.memory.write(0, model, 0, SIZE);
    }

    private void registers(int count, int source, int destination) {
        r[ECX] = count;
        r[ESI] = source;
        r[EDI] = destination;
    }

    /** Executes a repeated instruction until it has ended. */
    private void complete(String source) {
        machine.execute(1, source);
        while (s.eip == FlatMachine.CODE && machine.vector == FlatMachine.NONE) {
            machine.run(1);
        }
    }

    private void memoryIsAsTheModel() {
        byte[] all = new byte[SIZE];
        machine.memory.read(0, all, 0, SIZE);
        System.arraycopy(all, FlatMachine.CODE, model, FlatMachine.CODE, 16);
        assertThat(java.util.Arrays.mismatch(all, model)).isEqualTo(-1);
    }

    /** Byte by byte, in the order of the elements. */
    private void modelCopy(int count, int size, int source, int destination, int step) {
        for (int n = 0; n < count; n++) {
            byte[] element = java.util.Arrays.copyOfRange(model, source + n * step, source + n * step + size);
            System.arraycopy(element, 0, model, destination + n * step, size);
        }
    }

    @Test
    void longCopyCrossesPagesAtAnyAlignment() {
        for (int offset : new int[] {0, 1, 0xFFD, 0xFFE}) {
            registers(5000, 0x3_0000 + offset, 0x6_0003);
            modelCopy(5000, 4, 0x3_0000 + offset, 0x6_0003, 4);
            complete("rep movsd");
            assertThat(r[ECX]).isZero();
            assertThat(r[ESI]).isEqualTo(0x3_0000 + offset + 20_000);
            assertThat(r[EDI]).isEqualTo(0x6_0003 + 20_000);
            memoryIsAsTheModel();
        }
    }

    @Test
    void overlappingCopiesGoElementByElement() {
        for (int ahead : new int[] {-4096, -100, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 100, 4096}) {
            for (int step : new int[] {4, -4}) {
                registers(1500, 0x4_0000, 0x4_0000 + ahead);
                modelCopy(1500, 4, 0x4_0000, 0x4_0000 + ahead, step);
                s.eflags(step < 0 ? DF : 0);
                complete("rep movsd");
                assertThat(r[ECX]).isZero();
                memoryIsAsTheModel();
            }
        }
    }

    @Test
    void longCopyDownwardsCrossesPagesAtAnyAlignment() {
        for (String copy : new String[] {"rep movsb", "rep movsw", "rep movsd"}) {
            int size = copy.endsWith("b") ? 1 : copy.endsWith("w") ? 2 : 4;
            for (int offset : new int[] {0, 1, 0xFFD, 0xFFE}) {
                registers(5000, 0x5_0000 + offset, 0x8_0003);
                modelCopy(5000, size, 0x5_0000 + offset, 0x8_0003, -size);
                s.eflags(DF);
                complete(copy);
                assertThat(r[ECX]).isZero();
                assertThat(r[ESI]).isEqualTo(0x5_0000 + offset - 5000 * size);
                assertThat(r[EDI]).isEqualTo(0x8_0003 - 5000 * size);
                memoryIsAsTheModel();
            }
        }
    }

    @Test
    void copyDownwardsStopsAtTheSegmentsBeginning() {
        machine.segment(ES, 0x4_0000, 0xFFFF, true);
        registers(200, 0x3_0000, 4 * 99);
        modelCopy(100, 4, 0x3_0000, 0x4_0000 + 4 * 99, -4);
        s.eflags(DF);
        machine.execute(1, "rep movsd");
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(r[ECX]).isEqualTo(100);
        assertThat(r[EDI]).isEqualTo(-4);
        memoryIsAsTheModel();
    }

    @Test
    void fillOfEveryWidth() {
        r[EAX] = 0x1234_5678;
        for (String store : new String[] {"rep stosb", "rep stosw", "rep stosd"}) {
            int size = store.endsWith("b") ? 1 : store.endsWith("w") ? 2 : 4;
            registers(3000, 0, 0x5_0FFF);
            for (int n = 0; n < 3000 * size; n++) {
                model[0x5_0FFF + n] = (byte) (r[EAX] >> 8 * (n % size));
            }
            complete(store);
            assertThat(r[EDI]).isEqualTo(0x5_0FFF + 3000 * size);
            memoryIsAsTheModel();
        }
    }

    @Test
    void countOfZeroDoesNothing() {
        s.eflags(StatusFlags.ALL);
        registers(0, 0x3_0000, 0x4_0000);
        machine.execute(1, "repe cmpsb");
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 2);
        assertThat(s.eflags() & StatusFlags.ALL).isEqualTo(StatusFlags.ALL);
        assertThat(r[ESI]).isEqualTo(0x3_0000);
    }

    @Test
    void addressSizeChoosesTheRegisters() {
        registers(0x7777_0003, 0x6666_FFFF, 0x5555_8000);
        byte first = model[0xFFFF];
        byte second = model[0];
        machine.execute(1, "a16 rep movsb");
        assertThat(r[ECX]).isEqualTo(0x7777_0000);
        assertThat(r[ESI]).as("SI wraps").isEqualTo(0x6666_0002);
        assertThat(r[EDI]).isEqualTo(0x5555_8003);
        assertThat((byte) machine.memory.read8(0x8000)).isEqualTo(first);
        assertThat((byte) machine.memory.read8(0x8001)).isEqualTo(second);
    }

    @Test
    void longCopyTakesSeveralExecutionsWithinTheBudget() {
        registers(10_000, 0x3_0000, 0x6_0000);
        machine.execute(1, "rep movsb");
        assertThat(s.eip).as("not finished").isEqualTo(FlatMachine.CODE);
        assertThat(r[ECX]).isPositive();
        assertThat(r[ESI] - 0x3_0000).isEqualTo(10_000 - r[ECX]);
        machine.run(2);
        assertThat(r[ECX]).isZero();
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 2);
    }

    @Test
    void faultLeavesItAtTheElement() {
        machine.segment(ES, 0, 0x4_0000 + 4 * 100 + 1, true);
        registers(200, 0x3_0000, 0x4_0000);
        modelCopy(100, 4, 0x3_0000, 0x4_0000, 4);
        machine.execute(1, "rep movsd");
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(s.eip).isEqualTo(FlatMachine.CODE);
        assertThat(r[ECX]).isEqualTo(100);
        assertThat(r[ESI]).isEqualTo(0x3_0000 + 400);
        assertThat(r[EDI]).isEqualTo(0x4_0000 + 400);
        memoryIsAsTheModel();
        machine.segment(ES, 0, -1, true);
        modelCopy(100, 4, 0x3_0000 + 400, 0x4_0000 + 400, 4);
        machine.run(1);
        assertThat(r[ECX]).isZero();
        memoryIsAsTheModel();
    }

    @Test
    void comparisonStopsBehindTheFirstDifference() {
        registers(10_000, 0x3_0000, 0x6_0000);
        complete("rep movsb");
        machine.memory.write8(0x6_0000 + 7000, machine.memory.read8(0x3_0000 + 7000) + 1);
        registers(10_000, 0x3_0000, 0x6_0000);
        complete("repe cmpsb");
        assertThat(r[ESI]).isEqualTo(0x3_0000 + 7001);
        assertThat(r[EDI]).isEqualTo(0x6_0000 + 7001);
        assertThat(r[ECX]).isEqualTo(10_000 - 7001);
        assertThat(StatusFlags.zero(s)).isFalse();
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 2);
    }

    @Test
    void comparisonOfEqualStringsEndsWithTheFlagsOfItsLastElement() {
        registers(9000, 0x3_0000, 0x6_0000);
        complete("rep movsb");
        s.eflags(StatusFlags.CF);
        registers(9000, 0x3_0000, 0x6_0000);
        complete("repe cmpsb");
        assertThat(r[ECX]).isZero();
        assertThat(s.eflags() & StatusFlags.ALL).isEqualTo(StatusFlags.ZF | StatusFlags.PF);
    }

    @Test
    void scanStopsBehindWhatItLooksFor() {
        machine.memory.write32(0x4_0000, 0x4433_2211);
        r[EAX] = 0x33;
        registers(100, 0, 0x4_0000);
        machine.execute(1, "repne scasb");
        assertThat(r[EDI]).isEqualTo(0x4_0003);
        assertThat(r[ECX]).isEqualTo(97);
        assertThat(StatusFlags.zero(s)).isTrue();
    }

    @Test
    void scansOfEveryWidthEndWhereOneByOneWould() {
        for (String scan : new String[] {"scasb", "scasw", "scasd"}) {
            int size = scan.endsWith("b") ? 1 : scan.endsWith("w") ? 2 : 4;
            for (int at : new int[] {0, 1, 2, 700, 2047, 2048, 4095, 4999, 6000}) {
                for (boolean whileEqual : new boolean[] {true, false}) {
                    scan(scan, size, at, whileEqual);
                }
            }
        }
    }

    /** 5000 elements from the middle of a page, of which one ends the scan; or none when it lies behind them. */
    private void scan(String scan, int size, int at, boolean whileEqual) {
        int passed = whileEqual ? 0x7A7B_7C7D : 0x7A7B_7C7E;
        int begin = 0x5_0801;
        for (int n = 0; n < 6001; n++) {
            int value = n == at ? 0x7A7B_7C7D ^ (whileEqual ? 1 : 0) : passed;
            for (int k = 0; k < size; k++) {
                machine.memory.write8(begin + n * size + k, value >> 8 * k);
            }
        }
        r[EAX] = 0x7A7B_7C7D;
        registers(5000, 0, begin);
        s.eflags(StatusFlags.ALL);
        complete((whileEqual ? "repe " : "repne ") + scan);
        int done = Math.min(at + 1, 5000);
        assertThat(r[ECX]).as("%s at %d", scan, at).isEqualTo(5000 - done);
        assertThat(r[EDI]).isEqualTo(begin + done * size);
        boolean found = at < 5000;
        assertThat(StatusFlags.zero(s)).isEqualTo(whileEqual != found);
        assertThat(StatusFlags.carry(s)).isEqualTo(!StatusFlags.zero(s) && !whileEqual);
    }

    @Test
    void copyOntoItselfAheadChangesItsOwnCode() {
        machine.memory.write(
                0x3_0000, new byte[] {(byte) 0xF3, (byte) 0xA4, 0x40, 0x40, 0x40, 0x40}, 0, 6); // ends in INC EAX
        registers(6, 0x3_0000, FlatMachine.CODE);
        r[EAX] = 0;
        machine.execute(5, "rep movsb\nnop\nnop\nnop\nnop");
        assertThat(r[EAX]).as("the new code ran").isEqualTo(4);
    }

    @Test
    void sourceSegmentCanBeOverriddenTheDestinationCannot() {
        machine.segment(CpuState.FS, 0x3_0000, -1, true);
        machine.segment(ES, 0x5_0000, -1, true);
        machine.memory.write8(0x3_0010, 0x5A);
        registers(1, 0x10, 0x20);
        machine.execute(1, "fs movsb");
        assertThat(machine.memory.read8(0x5_0020)).isEqualTo(0x5A);
    }
}

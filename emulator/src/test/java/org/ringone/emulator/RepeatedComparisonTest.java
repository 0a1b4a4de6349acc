package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.x86.Assembler;
import org.ringone.x86.AssemblyException;
import org.ringone.x86.Flag;

/**
 * A repeated comparison that faults leaves the flags of the last element that was compared, however many were compared at once. So do
 * processors (the manual, volume 2, REP, has the flags "restored to the state prior to the execution", which nobody can tell apart by
 * going on).
 */
class RepeatedComparisonTest {
    private static final int MISSING = 0x5000;
    private static final int LAST = 0x9999_9999;
    private static final int FLAGS = Flag.STATUS & ~Flag.P | 2;

    private final UserMachine machine = new UserMachine();

    private void enter() {
        UserSpace space = new UserSpace(0);
        space.page(MISSING, UserSpace.Page.NOT_PRESENT);
        machine.enter(space);
        byte[] same = new byte[0x3000];
        java.util.Arrays.fill(same, (byte) 0x33);
        machine.memory().write(MISSING - 0x3000, same, 0, same.length);
        machine.memory().write32(MISSING - 4, LAST);
        machine.memory().write32(MISSING - 0x1804, LAST);
    }

    private void run(String source) throws AssemblyException {
        byte[] code = Assembler.assemble("bits 32\n" + source, Map.of(), UserSpace.CODE)
                .bytes();
        machine.memory().write(UserSpace.CODE, code, 0, code.length);
        machine.s.eip = UserSpace.CODE;
        machine.run(100);
    }

    @ParameterizedTest
    @CsvSource({"b,1", "b,2", "b,3", "b,100", "b,4097", "w,2", "w,4", "w,300", "d,4", "d,8", "d,4100"})
    void scasFaultsWithTheFlagsOfTheLastElement(String size, int before) throws AssemblyException {
        enter();
        machine.s.eflags(FLAGS);
        run("mov al, [%d]\n mov eax, 0xF\n mov ecx, 0x10000\n mov edi, %d\n repne scas%s"
                .formatted(MISSING - 1, MISSING - before, size));
        assertThat(machine.vector).isEqualTo(Vector.PF);
        assertThat(machine.s.r[CpuState.EDI]).isEqualTo(MISSING);
        int seen = machine.s.eflags() & Flag.STATUS;
        run(
                switch (size) {
                    case "b" -> "cmp al, 0x99\n ud2";
                    case "w" -> "cmp ax, 0x9999\n ud2";
                    default -> "cmp eax, 0x99999999\n ud2";
                });
        assertThat(seen).isEqualTo(machine.s.eflags() & Flag.STATUS);
    }

    @ParameterizedTest
    @CsvSource({"b,1", "b,2", "b,50", "b,4097", "w,2", "w,300", "d,4", "d,4100"})
    void cmpsFaultsWithTheFlagsOfTheLastElement(String size, int before) throws AssemblyException {
        enter();
        machine.s.eflags(FLAGS);
        run("mov al, [%d]\n mov al, [%d]\n mov ecx, 0x10000\n mov esi, %d\n mov edi, %d\n repe cmps%s"
                .formatted(MISSING - 1, MISSING - 0x1801, MISSING - 0x1800 - before, MISSING - before, size));
        assertThat(machine.vector).isEqualTo(Vector.PF);
        assertThat(machine.s.r[CpuState.EDI]).isEqualTo(MISSING);
        assertThat(machine.s.eflags() & Flag.STATUS).as("equal").isEqualTo(Flag.Z | Flag.P);
    }
}

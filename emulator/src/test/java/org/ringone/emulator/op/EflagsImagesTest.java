package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.AC;
import static org.ringone.emulator.CpuState.DF;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.ID;
import static org.ringone.emulator.CpuState.IF;
import static org.ringone.emulator.CpuState.IOPL;
import static org.ringone.emulator.CpuState.NT;
import static org.ringone.emulator.CpuState.RF;
import static org.ringone.emulator.CpuState.TF;
import static org.ringone.emulator.CpuState.VIF;
import static org.ringone.emulator.CpuState.VIP;
import static org.ringone.emulator.CpuState.VM;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.Vector;

class EflagsImagesTest {
    private static final int STACK = 0x1_0100;
    private static final int ALWAYS = StatusFlags.ALL | DF | NT;

    private final FlatMachine machine = new FlatMachine(0x40);
    private final CpuState s = machine.s;

    /** POPF of all ones and of all zeros: what changed is what may. */
    private int writable(String popf, int cpl, int iopl) {
        machine.privilege(cpl);
        s.eflags(iopl << 12);
        s.r[ESP] = STACK;
        machine.memory.write32(STACK, ~TF);
        machine.execute(1, popf);
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        int set = s.eflags() & ~(iopl << 12);
        s.eflags(0x3F_7FD5 & ~(VM | RF | TF | IOPL) | iopl << 12);
        int before = s.eflags();
        s.r[ESP] = STACK;
        machine.memory.write32(STACK, 0);
        machine.execute(1, popf);
        return (set | before & ~s.eflags()) & ~2;
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,true,true",
        "0,3,true,true",
        "1,0,false,false",
        "1,1,true,false",
        "3,0,false,false",
        "3,2,false,false",
        "3,3,true,false"
    })
    void privilegeDecidesOnInterruptFlagAndIopl(int cpl, int iopl, boolean interrupts, boolean level) {
        int expected = ALWAYS | AC | ID | (interrupts ? IF : 0);
        int writable = writable("popfd", cpl, iopl);
        assertThat(writable & ~IOPL).isEqualTo(expected);
        if (level) {
            assertThat(writable & IOPL).isNotZero();
        } else {
            assertThat(writable & IOPL).isZero();
        }
    }

    @Test
    void sixteenBitImageLeavesTheUpperHalf() {
        assertThat(writable("popfw", 0, 0) & ~IOPL).isEqualTo(ALWAYS | IF);
    }

    @Test
    void imageNeverHoldsRfOrVm() {
        s.r[ESP] = STACK;
        s.eflags(RF | VIF | VIP | ID | AC | StatusFlags.ALL);
        machine.execute(1, "pushfd");
        assertThat(machine.memory.read32(STACK - 4)).isEqualTo(VIF | VIP | ID | AC | StatusFlags.ALL | 2);
    }

    @Test
    void virtual8086ModeNeedsIopl3() {
        for (String instruction : new String[] {"pushfd", "popfd"}) {
            machine.privilege(3);
            s.r[ESP] = STACK;
            s.eflags(VM | 2 << 12);
            machine.execute(1, instruction);
            assertThat(machine.vector).isEqualTo(Vector.GP);
            assertThat(s.r[ESP]).isEqualTo(STACK);
            s.eflags(VM | 3 << 12);
            machine.memory.write32(STACK, VM | 3 << 12);
            machine.execute(1, instruction);
            assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        }
    }

    @Test
    void singleStepStartsBehindTheNextInstruction() {
        s.r[ESP] = STACK;
        machine.memory.write32(STACK, TF);
        machine.execute(3, "popfd\nnop\nnop");
        assertThat(machine.vector).isEqualTo(Vector.DB);
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 2);
    }

    @Test
    void accumulatorImages() {
        s.eflags(StatusFlags.ALL | DF);
        s.r[0] = 0;
        machine.execute(1, "lahf");
        assertThat(s.r[0]).isEqualTo(0xD700);
        s.r[0] = 0x1200;
        machine.execute(1, "sahf");
        assertThat(s.eflags()).as("OF and DF stay").isEqualTo(StatusFlags.OF | DF | StatusFlags.AF | 2);
        s.eflags(StatusFlags.CF);
        machine.execute(1, "db 0xD6");
        assertThat(s.r[0]).isEqualTo(0x12FF);
    }
}

package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDX;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.InterruptKind;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.Vector;

/** Faults and interrupts that instructions raise by themselves, not by a memory operand. */
class RaisedFaultsTest {
    private final FlatMachine machine = new FlatMachine(0x40);
    private final CpuState s = machine.s;
    private final int[] r = s.r;

    @ParameterizedTest
    @CsvSource({
        "div ecx, 0, 1, 0",
        "div ecx, 1, 0, 1",
        "div ecx, -1, -1, -1",
        "idiv ecx, 0, 5, 0",
        "idiv ecx, -1, -2147483648, -1",
        "idiv ecx, 1, 0, 2",
        "idiv cx, -1, 32768, -1",
        "idiv cl, 0, 65408, 255",
        "div cl, 0, 65535, 255",
        "aam 0, 0, 5, 0"
    })
    void divideErrorsChangeNothing(String instruction, int edx, int eax, int ecx) {
        r[EDX] = edx;
        r[EAX] = eax;
        r[ECX] = ecx;
        s.eflags(StatusFlags.ALL);
        int[] before = r.clone();
        machine.execute(1, instruction);
        assertThat(machine.vector).isEqualTo(Vector.DE);
        assertThat(machine.error).isEqualTo(Vector.NO_ERROR_CODE);
        assertThat(r).isEqualTo(before);
        assertThat(s.eip).isEqualTo(FlatMachine.CODE);
        assertThat(s.eflags() & StatusFlags.ALL).isEqualTo(StatusFlags.ALL);
    }

    @Test
    void mostNegativeQuotientIsNoError() {
        r[EDX] = -1;
        r[EAX] = 0x8000_0000;
        r[ECX] = 1;
        machine.execute(1, "idiv ecx");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        assertThat(r[EAX]).isEqualTo(0x8000_0000);
        assertThat(r[EDX]).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-5,-5,7,false",
        "7,-5,7,false",
        "8,-5,7,true",
        "-6,-5,7,true",
        "0,1,-1,true",
        "2147483647,0,2147483647,false"
    })
    void boundsAreSignedAndBelongToTheRange(int index, int low, int high, boolean raised) {
        r[EAX] = index;
        machine.memory.write32(0x1_0000, low);
        machine.memory.write32(0x1_0004, high);
        machine.execute(1, "bound eax, [0x10000]");
        assertThat(machine.vector).isEqualTo(raised ? Vector.BR : FlatMachine.NONE);
        assertThat(s.eip == FlatMachine.CODE).isEqualTo(raised);
    }

    @Test
    void softwareInterruptsNameTheirKindAndReturnBehindThemselves() {
        assertInterrupt("int 0x80", 0x80, InterruptKind.INT_N, 2);
        assertInterrupt("int 3", 3, InterruptKind.INT_N, 2);
        assertInterrupt("int3", Vector.BP, InterruptKind.INT3, 1);
        assertInterrupt("int1", Vector.DB, InterruptKind.ICEBP, 1);
        s.eflags(StatusFlags.OF);
        assertInterrupt("into", Vector.OF, InterruptKind.INTO, 1);
    }

    private void assertInterrupt(String instruction, int vector, InterruptKind kind, int length) {
        machine.execute(1, instruction.equals("int 3") ? "db 0xCD, 3" : instruction);
        assertThat(machine.vector).isEqualTo(vector);
        assertThat(machine.kind).isEqualTo(kind);
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + length);
    }

    @Test
    void intoWithoutOverflowGoesOn() {
        s.eflags(StatusFlags.ALL & ~StatusFlags.OF);
        machine.execute(1, "into");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
    }

    @Test
    void undefinedInstructions() {
        for (String code : new String[] {
            "ud2", "db 0xF0, 0x90", "db 0xF0, 0x01, 0xC0", "db 0x0F, 0xFF", "db 0x8D, 0xC0", "db 0xF0, 0x39, 0x00"
        }) {
            machine.execute(1, code);
            assertThat(machine.vector).as(code).isEqualTo(Vector.UD);
            assertThat(s.eip).as(code).isEqualTo(FlatMachine.CODE);
        }
    }
}

package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.Exit;

/** The frames of traps and upcalls, word by word, and stacks that have no room for them (TRAP-02, TRAP-09, UPC-02, UPC-05). */
class TrapFramesTest {

    private static final int VM86 = 0x20000;

    /** A vcpu that stood in virtual-8086 mode, in guest user mode or in the guest's kernel when the trap came. */
    private static GuestMemory at(String place) {
        GuestMemory memory = new GuestMemory(BootedGuest.ordinary());
        memory.unmapBefore();
        Vcpu v = memory.vcpu();
        v.state.eip = 0x1234;
        switch (place) {
            case "vm86" -> {
                v.state.eflags(0x202 | VM86);
                v.setSelector(Vcpu.CS, 0x2000);
                v.setSelector(Vcpu.SS, 0x3000);
                v.setSelector(Vcpu.ES, 0x11);
                v.setSelector(Vcpu.DS, 0x22);
                v.setSelector(Vcpu.FS, 0x33);
                v.setSelector(Vcpu.GS, 0x44);
            }
            case "user" -> {
                v.setSelector(Vcpu.CS, 0xE02B);
                v.setSelector(Vcpu.SS, 0xE033);
            }
            default -> v.setSelector(Vcpu.CS, 0xE019);
        }
        v.kernelSs = 0xE021;
        return memory;
    }

    private static void stack(Vcpu v, int top) {
        v.kernelSp = top;
        v.state.r[Vcpu.ESP] = v.inGuestKernel() ? top : 0x5678;
    }

    private static void push(Vcpu v, boolean errorCode, boolean failsafe) {
        v.bounce.to(0xE019, 0x9999, true);
        if (errorCode) {
            v.bounce.withErrorCode(0xABC);
        }
        v.bounce.failsafe = failsafe;
        v.parts().trapDelivery.push(v);
    }

    @Test
    void aFrameFromVirtual8086ModeHoldsAllSegmentsAndLeavesThemNull() {
        GuestMemory memory = at("vm86");
        Vcpu v = memory.vcpu();
        v.domain.shared.setUpcallMask(0, 0);
        stack(v, memory.end());
        push(v, true, false);
        int[] frame = {0xABC, 0x1234, 0x2000, 0x202 | VM86, 0x5678, 0x3000, 0x11, 0x22, 0x33, 0x44};
        assertThat(v.state.r[Vcpu.ESP]).isEqualTo(memory.end() - 4 * frame.length);
        for (int i = 0; i < frame.length; i++) {
            assertThat(memory.read(v.state.r[Vcpu.ESP] + 4 * i))
                    .as("word %d", i)
                    .isEqualTo(frame[i]);
        }
        assertThat(v.vm86()).isFalse();
        assertThat(v.selector(Vcpu.DS)).isZero();
        assertThat(v.selector(Vcpu.ES)).isZero();
        assertThat(v.selector(Vcpu.FS)).isZero();
        assertThat(v.selector(Vcpu.GS)).isZero();
        assertThat(v.selector(Vcpu.SS)).isEqualTo(0xE021);
        assertThat(v.selector(Vcpu.CS)).isEqualTo(0xE019);
        assertThat(v.state.eip).isEqualTo(0x9999);
    }

    @Test
    void aFrameFromProtectedModeLeavesTheDataSegmentsAlone() {
        GuestMemory memory = at("user");
        Vcpu v = memory.vcpu();
        int ds = v.selector(Vcpu.DS);
        stack(v, memory.end());
        push(v, false, false);
        assertThat(v.selector(Vcpu.DS)).isEqualTo(ds).isNotZero();
        assertThat(memory.read(memory.end() - 4)).isEqualTo(0xE033);
        assertThat(memory.read(memory.end() - 8)).isEqualTo(0x5678);
    }

    @ParameterizedTest
    @CsvSource({
        "kernel, false, false, 3",
        "kernel, true, false, 4",
        "kernel, false, true, 7",
        "user, false, false, 5",
        "user, true, false, 6",
        "user, false, true, 9",
        "vm86, false, false, 9",
        "vm86, true, false, 10",
        "vm86, false, true, 13"
    })
    void aStackNeedsRoomForEveryWord(String place, boolean errorCode, boolean failsafe, int words) {
        for (int room = 0; room < words; room++) {
            GuestMemory memory = at(place);
            stack(memory.vcpu(), memory.address(room));
            int eip = memory.vcpu().state.eip;
            push(memory.vcpu(), errorCode, failsafe);
            assertThat(memory.vcpu().domain.exit()).as("%d words of room", room).isInstanceOf(Exit.Killed.class);
            assertThat(memory.vcpu().state.eip).isEqualTo(eip);
        }
        GuestMemory memory = at(place);
        stack(memory.vcpu(), memory.address(words));
        push(memory.vcpu(), errorCode, failsafe);
        assertThat(memory.vcpu().domain.running()).isTrue();
        assertThat(memory.vcpu().state.r[Vcpu.ESP]).isEqualTo(memory.address(0));
    }

    @Test
    void theTraceShowsTheEntry() {
        GuestMemory memory = at("kernel");
        stack(memory.vcpu(), memory.end());
        memory.vcpu().domain.machine.drainTrace();
        push(memory.vcpu(), false, false);
        assertThat(String.join("\n", memory.vcpu().domain.machine.drainTrace())).contains("e019:00009999");
    }
}

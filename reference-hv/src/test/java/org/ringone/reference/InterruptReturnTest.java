package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.api.Exit;

/** The iret hypercall, frame by frame, before the guest's processor has its say about the selectors (TRAP-10, EVT-08). */
class InterruptReturnTest {

    private static final int VM86 = 0x20000;

    private final GuestMemory stack = new GuestMemory(BootedGuest.ordinary());
    private final Vcpu v = stack.vcpu();

    @BeforeEach
    void eventsAreMasked() {
        v.domain.shared.setUpcallMask(0, 1);
    }

    /** Performs the iret of a frame at the guest's stack pointer. */
    private int iret(int... frame) {
        return iretAt(stack.address(0), frame);
    }

    private int iretAt(int esp, int... frame) {
        for (int i = 0; i < frame.length; i++) {
            stack.write(esp + 4 * i, frame[i]);
        }
        v.state.r[Vcpu.ESP] = esp;
        return v.parts().interruptReturn.perform(v);
    }

    @Test
    void toTheSameRingLeavesTheStackBehindTheFrame() {
        int ss = v.selector(Vcpu.SS);
        assertThat(iret(77, 0x1234, 0xE019, 0x202)).isEqualTo(77);
        assertThat(v.state.r[Vcpu.EAX]).isEqualTo(77);
        assertThat(v.state.eip).isEqualTo(0x1234);
        assertThat(v.selector(Vcpu.CS)).isEqualTo(0xE019);
        assertThat(v.selector(Vcpu.SS)).isEqualTo(ss);
        assertThat(v.state.r[Vcpu.ESP]).isEqualTo(stack.address(4));
    }

    @ParameterizedTest
    @CsvSource({"0xE02B, 0xE033", "0xE01A, 0xE022"})
    void toAnOuterRingTakesTheStackToo(String cs, String ss) {
        assertThat(iret(77, 0x1234, Integer.decode(cs), 0x202, 0x5678, Integer.decode(ss)))
                .isEqualTo(77);
        assertThat(v.selector(Vcpu.CS)).isEqualTo(Integer.decode(cs));
        assertThat(v.selector(Vcpu.SS)).isEqualTo(Integer.decode(ss));
        assertThat(v.state.r[Vcpu.ESP]).isEqualTo(0x5678);
    }

    @Test
    void toVirtual8086ModeTakesAllSegments() {
        iret(77, 0x1234, 0x2000, 0x202 | VM86, 0x100, 0x3000, 0x11, 0x22, 0x33, 0x44);
        assertThat(v.vm86()).isTrue();
        assertThat(v.selector(Vcpu.CS)).isEqualTo(0x2000);
        assertThat(v.selector(Vcpu.SS)).isEqualTo(0x3000);
        assertThat(v.selector(Vcpu.ES)).isEqualTo(0x11);
        assertThat(v.selector(Vcpu.DS)).isEqualTo(0x22);
        assertThat(v.selector(Vcpu.FS)).isEqualTo(0x33);
        assertThat(v.selector(Vcpu.GS)).isEqualTo(0x44);
        assertThat(v.state.r[Vcpu.ESP]).isEqualTo(0x100);
        assertThat(v.state.eip).isEqualTo(0x1234);
    }

    @ParameterizedTest
    @CsvSource({"0x202, 0", "0x002, 1"})
    void theMaskIsTheOppositeOfTheFramesIf(String eflags, int mask) {
        v.domain.shared.setUpcallMask(0, 1 - mask);
        iret(77, 0x1234, 0xE019, Integer.decode(eflags));
        assertThat(v.domain.shared.upcallMask(0)).isEqualTo(mask);
        assertThat(v.state.eflags() & Vcpu.FLAG_IF).isNotZero();
    }

    @Test
    void theFramesIoplIsNotTaken() {
        iret(77, 0x1234, 0xE019, 0x3202);
        assertThat(v.state.eflags() & Vcpu.FLAG_IOPL).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 0xE008, 0xE010})
    void toRingZeroEndsTheDomainAtOnce(int cs) {
        int eip = v.state.eip;
        assertThat(iret(77, 0x1234, cs, 0x202)).isZero();
        assertThat(v.domain.exit()).isInstanceOf(Exit.Killed.class);
        assertThat(v.state.eip).isEqualTo(eip);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0xE019, 0x202",
        "6, 0xE02B, 0x202",
        "10, 0x2000, 0x20202",
    })
    void eachFrameMayEndWithItsPageAndNotLater(int words, String cs, String eflags) {
        stack.unmapBehind();
        int[] frame = {77, 0x1234, Integer.decode(cs), Integer.decode(eflags), 0x100, 0xE033, 0, 0, 0, 0};
        for (int room = 0; room < words; room++) {
            GuestMemory other = new GuestMemory(BootedGuest.ordinary());
            other.unmapBehind();
            assertThat(endOf(other, room, frame)).as("%d words of room", room).isInstanceOf(Exit.Killed.class);
        }
        assertThat(iretAt(stack.end() - 4 * words, Arrays.copyOf(frame, words))).isEqualTo(77);
        assertThat(v.domain.running()).isTrue();
    }

    /** How a domain ends whose frame has no more than some words before its page ends. */
    private static Exit endOf(GuestMemory memory, int room, int[] frame) {
        Vcpu v = memory.vcpu();
        int esp = memory.end() - 4 * room;
        for (int i = 0; i < room; i++) {
            memory.write(esp + 4 * i, frame[i]);
        }
        v.state.r[Vcpu.ESP] = esp;
        assertThat(v.parts().interruptReturn.perform(v)).isZero();
        return v.domain.exit();
    }

    @Test
    void aFrameInTheHypervisorsRangeEndsTheDomain() {
        v.state.r[Vcpu.ESP] = 0xF5800000;
        assertThat(v.parts().interruptReturn.perform(v)).isZero();
        assertThat(v.domain.exit()).isInstanceOf(Exit.Killed.class);
    }
}

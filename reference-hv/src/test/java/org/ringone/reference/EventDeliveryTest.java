package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.xen.SharedInfo;

/** Pending bit, selector bit, pending byte, and what they wake (EVT-02, EVT-09, EVT-10, EVT-12). */
class EventDeliveryTest {

    private final BootedGuest guest = BootedGuest.ordinary();
    private final Vcpu v = guest.vcpu();
    private final SharedInfoView shared = guest.domain.shared;
    private final EventDelivery delivery = v.parts().eventDelivery;

    private int selectors() {
        return (int) v.parts().guestCopy.read32(v, guest.probe.sharedInfo() + SharedInfo.PENDING_SEL);
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 32, 63, 64, 1023})
    void theSelectorBitIsThatOfTheChannelsWord(int port) {
        shared.testAndClearMask(port);
        delivery.raise(v, port);
        assertThat(selectors()).isEqualTo(1 << port / 32);
        assertThat(shared.upcallPending(0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 32, 63, 64, 1023})
    void soItIsWhenAChannelIsUnmasked(int port) {
        delivery.raise(v, port);
        assertThat(selectors()).isZero();
        assertThat(shared.upcallPending(0)).isFalse();
        delivery.unmask(v, port);
        assertThat(selectors()).isEqualTo(1 << port / 32);
        assertThat(shared.upcallPending(0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 3"})
    void aBlockedVcpuThatIsWokenIsRunnableUnlessItIsDown(boolean down, int runstate) {
        v.runstate.change(Runstate.BLOCKED, guest.machine.now());
        v.blocked = true;
        v.down = down;
        EventDelivery.wake(v);
        assertThat(v.blocked).isFalse();
        assertThat(v.kicked).isTrue();
        assertThat(v.runstate.state()).isEqualTo(runstate);
    }

    @Test
    void aVcpuThatIsNotBlockedKeepsItsState() {
        int before = v.runstate.state();
        v.blocked = false;
        EventDelivery.wake(v);
        assertThat(v.runstate.state()).isEqualTo(before);
    }

    @Test
    void theTraceNamesThePort() {
        guest.machine.drainTrace();
        delivery.raise(v, 41);
        assertThat(String.join("\n", guest.machine.drainTrace())).contains("port 41");
    }
}

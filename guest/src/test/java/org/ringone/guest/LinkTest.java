package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ringone.api.Budget;
import org.ringone.api.Exit;
import org.ringone.guest.ProbeException.Kind;

/** How the link tells apart the ways in which nobody answers. */
class LinkTest {

    private static final Budget BUDGET = new Budget(1000, Duration.ofMillis(100));

    @Test
    void silence() {
        fails(Kind.SILENT, new SimulatedProbe(m -> m, (bytes, towardsGuest) -> new byte[0]));
    }

    @Test
    void aDeadDomainSaysHowItEnded() {
        SimulatedProbe guest = new SimulatedProbe(m -> m, SimulatedProbe.CLEAN);
        SimulatedProbe dying = new SimulatedProbe(m -> m, (bytes, towardsGuest) -> new byte[0]);
        dying.exit = new Exit.ShutDown(Exit.Reason.CRASH);

        assertThat(guest.exit()).isInstanceOf(Exit.Running.class);
        assertThat(fails(Kind.DOMAIN_ENDED, dying).exit()).isEqualTo(new Exit.ShutDown(Exit.Reason.CRASH));
    }

    @Test
    void aDeadHypervisorIsNotADeadDomain() {
        SimulatedProbe guest = new SimulatedProbe(m -> m, (bytes, towardsGuest) -> new byte[0]);
        guest.exit = new Exit.HypervisorFailed("panic");

        assertThat(fails(Kind.HYPERVISOR_FAILED, guest)).hasMessageContaining("panic");
    }

    @Test
    void aFloodWithoutAFrameIsGarbled() {
        SimulatedProbe guest = new SimulatedProbe(m -> m, (bytes, towardsGuest) -> bytes) {
            @Override
            public byte[] read(Budget budget) {
                byte[] flood = new byte[1000];
                Arrays.fill(flood, (byte) 'x');
                return flood;
            }
        };
        assertThat(fails(Kind.GARBLED, guest).console()).isNotEmpty().hasSizeLessThan(3000);
    }

    @Test
    void aTrickleOfFramesThatAnswerNothingIsGarbled() {
        SimulatedProbe guest = new SimulatedProbe(m -> m, SimulatedProbe.CLEAN) {
            private int index = 2;

            @Override
            public byte[] read(Budget budget) {
                sendTaken(index++ % 1000);
                return super.read(budget);
            }
        };
        fails(Kind.GARBLED, guest);
    }

    @Test
    void aConsoleThatThrowsIsAFailedHypervisor() {
        SimulatedProbe guest = new SimulatedProbe(m -> m, (bytes, towardsGuest) -> {
            throw new IllegalStateException("out of order");
        });
        assertThat(fails(Kind.HYPERVISOR_FAILED, guest)).hasMessageContaining("out of order");
    }

    @Test
    void aConsoleThatGivesNullIsAFailedHypervisor() {
        SimulatedProbe guest = new SimulatedProbe(m -> m, (bytes, towardsGuest) -> towardsGuest ? bytes : null);
        fails(Kind.HYPERVISOR_FAILED, guest);
    }

    @Test
    void aConsoleThatTakesAFrameInPiecesIsNotRunBetweenThem() throws Exception {
        StringBuilder order = new StringBuilder();
        SimulatedProbe guest = new SimulatedProbe(m -> m, SimulatedProbe.CLEAN) {
            @Override
            public int write(byte[] bytes, int offset, int length) {
                order.append('w');
                return super.write(bytes, offset, Math.min(length, 5));
            }

            @Override
            public byte[] read(Budget budget) {
                order.append('r');
                return super.read(budget);
            }
        };
        assertThat(new Link(guest, 0).exchange(new byte[] {1, 2, 3}, BUDGET)).containsExactly(1, 2, 3);
        assertThat(order).matches("ww+r+");
    }

    @Test
    void aConsoleWithoutRoomIsRunAndOfferedTheRest() throws Exception {
        SimulatedProbe guest = new SimulatedProbe(m -> m, SimulatedProbe.CLEAN) {
            private int room = 5;

            @Override
            public int write(byte[] bytes, int offset, int length) {
                int taken = super.write(bytes, offset, Math.min(length, room));
                room -= taken;
                return taken;
            }

            @Override
            public byte[] read(Budget budget) {
                room = 5;
                return super.read(budget);
            }
        };
        assertThat(new Link(guest, 0).exchange(new byte[] {1, 2, 3}, BUDGET)).containsExactly(1, 2, 3);
    }

    @Test
    void aConsoleThatNeverHasRoomIsSilence() {
        SimulatedProbe guest = new SimulatedProbe(m -> m, SimulatedProbe.CLEAN) {
            @Override
            public int write(byte[] bytes, int offset, int length) {
                return 0;
            }
        };
        assertThat(fails(Kind.SILENT, guest)).hasMessageContaining("does not take its console's input");
    }

    private static ProbeException fails(Kind kind, SimulatedProbe guest) {
        Link link = new Link(guest, 0);
        ProbeException[] caught = new ProbeException[1];
        assertThatThrownBy(() -> link.exchange(new byte[] {0}, BUDGET))
                .isInstanceOfSatisfying(ProbeException.class, e -> caught[0] = e);
        assertThat(caught[0].kind()).isEqualTo(kind);
        return caught[0];
    }
}

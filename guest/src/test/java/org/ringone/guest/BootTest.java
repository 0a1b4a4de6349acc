package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ringone.api.Budget;
import org.ringone.api.Exit;
import org.ringone.guest.ProbeException.Kind;

/** Attaching to probes that came up, half came up, died, or are something else. */
class BootTest {

    private static final Budget BUDGET = new Budget(1000, Duration.ofMillis(100));

    private final ProbeImage image = ProbeImage.standard();
    private final SimulatedProbe guest = new SimulatedProbe(message -> new byte[] {0}, SimulatedProbe.CLEAN);

    @Test
    void aProbeThatIsUp() throws ProbeException {
        guest.say("(XEN) hello\r\nringone: stage 0: start_info\r\nringone: ready\r\n");
        hello(4, 0, "-");
        Probe probe = Probe.attach(guest, image, BUDGET, new Transcript());

        assertThat(probe.boot().complete()).isTrue();
        assertThat(probe.consoleLines()).contains("(XEN) hello");
        assertThat(probe.transcript().toString()).contains("console: (XEN) hello");
    }

    @Test
    void aProbeThatStoppedHalfWayStillServes() throws ProbeException {
        guest.say(
                "ringone: stage 2: set_trap_table\nringone: stopped in set_trap_table, result ffffffda\nringone: ready\n");
        hello(1, -38, "set_trap_table");
        Probe probe = Probe.attach(guest, image, BUDGET, new Transcript());

        assertThat(probe.boot()).isEqualTo(new BootReport(1, "set_trap_table", -38));
        assertThat(probe.boot().toString()).isEqualTo("stage 2 of 4, stopped in set_trap_table, which returned -38");
        probe.clearLog();
    }

    @Test
    void aDomainThatDiedOnTheWaySaysWhere() {
        SimulatedProbe dead =
                new SimulatedProbe(message -> message, (bytes, towardsGuest) -> towardsGuest ? new byte[0] : bytes);
        dead.say("ringone: stage 2: first_trap\n");
        dead.exit = new Exit.Killed("triple fault");
        ProbeException e = fails(dead);

        assertThat(e.kind()).isEqualTo(Kind.DOMAIN_ENDED);
        assertThat(e.boot()).hasValue(new BootReport(1, "first_trap", 0));
        assertThat(e)
                .hasMessageContaining("stage 2 of 4, stopped in first_trap")
                .hasMessageContaining("triple fault");
    }

    @Test
    void aGuestThatSaysNothing() {
        ProbeException e = fails(new SimulatedProbe(message -> message, (bytes, towardsGuest) -> new byte[0]));

        assertThat(e.kind()).isEqualTo(Kind.SILENT);
        assertThat(e.boot()).hasValue(new BootReport(-1, "", 0));
    }

    @Test
    void anotherImageOrVersionIsNotThisProbe() {
        hello(4, 0, "-");
        guest.hello[6] ^= 1;
        assertThat(fails(guest)).hasMessageContaining("not built from this image");
        hello(4, 0, "-");
        guest.hello[0] = 2;
        assertThat(fails(guest)).hasMessageContaining("version");
        hello(9, 0, "-");
        assertThat(fails(guest)).hasMessageContaining("stage 9");
    }

    @Test
    void answersThatMakeNoSenseAreGarbled() throws ProbeException {
        SimulatedProbe mad = new SimulatedProbe(message -> new byte[] {77, 1, 2}, SimulatedProbe.CLEAN);
        mad.hello = guest.hello;
        hello(4, 0, "-");
        Probe probe = Probe.attach(mad, image, BUDGET, new Transcript());
        ProbeException e = catchThrowableOfType(ProbeException.class, () -> probe.hypercall(17, 0));

        assertThat(e.kind()).isEqualTo(Kind.GARBLED);
    }

    @Test
    void aClientCanMoveOntoACopyOfTheMachine() throws ProbeException {
        hello(4, 0, "-");
        Probe probe = Probe.attach(guest, image, BUDGET, new Transcript());
        probe.clearLog();
        SimulatedProbe copy = new SimulatedProbe(message -> new byte[] {0}, SimulatedProbe.CLEAN);
        Probe moved = probe.onto(copy, new Transcript());
        moved.clearLog();

        assertThat(copy.performed).hasSize(1);
        assertThat(moved.domain()).isSameAs(copy);
        assertThat(moved.transcript().toString()).isEqualTo("forget = done\n");
    }

    private void hello(int stage, int error, String step) {
        guest.hello[0] = 1;
        guest.hello[1] = (byte) stage;
        Little.word(guest.hello, 2, error);
        Little.word(guest.hello, 6, image.digest());
        byte[] name = step.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, guest.hello, 10, name.length);
    }

    private ProbeException fails(SimulatedProbe who) {
        return catchThrowableOfType(ProbeException.class, () -> Probe.attach(who, image, BUDGET, new Transcript()));
    }
}

package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ringone.api.Budget;

/** Whatever happens to the line, a message is performed once and its answer is the right one, or the client says why not. */
class LinkProperties {

    private static final Budget BUDGET = new Budget(1000, Duration.ofSeconds(1));

    /** Answers every message with bytes that depend on all of it, of a length that does too. */
    private static final UnaryOperator<byte[]> ECHO = message -> {
        Random random = new Random(Arrays.hashCode(message));
        byte[] answer = new byte[random.nextInt(4) == 0 ? random.nextInt(9000) : random.nextInt(100)];
        random.nextBytes(answer);
        return answer;
    };

    @Property(tries = 300)
    void messagesPassACleanLine(@ForAll @Size(min = 1, max = 700) byte[] message) throws ProbeException {
        SimulatedProbe guest = new SimulatedProbe(ECHO, SimulatedProbe.CLEAN);
        byte[] answer = new Link(guest, 0).exchange(message, BUDGET);

        assertThat(guest.performed).hasSize(1);
        byte[] performed = guest.performed.get(0);
        assertThat(Arrays.copyOf(performed, message.length)).isEqualTo(message);
        byte[] expected = ECHO.apply(performed);
        assertThat(Arrays.copyOf(answer, expected.length)).isEqualTo(expected);
    }

    @Property(tries = 400)
    void nothingRunsTwiceAndNothingIsMistakenOnANoisyLine(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 30) int oneIn) {
        SimulatedProbe guest = new SimulatedProbe(ECHO, SimulatedProbe.noisy(seed, oneIn));
        Link link = new Link(guest, 0);
        Random random = new Random(seed);
        int failed = 0;
        for (int i = 0; i < 20; i++) {
            byte[] message = new byte[4 + random.nextInt(400)];
            random.nextBytes(message);
            Little.word(message, 0, i);
            try {
                byte[] answer = link.exchange(message, BUDGET);
                byte[] performed = guest.performed.get(guest.performed.size() - 1);
                assertThat(Arrays.copyOf(performed, message.length)).isEqualTo(message);
                byte[] expected = ECHO.apply(performed);
                assertThat(Arrays.copyOf(answer, expected.length)).isEqualTo(expected);
            } catch (ProbeException e) {
                assertThat(e.kind()).isIn(ProbeException.Kind.SILENT, ProbeException.Kind.GARBLED);
                failed++;
            }
        }
        if (oneIn >= 10) {
            assertThat(failed)
                    .as("messages that a line with one spoiled frame in %d let down", oneIn)
                    .isLessThan(3);
        }
        assertThat(guest.performed.stream().map(m -> Little.word(m, 0))).doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void framesAreWithinTheLimitsOfRealConsoles(@ForAll @Size(min = 1, max = 2000) byte[] message)
            throws ProbeException {
        SimulatedProbe.Line checked = (bytes, towardsGuest) -> {
            assertThat(bytes.length).isLessThanOrEqualTo(towardsGuest ? 120 : 127);
            for (byte b : bytes) {
                assertThat(b).isBetween((byte) 0x21, (byte) 0x7E);
            }
            return bytes;
        };
        new Link(new SimulatedProbe(ECHO, checked), 0).exchange(message, BUDGET);
    }

    @Property(tries = 200)
    void anyBytesAtAllEndInAClearFailure(@ForAll long seed) {
        Random random = new Random(seed);
        SimulatedProbe guest = new SimulatedProbe(ECHO, (bytes, towardsGuest) -> {
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            return towardsGuest ? bytes : noise;
        });
        try {
            new Link(guest, 0).exchange(new byte[] {0}, BUDGET);
            assertThat(false).as("noise was taken for an answer").isTrue();
        } catch (ProbeException e) {
            assertThat(e.kind()).isIn(ProbeException.Kind.SILENT, ProbeException.Kind.GARBLED);
        }
    }
}

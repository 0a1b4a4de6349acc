package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a guest's console ends: a terminal with its line discipline, or plain streams. */
class GuestTerminalTest {

    private static final int PATIENCE = 20_000;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicInteger signals = new AtomicInteger();
    private LineDisciplineTerminal device;

    @BeforeEach
    void open() throws IOException {
        device = new LineDisciplineTerminal("test", "ansi", shown, StandardCharsets.UTF_8);
        device.handle(Signal.INT, signal -> signals.incrementAndGet());
        device.handle(Signal.QUIT, signal -> signals.incrementAndGet());
        device.handle(Signal.TSTP, signal -> signals.incrementAndGet());
    }

    @AfterEach
    void close() throws IOException {
        device.close();
    }

    private static String typed(GuestTerminal terminal, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            byte[] bytes = terminal.typed(PATIENCE);
            if (bytes.length == 0) {
                break;
            }
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    @Test
    void theKeysThatRaiseSignalsReachTheGuest() throws IOException {
        try (GuestTerminal terminal = GuestTerminal.on(device)) {
            device.processInputBytes(new byte[] {'a', 3, 28, 26, 4, 19, '\r', 127});
            assertThat(typed(terminal, 8)).isEqualTo("a\u0003\u001C\u001A\u0004\u0013\r\u007F");
            assertThat(signals).hasValue(0);
            assertThat(shown.size()).as("nothing is echoed").isZero();
        }
    }

    @Test
    void theTerminalIsAsBeforeWhenItIsClosed() throws IOException {
        Attributes before = device.getAttributes();
        try (GuestTerminal terminal = GuestTerminal.on(device)) {
            assertThat(terminal.interactive()).isTrue();
            assertThat(device.getAttributes().getLocalFlag(LocalFlag.ISIG)).isFalse();
            assertThat(device.getAttributes().getLocalFlag(LocalFlag.ICANON)).isFalse();
        }
        assertThat(device.getAttributes().getLocalFlags()).isEqualTo(before.getLocalFlags());
        assertThat(device.getAttributes().getInputFlags()).isEqualTo(before.getInputFlags());
    }

    @Test
    void theEndKeyEndsAndWhatWasTypedBeforeItArrives() throws IOException {
        try (GuestTerminal terminal = GuestTerminal.on(device)) {
            device.processInputBytes(new byte[] {'x', 'y', 0x1D});
            assertThat(typed(terminal, 2)).isEqualTo("xy");
            for (int i = 0; i < 1000 && !terminal.endRequested(); i++) {
                terminal.typed(20);
            }
            assertThat(terminal.endRequested()).isTrue();
        }
    }

    @Test
    void aTerminalGetsCarriageReturnsAndPlainStreamsDoNot() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GuestTerminal plain = GuestTerminal.plain(new ByteArrayInputStream(new byte[] {3, 0x1D}), out)) {
            plain.show("a\nb".getBytes(StandardCharsets.US_ASCII));
            assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("a\nb");
            assertThat(typed(plain, 2)).isEqualTo("\u0003\u001D");
            assertThat(plain.endRequested()).isFalse();
            assertThat(plain.typed(PATIENCE)).isEmpty();
            assertThat(plain.inputEnded()).isTrue();
        }
        try (GuestTerminal terminal = GuestTerminal.on(device)) {
            terminal.show("a\nb\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(shown.toString(StandardCharsets.US_ASCII).replace("\r\r", "\r"))
                    .isEqualTo("a\r\nb\r\n");
        }
    }
}

package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Property
    void whatIsWrittenIsRead(@ForAll @IntRange(max = 255) int kind, @ForAll int call, @ForAll byte[] body)
            throws IOException {
        Frame read = read(new Frame(kind, call, body).encoded());
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.call()).isEqualTo(call);
        assertThat(read.body()).isEqualTo(body);
    }

    @Property
    void everyDamagedByteIsNoticed(
            @ForAll @Size(max = 40) byte[] body,
            @ForAll @IntRange(max = 60) int at,
            @ForAll @IntRange(min = 1, max = 255) int damage) {
        byte[] encoded = new Frame(1, 2, body).encoded();
        encoded[at % encoded.length] ^= (byte) damage;
        assertThatThrownBy(() -> read(encoded)).isInstanceOf(IOException.class);
    }

    @Property
    void everyCutIsNoticed(@ForAll @Size(max = 40) byte[] body, @ForAll @IntRange(min = 1, max = 60) int length) {
        byte[] encoded = new Frame(1, 2, body).encoded();
        byte[] cut = java.util.Arrays.copyOf(encoded, Math.min(length, encoded.length - 1));
        assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class).hasMessageContaining("middle of a message");
    }

    @Test
    void theEndIsNoError() throws IOException {
        assertThat(read(new byte[0])).isNull();
    }

    @Test
    void aHugeLengthIsNotBelieved() {
        byte[] encoded = new Frame(1, 2, new byte[0]).encoded();
        encoded[4] = 0x7F;
        assertThatThrownBy(() -> read(encoded)).isInstanceOf(IOException.class).hasMessageContaining("length");
    }

    @Test
    void partsDoNotReachBeyondTheirMessage() {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {0, 0, 0, 9, 1}));
        assertThatThrownBy(() -> Parts.bytes(in))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("length of 9");
    }

    private static Frame read(byte[] bytes) throws IOException {
        return Frame.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}

package org.ringone.reference.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.DomainBuildException;

class KernelFileTest {

    private static final int MOST = 1 << 20;
    private static final byte[] ELF = TestKernel.good().build();

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] bzImage(byte[] payload, int protocol) {
        ByteBuffer file = ByteBuffer.allocate(3 * 512 + 64 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0x1F1, (byte) 2).putInt(0x202, 0x53726448).putShort(0x206, (short) protocol);
        file.putInt(0x248, 64).putInt(0x24C, payload.length);
        file.put(3 * 512 + 64, payload);
        return file.array();
    }

    @Test
    void anElfImageIsTakenAsItIs() throws Exception {
        assertThat(KernelFile.image(ELF, MOST)).isSameAs(ELF);
    }

    @Test
    void gzipAndBzImageAreUnpacked() throws Exception {
        assertThat(KernelFile.image(gzip(ELF), MOST)).isEqualTo(ELF);
        assertThat(KernelFile.image(bzImage(gzip(ELF), 0x20C), MOST)).isEqualTo(ELF);
        byte[] withSize = Arrays.copyOf(gzip(ELF), gzip(ELF).length + 4); // as Linux ends its payload
        assertThat(KernelFile.image(bzImage(withSize, 0x208), MOST)).isEqualTo(ELF);
    }

    @ParameterizedTest
    @CsvSource({"FD377A585A00, xz", "5D0000, lzma", "425A68, bzip2", "894C5A4F, lzo", "02214C18, lz4", "28B52FFD, zstd"
    })
    void otherCompressionsAreNamed(String start, String name) {
        byte[] payload = java.util.HexFormat.of().parseHex(start);
        assertThatThrownBy(() -> KernelFile.image(bzImage(payload, 0x20F), MOST))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("CONFIG_KERNEL_GZIP");
    }

    @Test
    void whatCannotBeAKernelIsRefusedWithItsReason() throws Exception {
        refused(new byte[0], "begins with nothing");
        refused(new byte[] {'M', 'Z', 0, 0}, "4D 5A");
        refused(Arrays.copyOf(gzip(ELF), 40), "cannot be unpacked");
        refused(gzip(new byte[MOST + 1]), "more than 1 MiB");
        refused(gzip(new byte[100]), "no ELF image");
        refused(bzImage(gzip(ELF), 0x207), "boot protocol 2.07");
        byte[] truncated = bzImage(gzip(ELF), 0x20C);
        refused(Arrays.copyOf(truncated, truncated.length - 10), "truncated");
    }

    private static void refused(byte[] file, String reason) {
        assertThatThrownBy(() -> KernelFile.image(file, MOST))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining(reason);
    }
}

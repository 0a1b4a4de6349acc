package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.Profile.Host;

class XenImageTest {

    private static final String PAE = "xen-%d.%d-x86_32p ";
    private static final String BOTH = "xen-%d.%d-x86_64 \0" + PAE;

    @TempDir
    private Path folder;

    @Test
    void theHostIsInTheNamesOfTheInterfaces() throws IOException {
        assertThat(XenImage.read(file(xen(PAE))).host()).isEqualTo(Host.PAE_32);
        assertThat(XenImage.read(file(xen(BOTH))).host()).isEqualTo(Host.X86_64);
    }

    @Test
    void compressedImagesAreDecompressed() throws IOException {
        byte[] plain = xen(BOTH);
        XenImage image = XenImage.read(file(gzip(plain)));
        assertThat(image.bytes()).isEqualTo(plain);
        assertThat(image.host()).isEqualTo(Host.X86_64);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    xen-%d.%d-x86_64 hvm-%d.%d-x86_32p | built without 32-bit paravirtual guests
                    xen-%d.%d-x86_32 hvm-3.0           | without physical address extension
                    nothing that we know               | is no Xen, or one without paravirtual guests
                    """)
    void aXenThatCannotRunSuchGuestsIsToldSo(String interfaces, String message) throws IOException {
        refused(file(xen(interfaces)), message);
        refused(file(gzip(xen(interfaces))), message);
    }

    @Test
    void whatIsNoXenIsToldSo() throws IOException {
        refused(folder.resolve("none"), "there is no Xen at");
        refused(folder, "is no file");
        refused(file(new byte[0]), "no ELF image");
        refused(file("#!/bin/sh\n".repeat(10).getBytes(StandardCharsets.US_ASCII)), "no ELF image");
        refused(file("MZ of an EFI application".getBytes(StandardCharsets.US_ASCII)), "is a Xen for EFI");
        refused(file(gzip("MZ of an EFI application".getBytes(StandardCharsets.US_ASCII))), "is a Xen for EFI");
    }

    @Test
    void theLinkersOwnOutputIsNoImageForBootLoaders() throws IOException {
        byte[] wide = xen(BOTH);
        wide[4] = 2;
        refused(file(wide), "xen-syms");
        byte[] headless = xen(BOTH);
        headless[0x1000] = 0;
        refused(file(headless), "xen-syms");
    }

    @Test
    void compressedRubbishIsBounded() throws IOException {
        byte[] whole = gzip(xen(BOTH));
        refused(file(java.util.Arrays.copyOf(whole, whole.length / 2)), "cannot be read");
        refused(file(gzip(new byte[(64 << 20) + 1])), "larger than 64 MiB");
    }

    private static void refused(Path file, String message) {
        assertThatThrownBy(() -> XenImage.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString());
    }

    /** The least that looks like a Xen: a 32-bit ELF header, a multiboot header, the names of interfaces. */
    private static byte[] xen(String interfaces) {
        ByteBuffer image = ByteBuffer.allocate(0x3000).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(0, 0x464c457f).put(4, (byte) 1);
        image.putInt(0x1000, 0x1BADB002);
        image.position(0x2000).put(interfaces.getBytes(StandardCharsets.US_ASCII));
        return image.array();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "xen", ""), bytes);
    }
}

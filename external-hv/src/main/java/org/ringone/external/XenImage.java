package org.ringone.external;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.ringone.api.Profile.Host;

/**
 * A Xen in a file, as boot loaders take it: an ELF image with a multiboot header, gzip-compressed or not.
 *
 * @param bytes the image, decompressed
 * @param host what the hypervisor runs on; it says so in the names of the interfaces that it offers
 */
record XenImage(byte[] bytes, Host host) {

    /** No Xen is larger, by far. */
    private static final int LARGEST = 64 << 20;

    private static final int GZIP = 0x8b1f;
    private static final int DOS = 0x5a4d;
    private static final int ELF = 0x464c457f;
    private static final int ELF_32_BIT = 1;

    /** Boot loaders look for the header in the first 8 KiB, at multiples of 4. */
    private static final int MULTIBOOT_END = 8192;

    private static final int MULTIBOOT = 0x1BADB002;

    /** How Xens name the interfaces for paravirtual guests that they offer; the text is in those that can offer it. */
    private static final String GUESTS_64 = "xen-%d.%d-x86_64";

    private static final String GUESTS_32_PAE = "xen-%d.%d-x86_32p";
    private static final String GUESTS_32 = "xen-%d.%d-x86_32";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when there is none, or none that can run 32-bit paravirtual guests with physical
     *     address extension; the message says what to do
     */
    static XenImage read(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no Xen at " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is no file: name the hypervisor's image, xen or xen.gz");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return of(bounded(in, file), file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the Xen at " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bounded(InputStream in, Path file) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(
                    file + " is no Xen: it is larger than " + (LARGEST >> 20) + " MiB, decompressed");
        }
        return bytes;
    }

    private static XenImage of(byte[] read, Path file) throws IOException {
        byte[] bytes = read;
        if (halfWord(bytes) == GZIP) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = bounded(in, file);
            }
        }
        if (halfWord(bytes) == DOS) {
            throw new IllegalArgumentException(
                    file + " is a Xen for EFI: name the image for boot loaders beside it, xen or xen.gz");
        }
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 52 || words.getInt(0) != ELF) {
            throw new IllegalArgumentException(file + " is no Xen: it is no ELF image, gzip-compressed or not");
        }
        if (bytes[4] != ELF_32_BIT || !multiboot(words)) {
            throw new IllegalArgumentException(
                    file + " is no image for boot loaders, which every Xen has, 64-bit ones too:"
                            + " name xen or xen.gz, not xen-syms");
        }
        return new XenImage(bytes, host(new String(bytes, StandardCharsets.ISO_8859_1), file));
    }

    private static int halfWord(byte[] bytes) {
        return bytes.length < 2 ? 0 : bytes[0] & 0xFF | (bytes[1] & 0xFF) << 8;
    }

    private static boolean multiboot(ByteBuffer words) {
        int end = Math.min(words.capacity() - 4, MULTIBOOT_END);
        for (int at = 0; at <= end; at += 4) {
            if (words.getInt(at) == MULTIBOOT) {
                return true;
            }
        }
        return false;
    }

    private static Host host(String text, Path file) {
        if (text.contains(GUESTS_32_PAE)) {
            return text.contains(GUESTS_64) ? Host.X86_64 : Host.PAE_32;
        }
        if (text.contains(GUESTS_64)) {
            throw new IllegalArgumentException("the Xen at " + file + " was built without 32-bit paravirtual guests, as"
                    + " distributions build it: build one with CONFIG_PV32=y, or bring one from before 4.14, which always"
                    + " has them, or a 32-bit one, of which 4.2 is the last");
        }
        if (text.contains(GUESTS_32)) {
            throw new IllegalArgumentException("the Xen at " + file
                    + " was built without physical address extension: build it with XEN_TARGET_X86_PAE=y");
        }
        throw new IllegalArgumentException(
                file + " is no Xen, or one without paravirtual guests: it names no interface such as xen-3.0-x86_32p");
    }
}

package org.ringone.reference.build;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.ringone.api.DomainBuildException;

/**
 * The forms in which kernels are kept: an ELF image, one compressed by gzip, or a bzImage with one of these as its payload
 * (Linux boot protocol 2.08, 2008).
 */
public final class KernelFile {

    private static final int HEADER_MAGIC = 0x202;
    private static final int PROTOCOL = 0x206;
    private static final int SETUP_SECTORS = 0x1F1;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24C;
    private static final int HEADER_END = 0x250;
    private static final int SECTOR = 512;
    private static final int FIRST_PROTOCOL_WITH_PAYLOAD = 0x208;

    /** A compression that Linux has and this does not, known by how it begins. */
    private enum Foreign {
        XZ(0xFD, '7', 'z', 'X', 'Z'),
        LZMA(0x5D, 0, 0),
        BZIP2('B', 'Z', 'h'),
        LZO(0x89, 'L', 'Z', 'O'),
        LZ4(0x02, 0x21, 0x4C, 0x18),
        ZSTD(0x28, 0xB5, 0x2F, 0xFD);

        private final int[] start;

        Foreign(int... start) {
            this.start = start;
        }
    }

    private KernelFile() {}

    /**
     * The ELF image in a file.
     *
     * @param file the file as it is kept
     * @param most bytes of the largest image that is of use; unpacking stops there
     * @throws DomainBuildException when it is none of the forms, or too large; the message says what it is instead
     */
    public static byte[] image(byte[] file, int most) throws DomainBuildException {
        byte[] inner = isBzImage(file) ? payload(file) : file;
        byte[] image = begins(inner, 0x1F, 0x8B) ? gunzip(inner, most) : inner;
        if (begins(image, 0x7F, 'E', 'L', 'F')) {
            return image;
        }
        for (Foreign foreign : Foreign.values()) {
            if (begins(image, foreign.start)) {
                throw new DomainBuildException(
                        "the kernel is compressed by " + foreign.name().toLowerCase(java.util.Locale.ROOT)
                                + ", which is not unpacked here: build it with gzip (CONFIG_KERNEL_GZIP), or give the ELF image,"
                                + " vmlinux");
            }
        }
        throw new DomainBuildException("the kernel is no ELF image, no gzip file of one and no bzImage: it begins with "
                + hex(image) + (image.length == 0 ? "nothing" : ""));
    }

    private static boolean isBzImage(byte[] file) {
        return file.length >= HEADER_END
                && begins(Arrays.copyOfRange(file, HEADER_MAGIC, HEADER_MAGIC + 4), 'H', 'd', 'r', 'S');
    }

    private static byte[] payload(byte[] file) throws DomainBuildException {
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int protocol = header.getShort(PROTOCOL) & 0xFFFF;
        if (protocol < FIRST_PROTOCOL_WITH_PAYLOAD) {
            throw new DomainBuildException(String.format(
                    "the bzImage has boot protocol %d.%02d; its payload can be found from 2.08 on: give the ELF image, vmlinux",
                    protocol >> 8, protocol & 0xFF));
        }
        int sectors = file[SETUP_SECTORS] == 0 ? 4 : file[SETUP_SECTORS] & 0xFF;
        long start = (sectors + 1L) * SECTOR + (header.getInt(PAYLOAD_OFFSET) & 0xFFFFFFFFL);
        long end = start + (header.getInt(PAYLOAD_LENGTH) & 0xFFFFFFFFL);
        if (end > file.length) {
            throw new DomainBuildException(
                    "the bzImage is truncated: its payload ends at " + end + ", the file at " + file.length);
        }
        return Arrays.copyOfRange(file, (int) start, (int) end);
    }

    private static byte[] gunzip(byte[] packed, int most) throws DomainBuildException {
        ByteArrayOutputStream image = new ByteArrayOutputStream(packed.length * 3);
        byte[] part = new byte[1 << 16];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), part.length)) {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                if (image.size() + (long) count > most) {
                    throw new DomainBuildException("the kernel unpacks to more than " + (most >> 20) + " MiB");
                }
                image.write(part, 0, count);
            }
        } catch (IOException e) {
            throw new DomainBuildException("the kernel cannot be unpacked: " + e.getMessage());
        }
        return image.toByteArray();
    }

    private static boolean begins(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            text.append(String.format("%s%02X", i == 0 ? "" : " ", bytes[i]));
        }
        return text.toString();
    }
}

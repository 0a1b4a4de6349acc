package org.ringone.external;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * One message between a {@link PluginProcess} and its {@link PluginServer}. On the wire: a magic number, the body's length,
 * the kind, the call it belongs to, the body, and a CRC-32 of all but the magic number.
 *
 * @param kind what it is: the ordinal of a {@link Call} on the way there, of a {@link Answer} on the way back
 * @param call the number of the call; an answer has that of its question
 * @param body the arguments or the result
 */
record Frame(int kind, int call, byte[] body) {

    /** The longest body: room for a kernel image and a ramdisk. */
    static final int LONGEST = 64 << 20;

    private static final int MAGIC = 0x52314856;

    /** The bytes of a frame that are not its body's. */
    private static final int AROUND = 17;

    /** What can be asked. The machine's number leads every body. */
    enum Call {
        START,
        CREATE,
        WRITE,
        READ,
        EXIT,
        CLOSE_DOMAIN,
        CLOSE_MACHINE,
        SNAPSHOT,
        RESUME,
        TRACE,
        COUNTS,
        RAISE
    }

    /** What can be answered. */
    enum Answer {
        /** The server is up: its hypervisor's name, version and profile. Unasked, once. */
        HELLO,
        /** The call's result. */
        RESULT,
        /** The domain cannot be built: a message. */
        REFUSED,
        /** The plug-in threw, or cannot be loaded: a message. */
        THREW
    }

    /** Writes the parts of a body. */
    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads the parts of a body. */
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    /** A body made of parts. */
    static byte[] body(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The frame as it goes over the wire. */
    byte[] encoded() {
        if (body.length > LONGEST) {
            throw new IllegalArgumentException("a message of " + body.length + " bytes is too long");
        }
        return ByteBuffer.allocate(body.length + AROUND)
                .putInt(MAGIC)
                .putInt(body.length)
                .put((byte) kind)
                .putInt(call)
                .put(body)
                .putInt(check(kind, call, body))
                .array();
    }

    /**
     * Reads the next frame.
     *
     * @return null when the stream ends before it
     * @throws IOException when what comes is no frame; the message says why
     */
    static Frame read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        try {
            int magic = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            if (magic != MAGIC) {
                throw new IOException(String.format("the bytes %08x are no message", magic));
            }
            int length = in.readInt();
            if (length < 0 || length > LONGEST) {
                throw new IOException("a message claims a length of " + Integer.toUnsignedString(length) + " bytes");
            }
            int kind = in.readUnsignedByte();
            int call = in.readInt();
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException();
            }
            if (in.readInt() != check(kind, call, body)) {
                throw new IOException("a message is damaged: its checksum is wrong");
            }
            return new Frame(kind, call, body);
        } catch (EOFException e) {
            throw new IOException("it ended in the middle of a message", e);
        }
    }

    private static int check(int kind, int call, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body.length >>> 24);
        crc.update(body.length >>> 16);
        crc.update(body.length >>> 8);
        crc.update(body.length);
        crc.update(kind);
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc.update(call >>> shift);
        }
        crc.update(body);
        return (int) crc.getValue();
    }
}

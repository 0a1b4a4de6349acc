package org.ringone.suite.world;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian bytes. */
public final class Bytes {

    private Bytes() {}

    /** Values of 8 bytes, one after the other. */
    public static byte[] quads(long... values) {
        ByteBuffer buffer = buffer(values.length * 8);
        for (long value : values) {
            buffer.putLong(value);
        }
        return buffer.array();
    }

    /** Values of 4 bytes, one after the other. */
    public static byte[] words(int... values) {
        ByteBuffer buffer = buffer(values.length * 4);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }

    /** An empty little-endian buffer. */
    public static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A little-endian view of bytes. */
    public static ByteBuffer of(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

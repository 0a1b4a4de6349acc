package org.ringone.reference.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ringone.xen.AddressSpace;

/** A small window on hypercall arguments in guest memory: one element fetched, or built to be stored, at a time. */
final class GuestArguments {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes = new byte[64];

    /** Whether an array lies below the hypervisor's range, without wrapping (SAFE-02). */
    static boolean inGuestRange(int linear, int count, int size) {
        long start = Integer.toUnsignedLong(linear);
        return start + Integer.toUnsignedLong(count) * size <= Integer.toUnsignedLong(AddressSpace.VIRT_START);
    }

    /** Fetches up to 64 bytes; false when they cannot be read. */
    boolean fetch(Caller caller, int linear, int size) {
        return caller.copyIn(linear, bytes, 0, size);
    }

    /** Stores bytes of the window; false when they cannot be written. */
    boolean store(Caller caller, int linear, int offset, int size) {
        return caller.copyOut(linear, bytes, offset, size);
    }

    int intAt(int offset) {
        return (int) INT.get(bytes, offset);
    }

    long longAt(int offset) {
        return (long) LONG.get(bytes, offset);
    }

    int shortAt(int offset) {
        return intAt(offset) & 0xFFFF;
    }

    void setInt(int offset, int value) {
        INT.set(bytes, offset, value);
    }

    void setShort(int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >>> 8);
    }

    void setLong(int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    /** The first bytes of the window, to be put back when it has served for something else. */
    byte[] copy(int size) {
        return Arrays.copyOf(bytes, size);
    }

    void restore(byte[] copy) {
        System.arraycopy(copy, 0, bytes, 0, copy.length);
    }
}

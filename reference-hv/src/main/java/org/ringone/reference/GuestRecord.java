package org.ringone.reference;

import org.ringone.xen.AddressSpace;

/**
 * A structure that a hypercall takes from guest memory and perhaps gives back: copied once, so that the guest cannot change
 * it between check and use. One per machine, reused by each hypercall.
 */
final class GuestRecord {

    private final byte[] bytes = new byte[AddressSpace.PAGE_SIZE];

    /** Copies that many bytes in; false when they cannot be read (SAFE-02). */
    boolean load(Vcpu v, int address, int size) {
        return v.parts().guestCopy.read(v, address, bytes, 0, size);
    }

    /** Copies that many bytes back; false when they cannot be written. */
    boolean store(Vcpu v, int address, int size) {
        return v.parts().guestCopy.write(v, address, bytes, 0, size);
    }

    byte[] bytes() {
        return bytes;
    }

    int u8(int offset) {
        return bytes[offset] & 0xFF;
    }

    int u16(int offset) {
        return u8(offset) | u8(offset + 1) << 8;
    }

    int i32(int offset) {
        return u16(offset) | u16(offset + 2) << 16;
    }

    long i64(int offset) {
        return i32(offset) & 0xFFFFFFFFL | (long) i32(offset + 4) << 32;
    }

    void put16(int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >>> 8);
    }

    void put32(int offset, int value) {
        put16(offset, value);
        put16(offset + 2, value >>> 16);
    }
}

package org.ringone.emulator;

/**
 * How instructions touch memory: by segment register (numbers of {@link CpuState}) and offset, with the checks of whoever
 * implements it. An access that fails records a fault with {@link Cpu#fault} and returns 0 or false; the caller asks
 * {@link Cpu#faulted}. Values are little endian; reads of 8 and 16 bits are zero-extended; writes take the low bits.
 *
 * <p>Nothing is changed by a failing access, not even part of an operand that crosses a page.
 */
public interface MemoryPort {
    int read8(int segment, int offset);

    int read16(int segment, int offset);

    int read32(int segment, int offset);

    long read64(int segment, int offset);

    void write8(int segment, int offset, int value);

    void write16(int segment, int offset, int value);

    void write32(int segment, int offset, int value);

    void write64(int segment, int offset, long value);

    /** Reads the destination of a read-modify-write: checked as a write, so that the write that follows cannot fault. */
    int readForWrite8(int segment, int offset);

    int readForWrite16(int segment, int offset);

    int readForWrite32(int segment, int offset);

    long readForWrite64(int segment, int offset);

    /**
     * Whether a write of that many bytes would succeed; it then does.
     *
     * @param size bytes, 1 to 4096
     * @return false when a fault was recorded
     */
    boolean probeWrite(int segment, int offset, int size);

    /** Whether a read of that many bytes would succeed; false when a fault was recorded. */
    boolean probeRead(int segment, int offset, int size);
}

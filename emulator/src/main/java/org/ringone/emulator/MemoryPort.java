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

    /**
     * Copies upwards as that many single element copies would, as far as it can be done at once.
     *
     * @param size bytes of an element
     * @param length most bytes to copy, a multiple of {@code size}
     * @return bytes copied, a multiple of {@code size}; 0 when the next element is to be copied by itself. Nothing faults
     */
    default int copyUpwards(int fromSegment, int from, int toSegment, int to, int size, int length) {
        return 0;
    }

    /**
     * Stores an element again and again upwards, as far as it can be done at once.
     *
     * @return bytes stored, as for {@link #copyUpwards}
     */
    default int fillUpwards(int segment, int offset, int element, int size, int length) {
        return 0;
    }

    /**
     * How many bytes at two places are the same, as far as it can be told at once: whole elements, none that differ.
     *
     * @return bytes compared, as for {@link #copyUpwards}
     */
    default int equalUpwards(int firstSegment, int first, int secondSegment, int second, int size, int length) {
        return 0;
    }

    /**
     * Copies downwards as that many single element copies would, as far as it can be done at once.
     *
     * @param from offset of the first element, the highest
     * @return bytes copied, as for {@link #copyUpwards}
     */
    default int copyDownwards(int fromSegment, int from, int toSegment, int to, int size, int length) {
        return 0;
    }

    /**
     * How many bytes there are before the first element that is, or is not, the one given, as far as it can be told at once.
     *
     * @param equal whether elements that are the same are passed, else those that differ
     * @return bytes passed, as for {@link #copyUpwards}
     */
    default int passUpwards(int segment, int offset, int element, boolean equal, int size, int length) {
        return 0;
    }
}

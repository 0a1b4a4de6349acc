package org.ringone.reference.build;

import java.nio.ByteBuffer;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.AddressSpace;

/** The boot region of a domain under construction, written by virtual address. */
final class GuestRegion {

    private final PhysicalMemory ram;
    private final Layout layout;
    private final int[] frames;

    /**
     * The region of a layout.
     *
     * @param frames the machine frame of every pseudo-physical one
     */
    GuestRegion(PhysicalMemory ram, Layout layout, int[] frames) {
        this.ram = ram;
        this.layout = layout;
        this.frames = frames;
    }

    /** The machine address of a virtual address of the region. */
    long machine(long address) {
        return (long) mfn(address) << AddressSpace.PAGE_SHIFT | address & AddressSpace.PAGE_SIZE - 1;
    }

    /** The machine frame of a virtual address of the region. */
    int mfn(long address) {
        return frames[layout.pfn(address)];
    }

    void write32(long address, int value) {
        ram.write32(machine(address), value);
    }

    void write64(long address, long value) {
        ram.write64(machine(address), value);
    }

    /** Writes bytes, page by page, as neighbouring pages need not be neighbours in the machine. */
    void write(long address, byte[] bytes, int offset, int length) {
        while (length > 0) {
            int part = (int) Math.min(length, AddressSpace.PAGE_SIZE - (address & AddressSpace.PAGE_SIZE - 1));
            ram.write(machine(address), bytes, offset, part);
            address += part;
            offset += part;
            length -= part;
        }
    }

    void write(long address, ByteBuffer contents) {
        byte[] bytes = new byte[contents.remaining()];
        contents.get(bytes);
        write(address, bytes, 0, bytes.length);
    }
}

package org.ringone.reference;

import org.ringone.emulator.Mmu;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.AddressSpace;

/**
 * How the hypervisor reads and writes a guest's memory by the guest's own addresses: never in the hypervisor's range, never
 * where the guest's page tables do not lead, never into a page that they map read-only (SAFE-02). Addresses are linear; the
 * guest's segments play no part.
 */
public class GuestCopy {

    /** What {@link #read32} gives when the address cannot be read. */
    public static final long FAULT = -1;

    private static final int PAGE_MASK = AddressSpace.PAGE_SIZE - 1;

    /** Whether that range lies below the hypervisor and does not wrap. */
    public boolean inGuestRange(int address, long size) {
        long start = Integer.toUnsignedLong(address);
        return size >= 0 && start + size <= Integer.toUnsignedLong(AddressSpace.VIRT_START);
    }

    /** Whether an array of that many elements of that size lies below the hypervisor. */
    public boolean arrayInGuestRange(int address, int count, int size) {
        return inGuestRange(address, Integer.toUnsignedLong(count) * size);
    }

    /**
     * Copies from the guest.
     *
     * @return whether everything could be read
     */
    public boolean read(Vcpu v, int address, byte[] to, int offset, int length) {
        return inGuestRange(address, length) && copyIn(v, address, to, offset, length) == length;
    }

    /**
     * Copies to the guest. What was written before a fault stays written.
     *
     * @return whether everything could be written
     */
    public boolean write(Vcpu v, int address, byte[] from, int offset, int length) {
        return inGuestRange(address, length) && copyOut(v, address, from, offset, length) == length;
    }

    /** A 32-bit word of the guest's, zero-extended, or {@link #FAULT}. */
    public long read32(Vcpu v, int address) {
        if (!inGuestRange(address, 4)) {
            return FAULT;
        }
        if ((address & PAGE_MASK) <= AddressSpace.PAGE_SIZE - 4) {
            long physical = readable(v, address);
            return physical < 0 ? FAULT : memory(v).read32(physical) & 0xFFFFFFFFL;
        }
        long value = 0;
        for (int i = 0; i < 4; i++) {
            long physical = readable(v, address + i);
            if (physical < 0) {
                return FAULT;
            }
            value |= (long) memory(v).read8(physical) << 8 * i;
        }
        return value;
    }

    /** Writes a 32-bit word into the guest's memory and tells whether that was possible. */
    public boolean write32(Vcpu v, int address, int value) {
        if (!inGuestRange(address, 4)) {
            return false;
        }
        if ((address & PAGE_MASK) <= AddressSpace.PAGE_SIZE - 4) {
            long physical = writable(v, address);
            if (physical < 0) {
                return false;
            }
            memory(v).write32(physical, value);
            return true;
        }
        long first = writable(v, address);
        long second = writable(v, address + 3);
        if (first < 0 || second < 0) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            int at = address + i;
            long physical =
                    ((at ^ address) & ~PAGE_MASK) == 0 ? first + i : (second & ~(long) PAGE_MASK) + (at & PAGE_MASK);
            memory(v).write8(physical, value >>> 8 * i);
        }
        return true;
    }

    /** The bytes that could be read, from the start, without a look at the range. */
    int copyIn(Vcpu v, int address, byte[] to, int offset, int length) {
        int done = 0;
        while (done < length) {
            long physical = readable(v, address + done);
            if (physical < 0) {
                return done;
            }
            int chunk = Math.min(length - done, AddressSpace.PAGE_SIZE - (address + done & PAGE_MASK));
            memory(v).read(physical, to, offset + done, chunk);
            done += chunk;
        }
        return done;
    }

    /** The bytes that could be written, from the start, without a look at the range. */
    int copyOut(Vcpu v, int address, byte[] from, int offset, int length) {
        int done = 0;
        while (done < length) {
            long physical = writable(v, address + done);
            if (physical < 0) {
                return done;
            }
            int chunk = Math.min(length - done, AddressSpace.PAGE_SIZE - (address + done & PAGE_MASK));
            memory(v).write(physical, from, offset + done, chunk);
            done += chunk;
        }
        return done;
    }

    private static PhysicalMemory memory(Vcpu v) {
        return v.domain.machine.memory;
    }

    /** The machine address behind a linear one that the hypervisor may read, or a negative number. */
    protected long readable(Vcpu v, int linear) {
        return v.cpu.mmu().translate(linear, Mmu.READ, false);
    }

    /** The machine address behind a linear one that the hypervisor may write, or a negative number. */
    protected long writable(Vcpu v, int linear) {
        return v.cpu.mmu().translate(linear, Mmu.WRITE, false);
    }
}

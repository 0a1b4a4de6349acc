package org.ringone.reference;

import java.util.Arrays;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.SharedInfo;

/** The hypervisor's view of a domain's shared_info page. The guest writes to it at any time: nothing in it is trusted. */
public final class SharedInfoView {

    private static final long IN_THE_PAGE = -1;

    private final PhysicalMemory memory;
    private final long page;
    private final long[] placed = new long[SharedInfo.MAX_VCPUS];

    SharedInfoView(PhysicalMemory memory, int mfn) {
        this.memory = memory;
        this.page = Integer.toUnsignedLong(mfn) << 12;
        Arrays.fill(placed, IN_THE_PAGE);
    }

    /** The same page in a forked machine's memory. */
    SharedInfoView fork(PhysicalMemory forkedMemory) {
        SharedInfoView fork = new SharedInfoView(forkedMemory, (int) (page >>> 12));
        System.arraycopy(placed, 0, fork.placed, 0, placed.length);
        return fork;
    }

    /** The frame that a vcpu's information was placed in; -1 when it lies in the page itself. */
    int placedIn(int vcpu) {
        return placed[vcpu] == IN_THE_PAGE ? -1 : (int) (placed[vcpu] >>> 12);
    }

    /** Places a vcpu's information at a machine address, as it is, and lets the guest look at all channels again. */
    void place(int vcpu, long address) {
        byte[] bytes = new byte[SharedInfo.VCPU_INFO_SIZE];
        memory.read(vcpuInfo(vcpu), bytes, 0, bytes.length);
        memory.write(address, bytes, 0, bytes.length);
        placed[vcpu] = address;
        setUpcallPending(vcpu);
        memory.write32(address + SharedInfo.PENDING_SEL, -1);
    }

    /** Has the processors tell of writes to a vcpu's information. */
    void watch(int vcpu) {
        memory.watch(vcpuInfo(vcpu), SharedInfo.VCPU_INFO_SIZE);
    }

    private long vcpuInfo(int vcpu) {
        long place = placed[vcpu];
        return place == IN_THE_PAGE ? page + SharedInfo.VCPU_INFO + (long) vcpu * SharedInfo.VCPU_INFO_SIZE : place;
    }

    public boolean upcallPending(int vcpu) {
        return memory.read8(vcpuInfo(vcpu) + SharedInfo.UPCALL_PENDING) != 0;
    }

    public void setUpcallPending(int vcpu) {
        memory.write8(vcpuInfo(vcpu) + SharedInfo.UPCALL_PENDING, 1);
    }

    /** The upcall mask byte as the guest left it; any value but 0 masks. */
    public int upcallMask(int vcpu) {
        return memory.read8(vcpuInfo(vcpu) + SharedInfo.UPCALL_MASK);
    }

    public void setUpcallMask(int vcpu, int mask) {
        memory.write8(vcpuInfo(vcpu) + SharedInfo.UPCALL_MASK, mask);
    }

    public void setCr2(int vcpu, int cr2) {
        memory.write32(vcpuInfo(vcpu) + SharedInfo.ARCH_CR2, cr2);
    }

    /** Sets the selector bit of that word of pending bits and tells whether it was set before. */
    public boolean testAndSetSelector(int vcpu, int word) {
        return testAndSet(vcpuInfo(vcpu) + SharedInfo.PENDING_SEL, word);
    }

    public boolean pending(int port) {
        return (memory.read32(page + SharedInfo.EVTCHN_PENDING + (port >>> 5 << 2)) >>> (port & 31) & 1) != 0;
    }

    /** Sets the pending bit and tells whether it was set before. */
    public boolean testAndSetPending(int port) {
        return testAndSet(page + SharedInfo.EVTCHN_PENDING + (port >>> 5 << 2), port & 31);
    }

    public boolean masked(int port) {
        return (memory.read32(page + SharedInfo.EVTCHN_MASK + (port >>> 5 << 2)) >>> (port & 31) & 1) != 0;
    }

    /** Clears the mask bit and tells whether it was set before. */
    public boolean testAndClearMask(int port) {
        long address = page + SharedInfo.EVTCHN_MASK + (port >>> 5 << 2);
        int word = memory.read32(address);
        int bit = 1 << (port & 31);
        if ((word & bit) == 0) {
            return false;
        }
        memory.write32(address, word & ~bit);
        return true;
    }

    private boolean testAndSet(long address, int bit) {
        int word = memory.read32(address);
        if ((word >>> bit & 1) != 0) {
            return true;
        }
        memory.write32(address, word | 1 << bit);
        return false;
    }

    /**
     * Writes a vcpu's time, its version odd meanwhile (EVT-14).
     *
     * @param tsc the time stamp counter now
     * @param nanoseconds the system time now
     * @param multiplier nanoseconds per shifted tick, as a 32-bit fraction
     * @param shift the binary logarithm of what ticks are multiplied by first
     */
    public void setTime(int vcpu, long tsc, long nanoseconds, int multiplier, int shift) {
        long info = vcpuInfo(vcpu);
        int version = memory.read32(info + SharedInfo.TIME_VERSION) + 1 | 1;
        memory.write32(info + SharedInfo.TIME_VERSION, version);
        memory.write64(info + SharedInfo.TIME_TSC_TIMESTAMP, tsc);
        memory.write64(info + SharedInfo.TIME_SYSTEM_TIME, nanoseconds);
        memory.write32(info + SharedInfo.TIME_TSC_TO_SYSTEM_MUL, multiplier);
        memory.write8(info + SharedInfo.TIME_TSC_SHIFT, shift);
        memory.write32(info + SharedInfo.TIME_VERSION, version + 1);
    }

    /** Writes the wall-clock time at system time 0. */
    public void setWallClock(int seconds, int nanoseconds) {
        int version = memory.read32(page + SharedInfo.WC_VERSION) + 1 | 1;
        memory.write32(page + SharedInfo.WC_VERSION, version);
        memory.write32(page + SharedInfo.WC_SEC, seconds);
        memory.write32(page + SharedInfo.WC_NSEC, nanoseconds);
        memory.write32(page + SharedInfo.WC_VERSION, version + 1);
    }
}

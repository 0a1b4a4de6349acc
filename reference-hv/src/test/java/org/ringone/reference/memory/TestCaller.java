package org.ringone.reference.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ringone.reference.build.BuiltDomain;
import org.ringone.xen.PageTableBits;

/** A processor without instructions: reads and writes guest memory through the guest's own tables, and notes what is done to it. */
public final class TestCaller implements Caller, Processors {

    public final List<String> log = new ArrayList<>();
    public int preemptAfter = -1;
    public int[] continuation;

    /** Stands at address 0x1000, whatever the guest maps there, for arguments that no mapping can spoil. */
    public final byte[] window = new byte[4096];

    private final MachineMemory machine;
    private final int domid;
    private final boolean privileged;
    private int base;

    public TestCaller(MachineMemory machine, BuiltDomain built, boolean privileged) {
        this.machine = machine;
        this.domid = built.memory().id();
        this.base = built.base();
        this.privileged = privileged;
    }

    private long physical(int linear, boolean write) {
        long entry = machine.tables().l1Entry(base, linear);
        int need = PageTableBits.PRESENT | (write ? PageTableBits.RW : 0);
        return Integer.compareUnsigned(linear, 0xF5800000) >= 0 || (entry & need) != need
                ? -1
                : entry & PageTableEntry.FRAME | linear & 0xFFF;
    }

    @Override
    public boolean copyIn(int linear, byte[] to, int offset, int length) {
        if (linear >>> 12 == 1 && linear + length <= 0x2000) {
            System.arraycopy(window, linear & 0xFFF, to, offset, length);
            return true;
        }
        for (int i = 0; i < length; i++) {
            long at = physical(linear + i, false);
            if (at < 0) {
                return false;
            }
            to[offset + i] = (byte) machine.ram().read8(at);
        }
        return true;
    }

    @Override
    public boolean copyOut(int linear, byte[] from, int offset, int length) {
        if (linear >>> 12 == 1 && linear + length <= 0x2000) {
            System.arraycopy(from, offset, window, linear & 0xFFF, length);
            return true;
        }
        for (int i = 0; i < length; i++) {
            long at = physical(linear + i, true);
            if (at < 0) {
                return false;
            }
            machine.ram().write8(at, from[offset + i]);
        }
        return true;
    }

    /** Writes an array of words into guest memory. */
    public int store(int linear, int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        if (!copyOut(linear, bytes.array(), 0, bytes.capacity())) {
            throw new IllegalStateException("cannot write guest memory");
        }
        return linear;
    }

    /** Reads a word of guest memory. */
    public int load(int linear) {
        byte[] bytes = new byte[4];
        if (!copyIn(linear, bytes, 0, 4)) {
            throw new IllegalStateException("cannot read guest memory");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Override
    public int domainId() {
        return domid;
    }

    @Override
    public boolean privileged() {
        return privileged;
    }

    @Override
    public int vcpuId() {
        return 0;
    }

    @Override
    public int baseMfn() {
        return base;
    }

    @Override
    public void loadBase(int mfn) {
        base = mfn;
        log.add("base");
    }

    @Override
    public void flushTlb(int vcpus) {
        log.add("flush " + vcpus);
    }

    @Override
    public void flushPage(int linear, int vcpus) {
        log.add("page " + Integer.toHexString(linear) + " " + vcpus);
    }

    @Override
    public boolean setLdt(int linear, int entries) {
        log.add("ldt " + Integer.toHexString(linear) + " " + entries);
        return true;
    }

    @Override
    public boolean preempted() {
        return preemptAfter >= 0 && preemptAfter-- == 0;
    }

    @Override
    public int continuation(int hypercall, int... arguments) {
        continuation = arguments;
        return hypercall;
    }

    @Override
    public void charge(int ticks) {
        // time is no matter here
    }

    @Override
    public void flushTlbs(int flushed) {
        log.add("domain " + flushed);
    }

    @Override
    public void dropLdtMappings(int dropped) {
        log.add("ldt of domain " + dropped);
    }
}

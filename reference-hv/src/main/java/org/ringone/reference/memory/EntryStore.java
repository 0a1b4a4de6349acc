package org.ringone.reference.memory;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Vector;
import org.ringone.xen.PageTableBits;

/**
 * The memory that an emulated store to a page table sees: reads are the processor's own; a write must be to the page that faulted
 * and changes a page-table entry, or is refused by recording a fault, which ends the emulation (PT-10).
 */
final class EntryStore implements MemoryPort {

    private final MachineMemory machine;
    private final StoreRules rules;
    private final Caller caller;
    private final Cpu cpu;
    private final MemoryPort own;
    private final int faulting;
    private final boolean plain;
    private boolean stored;

    /**
     * For one instruction.
     *
     * @param faulting the linear address that faulted
     * @param plain whether the instruction only stores, instead of exchanging or locking
     */
    EntryStore(MachineMemory machine, StoreRules rules, Caller caller, Cpu cpu, int faulting, boolean plain) {
        this.machine = machine;
        this.rules = rules;
        this.caller = caller;
        this.cpu = cpu;
        this.own = cpu.port();
        this.faulting = faulting;
        this.plain = plain;
    }

    /** Whether an entry was written. */
    boolean stored() {
        return stored;
    }

    private void refuse() {
        cpu.fault(Vector.PF, 0);
    }

    private void write(int segment, int offset, int size, long value) {
        int linear = cpu.state().base(segment) + offset;
        if (!rules.wellPlaced(linear, size, faulting) || !own.probeRead(segment, offset, size)) {
            refuse();
            return;
        }
        long address = machine.tables().l1Entry(caller.baseMfn(), linear) & PageTableEntry.FRAME | linear & 0xFF8;
        long entry = value;
        if (size < PageTableEntry.SIZE) {
            int shift = (linear & 7) * 8;
            long mask = ((1L << size * 8) - 1) << shift;
            entry = machine.ram().read64(address) & ~mask | value << shift & mask;
        }
        if (!accept(address, entry)) {
            if (!upperHalf(linear, size) || !accept(address, entry & ~PageTableBits.PRESENT)) {
                refuse();
                return;
            }
        }
        stored = true;
    }

    private boolean accept(long address, long entry) {
        long before = machine.ram().read64(address);
        boolean accepted = machine.tables().changeL1(address, entry, caller.domainId(), caller.domainId());
        caller.entryWrite(TableRoute.STORE, PageType.L1, address, before, entry, accepted);
        return accepted;
    }

    private boolean upperHalf(int linear, int size) {
        return plain && size == 4 && (linear & 4) != 0 && rules.upperHalfClearsPresent();
    }

    @Override
    public void write8(int segment, int offset, int value) {
        write(segment, offset, 1, value);
    }

    @Override
    public void write16(int segment, int offset, int value) {
        write(segment, offset, 2, value);
    }

    @Override
    public void write32(int segment, int offset, int value) {
        write(segment, offset, 4, value);
    }

    @Override
    public void write64(int segment, int offset, long value) {
        write(segment, offset, 8, value);
    }

    @Override
    public int readForWrite8(int segment, int offset) {
        return own.read8(segment, offset);
    }

    @Override
    public int readForWrite16(int segment, int offset) {
        return own.read16(segment, offset);
    }

    @Override
    public int readForWrite32(int segment, int offset) {
        return own.read32(segment, offset);
    }

    @Override
    public long readForWrite64(int segment, int offset) {
        return own.read64(segment, offset);
    }

    @Override
    public boolean probeWrite(int segment, int offset, int size) {
        return own.probeRead(segment, offset, size);
    }

    @Override
    public int read8(int segment, int offset) {
        return own.read8(segment, offset);
    }

    @Override
    public int read16(int segment, int offset) {
        return own.read16(segment, offset);
    }

    @Override
    public int read32(int segment, int offset) {
        return own.read32(segment, offset);
    }

    @Override
    public long read64(int segment, int offset) {
        return own.read64(segment, offset);
    }

    @Override
    public boolean probeRead(int segment, int offset, int size) {
        return own.probeRead(segment, offset, size);
    }
}

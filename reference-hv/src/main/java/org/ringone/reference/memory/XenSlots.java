package org.ringone.reference.memory;

import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;

/** The hypervisor's slots of the L2 in slot 3 of every L3: what a guest left there is overwritten (PT-04, PT-15). */
final class XenSlots {

    /** The first of them: the slot of {@link AddressSpace#VIRT_START}. */
    static final int FIRST = slot(AddressSpace.VIRT_START);

    private static final int FLAGS =
            PageTableBits.PRESENT | PageTableBits.RW | PageTableBits.ACCESSED | PageTableBits.DIRTY;

    private final MachineMemory machine;
    private final PhysicalMemory ram;

    XenSlots(MachineMemory machine) {
        this.machine = machine;
        this.ram = machine.ram();
    }

    private static int slot(int linear) {
        return linear >>> 21 & PageTableEntry.PER_TABLE - 1;
    }

    /** Writes all of them. */
    void install(int l2, int domid) {
        MachineToPhysical m2p = machine.machineToPhysical();
        DomainMemory domain = machine.domain(domid);
        int[] perDomain = domain == null ? new int[0] : domain.area().tables();
        for (int slot = FIRST; slot < PageTableEntry.PER_TABLE; slot++) {
            int inTable = slot - slot(AddressSpace.MACH2PHYS_START);
            int inDomain = slot - slot(PerDomainArea.START);
            long entry = 0;
            if (inTable < m2p.chunks()) {
                entry = PageTableEntry.of(m2p.table(inTable), FLAGS);
            } else if (slot == slot(XenArea.START)) {
                entry = PageTableEntry.of(machine.xenArea().table(), FLAGS);
            } else if (inDomain >= 0 && inDomain < perDomain.length) {
                entry = PageTableEntry.of(perDomain[inDomain], FLAGS);
            }
            ram.write64(((long) l2 << 12) + slot * 8L, entry);
        }
    }
}

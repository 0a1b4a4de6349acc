package org.ringone.reference.memory;

import org.ringone.emulator.PhysicalMemory;

/** What the entries of tables hold: taken when a frame becomes a table, entry by entry, all or nothing, and dropped with it. */
final class TableContents {

    private final PhysicalMemory ram;
    private final FrameTable frames;
    private final MachineMemory machine;
    private final PageTypes types;
    private final EntryChecks checks;
    private final TypeRules rules;
    private final DescriptorValidation descriptors;

    TableContents(
            MachineMemory machine,
            PageTypes types,
            EntryChecks checks,
            TypeRules rules,
            DescriptorValidation descriptors) {
        this.machine = machine;
        this.ram = machine.ram();
        this.frames = machine.frames();
        this.types = types;
        this.checks = checks;
        this.rules = rules;
        this.descriptors = descriptors;
    }

    /** PT-04: finds a frame's contents good for its new type, and takes what the entries name; or changes nothing. */
    boolean take(int mfn, PageType type) {
        switch (type) {
            case L1:
                return takeL1(mfn);
            case L2:
                return takeL2(mfn, PageTableEntry.PER_TABLE);
            case XEN_L2:
                return takeL2(mfn, XenSlots.FIRST);
            case L3:
                return takeL3(mfn);
            case GDT, LDT:
                return descriptors.validate(ram, mfn);
            default:
                return true;
        }
    }

    /** Drops what the entries of a former table hold. */
    void drop(int mfn, PageType type) {
        switch (type) {
            case L1 -> dropL1(mfn, PageTableEntry.PER_TABLE);
            case L2 -> dropL2(mfn, PageTableEntry.PER_TABLE);
            case XEN_L2 -> dropL2(mfn, XenSlots.FIRST);
            case L3 -> dropL3(mfn, PageTableEntry.L3_SLOTS);
            default -> {
                // other types hold nothing
            }
        }
    }

    private boolean takeL1(int table) {
        int domid = frames.owner(table);
        for (int i = 0; i < PageTableEntry.PER_TABLE; i++) {
            long entry = entry(table, i);
            if (!acceptable(PageType.L1, entry) || !takeL1Entry(entry, domid)) {
                dropL1(table, i);
                return false;
            }
        }
        return true;
    }

    private boolean takeL2(int table, int slots) {
        int domid = frames.owner(table);
        for (int i = 0; i < slots; i++) {
            long entry = entry(table, i);
            if (!acceptable(PageType.L2, entry) || !takeL2Entry(entry, table, domid)) {
                dropL2(table, i);
                return false;
            }
        }
        return true;
    }

    /** PT-15: slots 0 to 2 may be empty, slot 3 must be there; its L2 gets the hypervisor's slots. */
    private boolean takeL3(int table) {
        int domid = frames.owner(table);
        if (!rules.baseReachable(table, machine.assist(domid, Assist.PAE_EXTENDED_CR3))) {
            return false;
        }
        for (int i = 0; i < PageTableEntry.L3_SLOTS; i++) {
            long entry = entry(table, i);
            if (!acceptable(PageType.L3, entry) || !(i == 3 ? takeSlot3(entry, domid) : takeL3Entry(entry, domid))) {
                dropL3(table, i);
                return false;
            }
        }
        if (!checks.l3Slot3(entry(table, 3), frames.typeCount(PageTableEntry.mfn(entry(table, 3))))) {
            dropL3(table, PageTableEntry.L3_SLOTS);
            return false;
        }
        machine.xenSlots().install(PageTableEntry.mfn(entry(table, 3)), domid);
        return true;
    }

    private boolean acceptable(PageType level, long entry) {
        return !PageTableEntry.present(entry) || checks.inNewTable(level, entry);
    }

    private boolean takeSlot3(long entry, int domid) {
        return PageTableEntry.present(entry) && types.getPageAndType(PageTableEntry.mfn(entry), domid, PageType.XEN_L2);
    }

    private void dropL1(int table, int count) {
        int domid = frames.owner(table);
        for (int i = 0; i < count; i++) {
            dropL1Entry(entry(table, i), domid);
        }
    }

    private void dropL2(int table, int count) {
        for (int i = 0; i < count; i++) {
            dropTableEntry(entry(table, i), table);
        }
    }

    private void dropL3(int table, int count) {
        for (int i = 0; i < count; i++) {
            dropTableEntry(entry(table, i), table);
        }
    }

    private long entry(int table, int index) {
        return ram.read64((long) table << 12 | index << 3);
    }

    /**
     * PT-02, PT-05: takes what an L1 entry of acceptable bits names: a reference, and for a writable mapping a use as writable.
     *
     * @param domid whose frame it must be
     */
    boolean takeL1Entry(long entry, int domid) {
        if (!PageTableEntry.present(entry)) {
            return true;
        }
        int mfn = PageTableEntry.mfn(entry);
        return checks.mapsWritable(entry)
                ? types.getPageAndType(mfn, domid, PageType.WRITABLE)
                : types.getPage(mfn, domid);
    }

    /**
     * Drops what an L1 entry names.
     *
     * @param mapper the domain whose table it is in
     */
    void dropL1Entry(long entry, int mapper) {
        if (!PageTableEntry.present(entry)) {
            return;
        }
        int mfn = PageTableEntry.mfn(entry);
        int owner = frames.owner(mfn);
        if (owner != mapper) {
            machine.flushLater(mapper); // the owner's flushes will not reach this domain's processors
        }
        if (checks.mapsWritable(entry)) {
            types.putPageAndType(mfn);
            return;
        }
        if (frames.type(mfn) == PageType.LDT && frames.typeCount(mfn) != 0 && owner == mapper) {
            machine.processors()
                    .dropLdtMappings(mapper); // the mapping may have been what the LDT's address leads through
        }
        types.putPage(mfn);
    }

    /** PT-03 to PT-05, PT-18: takes the L1 that an L2 entry names, or one more use of an L2 that it names as a linear table. */
    boolean takeL2Entry(long entry, int table, int domid) {
        if (!PageTableEntry.present(entry)) {
            return true;
        }
        int mfn = PageTableEntry.mfn(entry);
        return types.getPageAndType(mfn, domid, PageType.L1) || takeLinear(entry, table, domid);
    }

    /**
     * Linear tables: the named table must be one already; one that names itself holds nothing. The era lets an L3 do so too,
     * though processors would then walk the 508 entries of it that nobody has looked at: refused here (SAFE-01).
     */
    private boolean takeLinear(long entry, int table, int domid) {
        int mfn = PageTableEntry.mfn(entry);
        if (!checks.linear(entry)) {
            return false;
        }
        if (mfn == table) {
            return true;
        }
        if (!types.getPage(mfn, domid)) {
            return false;
        }
        if (!types.addTableUse(mfn, PageType.L2)) {
            types.putPage(mfn);
            return false;
        }
        return true;
    }

    /** PT-03 to PT-05, PT-15: takes the L2 that an entry in slot 0, 1 or 2 names. */
    boolean takeL3Entry(long entry, int domid) {
        return !PageTableEntry.present(entry) || types.getPageAndType(PageTableEntry.mfn(entry), domid, PageType.L2);
    }

    /** Drops what an L2 or L3 entry names. */
    void dropTableEntry(long entry, int table) {
        if (PageTableEntry.present(entry) && PageTableEntry.mfn(entry) != table) {
            types.putPageAndType(PageTableEntry.mfn(entry));
        }
    }
}

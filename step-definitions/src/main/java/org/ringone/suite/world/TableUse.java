package org.ringone.suite.world;

import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;

/** The ways in which a page comes into use as a page table. */
public enum TableUse {
    /** MMUEXT_PIN_Ln_TABLE. */
    PINNED("pinned") {
        @Override
        public int ask(Guest guest, Page table, int level) throws ProbeException {
            return new Tables(guest).pin(table, level);
        }
    },
    /** An entry of the active table above it. */
    LINKED("linked") {
        @Override
        public int ask(Guest guest, Page table, int level) throws ProbeException {
            Tables tables = new Tables(guest);
            return tables.link(table, level, tables.emptySlot(level));
        }
    },
    /** MMUEXT_NEW_BASEPTR; for an L3. */
    LOADED("loaded") {
        @Override
        public int ask(Guest guest, Page table, int level) throws ProbeException {
            return new Tables(guest).load(table);
        }
    };

    private final String participle;

    TableUse(String participle) {
        this.participle = participle;
    }

    /** The use of that name. */
    public static TableUse of(String participle) {
        for (TableUse use : values()) {
            if (use.participle.equals(participle)) {
                return use;
            }
        }
        throw new IllegalArgumentException("a table is not put to use by being " + participle);
    }

    /**
     * Asks the hypervisor for it.
     *
     * @param level 1 to 3
     * @return the result, 0 or a negative errno
     */
    public abstract int ask(Guest guest, Page table, int level) throws ProbeException;
}

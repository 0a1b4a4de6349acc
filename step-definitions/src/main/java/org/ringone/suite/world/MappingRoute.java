package org.ringone.suite.world;

import org.ringone.guest.CodeRun;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;

/** The ways in which a guest can ask for a mapping of a frame. */
public enum MappingRoute {
    /** The hypercall that changes entries by their machine address. */
    MMU_UPDATE("mmu_update") {
        @Override
        public Request prepare(Guest guest, Page at, long entry) throws ProbeException {
            long slot = guest.entryAddress(at.address());
            return () -> returned(guest.update(slot, entry));
        }
    },
    /** The hypercall that changes the entry of an address. */
    UPDATE_VA_MAPPING("update_va_mapping") {
        @Override
        public Request prepare(Guest guest, Page at, long entry) throws ProbeException {
            return () -> returned(guest.map(at.address(), entry));
        }
    },
    /** CMPXCHG8B to the entry in the boot L1, with the assist. */
    STORE("a store to its page-table entry") {
        @Override
        public Request prepare(Guest guest, Page at, long entry) throws ProbeException {
            int slot = (int) (guest.entryAddress(at.address()) & 0xFFF);
            int address = guest.page("boot_l1").address() + slot;
            long old = guest.probe().read64(address);
            return () -> new Answer.Ran(guest.probe()
                    .run(CodeRun.ring1("store:\n    lock cmpxchg8b [esi]\n")
                            .with(Register.ESI, address)
                            .with(Register.EAX, (int) old)
                            .with(Register.EDX, (int) (old >>> 32))
                            .with(Register.EBX, (int) entry)
                            .with(Register.ECX, (int) (entry >>> 32))));
        }
    },
    /** An L1 that is pinned with the entry already in it. */
    L1_PINNED("an entry of an L1 table pinned") {
        @Override
        public Request prepare(Guest guest, Page at, long entry) throws ProbeException {
            Page table = table(guest, entry);
            return () -> returned(new Tables(guest).pin(table, 1));
        }
    },
    /** An L1 that is linked into the active L2 with the entry already in it. */
    L1_LINKED("an entry of an L1 table linked") {
        @Override
        public Request prepare(Guest guest, Page at, long entry) throws ProbeException {
            Page table = table(guest, entry);
            return () -> returned(TableUse.LINKED.ask(guest, table, 1));
        }
    },
    /** An L2 that is pinned, with such an L1 linked in it. */
    BELOW_L2_PINNED("an entry of an L1 table below an L2 table pinned") {
        @Override
        public Request prepare(Guest guest, Page at, long entry) throws ProbeException {
            Tables tables = new Tables(guest);
            Page above = above(guest, table(guest, entry));
            return () -> returned(tables.pin(above, 2));
        }
    },
    /** An L3 that becomes the base, with such an L1 below it. */
    BELOW_L3_LOADED("an entry of an L1 table below an L3 table loaded") {
        @Override
        public Request prepare(Guest guest, Page at, long entry) throws ProbeException {
            Tables tables = new Tables(guest);
            Page middle = above(guest, table(guest, entry));
            Page base = tables.prepare("asked.l3", 3);
            tables.write(base, 0, Tables.link(middle, 2));
            return () -> returned(tables.load(base));
        }
    };

    private final String words;

    MappingRoute(String words) {
        this.words = words;
    }

    /** The route of those words. */
    public static MappingRoute of(String words) {
        for (MappingRoute route : values()) {
            if (route.words.equals(words)) {
                return route;
            }
        }
        throw new IllegalArgumentException("there is no way to ask for a mapping called '" + words + "'");
    }

    private static Page table(Guest guest, long entry) throws ProbeException {
        Tables tables = new Tables(guest);
        Page table = tables.prepare("asked.l1", 1);
        tables.write(table, 511, entry);
        return table;
    }

    private static Page above(Guest guest, Page table) throws ProbeException {
        Tables tables = new Tables(guest);
        Page above = tables.prepare("asked.l2", 2);
        tables.write(above, 0, Tables.link(table, 1));
        return above;
    }

    private static Answer returned(int result) {
        return new Answer.Returned(result, -1);
    }

    /**
     * Makes what the request consists of.
     *
     * @param at the page at whose address the mapping is wanted, for the routes that have an address
     * @param entry the page-table entry wanted
     */
    public abstract Request prepare(Guest guest, Page at, long entry) throws ProbeException;

    /** A request that has only to be made. */
    @FunctionalInterface
    public interface Request {
        /** Asks the hypervisor. */
        Answer make() throws ProbeException;
    }
}

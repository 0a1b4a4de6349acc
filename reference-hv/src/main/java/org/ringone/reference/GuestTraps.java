package org.ringone.reference;

import org.ringone.xen.TrapTable;

/** A vcpu's virtual interrupt descriptor table: what the guest registered with set_trap_table. */
public final class GuestTraps {

    private final char[] selectors = new char[256];
    private final int[] addresses = new int[256];
    private final byte[] flags = new byte[256];

    GuestTraps() {}

    void set(int vector, int flag, int cs, int address) {
        selectors[vector] = (char) cs;
        addresses[vector] = address;
        flags[vector] = (byte) flag;
    }

    void clear() {
        for (int vector = 0; vector < 256; vector++) {
            set(vector, 0, 0, 0);
        }
    }

    /** The handler's code selector; 0 to 3 means that there is none. */
    int selector(int vector) {
        return selectors[vector];
    }

    int address(int vector) {
        return addresses[vector];
    }

    /** The least privileged ring that may raise the vector by INT n. */
    int dpl(int vector) {
        return flags[vector] & TrapTable.FLAG_DPL_MASK;
    }

    boolean masksEvents(int vector) {
        return (flags[vector] & TrapTable.FLAG_MASK_EVENTS) != 0;
    }

    GuestTraps copy() {
        GuestTraps copy = new GuestTraps();
        System.arraycopy(selectors, 0, copy.selectors, 0, 256);
        System.arraycopy(addresses, 0, copy.addresses, 0, 256);
        System.arraycopy(flags, 0, copy.flags, 0, 256);
        return copy;
    }
}

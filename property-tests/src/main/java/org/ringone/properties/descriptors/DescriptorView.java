package org.ringone.properties.descriptors;

/** What the architecture lets ring 1 see of a descriptor by LAR and LSL (Intel SDM, volume 2). */
record DescriptorView(long descriptor) {

    /** System types that LAR gives the rights of: TSSs, LDTs, call gates and task gates. */
    private static final int LAR_TYPES = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 9 | 1 << 0xB | 1 << 0xC;

    /** System types that have a limit. */
    private static final int LSL_TYPES = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 9 | 1 << 0xB;

    private static final int RING = 1;

    boolean larSees() {
        return privileged() && (codeOrData() || (LAR_TYPES & 1 << type()) != 0);
    }

    boolean lslSees() {
        return privileged() && (codeOrData() || (LSL_TYPES & 1 << type()) != 0);
    }

    /** The limit in bytes, as LSL gives it. */
    int limit() {
        int limit = (int) (descriptor & 0xFFFF | descriptor >>> 32 & 0xF_0000);
        boolean pages = (descriptor >>> 55 & 1) != 0;
        return pages ? limit << 12 | 0xFFF : limit;
    }

    private boolean privileged() {
        boolean conforming = codeOrData() && (type() & 0xC) == 0xC;
        return conforming || (descriptor >>> 45 & 3) >= RING;
    }

    private boolean codeOrData() {
        return (descriptor >>> 44 & 1) != 0;
    }

    private int type() {
        return (int) (descriptor >>> 40 & 0xF);
    }
}

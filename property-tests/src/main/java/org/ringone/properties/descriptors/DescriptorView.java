package org.ringone.properties.descriptors;

/** What the architecture lets ring 1 see of a descriptor by LAR and LSL (Intel SDM, volume 2). */
record DescriptorView(long descriptor) {

    /** System types that LAR gives the rights of: TSSs, LDTs, call gates and task gates. */
    private static final int LAR_TYPES = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 9 | 1 << 0xB | 1 << 0xC;

    /** System types that have a limit. */
    private static final int LSL_TYPES = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 9 | 1 << 0xB;

    private static final int RING = 1;
    private static final int CODE = 8;
    private static final int CODE_UNLESS_READABLE = 0xA;
    private static final int CONFORMING_CODE = 0xC;

    boolean larSees() {
        return privileged() && (codeOrData() || (LAR_TYPES & 1 << type()) != 0);
    }

    boolean lslSees() {
        return privileged() && (codeOrData() || (LSL_TYPES & 1 << type()) != 0);
    }

    /** Bits of the high word that LAR gives and that are defined. */
    private static final int LAR_BITS = 0x00F0FF00;

    /** What LAR and LSL say, for people. */
    String seen() {
        return seen(larSees(), (int) (descriptor >>> 32), lslSees(), limit());
    }

    /** What LAR and LSL said, for people, when they said something. */
    static String seen(boolean larSees, int rights, boolean lslSees, int limit) {
        return (larSees ? String.format("rights %06x", rights & LAR_BITS) : "no rights")
                + (lslSees ? String.format(", limit %08x", limit) : ", no limit");
    }

    /** The limit in bytes, as LSL gives it. */
    int limit() {
        int limit = (int) (descriptor & 0xFFFF | descriptor >>> 32 & 0xF_0000);
        boolean pages = (descriptor >>> 55 & 1) != 0;
        return pages ? limit << 12 | 0xFFF : limit;
    }

    boolean present() {
        return (descriptor >>> 47 & 1) != 0;
    }

    /** Whether a data segment register can be loaded with it in ring 1, if only it is present: data, or readable code. */
    boolean loadable(int rpl) {
        int dpl = (int) (descriptor >>> 45 & 3);
        boolean conforming = (type() & CONFORMING_CODE) == CONFORMING_CODE;
        boolean readable = (type() & CODE_UNLESS_READABLE) != CODE;
        return codeOrData() && readable && (conforming || dpl >= Math.max(RING, rpl));
    }

    /** The descriptor after a segment register was loaded with it. */
    long accessed() {
        return descriptor | 1L << 40;
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

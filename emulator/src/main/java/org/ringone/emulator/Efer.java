package org.ringone.emulator;

/** Bits of the extended feature enable register. */
final class Efer {
    static final int MSR = 0xC000_0080;
    /** SYSCALL and SYSRET, which this processor does not have. */
    static final int SCE = 1;

    static final int NXE = 1 << 11;

    private Efer() {}
}

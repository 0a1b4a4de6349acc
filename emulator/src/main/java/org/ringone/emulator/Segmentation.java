package org.ringone.emulator;

/** Segment register loads with the architecture's checks. */
public final class Segmentation {
    private final Cpu cpu;
    private final CpuState s;

    Segmentation(Cpu cpu) {
        this.cpu = cpu;
        this.s = cpu.s;
    }

    /**
     * Sets a segment register, hidden parts and all, without any check. A load of CS sets CPL to the selector's RPL in protected mode.
     *
     * @param register ES 0, CS 1, SS 2, DS 3, FS 4, GS 5, LDTR 6, TR 7
     * @param limit in bytes
     * @param rights bits 8 to 23 of the descriptor's upper word; 0 for a null segment
     */
    public void set(int register, int selector, int base, int limit, int rights) {
        s.selector[register] = selector;
        s.base[register] = base;
        s.limit[register] = limit;
        s.rights[register] = rights;
        if (register == CpuState.CS) {
            s.cpl = s.virtual8086() ? 3 : s.protectedMode() ? selector & 3 : 0;
            cpu.modeChanged();
        }
        if (register < 6) {
            cpu.segmentChanged(register);
        }
    }
}

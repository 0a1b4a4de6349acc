package org.ringone.emulator;

/**
 * Model specific registers beyond those that the processor itself uses (TSC, SYSENTER_CS/ESP/EIP, EFER). Privilege has been
 * checked; an access that is refused raises #GP(0).
 */
public interface MsrFile {
    /**
     * Reads a register.
     *
     * @param value its element 0 gets the value
     * @return false when there is no such register
     */
    boolean read(Cpu cpu, int index, long[] value);

    /** Writes a register; false when there is no such register, or it refuses the value. */
    boolean write(Cpu cpu, int index, long value);

    /** No further registers. */
    MsrFile NONE = new MsrFile() {
        @Override
        public boolean read(Cpu cpu, int index, long[] value) {
            return false;
        }

        @Override
        public boolean write(Cpu cpu, int index, long value) {
            return false;
        }
    };
}

package org.ringone.emulator;

/**
 * A processor in ring 3 with flat segments from a descriptor table and paging without PAE, whose pages a test sets: what a user process
 * runs on. Nothing handles its traps; they end a run.
 */
public final class UserMachine {
    private final FlatMachine machine;

    public final CpuState s;
    /** What ended the last run: a vector, or {@link FlatMachine#NONE} when it was the budget. */
    public int vector;

    public UserMachine() {
        machine = new FlatMachine(UserSpace.SIZE >> 12);
        s = machine.s;
        machine.cpu.control().cr4(CpuState.CR4_OSFXSR | CpuState.CR4_OSXMMEXCPT);
        s.gdtrBase = UserSpace.GDT;
        s.gdtrLimit = UserSpace.GDT_LIMIT;
    }

    public Cpu cpu() {
        return machine.cpu;
    }

    public PhysicalMemory memory() {
        return machine.memory;
    }

    /** Puts the space's memory in place and loads all segment registers. */
    public void enter(UserSpace space) {
        machine.memory.write(0, space.bytes(), 0, UserSpace.CODE);
        machine.paging(UserSpace.DIRECTORY);
        s.cpl = 3;
        for (int register = 0; register < 6; register++) {
            boolean code = register == CpuState.CS;
            machine.cpu
                    .segmentation()
                    .set(
                            register,
                            code ? UserSpace.CODE_SELECTOR : UserSpace.DATA_SELECTOR,
                            space.descriptor(code ? UserSpace.CODE_SELECTOR : UserSpace.DATA_SELECTOR));
        }
        s.cr2 = 0;
    }

    /** Runs until a trap. @return its vector, or {@link FlatMachine#NONE} when so many instructions did not end in one */
    public int run(int budget) {
        machine.run(budget);
        vector = machine.vector;
        return vector;
    }

    /** The error code of the last exception, or {@link Vector#NO_ERROR_CODE}. */
    public int error() {
        return machine.error;
    }
}

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

    private UserMachine(FlatMachine machine) {
        this.machine = machine;
        s = machine.s;
    }

    public UserMachine() {
        this(new FlatMachine(UserSpace.SIZE >> 12));
        s.cr0 |= CpuState.CR0_NE;
        machine.cpu.remember();
        machine.cpu.control().cr4(CpuState.CR4_OSFXSR | CpuState.CR4_OSXMMEXCPT);
        s.gdtrBase = UserSpace.GDT;
        s.gdtrLimit = UserSpace.GDT_LIMIT;
    }

    /** A machine in the same state on a fork of the memory. */
    public UserMachine fork() {
        return new UserMachine(machine.fork());
    }

    /** Makes all code that is decoded so far hot: the next time that it runs it becomes a trace. */
    public void warm() {
        for (int page = 0; page < UserSpace.SIZE >> 12; page++) {
            CodePage code = machine.memory.code(page);
            for (int offset = 0; code != null && offset < 0x1000; offset++) {
                Block block = code.get(true, offset);
                if (block != null && block.trace == null) {
                    block.heat = TraceRecorder.HOT - 1;
                }
            }
        }
    }

    /** How much of the code that is decoded begins a trace. */
    public int traces() {
        int traces = 0;
        for (int page = 0; page < UserSpace.SIZE >> 12; page++) {
            CodePage code = machine.memory.code(page);
            for (int offset = 0; code != null && offset < 0x1000; offset++) {
                Block block = code.get(true, offset);
                traces += block != null && block.trace != null ? 1 : 0;
            }
        }
        return traces;
    }

    /** Sets an instruction breakpoint where nothing is executed: every instruction is looked at then. */
    public void watchNothing() {
        machine.cpu.control().dr(0, UserSpace.SIZE - 1);
        machine.cpu.control().dr(7, 1);
    }

    /**
     * All registers that an instruction of a user's can see.
     *
     * @param time whether to tell the time too, and the last instructions
     */
    public String image(boolean time) {
        StringBuilder text = new StringBuilder();
        for (int register = 0; register < 6; register++) {
            text.append(String.format(" %x:%x+%x", s.selector[register], s.base[register], s.limit[register]));
        }
        text.append(String.format(
                " cr2 %x x87 %x %x %x mxcsr %x",
                s.cr2,
                cpu().fpu().control(),
                cpu().fpu().status(),
                cpu().fpu().tags(),
                cpu().sse().mxcsr()));
        for (int n = 0; n < 8; n++) {
            text.append(
                    String.format(" %x:%x", cpu().fpu().exponent(n), cpu().fpu().significand(n)));
        }
        for (int n = 0; n < 16; n++) {
            text.append(String.format(" %x", cpu().sse().half(n)));
        }
        if (time) {
            text.append(" way");
            cpu().history(5).forEach(past -> text.append(String.format(" %x", past.eip())));
            text.append(String.format(" time %d", cpu().timeStamp()));
        }
        return text.toString();
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

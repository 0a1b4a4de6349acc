package org.ringone.emulator;

import java.util.List;
import org.ringone.emulator.fpu.Fpu;
import org.ringone.emulator.sse.Sse;
import org.ringone.x86.Instruction;

/**
 * One processor. See the package description for how instructions are carried out and faults are raised.
 *
 * <p>Time is virtual: {@link #retired} counts instructions (one that faulted counts too, so that no loop of faults is free), and the
 * time-stamp counter is that plus what the owner {@linkplain #charge charges}.
 */
public final class Cpu {
    /** Bits of {@link #attention}: a fault is pending; nothing of the instruction has been committed. */
    static final int FAULT = 1;
    /** A software interrupt is pending. */
    static final int INTERRUPT = 1 << 1;
    /** A debug trap is pending: {@link #debugTrap} has its DR6 bits. */
    static final int TRAP = 1 << 2;
    /** HLT. */
    static final int HALT = 1 << 3;
    /** The owner asked to stop. */
    static final int STOP = 1 << 4;
    /** Decoded code was dropped, or what the next instructions mean may have changed. */
    static final int CHANGED = 1 << 5;
    /** The sink gave up. */
    static final int SHUTDOWN = 1 << 6;
    /** A watched frame was written to. */
    static final int WATCHED = 1 << 7;
    /** The pending fault is that of a task just switched to: there is no going back before it. */
    static final int NEW_TASK = 1 << 8;
    /** A repeated string instruction has done some of its elements, and is to be executed again. */
    static final int UNFINISHED = 1 << 9;

    /** How many elements one execution of a repeated string instruction carries out at most. */
    private static final int REPEATS = 4096;

    /** The registers; public for the instructions. */
    public final CpuState s = new CpuState();

    final CpuMemory port;
    final CpuConfig config;
    final PhysicalMemory memory;
    private final Mmu mmu;
    private final Segmentation segmentation;
    private final ControlRegisters control;
    private final CodeCache code;
    private final TraceRecorder recorder;
    private final Fpu fpu;
    private final Sse sse;
    private TrapSink sink;
    /** Null unless the owner wants it. */
    private History history;

    /** Why a block must not go on; 0 while all is well. */
    int attention;
    /** Address of the last instruction begun. */
    int start;

    private int faultVector;
    private int faultCode;
    private int interruptVector;
    private InterruptKind interruptKind;
    private int debugTrap;
    /** An instruction boundary at which interrupts are held back: the value of {@link #retired} there. */
    private long shadow = -1;
    /** The same for debug traps: after a load of SS only. */
    private long stackShadow = -1;
    /** The value of {@link #retired} when {@link #UNFINISHED} was met. */
    private long unfinished = -1;
    /** The present instruction entered a handler by itself, which no single step follows. */
    private boolean entered;
    /** The recorded #DB is an instruction breakpoint's. */
    private boolean breakpoint;

    private long retired;
    private long charged;

    public Cpu(PhysicalMemory memory, CpuConfig config, TrapSink sink) {
        this.memory = memory;
        this.config = config;
        this.sink = sink;
        mmu = new Mmu(s, memory, config);
        port = new CpuMemory(this, s, mmu, memory);
        segmentation = new Segmentation(this);
        control = new ControlRegisters(this);
        code = new CodeCache(this);
        recorder = new TraceRecorder(this, code);
        fpu = new Fpu();
        sse = new Sse(
                config.cpuid().has(CpuidTable.MMX),
                config.cpuid().has(CpuidTable.SSE),
                config.cpuid().has(CpuidTable.SSE2));
        memory.attach(this);
        reset();
    }

    /** A processor in the same state, on a fork of the memory. */
    public Cpu fork(PhysicalMemory forked, TrapSink forkedSink) {
        Cpu copy = new Cpu(forked, config, forkedSink);
        copy.s.copyFrom(s);
        copy.mmu.copyFrom(mmu);
        copy.fpu.copyFrom(fpu);
        copy.sse.copyFrom(sse);
        copy.attention = attention;
        copy.start = start;
        copy.faultVector = faultVector;
        copy.faultCode = faultCode;
        copy.interruptVector = interruptVector;
        copy.interruptKind = interruptKind;
        copy.debugTrap = debugTrap;
        copy.shadow = shadow;
        copy.stackShadow = stackShadow;
        copy.unfinished = unfinished;
        copy.breakpoint = breakpoint;
        copy.retired = retired;
        copy.charged = charged;
        copy.history = history == null ? null : history.copy();
        copy.segmentsChanged();
        return copy;
    }

    /** Real mode at F000:FFF0, as after the RESET signal. */
    public void reset() {
        for (int register = 0; register < 6; register++) {
            s.selector[register] = 0;
            s.base[register] = 0;
            s.limit[register] = 0xFFFF;
            s.rights[register] = Descriptor.PRESENT | Descriptor.SEGMENT | Descriptor.WRITABLE | Descriptor.ACCESSED;
        }
        s.selector[CpuState.CS] = 0xF000;
        s.base[CpuState.CS] = 0xFFFF_0000;
        s.eip = 0xFFF0;
        s.eflags(0);
        segmentsChanged();
    }

    public CpuState state() {
        return s;
    }

    public Mmu mmu() {
        return mmu;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    public CpuConfig config() {
        return config;
    }

    public Fpu fpu() {
        return fpu;
    }

    /** XMM registers and MXCSR. */
    public Sse sse() {
        return sse;
    }

    /** The processor's own memory port: what ordinary instructions use. */
    public MemoryPort port() {
        return port;
    }

    /** Segment register loads and far transfers with the architecture's checks. */
    public Segmentation segmentation() {
        return segmentation;
    }

    /** Control, debug and model specific registers. */
    public ControlRegisters control() {
        return control;
    }

    public void sink(TrapSink newSink) {
        sink = newSink;
    }

    /** Remembers from now on which instructions it carries out. Forks do so too. */
    public void remember() {
        history = new History();
    }

    /**
     * The instructions that were begun last, oldest first, the present one among them unless it could not be fetched: for a sink that
     * tells of a trap.
     *
     * @param most how many are wanted; there may be fewer, and are none without {@link #remember}
     */
    public List<History.Past> history(int most) {
        return history == null ? List.of() : history.last(retired, most);
    }

    /**
     * A block is about to be run.
     *
     * @param block null when its first instruction cannot be fetched
     * @param ahead instructions that have been carried out but are not yet counted
     */
    void entering(Block block, long ahead) {
        if (history != null) {
            history.enter(s.selector[CpuState.CS], s.eip, retired + ahead, block);
        }
    }

    /** Instructions retired or faulted since the processor was made. */
    public long retired() {
        return retired;
    }

    /** Adds virtual time for work done by the owner. */
    public void charge(long ticks) {
        charged += ticks;
    }

    /** The time-stamp counter. */
    public long timeStamp() {
        return retired + charged;
    }

    /** Sets the time-stamp counter, by moving what was charged. */
    public void timeStamp(long value) {
        charged = value - retired;
    }

    /** Makes {@link #run} return {@link Stop#REQUESTED} before the next instruction; when not running, the next run at once. */
    public void requestStop() {
        attention |= STOP;
    }

    /** Makes {@link #run} return {@link Stop#SHUTDOWN}: for a sink that cannot deliver. */
    public void shutDown() {
        attention |= SHUTDOWN;
    }

    /** Makes {@link #run} return {@link Stop#HALTED} after this instruction. */
    public void halt() {
        attention |= HALT;
    }

    /**
     * Whether interrupts are held back at the present boundary: the instruction before was STI (that set IF), MOV SS or POP SS. An
     * owner who injects interrupts looks here.
     */
    public boolean interruptShadow() {
        return shadow == retired;
    }

    /** Holds interrupts back, and after a load of SS debug traps too, until the instruction after this one has retired. */
    void holdInterrupts(boolean debugToo) {
        shadow = retired + 1;
        stackShadow = debugToo ? shadow : stackShadow;
    }

    // ---- what instructions and memory ports use

    /** CPUID is about to be carried out, EIP behind it. */
    void identifying() {
        sink.identifying(this);
    }

    /** Records a fault of the present instruction; the first one counts. */
    public void fault(int vector, int errorCode) {
        if ((attention & FAULT) == 0) {
            attention |= FAULT;
            faultVector = vector;
            faultCode = errorCode;
        }
    }

    /** Records a fault without an error code. */
    public void fault(int vector) {
        fault(vector, Vector.NO_ERROR_CODE);
    }

    /** Records #PF as the MMU last found it, and sets CR2. */
    public void pageFault() {
        pageFault(mmu.faultAddress(), mmu.faultCode());
    }

    /** Records #PF and sets CR2. */
    public void pageFault(int linear, int errorCode) {
        if ((attention & FAULT) == 0) {
            s.cr2 = linear;
            fault(Vector.PF, errorCode);
        }
    }

    /** Whether a fault has been recorded: then the operation must return, having changed nothing. */
    public boolean faulted() {
        return (attention & FAULT) != 0;
    }

    /** The vector of the recorded fault. */
    public int faultVector() {
        return faultVector;
    }

    /** The error code of the recorded fault, or {@link Vector#NO_ERROR_CODE}. */
    public int faultCode() {
        return faultCode;
    }

    /** Forgets the recorded fault: for owners that use the processor's checks for work of their own. */
    public void clearFault() {
        attention &= ~(FAULT | NEW_TASK);
    }

    /** The recorded fault is that of the task that was just switched to, at EIP. */
    void faultIsNewTasks() {
        attention |= NEW_TASK;
    }

    /** An interrupt was entered without the sink. */
    void entered() {
        entered = true;
    }

    /** Whether the recorded fault came behind a task switch. */
    boolean faultedInNewTask() {
        return (attention & NEW_TASK) != 0;
    }

    /** Ends the instruction with a software interrupt. */
    public void interrupt(int vector, InterruptKind kind) {
        attention |= INTERRUPT;
        interruptVector = vector;
        interruptKind = kind;
    }

    /** Whether a near branch may go to an offset of the code segment; if not, #GP(0) is recorded. */
    public boolean canJump(int target) {
        if (Integer.compareUnsigned(target, s.limit[CpuState.CS]) > 0) {
            fault(Vector.GP, 0);
            return false;
        }
        return true;
    }

    /** How many elements this execution of a repeated string instruction may carry out, at least 1. */
    public int repeatLimit() {
        return careful() || DebugRegisters.watchesData(s) ? 1 : REPEATS;
    }

    /** The present instruction, a repeated string instruction, is to go on with what is left to do. */
    public void again(Instruction i) {
        s.eip -= i.length;
        attention |= UNFINISHED;
    }

    /**
     * Whether the present boundary is between two elements of a string instruction: what is delivered there saves RF set, so that an
     * instruction breakpoint does not meet it again when it goes on (SDM volume 3, "Exceptions and interrupts and RF").
     */
    boolean withinRepeat() {
        return unfinished == retired && s.eip == start;
    }

    /** An access met the data breakpoints' range: those that it hits trap after the instruction. */
    void watch(int linear, int size, boolean write) {
        debugTrap(DebugRegisters.atData(s, linear, size, write));
    }

    /** Raises #DB after the present instruction for these DR6 bits, if any. */
    void debugTrap(int bits) {
        if (bits != 0) {
            debugTrap |= bits;
            attention |= TRAP;
        }
    }

    /** A watched frame was written to, by the present instruction or by the owner: the sink hears of it before the next one. */
    void watchedWritten() {
        attention |= WATCHED;
    }

    /** Decoded code was dropped; the block now running must be looked up anew. */
    void codeChanged() {
        mmu.fetchEpoch++;
        attention |= CHANGED;
    }

    /** A segment register was loaded. */
    void segmentChanged(int register) {
        port.segmentChanged(register);
        if (register == CpuState.CS) {
            code.segmentChanged();
        }
        attention |= CHANGED;
    }

    /** Privilege level, CR0, flags AC, TF, RF or VM, or debug registers changed. */
    public void modeChanged() {
        port.modeChanged();
        attention |= CHANGED;
    }

    /** All derived state is made anew, after the owner or a fork set registers. */
    void segmentsChanged() {
        for (int register = 0; register < 6; register++) {
            port.segmentChanged(register);
        }
        code.segmentChanged();
        modeChanged();
    }

    // ---- running

    /**
     * Runs until the budget is used, or for another reason to stop. A fault or trap of the last instruction has been given to the
     * sink when this returns.
     *
     * @param maxInstructions the budget: {@link #retired} grows by exactly that for {@link Stop#BUDGET}
     */
    public Stop run(long maxInstructions) {
        long end = retired + maxInstructions < retired ? Long.MAX_VALUE : retired + maxInstructions;
        attention |= CHANGED;
        while (true) {
            if (attention != 0) {
                Stop stop = attend();
                if (stop != null) {
                    return stop;
                }
                continue;
            }
            if (retired >= end) {
                return Stop.BUDGET;
            }
            if (careful()) {
                step();
                continue;
            }
            do { // what makes it careful asks for attention too
                Block block = code.find();
                entering(block, 0);
                if (block == null) {
                    retired++; // its fetch faulted
                    start = s.eip;
                } else if (block.trace != null && block.trace.fits(s, end - retired)) {
                    retired += block.trace.run(this, port, end - retired);
                } else if (++block.heat == TraceRecorder.HOT) {
                    retired += recorder.record(block, end - retired);
                } else {
                    retired += block.run(this, port, (int) Math.min(block.count, end - retired));
                }
            } while (attention == 0 && retired < end);
        }
    }

    /**
     * Notes where execution stopped, and goes back to the instruction if it faulted.
     *
     * @param at the address of the last instruction that was begun
     * @param count is returned
     */
    int stopped(int at, int count) {
        if ((attention & (FAULT | NEW_TASK)) == FAULT) {
            s.eip = at;
        }
        start = at;
        return count;
    }

    /** Whether each instruction must be looked at: single step, RF, instruction breakpoints, a trap held back. */
    private boolean careful() {
        return (s.flags & (CpuState.TF | CpuState.RF)) != 0 || debugTrap != 0 || DebugRegisters.watchesCode(s);
    }

    /** One instruction with breakpoints before it, RF, and single step after it. */
    private void step() {
        int hit = DebugRegisters.atCode(s, s.base[CpuState.CS] + s.eip);
        if (hit != 0 && (s.flags & CpuState.RF) == 0 && stackShadow != retired && !withinRepeat()) {
            retired++;
            start = s.eip;
            s.dr[6] |= hit;
            attention |= FAULT;
            breakpoint = true;
            faultVector = Vector.DB;
            faultCode = Vector.NO_ERROR_CODE;
            return;
        }
        boolean trap = (s.flags & CpuState.TF) != 0;
        int flagsBefore = s.flags;
        Block block = code.find();
        entering(block, 0);
        if (block == null) {
            retired++;
            start = s.eip;
            return;
        }
        s.flags &= ~CpuState.RF;
        entered = false;
        retired += block.run(this, port, 1);
        if ((attention & FAULT) != 0) {
            s.flags = (attention & NEW_TASK) != 0 ? s.flags : flagsBefore;
        } else if (stackShadow != retired) {
            debugTrap(debugTrap | (trap && !entered && (attention & INTERRUPT) == 0 ? DebugRegisters.BS : 0));
        }
    }

    /** Deals with what stopped a block. */
    private Stop attend() {
        int why = attention;
        if ((why & FAULT) != 0) {
            attention &= ~(FAULT | NEW_TASK | INTERRUPT | TRAP);
            debugTrap = 0;
            if (!breakpoint) {
                s.flags |= CpuState.RF;
            }
            breakpoint = false;
            if (faultVector == Vector.DB) {
                s.dr[7] &= ~DebugRegisters.GD; // so that the handler can use them
            }
            sink.exception(this, faultVector, faultCode);
            clearFault(); // of checks that the sink made for itself
            if (attention == CHANGED) {
                attention = 0; // all is looked up anew here
            }
            return null;
        }
        if ((why & INTERRUPT) != 0) {
            attention &= ~INTERRUPT;
            sink.interrupt(this, interruptVector, interruptKind, start);
            clearFault();
            if (attention == CHANGED) {
                attention = 0;
            }
            return null;
        }
        if ((why & WATCHED) != 0) {
            attention &= ~WATCHED;
            sink.watchedWritten(this, start);
        }
        attention &= ~(CHANGED | TRAP | UNFINISHED);
        if ((why & UNFINISHED) != 0) {
            unfinished = retired;
        }
        if ((why & TRAP) != 0 && stackShadow != retired) { // else it waits for the next instruction
            s.dr[6] |= debugTrap;
            s.dr[7] &= ~DebugRegisters.GD;
            debugTrap = 0;
            if (withinRepeat()) {
                s.flags |= CpuState.RF;
            }
            sink.exception(this, Vector.DB, Vector.NO_ERROR_CODE);
            clearFault();
            return null;
        }
        if ((why & SHUTDOWN) != 0) {
            attention &= ~SHUTDOWN;
            return Stop.SHUTDOWN;
        }
        if ((why & STOP) != 0) {
            attention &= ~STOP;
            return Stop.REQUESTED;
        }
        if ((why & HALT) != 0) {
            attention &= ~HALT;
            return Stop.HALTED;
        }
        return null;
    }
}

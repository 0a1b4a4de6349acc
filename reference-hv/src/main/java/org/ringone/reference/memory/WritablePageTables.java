package org.ringone.reference.memory;

import java.util.Set;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.InstructionSet;
import org.ringone.emulator.Mmu;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.x86.CodeSource;
import org.ringone.x86.Decoder;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.xen.PageTableBits;

/**
 * Writable page tables (PT-10): a store by the guest's kernel through a read-only mapping of an L1 table in use is carried out,
 * checked as a hypercall would be. The instruction itself is the emulator's; it touches memory through {@link EntryStore}.
 */
public final class WritablePageTables {

    private static final int TICKS = 1200;
    private static final int PROTECTION_WRITE = 3;
    private static final int ECX = 1;

    /** In the rights of a code segment: operands and addresses are of 32 bits. */
    private static final int DEFAULT_32 = 0x4000;

    /** What the era's emulator knows and writes memory with. */
    private static final Set<String> INSTRUCTIONS = Set.of(
            "MOV",
            "MOVS",
            "STOS",
            "XCHG",
            "ADD",
            "OR",
            "ADC",
            "SBB",
            "AND",
            "SUB",
            "XOR",
            "INC",
            "DEC",
            "NOT",
            "NEG",
            "CMPXCHG",
            "CMPXCHG8B",
            "XADD",
            "BTS",
            "BTR",
            "BTC",
            "SETCC",
            "ROL",
            "ROR",
            "RCL",
            "RCR",
            "SHL",
            "SHR",
            "SAR",
            "PUSH",
            "POP");

    private final MachineMemory machine;
    private final PhysicalMemory ram;
    private final FrameTable frames;
    private final StoreRules rules;
    private final int[] registers = new int[8];

    public WritablePageTables(MachineMemory machine) {
        this(machine, machine.rules().stores());
    }

    WritablePageTables(MachineMemory machine, StoreRules rules) {
        this.machine = machine;
        this.ram = machine.ram();
        this.frames = machine.frames();
        this.rules = rules;
    }

    /**
     * Carries out the instruction that raised a page fault, if it is a store to an L1 entry that is acceptable. For faults raised
     * in the guest's kernel; others are left alone.
     *
     * @param cpu at the faulting instruction
     * @param linear the address that faulted
     * @param errorCode the fault's
     * @return whether the instruction is done, with EIP behind it; if not, nothing has changed and the fault is the guest's
     */
    public boolean storeFault(Caller caller, Cpu cpu, int linear, int errorCode) {
        CpuState state = cpu.state();
        if (state.cpl() != 1 || errorCode != PROTECTION_WRITE || !emulated(caller, linear)) {
            return false;
        }
        caller.charge(TICKS);
        int eip = state.eip;
        int eflags = state.eflags();
        int cr2 = state.cr2;
        System.arraycopy(state.r, 0, registers, 0, 8);
        boolean done = carryOut(caller, cpu, linear);
        if (!done) {
            state.eip = eip;
            state.eflags(eflags);
            System.arraycopy(registers, 0, state.r, 0, 8);
        }
        if (done) {
            state.flags &= ~CpuState.RF;
        }
        state.cr2 = cr2;
        machine.settle();
        return done;
    }

    /** PT-10, PT-11: whether a read-only mapping of an own L1 in use lies there, and the assist is on. */
    private boolean emulated(Caller caller, int linear) {
        long entry = machine.tables().l1Entry(caller.baseMfn(), linear);
        int mfn = PageTableEntry.mfn(entry);
        return (entry & (PageTableBits.PRESENT | PageTableBits.RW)) == PageTableBits.PRESENT
                && frames.valid(mfn)
                && frames.owner(mfn) == caller.domainId()
                && frames.typeCount(mfn) > 0
                && rules.emulated(frames.type(mfn), machine.assist(caller.domainId(), Assist.WRITABLE_PAGETABLES));
    }

    private boolean carryOut(Caller caller, Cpu cpu, int linear) {
        CpuState state = cpu.state();
        CodeFetch code = new CodeFetch(cpu, ram);
        boolean code32 = (state.rights(CpuState.CS) & DEFAULT_32) != 0;
        Instruction instruction = Decoder.decode(code, code32);
        int length = instruction.length;
        boolean repeated = instruction.repeat != 0 && instruction.form.string();
        if (repeated) { // one element at a time, each with its own checks
            code.skipRepeat();
            instruction = Decoder.decode(code, code32);
        }
        if (instruction.form == Form.INCOMPLETE || !INSTRUCTIONS.contains(instruction.form.mnemonic())) {
            return false;
        }
        if (repeated && count(state, instruction) == 0) {
            return false;
        }
        boolean plain = !instruction.lock
                && !instruction.form.mnemonic().equals("XCHG")
                && !instruction.form.mnemonic().startsWith("CMPXCHG");
        EntryStore store = new EntryStore(machine, rules, caller, cpu, linear, plain);
        int start = state.eip;
        state.eip = start + length;
        InstructionSet.bind(instruction).execute(cpu, store, instruction);
        if (cpu.faulted()) {
            cpu.clearFault();
            return false;
        }
        if (!store.stored()) {
            return false; // whatever faulted was not this store
        }
        if (repeated && countDown(state, instruction) != 0) {
            state.eip = start;
        }
        return true;
    }

    private static int count(CpuState state, Instruction instruction) {
        return instruction.addressSize == 2 ? state.r[ECX] & 0xFFFF : state.r[ECX];
    }

    private static int countDown(CpuState state, Instruction instruction) {
        state.r[ECX] =
                instruction.addressSize == 2 ? state.r[ECX] & 0xFFFF0000 | state.r[ECX] - 1 & 0xFFFF : state.r[ECX] - 1;
        return count(state, instruction);
    }

    /** The bytes at CS:EIP, as the processor would fetch them. */
    private static final class CodeFetch implements CodeSource {

        private final Cpu cpu;
        private final PhysicalMemory ram;
        private int skipped = Integer.MAX_VALUE;

        CodeFetch(Cpu cpu, PhysicalMemory ram) {
            this.cpu = cpu;
            this.ram = ram;
        }

        /** From now on the code looks as if its first repeat prefix was not there. */
        void skipRepeat() {
            for (int i = 0; skipped == Integer.MAX_VALUE; i++) {
                int prefix = fetch(i);
                if (prefix == 0xF2 || prefix == 0xF3) {
                    skipped = i;
                }
            }
        }

        @Override
        public int fetch(int offset) {
            CpuState state = cpu.state();
            int at = state.eip + offset + (offset >= skipped ? 1 : 0);
            if (Integer.compareUnsigned(at, state.limit(CpuState.CS)) > 0) {
                return -1;
            }
            long physical = cpu.mmu().translate(state.base(CpuState.CS) + at, Mmu.FETCH, false);
            return physical < 0 ? -1 : ram.read8(physical);
        }
    }
}

package org.ringone.emulator;

import java.util.Map;
import org.ringone.x86.Assembler;
import org.ringone.x86.AssemblyException;

/** A processor in 32-bit protected mode with flat segments, no paging, and a sink that remembers the last trap: for tests. */
public final class FlatMachine implements TrapSink {
    /** No trap so far. */
    public static final int NONE = -1;

    public final PhysicalMemory memory;
    public final Cpu cpu;
    public final CpuState s;
    /** The last exception's or interrupt's vector, or {@link #NONE}. */
    public int vector = NONE;
    /** Its error code, or {@link Vector#NO_ERROR_CODE}. */
    public int error;
    /** The kind of the last software interrupt; null for exceptions. */
    public InterruptKind kind;

    public FlatMachine(int frames) {
        this(new PhysicalMemory(frames));
    }

    public FlatMachine(PhysicalMemory memory) {
        this(memory, CpuConfig.standard());
    }

    public FlatMachine(PhysicalMemory memory, CpuConfig config) {
        this.memory = memory;
        cpu = new Cpu(memory, config, this);
        s = cpu.s;
        s.cr0 |= CpuState.CR0_PE;
        for (int register = 0; register < 6; register++) {
            segment(register, 0, -1, true);
        }
        privilege(0);
    }

    private FlatMachine(FlatMachine o) {
        memory = o.memory.fork();
        cpu = o.cpu.fork(memory, this);
        s = cpu.s;
    }

    /** A machine in the same state on a fork of the memory. */
    public FlatMachine fork() {
        return new FlatMachine(this);
    }

    /** Sets the hidden part of a segment register: expand-up, writable data or readable code. */
    public void segment(int register, int base, int limit, boolean big) {
        int type = register == CpuState.CS ? Descriptor.CODE | Descriptor.READABLE : Descriptor.WRITABLE;
        rights(
                register,
                Descriptor.PRESENT
                        | Descriptor.SEGMENT
                        | Descriptor.ACCESSED
                        | type
                        | (big ? Descriptor.BIG : 0)
                        | s.cpl << 5);
        s.base[register] = base;
        s.limit[register] = limit;
        cpu.segmentsChanged();
    }

    /** Sets the rights word of a segment register. */
    public void rights(int register, int rights) {
        s.rights[register] = rights;
        cpu.segmentsChanged();
    }

    /** Sets CPL, with selectors to match. */
    public void privilege(int cpl) {
        s.cpl = cpl;
        for (int register = 0; register < 6; register++) {
            s.selector[register] = (register == CpuState.CS ? 8 : 16) | cpl;
            s.rights[register] = s.rights[register] & ~0x60 | cpl << 5;
        }
        cpu.segmentsChanged();
    }

    /** Turns paging on, without PAE, through the directory at an address. */
    public void paging(int directory) {
        s.cr3 = directory;
        s.cr0 |= CpuState.CR0_PG | CpuState.CR0_WP;
        cpu.mmu().flushAll();
        cpu.modeChanged();
    }

    /** Where {@link #execute} puts code. */
    public static final int CODE = 0x2_0000;

    /** Assembles 32-bit code, puts it at {@link #CODE} and runs that many instructions of it. */
    public Stop execute(int instructions, String source) {
        try {
            byte[] code =
                    Assembler.assemble("bits 32\n" + source, Map.of(), CODE).bytes();
            memory.write(CODE, code, 0, code.length);
        } catch (AssemblyException e) {
            throw new IllegalArgumentException(source, e);
        }
        s.eip = CODE;
        return run(instructions);
    }

    /** Executes up to so many instructions from EIP, or until a trap. */
    public Stop run(int instructions) {
        vector = NONE;
        kind = null;
        cpu.modeChanged();
        return cpu.run(instructions);
    }

    @Override
    public void exception(Cpu c, int number, int code) {
        vector = number;
        error = code;
        kind = null;
        c.requestStop();
    }

    @Override
    public void interrupt(Cpu c, int number, InterruptKind how, int start) {
        vector = number;
        error = Vector.NO_ERROR_CODE;
        kind = how;
        c.requestStop();
    }
}

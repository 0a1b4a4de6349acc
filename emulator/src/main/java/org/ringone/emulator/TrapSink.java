package org.ringone.emulator;

/**
 * Gets every exception and software interrupt of a processor. Called between instructions: the state is architecturally
 * committed, and the sink may change it at will, run other code on the memory, and call {@link Cpu#requestStop}.
 */
public interface TrapSink {
    /**
     * An exception. For faults EIP is the instruction's own address, for traps the next one's.
     *
     * @param errorCode the code, or {@link Vector#NO_ERROR_CODE}; for #PF, CR2 is already set
     */
    void exception(Cpu cpu, int vector, int errorCode);

    /**
     * INT n, INT3, INTO or ICEBP, with no privilege check made yet. EIP is the next instruction's address.
     *
     * @param start the instruction's own address, for a sink that refuses it
     */
    void interrupt(Cpu cpu, int vector, InterruptKind kind, int start);

    /**
     * A frame that {@link PhysicalMemory#watch} names was written to since the last call, by the instruction just carried out or
     * by the owner. Nothing may be changed here.
     *
     * @param start the address of that instruction
     */
    default void watchedWritten(Cpu cpu, int start) {
        // of no interest to most
    }

    /** CPUID is about to be carried out; EIP is the next instruction's address. Nothing may be changed here. */
    default void identifying(Cpu cpu) {
        // of no interest to most
    }
}

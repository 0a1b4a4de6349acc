package org.ringone.emulator;

import org.ringone.x86.Instruction;

/**
 * What one instruction does. Probe, compute, commit: see the package description for the convention.
 *
 * <p>Operations hold no state: one is shared by all processors and threads.
 */
@FunctionalInterface
public interface Operation {
    /**
     * Carries out an instruction.
     *
     * @param cpu whose registers it works on; {@code cpu.s} is its state, {@code cpu.s.eip} the next instruction's address
     * @param memory through which it touches memory
     * @param i what was decoded
     */
    void execute(Cpu cpu, MemoryPort memory, Instruction i);
}

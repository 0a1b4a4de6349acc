package org.ringone.emulator;

import org.ringone.x86.Instruction;

/** Chooses the operation of an instruction once, when it is decoded: a common form of operands can have a quicker one. */
@FunctionalInterface
public interface Binder {
    /** Never null. Must depend on the instruction alone. */
    Operation bind(Instruction i);
}

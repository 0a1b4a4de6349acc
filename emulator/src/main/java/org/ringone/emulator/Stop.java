package org.ringone.emulator;

/** Why {@link Cpu#run} returned. */
public enum Stop {
    /** As many instructions as asked for have retired. */
    BUDGET,
    /** {@link Cpu#requestStop} was called, by the sink or a port. */
    REQUESTED,
    /** HLT was executed; EIP is the instruction after it. */
    HALTED,
    /** A fault while delivering a double fault. */
    SHUTDOWN
}

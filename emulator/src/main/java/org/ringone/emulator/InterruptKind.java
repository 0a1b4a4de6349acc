package org.ringone.emulator;

/** Which instruction asked for a software interrupt. Only {@link #INT_N} and, of the others, none is subject to IOPL. */
public enum InterruptKind {
    /** {@code CD n}: the gate's DPL is checked. */
    INT_N,
    /** {@code CC}: the gate's DPL is checked. */
    INT3,
    /** {@code CE} with OF set: the gate's DPL is checked. */
    INTO,
    /** {@code F1}: a debug trap; no DPL is checked. */
    ICEBP
}

package org.ringone.x86;

/** How an instruction changes the flow of control. */
public enum Branch {
    /** Goes on to the next instruction. */
    NONE,
    /** Near jump, taken or not: Jcc, LOOP, JCXZ. */
    CONDITIONAL,
    /** Near jump, always taken. */
    JUMP,
    /** Near call. */
    CALL,
    /** Near return. */
    RETURN,
    /** Far jump, call or return, IRET, SYSENTER and its like: the code segment can change. */
    FAR,
    /** INT, INT3, INTO, INT1, UD2, BOUND: a trap is or can be raised. */
    INTERRUPT,
    /** Changes what the following instructions mean or whether they run (MOV CR, HLT, LGDT, STI, ...). */
    SYSTEM
}

package org.ringone.x86;

/** The privilege that an instruction asks for in protected mode; without it, #GP(0). */
public enum Privilege {
    /** None. */
    NONE,
    /** CPL at most IOPL (CLI, STI); for port I/O also the permission bitmap of the TSS. */
    IOPL,
    /** CPL 0. */
    CPL0
}

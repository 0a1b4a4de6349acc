package org.ringone.emulator;

/** Exception vectors of the architecture, and bits of the page-fault error code. */
public final class Vector {
    public static final int DE = 0;
    public static final int DB = 1;
    public static final int NMI = 2;
    public static final int BP = 3;
    public static final int OF = 4;
    public static final int BR = 5;
    public static final int UD = 6;
    public static final int NM = 7;
    public static final int DF = 8;
    public static final int TS = 10;
    public static final int NP = 11;
    public static final int SS = 12;
    public static final int GP = 13;
    public static final int PF = 14;
    public static final int MF = 16;
    public static final int AC = 17;
    public static final int MC = 18;
    public static final int XF = 19;

    /** In place of an error code: the exception has none. */
    public static final int NO_ERROR_CODE = -1;

    /** Page-fault error code: the page was present, so it was a protection violation. */
    public static final int PF_PRESENT = 1;

    public static final int PF_WRITE = 2;
    public static final int PF_USER = 4;
    public static final int PF_RESERVED = 8;
    public static final int PF_FETCH = 16;

    /** Error code bit of an event external to the program (an interrupt, or an exception during its delivery). */
    public static final int EXT = 1;
    /** Error code bit: the selector part is a vector number of the IDT. */
    public static final int IDT = 2;

    private Vector() {}

    /** Whether the exception pushes an error code. */
    public static boolean hasErrorCode(int vector) {
        return switch (vector) {
            case DF, TS, NP, SS, GP, PF, AC -> true;
            default -> false;
        };
    }
}

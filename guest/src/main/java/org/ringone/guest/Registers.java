package org.ringone.guest;

/**
 * The general registers and data segment registers of interrupted guest code, with the flags.
 *
 * @param eflags the flags as the trap frame has them; EFLAGS.IF in a frame means "events enabled" (TRAP-02)
 */
public record Registers(
        int eax,
        int ecx,
        int edx,
        int ebx,
        int esp,
        int ebp,
        int esi,
        int edi,
        int eflags,
        int ds,
        int es,
        int fs,
        int gs) {

    /** A general register by its number in the instruction encoding, 0 (EAX) to 7 (EDI). */
    public int general(int number) {
        return switch (number) {
            case 0 -> eax;
            case 1 -> ecx;
            case 2 -> edx;
            case 3 -> ebx;
            case 4 -> esp;
            case 5 -> ebp;
            case 6 -> esi;
            case 7 -> edi;
            default -> throw new IllegalArgumentException("no general register " + number);
        };
    }
}

package org.ringone.guest;

/**
 * The frame that the hypervisor pushed on entry to the guest kernel, the return part of it, as found on the stack.
 *
 * @param address where its lowest word lies (the error code where there is one, the DS word of a failsafe frame)
 * @param eip the saved instruction pointer
 * @param csSlot the whole word that holds the code selector, with the saved event mask in bits 16 to 23
 * @param eflags the saved flags word, with IF = events enabled
 * @param esp the saved stack pointer; meaningful only {@linkplain #fromOuterRing() from an outer ring}
 * @param ssSlot the whole word that holds the stack selector; meaningful only from an outer ring
 */
public record SavedFrame(int address, int eip, int csSlot, int eflags, int esp, int ssSlot) {

    private static final int KERNEL_RING = 1;

    /** The code selector. */
    public int cs() {
        return csSlot & 0xFFFF;
    }

    /** The event mask as it was before the entry: bits 16 to 23 of the CS slot. */
    public int savedMask() {
        return csSlot >>> 16 & 0xFF;
    }

    /** The ring of the interrupted code: the RPL of the saved code selector. */
    public int ring() {
        return csSlot & 3;
    }

    /** The stack selector. */
    public int ss() {
        return ssSlot & 0xFFFF;
    }

    /** Whether the entry changed the ring, so that ESP and SS are part of the frame. */
    public boolean fromOuterRing() {
        return ring() > KERNEL_RING;
    }
}

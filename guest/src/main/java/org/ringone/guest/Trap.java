package org.ringone.guest;

import java.util.OptionalInt;

/**
 * An exception or software interrupt that reached the guest kernel through its trap table.
 *
 * @param vector 0 to 255
 * @param error the error code word, for the vectors that push one
 */
public record Trap(int order, int vector, OptionalInt error, SavedFrame frame, Registers registers, EntryState entry)
        implements Entry {

    /** The faulting address of a page fault, from the vcpu's arch.cr2. */
    public int cr2() {
        return entry.cr2();
    }

    /** The saved instruction pointer. */
    public int eip() {
        return frame.eip();
    }
}

package org.ringone.api;

/** The guest's console: bytes in and bytes out, the only way the suite looks at a guest. */
public interface Console {

    /**
     * Offers bytes to the guest's input.
     *
     * @return how many were taken, 0 to {@code length}; fewer when the input has no room
     */
    int write(byte[] bytes, int offset, int length);

    /**
     * Lets the machine run until the guest has written something, its domain has ended, every domain sleeps with nothing
     * left to wake it, or the budget is spent.
     *
     * @return what the guest wrote, in order; empty when one of the other three happened
     */
    byte[] read(Budget budget);
}

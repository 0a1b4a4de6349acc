package org.ringone.guest;

/**
 * An event upcall.
 *
 * @param count how many upcalls there were since the log was cleared, this one included
 */
public record Upcall(int order, int count, SavedFrame frame, Registers registers, EntryState entry) implements Entry {}

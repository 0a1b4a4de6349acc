package org.ringone.guest;

/**
 * A failsafe callback.
 *
 * @param ds the DS word of its frame; likewise the next three
 */
public record Failsafe(
        int order, int ds, int es, int fs, int gs, SavedFrame frame, Registers registers, EntryState entry)
        implements Entry {}

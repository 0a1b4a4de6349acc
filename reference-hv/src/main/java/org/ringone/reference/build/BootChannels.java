package org.ringone.reference.build;

/**
 * The event channels that an ordinary domain finds open at its start.
 *
 * @param store port of the store
 * @param console port of the console
 */
public record BootChannels(int store, int console) {

    /** None: an initial domain's. */
    public static final BootChannels NONE = new BootChannels(0, 0);
}

package org.ringone.reference;

/**
 * Where an upcall enters the guest.
 *
 * @param cs code selector; 0 to 3 means that nothing is registered
 * @param eip entry point
 * @param masksEvents whether entering it masks events
 */
record Callback(int cs, int eip, boolean masksEvents) {

    static final Callback NONE = new Callback(0, 0, false);
}

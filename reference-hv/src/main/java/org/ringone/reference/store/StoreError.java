package org.ringone.reference.store;

/** A request is refused; the message is the name of the error, as it goes over the wire. */
final class StoreError extends Exception {

    private static final long serialVersionUID = 1L;

    StoreError(String name) {
        super(name, null, false, false);
    }
}

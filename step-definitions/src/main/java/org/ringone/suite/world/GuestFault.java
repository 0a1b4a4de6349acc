package org.ringone.suite.world;

import org.ringone.guest.ProbeException;

/** Carries a probe's failure out of places that cannot declare it. */
public final class GuestFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GuestFault(ProbeException cause) {
        super(cause);
    }

    @Override
    public synchronized ProbeException getCause() {
        return (ProbeException) super.getCause();
    }
}

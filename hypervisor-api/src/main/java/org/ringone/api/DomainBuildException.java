package org.ringone.api;

/** A domain could not be built. The message names what is wrong with the image or the request, for the image's author. */
public final class DomainBuildException extends Exception {

    private static final long serialVersionUID = 1L;

    public DomainBuildException(String message) {
        super(message);
    }

    public DomainBuildException(String message, Throwable cause) {
        super(message, cause);
    }
}

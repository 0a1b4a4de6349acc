package org.ringone.suite.catalogue;

/** The catalogue or the features are not well formed. The message says where and how to mend it. */
public final class CatalogueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CatalogueException(String message) {
        super(message);
    }

    public CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}

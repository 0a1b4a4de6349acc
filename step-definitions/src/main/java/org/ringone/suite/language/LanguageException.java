package org.ringone.suite.language;

/** A text in a feature cannot be understood. The message shows the text and the place. */
public final class LanguageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LanguageException(String message) {
        super(message);
    }
}

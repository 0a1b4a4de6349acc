package org.ringone.external;

/** The plug-in in the child JVM, or the child JVM itself, has failed. */
final class PluginFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PluginFailure(String message) {
        super(message);
    }
}

package org.ringone.external;

import java.time.Duration;

/**
 * How long the first byte of a command's domain, or the command's end, is waited for, where nothing tells when the domain
 * starts. Long, so that a slow program can still refuse an image; but a program of which nothing was heard in that time is not
 * given as long again and again.
 */
final class FirstSound {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration BRIEF = Duration.ofMillis(500);

    private volatile boolean silent;

    /** How long to wait now. */
    Duration patience() {
        return silent ? BRIEF : LONG;
    }

    /** What came of it: whether there was a sound, or an end. */
    void waited(boolean heard) {
        silent = !heard;
    }
}

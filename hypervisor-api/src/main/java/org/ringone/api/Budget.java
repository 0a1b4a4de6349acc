package org.ringone.api;

import java.time.Duration;

/**
 * How long a guest may run before its silence counts.
 *
 * @param instructions guest instructions, for machines that count them; at least 1
 * @param wallClock real time, for machines that cannot count instructions; they alone look at it
 */
public record Budget(long instructions, Duration wallClock) {

    public Budget {
        if (instructions < 1 || wallClock.isNegative() || wallClock.isZero()) {
            throw new IllegalArgumentException(
                    "a budget must be positive, not " + instructions + " instructions, " + wallClock);
        }
    }

    @Override
    public String toString() {
        return instructions + " instructions, or " + wallClock.toMillis() / 1000.0 + " s";
    }
}

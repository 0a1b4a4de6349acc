package org.ringone.cli;

import java.util.Optional;
import org.ringone.properties.Divergence;

/**
 * What came of one area.
 *
 * @param operations how many were tried on each of the two
 * @param first the seed of the first sequence
 * @param last that of the last: the one in which they part, if they do
 */
record LockstepFinding(String area, int operations, long first, long last, Optional<Divergence> divergence) {}

package org.ringone.suite.run;

/** Where a scenario stands, which decides what a failure means. */
enum Phase {
    /** Given: what does not hold here blocks the scenario. */
    SETUP,
    /** When and Then: what does not hold here is a violation. */
    JUDGING
}

package org.ringone.suite.run;

import org.ringone.suite.SuiteRun;
import org.ringone.suite.verdict.RunResult;

/** One run of the features through the JUnit Platform. */
public final class LauncherRun {
    private LauncherRun() {}

    /** Runs what is asked for. */
    public static RunResult execute(SuiteRun run) {
        throw new UnsupportedOperationException();
    }
}

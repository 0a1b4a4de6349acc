package org.ringone.cli;

import java.nio.file.Path;

/** Where reports go when nothing else is said. */
final class ReportFolder {

    /** The same for people. */
    static final String USUAL = "target/ringone in a checkout, else ringone-report in the current directory";

    private ReportFolder() {}

    /** As the script that started us says: in its checkout, or, when there is none, where the user is. */
    static Path usual() {
        String said = System.getProperty("ringone.report");
        return said != null ? Path.of(said) : Path.of(System.getProperty("ringone.home", "."), "target", "ringone");
    }
}

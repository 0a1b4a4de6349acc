package org.ringone.reports;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The last step of the build: makes the report of everything that was tested, then says whether the build may pass.
 *
 * <p>Tests do not stop the build where they fail, since then the report that explains the failure would never be made.
 * They stop it here.
 */
public final class BuildReport {

    private static final int MOST_FAILURES_SHOWN = 40;

    private final Path root;
    private final AllureReport allure;
    private final int fewestTests;
    private final PrintStream out;

    BuildReport(Path root, AllureReport allure, int fewestTests, PrintStream out) {
        this.root = root;
        this.allure = allure;
        this.fewestTests = fewestTests;
        this.out = out;
    }

    /**
     * Arguments: the top of the checkout, where Allure's generator is unpacked, and how few tests are too few.
     *
     * <p>Ends with code 0 when all is well, 1 when tests failed or are missing, 2 when the report could not be made.
     */
    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        AllureReport allure = new AllureReport(Path.of(arguments[1]));
        System.exit(new BuildReport(root, allure, Integer.parseInt(arguments[2]), System.out).run());
    }

    int run() {
        try {
            Path output = root.resolve("target/report");
            Records records = Records.in(root.resolve("target/runs"), root.resolve("docs/statements"))
                    .withMutants(root);
            Path page = new Pages(allure).write(root.resolve("target/allure-results"), records, output);
            out.println("Report: " + page);
            return gate(SurefireResults.of(root));
        } catch (ReportException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private int gate(SurefireResults results) {
        out.println("Tests: " + results.tests() + " run, " + results.failures().size() + " failed, " + results.skipped()
                + " left out");
        results.failures().stream().limit(MOST_FAILURES_SHOWN).forEach(failure -> out.println("  failed: " + failure));
        if (!results.failures().isEmpty()) {
            return 1;
        }
        if (results.tests() < fewestTests) {
            out.println("That is too few: " + fewestTests
                    + " at least are known to be there. A module's tests were not found or not run.");
            return 1;
        }
        return 0;
    }
}

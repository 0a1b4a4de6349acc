package org.ringone.reports;

import java.nio.file.Files;
import java.nio.file.Path;

/** The whole report in one folder: Allure's page, the page of rules, and the matrix where there is one. */
public final class Pages {

    private final AllureReport allure;

    /**
     * @param allure the generator
     */
    public Pages(AllureReport allure) {
        this.allure = allure;
    }

    /**
     * Writes all pages.
     *
     * @param results a folder of Allure results; must hold at least one
     * @param records what the runs left
     * @param output the folder to write to; made when absent
     * @return the file to open first: the page of rules, or Allure's when there is no statement
     */
    public Path write(Path results, Records records, Path output) throws ReportException {
        Path index = allure.generate(results, output, records.statements());
        return records.statements().isEmpty() ? index : write(records, output);
    }

    /**
     * Writes the pages of rules and of the matrix, beside Allure's page if there is one already.
     *
     * @param records at least one statement
     * @return the page of rules
     */
    public static Path write(Records records, Path output) throws ReportException {
        Path index = output.resolve("index.html");
        Path rules = output.resolve("rules.html");
        ScenarioLinks links = Files.isRegularFile(index) ? ScenarioLinks.into(index) : ScenarioLinks.none();
        new RulesPage(records, links).write(rules);
        if (records.matrix().isPresent() && records.matrix().get().full()) {
            new MatrixPage(records.statements().get(0), records.matrix().get()).write(output.resolve("matrix.html"));
        }
        if (records.mutants().isPresent()) {
            new MutationPage(records.mutants().get()).write(output.resolve("mutation.html"));
        }
        return rules;
    }
}

package org.ringone.suite.verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ringone.api.Profile;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.catalogue.Catalogue;

/**
 * What was found in one run of the suite against one hypervisor.
 *
 * @param hypervisor its name
 * @param version its version in its own words
 * @param profile what it claims to be
 * @param started when the run started
 * @param elapsed real time of the whole run
 * @param selection the tag expression that selected the scenarios; empty when all were run
 * @param scenarios the results, in the order of the case ids
 * @param problems what is wrong with the run as a whole; each of them fails the run
 */
public record RunResult(
        String hypervisor,
        String version,
        Profile profile,
        Instant started,
        Duration elapsed,
        String selection,
        List<ScenarioResult> scenarios,
        List<Problem> problems) {

    public RunResult {
        scenarios = List.copyOf(scenarios);
        problems = List.copyOf(problems);
    }

    /** The worst verdict; {@link Verdict#ERROR} when nothing was run, because no status is an error. */
    public Verdict worst() {
        return scenarios.stream()
                .map(ScenarioResult::verdict)
                .reduce(Verdict::worse)
                .orElse(Verdict.ERROR);
    }

    /** Whether the run as a whole is a success. */
    public boolean successful() {
        return problems.isEmpty() && !worst().failsTheRun();
    }

    /** How many scenarios have each verdict; verdicts that nobody has are left out. */
    public Map<Verdict, Integer> counts() {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        scenarios.forEach(scenario -> counts.merge(scenario.verdict(), 1, Integer::sum));
        return counts;
    }

    /** Every rule that a scenario of this run judges, by id, worst verdict of its scenarios. */
    public List<RuleResult> rules() {
        Map<String, List<ScenarioResult>> byRule = new TreeMap<>();
        for (ScenarioResult scenario : scenarios) {
            for (String rule : scenario.rules()) {
                byRule.computeIfAbsent(rule, r -> new ArrayList<>()).add(scenario);
            }
        }
        Map<String, RuleResult> results = new LinkedHashMap<>();
        byRule.forEach((rule, cases) -> results.put(
                rule,
                new RuleResult(
                        rule,
                        cases.stream()
                                .map(ScenarioResult::verdict)
                                .reduce(Verdict::worse)
                                .orElseThrow(),
                        cases.stream().map(ScenarioResult::caseId).toList())));
        return List.copyOf(results.values());
    }

    /** The version of the suite that ran. */
    public String suiteVersion() {
        return SuiteRun.version();
    }

    /** Writes the conformance statement, with the whole catalogue; the file appears only when it is complete. */
    public void writeJson(Path file) throws IOException {
        write(file, StatementJson.of(this, Catalogue.load(), CaseIndex.load()));
    }

    /** Writes the result as JUnit XML; the file appears only when it is complete. */
    public void writeJUnit(Path file) throws IOException {
        write(file, JUnitXml.of(this));
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path beside = folder.resolve(file.getFileName() + ".part");
        try {
            Files.write(beside, content);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}

package org.ringone.reports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of the suite against one hypervisor, as the suite writes it down.
 *
 * @param ringone the suite's version
 * @param hypervisor what was judged
 * @param scenarios every scenario that was run
 * @param rules the whole catalogue, each rule with the worst verdict of its scenarios
 * @param worst the worst verdict of the run
 * @param totals scenarios by verdict
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunRecord(
        String ringone,
        Judged hypervisor,
        List<Scenario> scenarios,
        List<Rule> rules,
        String worst,
        Map<String, Integer> totals) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public RunRecord {
        Objects.requireNonNull(hypervisor, "hypervisor");
        scenarios = scenarios == null ? List.of() : List.copyOf(scenarios);
        rules = rules == null ? List.of() : List.copyOf(rules);
        totals = totals == null ? Map.of() : totals;
    }

    /** The hypervisor that was judged and what it declared. */
    public record Judged(String name, String version, String era, String host, String privilege) {}

    /** One scenario's outcome. */
    public record Scenario(
            String id,
            String name,
            String feature,
            String area,
            List<String> rules,
            List<String> cases,
            String verdict,
            String message,
            double milliseconds) {

        public Scenario {
            rules = rules == null ? List.of() : List.copyOf(rules);
            cases = cases == null ? List.of() : List.copyOf(cases);
        }
    }

    /** One rule of the catalogue and how it fared. */
    public record Rule(
            String id,
            String area,
            String title,
            String text,
            String who,
            String source,
            String verdict,
            String reason,
            List<String> scenarios,
            String fault) {

        public Rule {
            scenarios = scenarios == null ? List.of() : List.copyOf(scenarios);
        }

        private Rule withFault(String what) {
            return new Rule(id, area, title, text, who, source, verdict, reason, scenarios, what);
        }
    }

    /** The same, with the injected faults that prove each rule's scenarios; rules that the map lacks stay as they are. */
    public RunRecord withFaults(Map<String, String> faults) {
        List<Rule> proved = rules.stream()
                .map(rule -> faults.containsKey(rule.id()) ? rule.withFault(faults.get(rule.id())) : rule)
                .toList();
        return new RunRecord(ringone, hypervisor, scenarios, proved, worst, totals);
    }

    /**
     * Reads what a run wrote.
     *
     * @throws ReportException when the file is absent or is not the record of a run
     */
    public static RunRecord read(Path file) throws ReportException {
        try {
            return MAPPER.readValue(file.toFile(), RunRecord.class);
        } catch (IOException | RuntimeException e) {
            throw new ReportException(file + " is not the record of a run: " + e.getMessage(), e);
        }
    }
}

package org.ringone.suite.verdict;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;

/** A run's result as JSON: the whole catalogue with what was found of each rule, and every scenario. */
final class RunJson {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RunJson() {}

    static void write(RunResult run, Catalogue catalogue, CaseIndex index, Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path beside = Files.createTempFile(parent, "run", ".json");
        MAPPER.writeValue(beside.toFile(), tree(run, catalogue, index));
        Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode tree(RunResult run, Catalogue catalogue, CaseIndex index) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("ringone", run.suiteVersion());
        ObjectNode hypervisor = root.putObject("hypervisor");
        hypervisor.put("name", run.hypervisor());
        hypervisor.put("version", run.version());
        hypervisor.put("era", run.profile().era().version());
        hypervisor.put("host", run.profile().host().label());
        hypervisor.put("privilege", run.profile().privilege().label());
        root.put("started", run.started().toString());
        root.put("milliseconds", run.elapsed().toMillis());
        ArrayNode scenarios = root.putArray("scenarios");
        run.scenarios().forEach(s -> scenario(s, scenarios.addObject()));
        ArrayNode rules = root.putArray("rules");
        Map<String, RuleResult> results = run.rules().stream().collect(Collectors.toMap(RuleResult::ruleId, r -> r));
        catalogue.rules().forEach(rule -> rule(rule, results.get(rule.id()), index, rules.addObject()));
        ArrayNode problems = root.putArray("problems");
        run.problems().forEach(problems::add);
        root.put("worst", run.worst().word());
        ObjectNode totals = root.putObject("totals");
        run.counts().forEach((verdict, count) -> totals.put(verdict.word(), count));
        return root;
    }

    private static void scenario(ScenarioResult scenario, ObjectNode node) {
        node.put("id", scenario.caseId());
        node.put("name", scenario.title());
        node.put("feature", scenario.uri() + ":" + scenario.line());
        node.put("area", scenario.caseId().substring(0, scenario.caseId().indexOf('-')));
        ArrayNode rules = node.putArray("rules");
        scenario.rules().forEach(rules::add);
        node.putArray("cases").add(scenario.caseId());
        node.put("verdict", scenario.verdict().word());
        node.put("alternative", scenario.alternative());
        node.put("message", scenario.message());
        node.put("milliseconds", scenario.elapsed().toNanos() / 1e6);
    }

    private static void rule(Rule rule, RuleResult result, CaseIndex index, ObjectNode node) {
        node.put("id", rule.id());
        node.put("area", rule.area());
        node.put("title", rule.title());
        node.put("text", rule.text());
        node.put("who", rule.who().name());
        node.put("source", rule.source());
        node.put("verdict", result == null ? "not-covered" : result.verdict().word());
        node.put("reason", rule.uncovered());
        ArrayNode scenarios = node.putArray("scenarios");
        index.of(rule).forEach(c -> scenarios.add(c.id()));
        node.putNull("fault");
    }
}

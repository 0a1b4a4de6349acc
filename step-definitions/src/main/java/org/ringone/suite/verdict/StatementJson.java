package org.ringone.suite.verdict;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;

/**
 * The conformance statement: the whole catalogue with the verdict of each rule, and every case that was run with its
 * verdict and the reason. Two runs that saw the same give the same bytes but for the field {@code started}.
 */
final class StatementJson {

    /** What the first field says, so that a file is known for what it is. */
    static final String FORMAT = "ringone-statement";

    /** The version of the schema; goes up when a reader of the old one would misunderstand the new. */
    static final int SCHEMA = 1;

    /** The verdict of a rule that no case of the run judges. */
    static final String NOT_COVERED = "not-covered";

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private StatementJson() {}

    static byte[] of(RunResult run, Catalogue catalogue, CaseIndex index) throws java.io.IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("schema", SCHEMA);
        root.put("suite", run.suiteVersion());
        ObjectNode hypervisor = root.putObject("hypervisor");
        hypervisor.put("name", run.hypervisor());
        hypervisor.put("version", run.version());
        hypervisor.put("era", run.profile().era().version());
        hypervisor.put("host", run.profile().host().label());
        hypervisor.put("privilege", run.profile().privilege().label());
        ArrayNode features = hypervisor.putArray("features");
        run.profile().features().stream().sorted().forEach(features::add);
        root.put("selection", run.selection());
        root.put("started", run.started().toString());
        root.put("worst", run.worst().word());
        root.put("successful", run.successful());
        ObjectNode totals = root.putObject("totals");
        run.counts().forEach((verdict, count) -> totals.put(verdict.word(), count));
        ArrayNode problems = root.putArray("problems");
        run.problems().forEach(problem -> problems.add(problem.text()));
        ArrayNode areas = root.putArray("areas");
        catalogue.areas().forEach(area -> areas.addObject().put("id", area.id()).put("title", area.title()));
        ArrayNode rules = root.putArray("rules");
        Map<String, RuleResult> results =
                run.rules().stream().collect(Collectors.toMap(RuleResult::ruleId, Function.identity()));
        catalogue.rules().forEach(rule -> rule(rule, results.get(rule.id()), index, rules.addObject()));
        ArrayNode cases = root.putArray("cases");
        run.scenarios().forEach(scenario -> scenario(scenario, cases.addObject()));
        return MAPPER.writeValueAsBytes(root);
    }

    private static void rule(Rule rule, RuleResult result, CaseIndex index, ObjectNode node) {
        node.put("id", rule.id());
        node.put("area", rule.area());
        node.put("title", rule.title());
        node.put("text", rule.text());
        node.put("who", rule.who().name());
        node.put("source", rule.source());
        node.put("uncovered", rule.uncovered());
        node.put("verdict", result == null ? NOT_COVERED : result.verdict().word());
        ArrayNode cases = node.putArray("cases");
        index.of(rule).forEach(c -> cases.add(c.id()));
    }

    private static void scenario(ScenarioResult scenario, ObjectNode node) {
        node.put("id", scenario.caseId());
        node.put("title", scenario.title());
        node.put("feature", scenario.uri() + ":" + scenario.line());
        ArrayNode rules = node.putArray("rules");
        scenario.rules().forEach(rules::add);
        node.put("verdict", scenario.verdict().word());
        node.put("alternative", scenario.alternative());
        node.put("reason", scenario.message());
        node.put("seen", scenario.seen());
        node.put("step", scenario.step());
    }
}

package org.ringone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringone.cli.compare.Parting;
import org.ringone.reports.Comparison;
import org.ringone.reports.Comparison.CaseDifference;
import org.ringone.reports.Statement;

/** A comparison as JSON: docs/results.md describes it. The same findings give the same bytes. */
final class ComparisonJson {

    private static final String FORMAT = "ringone-comparison";
    private static final int SCHEMA = 1;
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ComparisonJson() {}

    static byte[] of(Comparison comparison, Optional<Map<String, Parting>> partings) throws JsonProcessingException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("schema", SCHEMA);
        judged(root.putObject("a"), comparison.left());
        judged(root.putObject("b"), comparison.right());
        root.put("same", comparison.same());
        root.put("asked", comparison.asked());
        root.put("rulesAlike", comparison.rulesAlike());
        root.put("rulesNotAsked", comparison.rulesNotAsked());
        ArrayNode rules = root.putArray("rules");
        comparison
                .rules()
                .forEach(rule -> rules.addObject()
                        .put("id", rule.id())
                        .put("title", rule.title())
                        .put("a", rule.left())
                        .put("b", rule.right())
                        .put("differing", rule.differing())
                        .put("asked", rule.asked()));
        ArrayNode cases = root.putArray("cases");
        comparison.cases().forEach(one -> difference(cases.addObject(), one, partings));
        values(root.putArray("values"), comparison, partings);
        ArrayNode notAsked = root.putArray("notAsked");
        comparison
                .notAsked()
                .forEach(one -> notAsked.addObject()
                        .put("id", one.id())
                        .put("a", one.left())
                        .put("b", one.right())
                        .put("why", one.why()));
        return MAPPER.writeValueAsBytes(root);
    }

    private static void judged(ObjectNode node, Statement statement) {
        node.put("name", statement.hypervisor().name());
        node.put("version", statement.hypervisor().version());
        node.put("profile", statement.hypervisor().profile());
        node.put("suite", statement.suite());
        node.put("selection", statement.selection());
        node.put("cases", statement.cases().size());
        node.put("worst", statement.worst());
    }

    private static void difference(ObjectNode node, CaseDifference one, Optional<Map<String, Parting>> partings) {
        node.put("id", one.id());
        node.put("title", one.title());
        ArrayNode rules = node.putArray("rules");
        one.rules().forEach(rules::add);
        side(node.putObject("a"), one.left(), one.leftSeen(), one.leftStep());
        side(node.putObject("b"), one.right(), one.rightSeen(), one.rightStep());
        parting(node, partings.map(known -> known.get(one.id())));
    }

    private static void side(ObjectNode node, String verdict, String seen, String step) {
        node.put("verdict", verdict);
        node.put("seen", seen);
        node.put("step", step);
    }

    private static void parting(ObjectNode node, Optional<Parting> found) {
        if (found.isEmpty()) {
            node.putNull("parting");
            return;
        }
        Parting parting = found.get();
        ObjectNode told = node.putObject("parting");
        told.put("stepsBefore", parting.stepsBefore());
        told.put("step", parting.step());
        told.put("answersBefore", parting.exchangesBefore());
        guest(told.putObject("a"), parting.askedLeft(), parting.left(), parting.leftSaid());
        guest(told.putObject("b"), parting.askedRight(), parting.right(), parting.rightSaid());
        ArrayNode numbers = told.putArray("numbers");
        parting.numbers()
                .forEach(number -> numbers.addObject()
                        .put("what", number.what())
                        .put("a", number.left())
                        .put("b", number.right()));
    }

    private static void guest(ObjectNode node, String asked, String answered, List<String> said) {
        node.put("asked", asked);
        node.put("answered", answered);
        ArrayNode lines = node.putArray("said");
        said.forEach(lines::add);
    }

    /** What the guests saw differently in cases that came to the same verdict. */
    private static void values(ArrayNode values, Comparison comparison, Optional<Map<String, Parting>> partings) {
        for (String id : HiddenValues.of(comparison, partings)) {
            ObjectNode node = values.addObject();
            node.put("id", id);
            parting(node, partings.map(known -> known.get(id)));
        }
    }
}

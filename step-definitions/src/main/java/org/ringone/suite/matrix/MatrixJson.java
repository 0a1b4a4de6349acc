package org.ringone.suite.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.ringone.suite.verdict.Verdict;

/** The matrix in a file. The same findings give the same bytes. */
final class MatrixJson {

    private static final String FORMAT = "ringone-matrix";
    private static final int SCHEMA = 1;
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private MatrixJson() {}

    static byte[] of(Matrix matrix) throws JsonProcessingException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("schema", SCHEMA);
        root.put("suite", matrix.suite());
        root.put("selection", matrix.selection());
        ArrayNode excluded = root.putArray("excluded");
        matrix.excluded().forEach(excluded::add);
        ArrayNode defects = root.putArray("defects");
        matrix.findings().forEach(finding -> defect(finding, defects.addObject()));
        return MAPPER.writeValueAsBytes(root);
    }

    private static void defect(Finding finding, ObjectNode node) {
        node.put("rule", finding.rule());
        node.put("who", finding.who().name());
        node.put("wrong", finding.wrong());
        node.put("judged", finding.judged());
        node.put("blocked", finding.blocked());
        node.put("errors", finding.errors());
        words(node.putObject("rules"), finding.rules());
        words(node.putObject("catching"), finding.catching());
    }

    private static void words(ObjectNode node, Map<String, Verdict> verdicts) {
        verdicts.forEach((id, verdict) -> node.put(id, verdict.word()));
    }
}

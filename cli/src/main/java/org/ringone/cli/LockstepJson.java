package org.ringone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ringone.api.Hypervisor;
import org.ringone.properties.Divergence;

/** What a lockstep found, as JSON: docs/results.md describes it. The same findings give the same bytes. */
final class LockstepJson {

    private static final String FORMAT = "ringone-lockstep";
    private static final int SCHEMA = 1;
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private LockstepJson() {}

    static void write(Path file, Hypervisor one, Hypervisor other, List<LockstepFinding> findings) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("schema", SCHEMA);
        hypervisor(root.putObject("a"), one);
        hypervisor(root.putObject("b"), other);
        ArrayNode areas = root.putArray("areas");
        findings.forEach(finding -> finding(areas.addObject(), finding));
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }

    private static void hypervisor(ObjectNode node, Hypervisor hypervisor) {
        node.put("name", hypervisor.name());
        node.put("version", hypervisor.version());
        node.put("profile", hypervisor.profile().toString());
    }

    private static void finding(ObjectNode node, LockstepFinding finding) {
        node.put("area", finding.area());
        node.put("operations", finding.operations());
        node.put("firstSeed", finding.first());
        node.put("lastSeed", finding.last());
        if (finding.divergence().isEmpty()) {
            node.putNull("divergence");
            return;
        }
        Divergence divergence = finding.divergence().get();
        ObjectNode told = node.putObject("divergence");
        told.put("at", divergence.at() + 1);
        told.put("again", divergence.again());
        ArrayNode operations = told.putArray("operations");
        divergence.operations().forEach(operations::add);
        ArrayNode rows = told.putArray("answers");
        for (Divergence.Row row : divergence.rows()) {
            ObjectNode one = rows.addObject();
            one.put("operation", row.what());
            one.put("a", row.left());
            one.put("b", row.right());
            one.put("rules", row.foretold().orElse(null));
        }
        told.put("scenario", divergence.scenario().orElse(null));
    }
}

package org.ringone.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;

/** An audit as JSON: docs/audit.md describes it. The same guest gives the same bytes. */
public final class AuditJson {

    /** What the first field says, so that a file is known for what it is. */
    static final String FORMAT = "ringone-audit";

    /** The version of the schema; goes up when a reader of the old one would misunderstand the new. */
    static final int SCHEMA = 1;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private AuditJson() {}

    public static byte[] of(AuditRecord record, Catalogue catalogue) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("schema", SCHEMA);
        root.put("kernel", record.kernel());
        root.put("sha256", record.sha256());
        root.put("domain", record.domain());
        root.put("exitCode", record.exitCode());
        root.put("ending", record.ending());
        root.put("instructions", record.instructions());
        root.put("nanoseconds", record.time());
        root.put("entries", record.entries());
        ArrayNode rules = root.putArray("rules");
        record.audit().findings().forEach(finding -> rule(rules.addObject(), finding, record, catalogue));
        GuestAudit audit = record.audit();
        ArrayNode hypercalls = root.putArray("hypercalls");
        audit.hypercalls().lines().forEach(line -> {
            ObjectNode call = hypercalls.addObject();
            call.put("name", line.name());
            call.put("operation", !line.whole());
            call.put("direct", line.direct());
            call.put("batched", line.batched());
            counts(call.putObject("errors"), line.errors());
        });
        ObjectNode batches = root.putObject("batches");
        histogram(batches.putObject("multicall"), audit.hypercalls().multicalls());
        histogram(batches.putObject("mmu_update"), audit.hypercalls().mmuUpdates());
        histogram(batches.putObject("mmuext_op"), audit.hypercalls().mmuextOps());
        ObjectNode traps = root.putObject("traps");
        counts(traps.putObject("emulated"), audit.traps().emulated());
        counts(traps.putObject("mended"), audit.traps().mended());
        counts(traps.putObject("ofKernel"), audit.traps().fromKernel());
        counts(traps.putObject("ofUser"), audit.traps().fromUser());
        ArrayNode writes = root.putArray("pageTableWrites");
        audit.tables()
                .lines()
                .forEach((route, line) -> writes.addObject()
                        .put("route", route.words())
                        .put("accepted", line.accepted())
                        .put("refused", line.refused()));
        root.putObject("events")
                .put("raised", audit.events().events())
                .put("merged", audit.events().merged())
                .put("upcalls", audit.events().upcalls())
                .put("late", audit.lateness().late())
                .put("longestNanoseconds", audit.lateness().longest())
                .put("totalNanoseconds", audit.lateness().total())
                .put("sentToNobody", audit.events().toNobody())
                .put("lost", audit.events().lost());
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void rule(ObjectNode node, RuleFinding finding, AuditRecord record, Catalogue catalogue) {
        Rule rule = catalogue.rule(finding.rule()).orElseThrow();
        node.put("id", rule.id());
        node.put("title", rule.title());
        node.put("text", rule.text());
        node.put("verdict", finding.verdict().key());
        node.put("kept", finding.timesKept());
        node.put("broken", finding.timesBroken());
        node.put("observed", finding.seenBy());
        if (finding.first().isEmpty()) {
            node.putNull("first");
            return;
        }
        Occurrence occurrence = finding.first().get();
        ObjectNode first = node.putObject("first");
        first.put("what", occurrence.what());
        first.put("vcpu", occurrence.vcpu());
        first.put("eip", String.format("%08x", occurrence.eip()));
        first.put("symbol", record.symbols().apply(occurrence.eip()));
        first.put("instruction", occurrence.instruction());
        first.put("caller", occurrence.caller() == 0 ? "" : String.format("%08x", occurrence.caller()));
        first.put(
                "callerSymbol", occurrence.caller() == 0 ? "" : record.symbols().apply(occurrence.caller()));
        first.put("nanoseconds", occurrence.time());
        first.put("instructions", occurrence.retired());
        ArrayNode before = first.putArray("before");
        record.before().getOrDefault(finding.rule(), List.of()).forEach(before::add);
    }

    private static void histogram(ObjectNode node, Histogram histogram) {
        node.put("number", histogram.number());
        node.put("elements", histogram.sum());
        node.put("largest", histogram.largest());
        ObjectNode sizes = node.putObject("sizes");
        histogram.counts().forEach((top, count) -> sizes.put(Histogram.words(top), count));
    }

    private static void counts(ObjectNode node, Map<String, Long> counts) {
        counts.forEach(node::put);
    }
}

package org.ringone.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a guest did, as a page: which rules for guests it kept and broke, and what was counted. */
public final class AuditPage {

    private static final String FORMAT = "ringone-audit";
    private static final int SCHEMA = 1;
    private static final List<String> VERDICTS = List.of("broken", "kept", "not-exercised", "not-observable");

    private final JsonDocument audit;

    private AuditPage(JsonDocument audit) {
        this.audit = audit;
    }

    /**
     * Writes the page.
     *
     * @param json what {@code ringone audit --json} wrote
     * @param output the folder to write to; made when absent
     * @return the page
     * @throws ReportException when the file is absent or is no audit; the message says what is wrong with it
     */
    public static Path write(Path json, Path output) throws ReportException {
        Path page = output.resolve("audit.html");
        of(json).page().write("audit.html", page);
        return page;
    }

    static AuditPage of(Path json) throws ReportException {
        return new AuditPage(JsonDocument.read(json, "audit", FORMAT, SCHEMA));
    }

    String html() throws ReportException, IOException {
        return page().in("audit.html");
    }

    private Html page() throws ReportException {
        Html html = new Html();
        html.markup("<div class=cards>");
        verdicts(html);
        guest(html);
        events(html);
        html.markup("</div>");
        rules(html);
        hypercalls(html);
        html.markup("<h2>Batches</h2><div class=cards>");
        histogram(html, "multicall", "entries of multicalls");
        histogram(html, "mmu_update", "elements of mmu_updates");
        histogram(html, "mmuext_op", "elements of mmuext_ops");
        html.markup("</div><h2>Without a hypercall</h2><div class=cards>");
        JsonDocument traps = audit.object("traps");
        counts(html, "Instructions carried out by the hypervisor", traps.counts("emulated"));
        counts(html, "Faults mended by the hypervisor", traps.counts("mended"));
        counts(html, "Exceptions of the kernel, fixed up by itself", traps.counts("ofKernel"));
        counts(html, "Exceptions of user code", traps.counts("ofUser"));
        html.markup("</div>");
        tableWrites(html);
        return html;
    }

    private void verdicts(Html html) throws ReportException {
        html.markup("<section class=card><h2>Rules for guests</h2><div class=bar>");
        List<JsonDocument> rules = audit.objects("rules");
        StringBuilder tally = new StringBuilder();
        for (String verdict : VERDICTS) {
            long count = 0;
            for (JsonDocument rule : rules) {
                count += rule.word("verdict", Set.copyOf(VERDICTS)).equals(verdict) ? 1 : 0;
            }
            if (count > 0) {
                html.markup("<i class='" + verdict + "' style='flex:" + count + "' title='" + count + " "
                        + verdict.replace('-', ' ') + "'></i>");
                tally.append("<span><b>")
                        .append(count)
                        .append("</b> <span class='pill ")
                        .append(verdict)
                        .append("'>");
                tally.append(verdict.replace('-', ' ')).append("</span></span>");
            }
        }
        html.markup("</div><p class=tally>").markup(tally.toString()).markup("</p></section>");
    }

    private void guest(Html html) throws ReportException {
        html.markup("<section class=card><h2>")
                .text(audit.text("kernel"))
                .markup("</h2><p>")
                .text(audit.text("domain"))
                .markup("</p><p>")
                .text(audit.text("ending"))
                .markup("</p><p class=quiet>")
                .text(String.format(
                        Locale.ROOT,
                        "%,d instructions, %.3f s of its time, %,d entries into the hypervisor",
                        audit.count("instructions"),
                        audit.count("nanoseconds") / 1e9,
                        audit.count("entries")))
                .markup("</p><p class='quiet sha'>SHA-256 ")
                .text(audit.text("sha256"))
                .markup("</p></section>");
    }

    private void events(Html html) throws ReportException {
        JsonDocument events = audit.object("events");
        html.markup("<section class=card><h2>Events</h2><table class=dense><tbody>");
        row(html, "raised on the guest's ports", events.count("raised"));
        row(html, "of these while pending already", events.count("merged"));
        row(html, "upcalls", events.count("upcalls"));
        row(html, "late: pending, unmasked, not looked for", events.count("late"));
        if (events.count("late") > 0) {
            row(html, "longest wait of these, ns", events.count("longestNanoseconds"));
        }
        row(html, "sent to nobody", events.count("sentToNobody"));
        row(html, "pending and not masked in the end", events.count("lost"));
        html.markup("</tbody></table></section>");
    }

    private void rules(Html html) throws ReportException {
        html.markup("<h2>By rule</h2><table><thead><tr><th>Rule<th class=v>Verdict<th class=n>kept<th class=n>broken")
                .markup("<th>What was looked at, and what was seen</thead><tbody>");
        for (JsonDocument rule : audit.objects("rules")) {
            html.markup("<tr class=rule id='")
                    .text(rule.text("id"))
                    .markup("'><td class=id>")
                    .text(rule.text("id"))
                    .markup("<td class=v>")
                    .pill(rule.text("verdict"))
                    .markup("<td class=n>")
                    .text(number(rule.count("kept")))
                    .markup("<td class=n>")
                    .text(number(rule.count("broken")))
                    .markup("<td class=what><b>")
                    .text(rule.text("title"))
                    .markup("</b><p>")
                    .text(rule.text("text"))
                    .markup("</p><p class=reason>")
                    .text((rule.text("verdict").equals("not-observable") ? "Not observable: " : "Looked at: ")
                            + rule.text("observed"))
                    .markup("</p>");
            if (rule.text("verdict").equals("broken")) {
                breach(html, rule.object("first"));
            }
        }
        html.markup("</tbody></table>");
    }

    private static void breach(Html html, JsonDocument first) throws ReportException {
        html.markup("<p class=problem>It ")
                .text(first.text("what"))
                .markup(".</p><p>First at <code>")
                .text(first.text("eip") + " " + first.text("symbol"))
                .markup("</code>: <code>")
                .text(first.text("instruction"))
                .markup("</code>");
        if (!first.text("caller").isEmpty()) {
            html.markup(", called from <code>")
                    .text(first.text("caller") + " " + first.text("callerSymbol"))
                    .markup("</code>");
        }
        html.text(String.format(
                        Locale.ROOT,
                        "; %s, after %,d instructions, %.6f s of its time.",
                        first.text("vcpu"),
                        first.count("instructions"),
                        first.count("nanoseconds") / 1e9))
                .markup("</p><details open><summary>The instructions before it</summary><pre>")
                .text(String.join("\n", first.texts("before")))
                .markup("</pre></details>");
    }

    private void hypercalls(Html html) throws ReportException {
        html.markup("<h2>Hypercalls</h2><table class='dense narrow'><thead><tr><th>Hypercall<th class=n>direct")
                .markup("<th class=n>in multicalls<th>errors</thead><tbody>");
        for (JsonDocument call : audit.objects("hypercalls")) {
            boolean operation = call.flag("operation");
            String name = call.text("name");
            html.markup(operation ? "<tr><td class=operation>" : "<tr><td><b>")
                    .text(operation ? name.substring(name.indexOf('.') + 1) : name)
                    .markup(operation ? "" : "</b>")
                    .markup("<td class=n>")
                    .text(number(call.count("direct")))
                    .markup("<td class=n>")
                    .text(number(call.count("batched")))
                    .markup("<td>");
            for (Map.Entry<String, Long> error : call.counts("errors").entrySet()) {
                html.markup("<span class=error>")
                        .text(error.getKey() + " × " + number(error.getValue()))
                        .markup("</span> ");
            }
        }
        html.markup("</tbody></table>");
    }

    private void histogram(Html html, String field, String what) throws ReportException {
        JsonDocument histogram = audit.object("batches").object(field);
        html.markup("<section class=card><h2>")
                .text(field)
                .markup("</h2><p class=quiet>")
                .text(String.format(
                        Locale.ROOT,
                        "%,d %s in %,d, at most %,d",
                        histogram.count("elements"),
                        what,
                        histogram.count("number"),
                        histogram.count("largest")))
                .markup("</p>");
        bars(html, histogram.counts("sizes"));
        html.markup("</section>");
    }

    private static void counts(Html html, String title, Map<String, Long> counts) {
        html.markup("<section class=card><h2>").text(title).markup("</h2>");
        if (counts.isEmpty()) {
            html.markup("<p class=quiet>none</p>");
        }
        bars(html, counts);
        html.markup("</section>");
    }

    private static void bars(Html html, Map<String, Long> counts) {
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        html.markup("<table class='dense bars'><tbody>");
        counts.forEach((name, count) -> html.markup("<tr><td>")
                .text(name)
                .markup("<td class=n>")
                .text(number(count))
                .markup("<td class=drawn><i style='width:" + Math.max(1, 100 * count / Math.max(1, most)) + "%'></i>"));
        html.markup("</tbody></table>");
    }

    private void tableWrites(Html html) throws ReportException {
        html.markup("<h2>Entries of page tables in use</h2><table class='dense narrow'><thead><tr><th>Route")
                .markup("<th class=n>written<th class=n>refused</thead><tbody>");
        for (JsonDocument line : audit.objects("pageTableWrites")) {
            html.markup("<tr><td>")
                    .text(line.text("route"))
                    .markup("<td class=n>")
                    .text(number(line.count("accepted")))
                    .markup("<td class=n>")
                    .text(number(line.count("refused")));
        }
        html.markup(
                        "</tbody></table><p class=quiet>Tables that are not in use are the guest's to write; of that nobody")
                .markup(" hears.</p>");
    }

    private static void row(Html html, String what, long count) {
        html.markup("<tr><td>").text(what).markup("<td class=n>").text(number(count));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}

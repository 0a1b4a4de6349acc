package org.ringone.reports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The catalogue as a page: every rule with its text, its source, its scenarios and its verdict under each hypervisor that
 * was run. Each rule has an anchor that is its id, so that a report can link to it.
 */
public final class RulesPage {

    private final List<Statement> runs;
    private final MatrixRecord matrix;

    /**
     * @param records at least one statement; the first one's catalogue is shown
     */
    public RulesPage(Records records) {
        if (records.statements().isEmpty()) {
            throw new IllegalArgumentException("the page of rules needs the record of a run");
        }
        this.runs = records.statements();
        this.matrix = records.matrix().orElse(new MatrixRecord("", MatrixRecord.OWN_RULES, List.of(), List.of()));
    }

    /** Writes the page, replacing what was there. */
    public void write(Path file) throws ReportException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, html(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ReportException("The page of rules could not be written to " + file + ": " + e.getMessage(), e);
        }
    }

    String html() throws IOException {
        StringBuilder body = new StringBuilder();
        for (Statement run : runs) {
            summary(body, run);
        }
        Map<String, List<Statement.Rule>> areas = runs.get(0).rules().stream()
                .collect(Collectors.groupingBy(Statement.Rule::area, LinkedHashMap::new, Collectors.toList()));
        areas.forEach((area, rules) -> area(body, area, rules));
        return template().replace("<!-- BODY -->", body);
    }

    private static void summary(StringBuilder body, Statement run) {
        Statement.Judged judged = run.hypervisor();
        long covered =
                run.rules().stream().filter(rule -> !rule.cases().isEmpty()).count();
        body.append("<section class=run><h2>")
                .append(text(judged.name()))
                .append(" <small>")
                .append(text(judged.version()))
                .append("</small></h2><p>Xen ")
                .append(text(judged.era()))
                .append(", ")
                .append(text(judged.host()))
                .append(" host, ")
                .append(text(judged.privilege()))
                .append("</p><p class=tally>");
        run.totals().entrySet().stream()
                .filter(total -> total.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(total -> body.append(pill(total.getKey()))
                        .append(" <b>")
                        .append(total.getValue())
                        .append("</b> "));
        body.append("</p><p>")
                .append(covered)
                .append(" of ")
                .append(run.rules().size())
                .append(" rules have scenarios.</p></section>");
    }

    private void area(StringBuilder body, String area, List<Statement.Rule> rules) {
        body.append("<h2 id='area-")
                .append(text(area))
                .append("'>")
                .append(text(area))
                .append("</h2><table><thead><tr><th>Rule<th>What must hold");
        for (Statement run : runs) {
            body.append("<th>").append(text(run.hypervisor().name()));
        }
        body.append("</thead><tbody>");
        for (Statement.Rule rule : rules) {
            row(body, rule);
        }
        body.append("</tbody></table>");
    }

    private void row(StringBuilder body, Statement.Rule rule) {
        body.append("<tr id='")
                .append(text(rule.id()))
                .append("'><td><a href='#")
                .append(text(rule.id()))
                .append("'>")
                .append(text(rule.id()))
                .append("</a><br><small>")
                .append("G".equals(rule.who()) ? "guest" : "hypervisor")
                .append("</small><td><b>")
                .append(text(rule.title()))
                .append("</b><p>")
                .append(text(rule.text()))
                .append("</p><small>Source: ")
                .append(text(rule.source()))
                .append(matrix.of(rule.id()).stream()
                        .map(d -> " &middot; " + text(d.sentence()))
                        .collect(Collectors.joining()))
                .append("</small>");
        scenarios(body, rule);
        for (Statement run : runs) {
            body.append("<td>").append(pill(run.verdictOf(rule.id())));
        }
        body.append("</tr>");
    }

    private void scenarios(StringBuilder body, Statement.Rule rule) {
        if (rule.cases().isEmpty()) {
            body.append("<p class=reason>")
                    .append(text(rule.uncovered() == null ? "No scenario, and no reason given." : rule.uncovered()))
                    .append("</p>");
            return;
        }
        List<Statement.Case> own = runs.get(0).cases().stream()
                .filter(scenario -> scenario.rules().contains(rule.id()))
                .toList();
        body.append("<details><summary>")
                .append(rule.cases().size())
                .append(rule.cases().size() == 1 ? " scenario" : " scenarios")
                .append("</summary><ul>");
        for (Statement.Case scenario : own) {
            body.append("<li>")
                    .append(pill(scenario.verdict()))
                    .append(' ')
                    .append(text(scenario.title()))
                    .append(" <small>")
                    .append(text(scenario.id()))
                    .append("</small>");
        }
        body.append("</ul></details>");
    }

    private static String pill(String verdict) {
        String name = verdict == null ? Statement.NOT_COVERED : verdict;
        return "<span class='pill " + text(name) + "'>" + text(name.replace('-', ' ')) + "</span>";
    }

    private static String text(String raw) {
        if (raw == null) {
            return "";
        }
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }

    private static String template() throws IOException {
        try (var in = RulesPage.class.getResourceAsStream("rules.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package org.ringone.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The catalogue as a page: every rule with its text, its source, its cases, its verdict under each hypervisor that was run,
 * and what shows that its cases can fail. Each rule has an anchor that is its id, so that a report can link to it.
 */
final class RulesPage {

    private static final int MOST_SEEN = 400;

    private final List<Statement> runs;
    private final Optional<MatrixRecord> matrix;
    private final Optional<Mutants> mutants;
    private final ScenarioLinks links;

    /**
     * @param records at least one statement; the first one's catalogue is shown
     * @param links where each case stands in the full report
     */
    RulesPage(Records records, ScenarioLinks links) {
        if (records.statements().isEmpty()) {
            throw new IllegalArgumentException("the page of rules needs the statement of a run");
        }
        this.runs = records.statements();
        this.matrix = records.matrix();
        this.mutants = records.mutants();
        this.links = links;
    }

    void write(Path file) throws ReportException {
        page().write("rules.html", file);
    }

    String html() throws IOException {
        return page().in("rules.html");
    }

    private Html page() {
        Html html = new Html();
        Statement first = runs.get(0);
        html.markup("<div class=cards>");
        runs.forEach(run -> card(html, run));
        proofs(html, first);
        html.markup("</div>");
        tools(html, first);
        first.areas().forEach(area -> area(html, area, first.rulesOf(area)));
        return html;
    }

    /** What was judged and how it came out, in one glance. */
    private static void card(Html html, Statement run) {
        Statement.Judged judged = run.hypervisor();
        html.markup("<section class=card><h2>")
                .text(judged.name())
                .markup(" <small>")
                .text(judged.version())
                .markup("</small></h2><p>")
                .text(judged.profile())
                .markup("</p>");
        int all = run.cases().size();
        html.markup("<div class=bar>");
        for (String verdict : Statement.VERDICTS) {
            int count = run.totals().getOrDefault(verdict, 0);
            if (count > 0) {
                html.markup("<i class='")
                        .text(verdict)
                        .markup("' style='flex:")
                        .text(count)
                        .markup("' title='")
                        .text(count + " " + verdict.replace('-', ' '))
                        .markup("'></i>");
            }
        }
        html.markup("</div><p class=tally>");
        for (String verdict : Statement.VERDICTS) {
            int count = run.totals().getOrDefault(verdict, 0);
            if (count > 0) {
                html.markup("<span><b>")
                        .text(count)
                        .markup("</b> ")
                        .pill(verdict)
                        .markup("</span>");
            }
        }
        html.markup("</p><p class=quiet>").text(all).markup(all == 1 ? " case" : " cases");
        if (!run.selection().isEmpty()) {
            html.text(", selected by " + run.selection());
        }
        html.markup("; suite ").text(run.suite()).markup("</p>");
        for (String problem : run.problems()) {
            html.markup("<p class=problem>").text(problem).markup("</p>");
        }
        html.markup("</section>");
    }

    /** How much of the catalogue is judged, and for how much of that it is shown that the cases can fail. */
    private void proofs(Html html, Statement first) {
        long covered = first.rules().stream().filter(r -> !r.cases().isEmpty()).count();
        html.markup("<section class=card><h2>The catalogue</h2><p><b>")
                .text(covered)
                .markup("</b> of ")
                .text(first.rules().size())
                .markup(" rules have cases.</p>");
        matrix.ifPresent(record -> {
            long caught = record.defects().stream()
                    .filter(MatrixRecord.Defect::caughtByItsOwn)
                    .count();
            html.markup("<p><b>")
                    .text(caught)
                    .markup("</b> of ")
                    .text(record.defects().size())
                    .markup(
                            " injected faults and wrong guests are caught by the cases of the rule that they break.</p>");
            if (record.full()) {
                html.markup("<p><a href='matrix.html'>The matrix</a> shows which rules catch which.</p>");
            }
        });
        mutants.ifPresent(
                pit -> html.markup("<p><a href='mutation.html'>Mutants</a> of the reference's validating classes: <b>")
                        .text(pit.killed())
                        .markup("</b> of ")
                        .text(pit.mutants().size())
                        .markup(" are noticed by its own tests.</p>"));
        if (!links.isEmpty()) {
            html.markup(
                    "<p><a href='index.html'>The full report</a> has every case with its steps and its transcript.</p>");
        }
        html.markup("</section>");
    }

    private void tools(Html html, Statement first) {
        Set<String> verdicts = new LinkedHashSet<>();
        for (String verdict : Statement.VERDICTS) {
            runs.stream()
                    .flatMap(run -> run.rules().stream())
                    .filter(rule -> rule.verdict().equals(verdict))
                    .forEach(rule -> verdicts.add(verdict));
        }
        verdicts.add(Statement.NOT_COVERED);
        html.markup("<nav class=tools><span class=areas>");
        for (Statement.Area area : first.areas()) {
            html.markup("<a href='#area-")
                    .text(area.id())
                    .markup("' title='")
                    .text(area.title())
                    .markup("'>")
                    .text(area.id())
                    .markup("</a>");
        }
        html.markup("</span><input id=search type=search placeholder='Find a word' aria-label='Find a word'>")
                .markup("<select id=verdict aria-label='Verdict'><option value=''>any verdict</option>");
        for (String verdict : verdicts) {
            html.markup("<option value='")
                    .text(verdict)
                    .markup("'>")
                    .text(verdict.replace('-', ' '))
                    .markup("</option>");
        }
        html.markup("</select>");
        if (runs.size() > 1) {
            html.markup("<label><input id=differ type=checkbox> where they differ</label>");
        }
        html.markup("<span id=shown class=quiet></span></nav>");
    }

    private void area(Html html, Statement.Area area, List<Statement.Rule> rules) {
        html.markup("<section class=area><h2 id='area-")
                .text(area.id())
                .markup("'>")
                .text(area.id())
                .markup(" <small>")
                .text(area.title())
                .markup("</small></h2><table><thead><tr><th>Rule<th>What must hold<th>What its cases catch");
        for (Statement run : runs) {
            html.markup("<th class=v>").text(run.hypervisor().name());
        }
        html.markup("</thead><tbody>");
        rules.forEach(rule -> row(html, rule));
        html.markup("</tbody></table></section>");
    }

    private void row(Html html, Statement.Rule rule) {
        List<String> verdicts =
                runs.stream().map(run -> run.verdictOf(rule.id())).toList();
        html.markup("<tr class=rule id='")
                .text(rule.id())
                .markup("' data-verdicts='")
                .text(String.join(" ", verdicts))
                .markup("'><td class=id><a href='#")
                .text(rule.id())
                .markup("'>")
                .text(rule.id())
                .markup("</a><small>")
                .markup("G".equals(rule.who()) ? "guest" : "hypervisor")
                .markup("</small><td class=what><b>")
                .text(rule.title())
                .markup("</b><p>")
                .text(rule.text())
                .markup("</p><small>Source: ")
                .text(rule.source())
                .markup("</small>");
        if (rule.cases().isEmpty()) {
            html.markup("<p class=reason>")
                    .text("No case: " + (rule.uncovered() == null ? "no reason is given." : rule.uncovered()))
                    .markup("</p>");
        } else {
            cases(html, rule);
        }
        html.markup("<td class=proof>");
        defects(html, rule);
        for (String verdict : verdicts) {
            html.markup("<td class=v>");
            if (verdict.equals(Statement.NOT_COVERED) && !rule.cases().isEmpty()) {
                html.markup("<span class='pill not-covered'>not run</span>");
            } else {
                html.pill(verdict);
            }
        }
        html.markup("</tr>");
    }

    private void defects(Html html, Statement.Rule rule) {
        List<MatrixRecord.Defect> own = matrix.map(m -> m.of(rule.id())).orElse(List.of());
        if (own.isEmpty()) {
            html.markup("<span class=quiet>")
                    .markup(rule.cases().isEmpty() ? "&ndash;" : matrix.isEmpty() ? "not tried" : "nothing")
                    .markup("</span>");
            return;
        }
        html.markup("<ul>");
        for (MatrixRecord.Defect defect : own) {
            long cases = defect.catching().keySet().stream()
                    .filter(rule.cases()::contains)
                    .count();
            html.markup(defect.caughtByItsOwn() ? "<li class=caught>" : "<li class=missed>")
                    .text(defect.sentence())
                    .markup(" <small>")
                    .text(defect.caughtByItsOwn() ? cases + (cases == 1 ? " case" : " cases") : "not caught")
                    .markup("</small>");
        }
        html.markup("</ul>");
    }

    private void cases(Html html, Statement.Rule rule) {
        html.markup("<details><summary>")
                .text(rule.cases().size())
                .markup(rule.cases().size() == 1 ? " case" : " cases")
                .markup("</summary><ul class=cases>");
        for (String id : rule.cases()) {
            List<Optional<Statement.Case>> found =
                    runs.stream().map(run -> run.caseOf(id)).toList();
            String title = found.stream()
                    .flatMap(Optional::stream)
                    .map(Statement.Case::title)
                    .findFirst()
                    .orElse("not run");
            html.markup("<li><span class=spots>");
            for (int i = 0; i < runs.size(); i++) {
                spot(html, runs.get(i).hypervisor().name(), id, found.get(i));
            }
            html.markup("</span> <code>").text(id).markup("</code> ").text(title);
            for (int i = 0; i < runs.size(); i++) {
                String name = runs.size() == 1 ? "" : runs.get(i).hypervisor().name() + ": ";
                found.get(i).ifPresent(one -> finding(html, name, one));
            }
        }
        html.markup("</ul></details>");
    }

    private void spot(Html html, String hypervisor, String id, Optional<Statement.Case> found) {
        String verdict = found.map(Statement.Case::verdict).orElse(Statement.NOT_COVERED);
        Optional<String> link = links.of(hypervisor, id);
        link.ifPresent(to -> html.markup("<a href='").text(to).markup("'>"));
        html.spot(verdict, hypervisor);
        link.ifPresent(to -> html.markup("</a>"));
    }

    /** What was seen where a case does not conform. */
    private static void finding(Html html, String name, Statement.Case one) {
        if (one.reason().isEmpty() || one.verdict().equals("not-applicable")) {
            return;
        }
        String seen = one.seen().isEmpty() ? one.reason() : one.seen();
        String cut = seen.length() > MOST_SEEN ? seen.substring(0, MOST_SEEN) + "..." : seen;
        html.markup("<br><small>")
                .text(name + one.verdict().replace('-', ' ') + ": ")
                .markup("<span class=seen>")
                .text(cut)
                .markup("</span></small>");
    }
}

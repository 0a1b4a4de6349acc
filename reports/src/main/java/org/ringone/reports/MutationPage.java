package org.ringone.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How good the tests of the validating classes are: the score by class, and each mutant that survives with the reason. */
final class MutationPage {

    private final Mutants mutants;

    MutationPage(Mutants mutants) {
        this.mutants = mutants;
    }

    void write(Path file) throws ReportException {
        page().write("mutation.html", file);
    }

    String html() throws IOException {
        return page().in("mutation.html");
    }

    private Html page() {
        Html html = new Html();
        int all = mutants.mutants().size();
        html.markup("<p><b>")
                .text(mutants.killed())
                .markup("</b> of <b>")
                .text(all)
                .markup("</b> mutants are noticed by a test (")
                .text(all == 0 ? "-" : Math.round(100.0 * mutants.killed() / all) + " %")
                .markup("). Each one that survives is explained below, or is a test that is missing.</p>");
        for (String problem : mutants.problems()) {
            html.markup("<p class=problem>").text(problem).markup("</p>");
        }
        classes(html);
        survivors(html);
        return html;
    }

    private void classes(Html html) {
        Map<String, long[]> classes = new TreeMap<>();
        for (Mutants.Mutant mutant : mutants.mutants()) {
            long[] counts = classes.computeIfAbsent(mutant.change().type(), c -> new long[2]);
            counts[0]++;
            counts[1] += mutant.killed() ? 1 : 0;
        }
        html.markup(
                        "<h2>By class</h2><table class=narrow><thead><tr><th>Class<th class=n>mutants<th class=n>killed<th class=n>score")
                .markup("</thead><tbody>");
        classes.forEach((name, counts) -> html.markup("<tr><td>")
                .text(name)
                .markup("<td class=n>")
                .text(counts[0])
                .markup("<td class=n>")
                .text(counts[1])
                .markup("<td class=n>")
                .text(100 * counts[1] / counts[0] + " %"));
        html.markup("</tbody></table>");
    }

    private void survivors(Html html) {
        html.markup("<h2>Survivors</h2><table><thead><tr><th>Where<th>What was changed<th>Lines<th>Why no test notices")
                .markup("</thead><tbody>");
        mutants.survivors().forEach((change, alive) -> {
            Mutants.Reason reason = mutants.reasons().get(change);
            html.markup("<tr><td>")
                    .text(change.type() + "." + change.method())
                    .markup("<td>")
                    .text(alive.get(0).description())
                    .markup("<td>")
                    .text(String.join(
                            ", ",
                            alive.stream().map(m -> String.valueOf(m.line())).toList()))
                    .markup(reason == null ? "<td class=bad>not explained" : "<td>")
                    .text(reason == null ? "" : reason.why());
        });
        html.markup("</tbody></table>");
    }
}

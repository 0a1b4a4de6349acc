package org.ringone.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The matrix as a page: a picture of rule by defect, how sharp each rule is, and what caught each defect. */
final class MatrixPage {

    private static final int CELL = 9;
    private static final int LEFT = 64;
    private static final int TOP = 58;

    /** Room for the name of the last area, which may be wider than its columns. */
    private static final int RIGHT = 30;

    private static final int MOST_CASES = 12;

    private final Statement catalogue;
    private final MatrixRecord matrix;
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    /**
     * @param catalogue any statement: the rules in their order
     * @param matrix what the suite made of each defect
     */
    MatrixPage(Statement catalogue, MatrixRecord matrix) {
        this.catalogue = catalogue;
        this.matrix = matrix;
        catalogue.rules().stream()
                .filter(rule -> !rule.cases().isEmpty())
                .forEach(rule -> columns.put(rule.id(), columns.size()));
    }

    void write(Path file) throws ReportException {
        page().write("matrix.html", file);
    }

    String html() throws IOException {
        return page().in("matrix.html");
    }

    private Html page() {
        Html html = new Html();
        summary(html);
        picture(html);
        sharpness(html);
        defects(html);
        return html;
    }

    private List<MatrixRecord.Defect> caught() {
        return matrix.defects().stream().filter(d -> !d.rules().isEmpty()).toList();
    }

    private void summary(Html html) {
        List<MatrixRecord.Defect> all = matrix.defects();
        long own = all.stream().filter(MatrixRecord.Defect::caughtByItsOwn).count();
        long sole = all.stream().filter(d -> d.rules().size() == 1).count();
        long missed = all.size() - caught().size();
        html.markup("<p>").text(all.size()).markup(" injected faults and wrong guests, each against ");
        html.text(matrix.selection().isEmpty() ? "every case" : "the cases selected by " + matrix.selection())
                .markup(". <b>")
                .text(own)
                .markup("</b> are caught by the cases of the rule that they break, <b>")
                .text(sole)
                .markup("</b> by one rule alone, <b>")
                .text(missed)
                .markup("</b> by nobody. Suite ")
                .text(matrix.suite())
                .markup(".</p>");
        if (!matrix.excluded().isEmpty()) {
            html.markup("<p>Not counted, because they do not conform without any fault either: ")
                    .text(String.join(", ", matrix.excluded()))
                    .markup("</p>");
        }
    }

    /** One row a defect, one column a rule that has cases; a square where the one is caught by the other. */
    private void picture(Html html) {
        int width = LEFT + columns.size() * CELL + RIGHT;
        int height = TOP + matrix.defects().size() * CELL + 2;
        html.markup(
                        "<h2>Who catches what</h2><p class=quiet>Down: what is wrong, by the rule that it breaks. Across: the")
                .markup(" rules whose cases catch it. <span class='key own'></span> its own rule")
                .markup(" <span class='key other'></span> another <span class='key missed'></span> its own rule")
                .markup(" misses it. Point at a square to read it.</p>")
                .markup("<div class=picture><svg viewBox='0 0 ")
                .text(width + " " + height)
                .markup("' width=")
                .text(width)
                .markup(" height=")
                .text(height)
                .markup(">");
        bands(html, height);
        int y = TOP;
        String before = "";
        for (MatrixRecord.Defect defect : matrix.defects()) {
            if (!defect.rule().equals(before)) {
                html.markup("<text x=" + (LEFT - 6) + " y=" + (y + CELL - 1) + " text-anchor=end>")
                        .text(defect.rule())
                        .markup("</text>");
                before = defect.rule();
            }
            row(html, defect, y);
            y += CELL;
        }
        html.markup("</svg></div>");
    }

    private void bands(Html html, int height) {
        boolean shaded = false;
        for (Statement.Area area : catalogue.areas()) {
            List<Integer> own = catalogue.rulesOf(area).stream()
                    .map(rule -> columns.get(rule.id()))
                    .filter(java.util.Objects::nonNull)
                    .toList();
            if (own.isEmpty()) {
                continue;
            }
            int x = LEFT + own.get(0) * CELL;
            html.markup("<rect class='" + (shaded ? "band shaded" : "band") + "' x=" + x + " y=0 width="
                            + own.size() * CELL + " height=" + height + "></rect><text x=" + (x + 3)
                            + " y=10 class=name>")
                    .text(area.id())
                    .markup("</text>");
            shaded = !shaded;
        }
        columns.forEach((rule, column) -> html.markup("<text class=column transform='translate("
                        + (LEFT + column * CELL + CELL - 2) + " " + (TOP - 4) + ") rotate(-90)'>")
                .text(rule.substring(rule.indexOf('-') + 1))
                .markup("</text>"));
    }

    private void row(Html html, MatrixRecord.Defect defect, int y) {
        columns.forEach((rule, column) -> {
            boolean own = rule.equals(defect.rule());
            String verdict = defect.rules().get(rule);
            if (verdict != null || own) {
                html.markup("<rect class='"
                                + (verdict == null ? "missed" : own ? "own" : "other")
                                + "' x=" + (LEFT + column * CELL) + " y=" + y + " width=" + (CELL - 1) + " height="
                                + (CELL - 1) + "><title>")
                        .text(rule + (verdict == null ? " misses " : " catches ") + defect.sentence() + " ("
                                + defect.rule() + ")")
                        .markup("</title></rect>");
            }
        });
    }

    private void sharpness(Html html) {
        html.markup(
                        "<h2>How sharp each rule is</h2><p class=quiet>A rule is sharp when its cases fail for what breaks the")
                .markup(" rule and for little else, and needed when it alone catches something.</p>")
                .markup("<table class=dense><thead><tr><th>Rule<th>Title<th class=n>its own caught<th class=n>others")
                .markup(
                        " caught<th class=n>sharpness<th class=n>caught by it alone<th class=n>cases that caught its own")
                .markup("</thead><tbody>");
        for (Statement.Rule rule : catalogue.rules()) {
            if (columns.containsKey(rule.id())) {
                sharpness(html, rule);
            }
        }
        html.markup("</tbody></table>");
    }

    private void sharpness(Html html, Statement.Rule rule) {
        List<MatrixRecord.Defect> own = matrix.of(rule.id());
        long ownCaught =
                own.stream().filter(MatrixRecord.Defect::caughtByItsOwn).count();
        long all = matrix.defects().stream()
                .filter(d -> d.rules().containsKey(rule.id()))
                .count();
        long alone = matrix.defects().stream()
                .filter(d -> d.rules().keySet().equals(Set.of(rule.id())))
                .count();
        long catching = rule.cases().stream()
                .filter(id -> own.stream().anyMatch(d -> d.catching().containsKey(id)))
                .count();
        html.markup("<tr><td class=id><a href='rules.html#")
                .text(rule.id())
                .markup("'>")
                .text(rule.id())
                .markup("</a><td>")
                .text(rule.title())
                .markup(ownCaught < own.size() ? "<td class='n bad'>" : "<td class=n>")
                .text(own.isEmpty() ? "-" : ownCaught + " of " + own.size())
                .markup("<td class=n>")
                .text(all - ownCaught)
                .markup("<td class=n>")
                .text(all == 0 ? "-" : Math.round(100.0 * ownCaught / all) + " %")
                .markup("<td class=n>")
                .text(alone)
                .markup("<td class=n>")
                .text(own.isEmpty() ? "-" : catching + " of " + rule.cases().size());
    }

    private void defects(Html html) {
        html.markup(
                        "<h2>What is wrong, and what caught it</h2><table class=dense><thead><tr><th>Breaks<th>A hypervisor or a guest")
                .markup(" that...<th>cases of its own rule<th>other rules<th class=n>blocked</thead><tbody>");
        List<MatrixRecord.Defect> missedFirst = matrix.defects().stream()
                .sorted(Comparator.comparing(MatrixRecord.Defect::caughtByItsOwn))
                .toList();
        for (MatrixRecord.Defect defect : missedFirst) {
            defect(html, defect);
        }
        html.markup("</tbody></table>");
    }

    private void defect(Html html, MatrixRecord.Defect defect) {
        List<String> cases = catalogue.rules().stream()
                .filter(rule -> rule.id().equals(defect.rule()))
                .flatMap(rule -> rule.cases().stream())
                .filter(defect.catching()::containsKey)
                .toList();
        List<String> others = defect.rules().keySet().stream()
                .filter(rule -> !rule.equals(defect.rule()))
                .toList();
        html.markup("<tr><td class=id><a href='rules.html#")
                .text(defect.rule())
                .markup("'>")
                .text(defect.rule())
                .markup("</a><td>")
                .text(("G".equals(defect.who()) ? "(guest) " : "") + defect.wrong())
                .markup(defect.caughtByItsOwn() ? "<td>" : "<td class=bad>none")
                .text(String.join(" ", cases.subList(0, Math.min(MOST_CASES, cases.size()))))
                .text(cases.size() > MOST_CASES ? " and " + (cases.size() - MOST_CASES) + " more" : "")
                .markup("<td>")
                .text(String.join(" ", others))
                .markup("<td class=n>")
                .text(defect.blocked());
    }
}

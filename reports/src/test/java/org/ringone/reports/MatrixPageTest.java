package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixPageTest {

    private static final String GOOD = """
            {"format": "ringone-matrix", "schema": 1, "suite": "0.1", "selection": "", "excluded": ["PT-09.a"],
             "defects": [
               {"rule": "PT-01", "who": "H", "wrong": "errs", "judged": 3, "blocked": 1, "errors": 0,
                "rules": {"PT-01": "violates", "PT-02": "hypervisor-failed"},
                "catching": {"PT-01.a": "violates", "PT-02.a": "hypervisor-failed"}},
               {"rule": "PT-02", "who": "H", "wrong": "maps <it>", "judged": 3, "blocked": 0, "errors": 0,
                "rules": {"PT-02": "violates"}, "catching": {"PT-02.a": "violates"}},
               {"rule": "PT-02", "who": "G", "wrong": "does not look", "judged": 3, "blocked": 0, "errors": 0,
                "rules": {}, "catching": {}}]}
            """;

    @TempDir
    Path folder;

    private MatrixRecord read(String text) throws Exception {
        return MatrixRecord.read(Files.writeString(folder.resolve("m.json"), text));
    }

    private static Statement.Rule rule(String id, String... cases) {
        return new Statement.Rule(id, "PT", "Title of " + id, "x", "H", "s", null, "conforms", List.of(cases));
    }

    private static Statement catalogue() {
        return new Statement(
                "0.1",
                new Statement.Judged("h", "1", "3.1", "64-bit", "p", List.of()),
                "",
                "now",
                "conforms",
                true,
                Map.of(),
                List.of(),
                List.of(new Statement.Area("PT", "Page tables")),
                List.of(rule("PT-01", "PT-01.a"), rule("PT-02", "PT-02.a", "PT-02.b"), rule("PT-03")),
                List.of());
    }

    @Test
    void aMatrixIsRead() throws Exception {
        MatrixRecord matrix = read(GOOD);
        assertThat(matrix.full()).isTrue();
        assertThat(matrix.of("PT-02")).hasSize(2);
        assertThat(matrix.of("PT-02").get(1).caughtByItsOwn()).isFalse();
        assertThat(read(GOOD.replace("\"selection\": \"\"", "\"selection\": \"own rules\""))
                        .full())
                .isFalse();
    }

    @Test
    void whatIsNoMatrixIsRefused() {
        assertThatThrownBy(() -> read(GOOD.replace("\"PT-01\": \"violates\"", "\"PT-01\": \"sometimes\"")))
                .hasMessageContaining("defects[0].rules.PT-01 must be one of");
        assertThatThrownBy(() -> read(GOOD.replace("\"who\": \"G\"", "\"who\": \"X\"")))
                .hasMessageContaining("defects[2].who");
        assertThatThrownBy(() -> read(GOOD.substring(0, 200))).hasMessageContaining("cut off");
    }

    @Test
    void thePageShowsWhoCatchesWhatAndHowSharply() throws Exception {
        String html = new MatrixPage(catalogue(), read(GOOD)).html();
        assertThat(html)
                .contains("3 injected faults and wrong guests")
                .contains("<b>2</b> are caught by the cases of the rule")
                .contains("<b>1</b> by nobody")
                .contains("PT-09.a")
                .contains("<title>PT-02 catches a hypervisor that errs (PT-01)</title>")
                .contains("<title>PT-02 misses a guest that does not look (PT-02)</title>")
                .contains("(guest) does not look")
                .contains("maps &lt;it&gt;");
        assertThat(row(html, "PT-01")).contains("1 of 1", "<td class=n>0<td class=n>100 %<td class=n>0");
        assertThat(row(html, "PT-02"))
                .contains("1 of 2", "<td class=n>1<td class=n>50 %<td class=n>1<td class=n>1 of 2");
        assertThat(html).doesNotContain("Title of PT-03");
    }

    private static String row(String html, String rule) {
        int start = html.indexOf("<td>Title of " + rule);
        return html.substring(start, html.indexOf("<tr>", start) < 0 ? html.length() : html.indexOf("<tr>", start));
    }

    @Test
    void ofTwoMatricesInAFolderTheFullOneCounts() throws Exception {
        Path own = folder.resolve("a.json");
        Files.writeString(own, GOOD.replace("\"selection\": \"\"", "\"selection\": \"own rules\""));
        assertThat(Records.of(List.of(own)).matrix().orElseThrow().full()).isFalse();
        Path full = Files.writeString(folder.resolve("b.json"), GOOD);
        assertThat(Records.of(List.of(full, own)).matrix().orElseThrow().full()).isTrue();
        assertThat(Records.in(folder, folder.resolve("none")).statements()).isEmpty();
        Files.writeString(folder.resolve("c.json"), "{}");
        assertThatThrownBy(() -> Records.in(folder)).hasMessageContaining("c.json");
    }
}

package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioLinksTest {

    private static final String TREE = """
            {"uid": "1", "name": "behaviors", "children": [{"name": "PT", "uid": "2", "children": [
              {"name": "PT-02.a maps it", "uid": "abc", "tags": ["PT", "hypervisor=reference"]},
              {"name": "PT-02.a maps it", "uid": "def", "tags": ["hypervisor=reference-initial"]},
              {"name": "aUnitTest()", "uid": "fff", "tags": []}]}]}
            """;

    @TempDir
    Path folder;

    private ScenarioLinks links(String html) throws Exception {
        return ScenarioLinks.into(Files.writeString(folder.resolve("index.html"), html));
    }

    private static String data(String name, String content) {
        String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return "<script>d('" + name + "','" + encoded + "')</script>";
    }

    @Test
    void aCaseIsFoundUnderEachHypervisor() throws Exception {
        ScenarioLinks links = links("<html>" + data("data/other.json", "{}") + data("data/behaviors.json", TREE));
        assertThat(links.of("reference", "PT-02.a")).hasValue("index.html#testresult/abc");
        assertThat(links.of("reference-initial", "PT-02.a")).hasValue("index.html#testresult/def");
        assertThat(links.of("xen", "PT-02.a")).isEmpty();
    }

    @Test
    void aPageWithoutThatDataHasNoLinks() throws Exception {
        assertThat(links("<html>").of("reference", "PT-02.a")).isEmpty();
        assertThat(links("data/behaviors.json").of("reference", "PT-02.a")).isEmpty();
        assertThat(links("data/behaviors.json'").of("reference", "PT-02.a")).isEmpty();
        assertThat(links("data/behaviors.json','").of("reference", "PT-02.a")).isEmpty();
    }

    @Test
    void aPageThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> ScenarioLinks.into(folder.resolve("no.html")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("no.html");
        assertThatThrownBy(() -> links("data/behaviors.json','***'")).isInstanceOf(ReportException.class);
    }
}

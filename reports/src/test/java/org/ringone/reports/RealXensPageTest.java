package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/real-xens.md counts and lists of the real Xens is what docs/real-xens.tsv says, case by case. */
class RealXensPageTest {

    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

    @Test
    void theTablesAreThoseOfTheFacts() throws Exception {
        String page = Files.readString(DOCS.resolve("real-xens.md"));
        assertThat(page).contains("<!-- totals -->", "<!-- rules -->", "<!-- deviations -->", "<!-- oracles -->");
        assertThat(RealXensPage.read(DOCS.resolve("real-xens.tsv")).renewed(page))
                .as("made anew by RealXensPage.main")
                .isEqualTo(page);
    }

    @Test
    void noCaseEndedUnexplained() throws Exception {
        assertThat(Files.readAllLines(DOCS.resolve("real-xens.tsv")))
                .hasSizeGreaterThan(1)
                .noneMatch(line -> line.matches(".*\t(error|hypervisor-failed|violates|unexpected-pass|blocked).*"));
    }
}

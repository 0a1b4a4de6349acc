package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPageTest {

    private static final String AUDIT = """
            {"format": "ringone-audit", "schema": 1, "kernel": "<b>kernel", "sha256": "00ff", "domain": "ordinary domain",
             "exitCode": 0, "ending": "the guest shut down: power off", "instructions": 5000000000, "nanoseconds": 1500000000,
             "entries": 12,
             "rules": [
               {"id": "EVT-05", "title": "Looks", "text": "It <i>looks.", "verdict": "broken", "kept": 3, "broken": 2,
                "observed": "unmasking", "first": {"what": "does not <look>", "vcpu": "d1v0", "eip": "c0100000",
                "symbol": "sti", "instruction": "mov byte [edx], 0", "caller": "c0100010", "callerSymbol": "main+0x4",
                "nanoseconds": 1000, "instructions": 77, "before": ["nop", "<script>"]}},
               {"id": "EVT-06", "title": "save_fl", "text": "Gives IF.", "verdict": "not-observable", "kept": 0,
                "broken": 0, "observed": "stays inside", "first": null}],
             "hypercalls": [{"name": "sched_op", "operation": false, "direct": 4, "batched": 1, "errors": {"-ENOSYS": 2}},
                            {"name": "sched_op.block", "operation": true, "direct": 4, "batched": 0, "errors": {}}],
             "batches": {"multicall": {"number": 2, "elements": 9, "largest": 8, "sizes": {"1": 1, "5-8": 1}},
                         "mmu_update": {"number": 0, "elements": 0, "largest": 0, "sizes": {}},
                         "mmuext_op": {"number": 0, "elements": 0, "largest": 0, "sizes": {}}},
             "traps": {"emulated": {"clts": 7}, "mended": {}, "ofKernel": {"#PF": 1}, "ofUser": {}},
             "pageTableWrites": [{"route": "mmu_update", "accepted": 1234, "refused": 5}],
             "events": {"raised": 10, "merged": 1, "upcalls": 9, "late": 2, "longestNanoseconds": 345,
                        "totalNanoseconds": 400, "sentToNobody": 0, "lost": 0}}
            """;

    @TempDir
    Path folder;

    private String html(String json) throws Exception {
        return AuditPage.of(Files.writeString(folder.resolve("audit.json"), json))
                .html();
    }

    @Test
    void verdictsBreachesAndCountsAreShown() throws Exception {
        assertThat(html(AUDIT))
                .contains("id='EVT-05'")
                .contains("<span class='pill broken'>broken</span>")
                .contains("does not &lt;look&gt;")
                .contains("c0100000 sti")
                .contains("called from <code>c0100010 main+0x4")
                .contains("5,000,000,000 instructions, 1.500 s")
                .contains("Not observable: stays inside")
                .contains("-ENOSYS × 2")
                .contains("<td class=operation>block")
                .contains("9 entries of multicalls in 2, at most 8")
                .contains("1,234")
                .contains("longest wait of these");
    }

    @Test
    void textOfGuestsIsNeverMarkup() throws Exception {
        assertThat(html(AUDIT))
                .contains("&lt;b&gt;kernel")
                .contains("nop\n&lt;script&gt;")
                .contains("It &lt;i&gt;looks.")
                .doesNotContain("<script>");
    }

    @Test
    void thePageIsWrittenBesideTheOthers() throws Exception {
        Path json = Files.writeString(folder.resolve("a.json"), AUDIT);
        assertThat(AuditPage.write(json, folder.resolve("new"))).isEqualTo(folder.resolve("new/audit.html"));
        assertThat(folder.resolve("new/audit.html")).isNotEmptyFile();
    }

    @Test
    void filesThatAreNoAuditAreRefusedWithThePlace() {
        assertThatThrownBy(() -> html("{}")).hasMessageContaining("ringone-audit");
        assertThatThrownBy(() -> html(AUDIT.replace("\"kept\": 3", "\"kept\": -3")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("rules[0].kept");
        assertThatThrownBy(() -> html(AUDIT.replace("\"broken\", \"kept\"", "\"mostly\", \"kept\"")))
                .hasMessageContaining("rules[0].verdict");
        assertThatThrownBy(() -> html(AUDIT.replace("\"schema\": 1", "\"schema\": 2")))
                .hasMessageContaining("newer version");
    }
}

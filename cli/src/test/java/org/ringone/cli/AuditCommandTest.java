package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    private static Said audit(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[arguments.length + 1];
        all[0] = "audit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int code = Ringone.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
        return new Said(code, out.toString(), err.toString());
    }

    @Test
    void aGuestThatKeepsItsRulesEndsWithZeroAndTheVerdictsComeFirst() {
        Said said = audit("--guest", "right", "--memory", "8");
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .containsSubsequence(
                        "guest kernel right, ordinary domain, 8 MiB, 1 vcpu",
                        "power off",
                        "Rules for guests: 13 kept, 0 broken, 0 not exercised, 1 not observable",
                        "kept            EVT-05",
                        "not observable  EVT-06",
                        "Hypercalls: ",
                        "Entries of multicalls",
                        "Events:");
    }

    @Test
    void aGuestThatBreaksOneEndsWithOneAndTheBreachIsTold() {
        Said said = audit("--guest", "wrong:SEG-14.2", "--memory", "8");
        assertThat(said.code()).isEqualTo(ExitCode.VIOLATES);
        assertThat(said.out())
                .contains("SEG-14 broken: it stores to a page in use as GDT")
                .contains("write_gdt_entry")
                .contains("mov dword [eax], edx");
    }

    @Test
    void theJsonIsTheSameEachTimeAndThePageIsMadeOfIt() throws Exception {
        Path one = folder.resolve("deeper/one.json");
        audit("--guest", "wrong:EVT-05", "--memory", "8", "--json", one.toString());
        Said said = audit("--guest", "wrong:EVT-05", "--memory", "8", "--report", folder.toString());
        assertThat(said.out()).contains("Report: " + folder.resolve("audit.html"));
        assertThat(Files.readAllBytes(folder.resolve("audit.json"))).isEqualTo(Files.readAllBytes(one));
        JsonNode audit = new ObjectMapper().readTree(one.toFile());
        assertThat(audit.get("format").textValue()).isEqualTo("ringone-audit");
        assertThat(audit.get("events").get("late").longValue()).isPositive();
        assertThat(audit.get("events").get("longestNanoseconds").longValue()).isGreaterThan(100);
        JsonNode rule = rule(audit, "EVT-05");
        assertThat(rule.get("verdict").textValue()).isEqualTo("broken");
        assertThat(rule.get("first").get("symbol").textValue()).isEqualTo("irq_enable");
        assertThat(rule.get("first").get("before")).hasSize(16);
        assertThat(Files.readString(folder.resolve("audit.html")))
                .contains("id='EVT-05'")
                .contains("unmasks with an event pending and does not look")
                .contains("irq_enable");
    }

    private static JsonNode rule(JsonNode audit, String id) {
        for (JsonNode rule : audit.get("rules")) {
            if (rule.get("id").textValue().equals(id)) {
                return rule;
            }
        }
        throw new AssertionError(id);
    }

    @Test
    void whatIsWrongWithTheCommandLineIsSaid() throws Exception {
        assertThat(audit().code()).isEqualTo(ExitCode.USAGE);
        assertThat(audit("vmlinux", "--guest", "right").err()).contains("either a KERNEL or --guest");
        assertThat(audit("--guest", "wrong:PT-02").err()).contains("there is no wrong guest");
        assertThat(audit(folder.resolve("none").toString()).err()).contains("cannot be read");
        Path text = Files.writeString(folder.resolve("text"), "no kernel");
        assertThat(audit(text.toString()).code()).isEqualTo(ExitCode.USAGE);
        assertThat(audit("--guest", "right", "--memory", "1").code()).isEqualTo(ExitCode.USAGE);
        Said said = audit("--guest", "right", "--vcpus", "0");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("1 to 32 vcpus");
        assertThat(audit("--guest", "right", "--timeout", "-1").code()).isEqualTo(ExitCode.USAGE);
    }
}

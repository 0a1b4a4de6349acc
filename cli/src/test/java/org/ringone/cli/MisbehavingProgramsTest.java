package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.external.CommandHypervisor;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.verdict.Problem;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.Verdict;

/** Programs that boot kernels badly, or not at all: every scenario gets its verdict, the run ends, and nothing stays behind. */
@Timeout(300)
class MisbehavingProgramsTest {

    private List<ProcessHandle> before = List.of();

    private static final String SEVERAL = "@BOOT-06.a or @PT-02.a or @EVT-01.a";

    private static RunResult judge(String command, String tags) {
        return judge(command, tags, SuiteRun.PATIENCE);
    }

    private static RunResult judge(String command, String tags, Duration patience) {
        return SuiteRun.of(CommandHypervisor.ofCommandLine(command))
                .tags(tags)
                .patience(patience)
                .run();
    }

    /** A shell as the hypervisor; the image is an argument that it does not look at. */
    private static RunResult judgeShell(String script) {
        return judge("sh -c '" + script + "' sh {image}", SEVERAL);
    }

    @BeforeEach
    void look() {
        before = ProcessHandle.current().descendants().toList();
    }

    /** The thread that was given up on ends its program by itself, in its own time. */
    @AfterEach
    void nothingIsLeftBehind() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!left().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(left()).isEmpty();
    }

    private List<ProcessHandle> left() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.isAlive() && !before.contains(process))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dies at once                   | exit 1                                                  | ended with status 1",
                "dies of a signal               | kill -9 $$                                              | ended with status 137",
                "dies in the middle of a frame  | printf \"ringone: stage 1: xen_v\"; exit 2              | ended with status 2",
                "says why, and dies of a signal | echo no such instruction >&2; kill -ILL $$             | no such instruction",
                "floods                         | exec yes                                                | but not the answer",
                "floods without a line's end    | while :; do printf aaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done  | but not the answer",
                "writes NULs                    | exec cat /dev/zero                                      | but not the answer",
                "writes noise                   | exec cat /dev/urandom                                   | the answer",
            })
    void oneThatCannotBeAskedHasFailed(String what, String script, String message) {
        RunResult run = judgeShell(script);
        assertThat(run.scenarios()).hasSize(3).allSatisfy(result -> {
            assertThat(result.verdict()).as(what + ": " + result.message()).isEqualTo(Verdict.HYPERVISOR_FAILED);
            assertThat(result.message()).contains(message);
        });
        assertThat(run.successful()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echoes                          | exec cat",
                "is silent, has children, and does not hear SIGTERM | trap : TERM; sleep 1000 & while :; do sleep 0.1; done",
                "closes its output and lives on  | exec >&-; while :; do sleep 1; done",
            })
    void oneThatIsNotHeardHasFailed(String what, String script) {
        RunResult run = judge("sh -c '" + script + "' sh {image}", "@PT-02.a", Duration.ofSeconds(2));
        assertThat(run.scenarios()).hasSize(1).allSatisfy(result -> {
            assertThat(result.verdict()).as(what + ": " + result.message()).isEqualTo(Verdict.HYPERVISOR_FAILED);
            assertThat(result.message()).containsAnyOf("stage 0 of 4", "hangs");
        });
    }

    /** Ended by itself, unheard, with a message: not dead, but it will not have this kernel, nor any other. */
    @Test
    void oneThatRefusesEveryKernelIsHardlyJudged() {
        RunResult run = judgeShell("echo out of memory >&2; exit 1");
        assertThat(run.scenarios()).hasSize(3).allSatisfy(result -> {
            assertThat(result.verdict()).as(result.message()).isIn(Verdict.VIOLATES, Verdict.BLOCKED);
            assertThat(result.message()).contains("ended with status 1", "out of memory");
        });
        assertThat(run.successful()).isFalse();
        assertThat(judge("sh -c 'echo no >&2; exit 1' sh {image}", "@PT-02.a").problems())
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains("refuses the probe", "no"));
    }

    @Test
    void oneThatOnlyBootsAndPowersOffViolates() {
        RunResult run = judgeShell("exit 0");
        assertThat(run.scenarios())
                .extracting(result -> result.verdict())
                .containsAnyOf(Verdict.VIOLATES, Verdict.BLOCKED)
                .doesNotContain(Verdict.CONFORMS, Verdict.ERROR);
    }

    /** The reference behind a line that treats some of its bytes badly. */
    private static String behind(String line) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return String.join(
                " ",
                List.of(
                        quoted(java),
                        "-XX:TieredStopAtLevel=1 -Xshare:auto -cp",
                        quoted(System.getProperty("java.class.path")),
                        BadLine.class.getName(),
                        line,
                        "boot {image} --memory {mib} --cmdline {cmdline} --host 32"));
    }

    private static String quoted(String word) {
        return "'" + word + "'";
    }

    @ParameterizedTest
    @CsvSource({"clean", "late", "pieces"})
    void aBadLineChangesNoVerdict(String line) {
        assertThat(judge(behind(line), SEVERAL, Duration.ofSeconds(100)).scenarios())
                .hasSize(3)
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.CONFORMS));
    }

    /** A frame is longer than that: none comes through whole. */
    @Test
    void aLineThatSpoilsEveryHundredthByteIsNotJudged() {
        assertThat(judge(behind("spoilt:100"), "@PT-02.a", Duration.ofSeconds(3))
                        .scenarios())
                .hasSize(1)
                .allSatisfy(result -> {
                    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HYPERVISOR_FAILED);
                    assertThat(result.message()).containsAnyOf("no sound frame came, but damaged ones did", "hangs");
                });
    }
}

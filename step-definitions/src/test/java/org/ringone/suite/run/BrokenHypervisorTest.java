package org.ringone.suite.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ringone.api.Exit;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.verdict.Problem;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/** Whatever a plug-in does wrong, every scenario gets the right verdict and one clear message, and the run comes to its end. */
class BrokenHypervisorTest {

    /** One scenario that boots for itself, some that use the machine booted once. */
    private static final String SOME = "@BOOT-06 or @PT-09";

    private static RunResult judge(BrokenHypervisor hypervisor) {
        return SuiteRun.of(hypervisor)
                .tags(SOME)
                .patience(Duration.ofSeconds(2))
                .run();
    }

    private static void allFailWith(RunResult run, String message) {
        assertThat(run.scenarios()).hasSizeGreaterThan(5).allSatisfy(result -> {
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HYPERVISOR_FAILED);
            assertThat(result.message()).contains(message);
        });
        assertThat(run.successful()).isFalse();
    }

    @Test
    void oneThatThrowsWhenStarted() {
        allFailWith(
                judge(new BrokenHypervisor(() -> {
                    throw new IllegalStateException("no power");
                })),
                "Hypervisor.start threw java.lang.IllegalStateException: no power");
    }

    @Test
    void oneThatGivesNothing() {
        allFailWith(judge(new BrokenHypervisor(() -> null)), "Hypervisor.start gave null");
    }

    @Test
    void oneThatLacksAClass() {
        allFailWith(
                judge(new BrokenHypervisor(() -> {
                    throw new NoClassDefFoundError("some/Library");
                })),
                "some/Library");
    }

    @Test
    void oneThatRecursesForEver() {
        allFailWith(judge(BrokenHypervisor.reading(this::recursion, Exit.Running::new)), "StackOverflowError");
    }

    private byte[] recursion() {
        return recursion();
    }

    @Test
    void oneThatHangsIsGivenUp() {
        allFailWith(
                judge(BrokenHypervisor.reading(
                        () -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return new byte[0];
                        },
                        Exit.Running::new)),
                "hangs");
    }

    @Test
    void oneThatSpinsAndDoesNotHearInterruptsIsGivenUp() {
        AtomicInteger spins = new AtomicInteger();
        try {
            allFailWith(
                    judge(BrokenHypervisor.reading(
                            () -> {
                                while (spins.incrementAndGet() != -1) {
                                    Thread.onSpinWait();
                                }
                                return new byte[0];
                            },
                            Exit.Running::new)),
                    "hangs");
        } finally {
            spins.set(-2);
        }
    }

    @Test
    void oneThatDies() {
        allFailWith(
                judge(BrokenHypervisor.reading(() -> new byte[0], () -> new Exit.HypervisorFailed("Panic on CPU 0"))),
                "Panic on CPU 0");
    }

    @Test
    void oneThatNeverSaysAnything() {
        RunResult run = judge(BrokenHypervisor.reading(() -> new byte[0], Exit.Running::new));
        assertThat(run.scenarios())
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.message())
                        .isIn(Verdict.HYPERVISOR_FAILED, Verdict.BLOCKED));
        assertThat(run.successful()).isFalse();
        assertThat(run.problems())
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains("came up to stage 0 of 4", "nothing was said"));
    }

    @Test
    void silenceIsWaitedForAFewTimesAndThenOnlyALittle() throws Exception {
        Set<Duration> waits = ConcurrentHashMap.newKeySet();
        BootedMachines machines = BootedMachines.of(BrokenHypervisor.listening(
                budget -> {
                    waits.add(budget.wallClock());
                    return new byte[0];
                },
                Exit.Running::new));
        for (int i = 0; i < 4; i++) {
            assertThat(waits).allMatch(wait -> wait.toMillis() > 500);
            assertThatThrownBy(() -> machines.boot(ProbeImage.standard(), new Transcript()))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("within");
        }
        assertThat(waits).contains(BootedMachines.BUDGET.wallClock()).anyMatch(wait -> wait.toMillis() <= 500);
    }

    @Test
    void oneThatWritesNonsenseOnTheConsole() {
        Random random = new Random(1);
        RunResult run = judge(BrokenHypervisor.reading(
                () -> {
                    byte[] noise = new byte[100];
                    random.nextBytes(noise);
                    return noise;
                },
                Exit.Running::new));
        assertThat(run.scenarios())
                .isNotEmpty()
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HYPERVISOR_FAILED));
    }

    @Test
    void oneWhoseGuestSaysSomethingElse() {
        RunResult run =
                judge(BrokenHypervisor.reading(() -> "login: ".getBytes(StandardCharsets.US_ASCII), Exit.Running::new));
        assertThat(run.scenarios())
                .isNotEmpty()
                .extracting(ScenarioResult::verdict)
                .doesNotContain(Verdict.ERROR, Verdict.CONFORMS);
    }

    @Test
    void anUnknownNameIsToldWithWhatThereIs() {
        assertThatThrownBy(() -> SuiteRun.of("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no hypervisor is called 'nobody'")
                .hasMessageContaining("META-INF/services");
    }

    @Test
    void aBadTagExpressionIsTold() {
        SuiteRun run = SuiteRun.of(new BrokenHypervisor(() -> null)).tags("@PT-01 and or");
        assertThatThrownBy(run::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'@PT-01 and or' is no tag expression");
    }

    @Test
    void tagsThatSelectNothingAreTold() {
        SuiteRun run = SuiteRun.of(new BrokenHypervisor(() -> null)).tags("@PT-77");
        assertThatThrownBy(run::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("select no scenario");
    }
}

package org.ringone.suite.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Proof;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/**
 * The suite against many defects: rule by defect.
 *
 * @param suite the suite's version
 * @param selection the tag expression that selected the cases; {@link #OWN_RULES} when each defect was held against the
 *     cases of its own rule alone, empty when against all
 * @param findings one a defect, in the order that they were given
 * @param excluded cases that prove nothing, because they do not conform without any defect either
 */
public record Matrix(String suite, String selection, List<Finding> findings, List<String> excluded) {

    /** The selection that holds each defect against the cases of its own rule alone. */
    public static final String OWN_RULES = "own rules";

    public Matrix {
        findings = List.copyOf(findings);
        excluded = List.copyOf(excluded);
    }

    /** What each defect proves of its rule. */
    public List<Proof> proofs() {
        return findings.stream().map(Finding::proof).toList();
    }

    /** Writes the matrix as JSON; the file appears only when it is complete. */
    public void writeJson(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path beside = folder.resolve(file.getFileName() + ".part");
        Files.write(beside, MatrixJson.of(this));
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Holds each defect against the cases of the rule that it breaks.
     *
     * @param threads how many defects are judged at a time
     * @param heard hears of each finding as soon as it is there, from several threads
     */
    public static Matrix ofOwnRules(List<Defect> defects, int threads, Consumer<Finding> heard) {
        List<Finding> findings = all(
                defects,
                threads,
                d -> Finding.of(d, d.run().tags("@" + d.rule()).run(), c -> true),
                heard);
        return new Matrix(SuiteRun.version(), OWN_RULES, findings, List.of());
    }

    /**
     * Holds each defect against the cases that a run without any defect judged.
     *
     * @param sound that run: what does not conform in it proves nothing
     * @param threads how many defects are judged at a time
     * @param heard hears of each finding as soon as it is there, from several threads
     */
    public static Matrix of(RunResult sound, List<Defect> defects, int threads, Consumer<Finding> heard) {
        Set<String> proving = sound.scenarios().stream()
                .filter(s -> s.verdict() == Verdict.CONFORMS || s.verdict() == Verdict.CONFORMS_BY_ALTERNATIVE)
                .map(ScenarioResult::caseId)
                .collect(Collectors.toSet());
        String tags = sound.selection();
        List<Finding> findings =
                all(defects, threads, d -> Finding.of(d, d.run().tags(tags).run(), proving::contains), heard);
        List<String> excluded = sound.scenarios().stream()
                .filter(s -> s.verdict() != Verdict.NOT_APPLICABLE)
                .map(ScenarioResult::caseId)
                .filter(id -> !proving.contains(id))
                .toList();
        return new Matrix(SuiteRun.version(), tags, findings, excluded);
    }

    @FunctionalInterface
    private interface Judge {
        Finding of(Defect defect);
    }

    private static List<Finding> all(List<Defect> defects, int threads, Judge judge, Consumer<Finding> heard) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Finding>> running = new ArrayList<>();
            for (Defect defect : defects) {
                running.add(pool.submit(() -> {
                    Finding finding = judge.of(defect);
                    heard.accept(finding);
                    return finding;
                }));
            }
            List<Finding> findings = new ArrayList<>();
            for (Future<Finding> one : running) {
                findings.add(one.get());
            }
            return findings;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while defects were judged", e);
        } catch (ExecutionException e) {
            Optional<RuntimeException> cause = Optional.of(e.getCause())
                    .filter(RuntimeException.class::isInstance)
                    .map(RuntimeException.class::cast);
            throw cause.orElseGet(() -> new IllegalStateException(e.getCause()));
        } finally {
            pool.shutdownNow();
        }
    }
}

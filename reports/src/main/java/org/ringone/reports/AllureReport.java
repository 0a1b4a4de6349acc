package org.ringone.reports;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes one self-contained HTML file out of Allure results.
 *
 * <p>Allure's generator runs in a Java process of its own: its libraries are a closed world of other versions than ours.
 */
public final class AllureReport {

    private static final long TIMEOUT_SECONDS = 300;

    private final Path home;

    /**
     * @param home where Allure's generator is unpacked: the folder with {@code lib} and {@code plugins}
     */
    public AllureReport(Path home) {
        this.home = home;
    }

    /**
     * Writes {@code index.html} and nothing else into the folder.
     *
     * @param results a folder of Allure result files; must hold at least one
     * @param output the folder to write to; made when absent
     * @param runs the runs that the results come from: they make up the report's environment
     * @return the file to open
     * @throws ReportException when there is nothing to report or the generator fails
     */
    public Path generate(Path results, Path output, List<Statement> runs) throws ReportException {
        if (!hasResults(results)) {
            throw new ReportException("There are no Allure results in " + results
                    + ". The suite writes them while it runs: run it first, or check the folder's name.");
        }
        Path lib = home.resolve("lib");
        if (!Files.isDirectory(lib)) {
            throw new ReportException("Allure's generator is not in " + home
                    + ". The build unpacks it there: run './mvnw package' once.");
        }
        describe(results, runs);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                lib.resolve("config") + File.pathSeparator + lib.resolve("*"),
                "io.qameta.allure.CommandLine",
                "generate",
                "--single-file",
                "--clean",
                "--name",
                "Ring One",
                "-o",
                output.toString(),
                results.toString());
        run(command);
        Path page = output.resolve("index.html");
        if (!Files.isRegularFile(page)) {
            throw new ReportException("Allure's generator ended well but wrote no " + page + ".");
        }
        return page;
    }

    private void run(List<String> command) throws ReportException {
        Path log = null;
        try {
            log = Files.createTempFile("ringone-allure", ".log");
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("ALLURE_NO_ANALYTICS", "true");
            builder.environment().put("APP_HOME", home.toString());
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ReportException("Allure's generator did not end within " + TIMEOUT_SECONDS + " seconds.");
            }
            if (process.exitValue() != 0) {
                throw new ReportException("Allure's generator ended with code " + process.exitValue() + ":\n"
                        + Files.readString(log, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new ReportException("Allure's generator could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReportException("Interrupted while Allure's generator ran.", e);
        } finally {
            delete(log);
        }
    }

    /** What the generator reads beside the results: how to sort failures, and what was judged. */
    private static void describe(Path results, List<Statement> runs) throws ReportException {
        StringBuilder environment = new StringBuilder();
        for (Statement run : runs) {
            Statement.Judged judged = run.hypervisor();
            environment
                    .append(judged.name())
                    .append("=version ")
                    .append(judged.version())
                    .append("; Xen ")
                    .append(judged.era())
                    .append(", ")
                    .append(judged.host())
                    .append(" host, ")
                    .append(judged.privilege())
                    .append('\n');
        }
        environment.append("Java=").append(System.getProperty("java.version")).append('\n');
        try (InputStream categories = AllureReport.class.getResourceAsStream("categories.json")) {
            Files.write(results.resolve("categories.json"), categories.readAllBytes());
            Files.writeString(results.resolve("environment.properties"), environment.toString());
        } catch (IOException e) {
            throw new ReportException("The results' folder " + results + " cannot be written to: " + e.getMessage(), e);
        }
    }

    private static boolean hasResults(Path results) {
        if (!Files.isDirectory(results)) {
            return false;
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith("-result.json"));
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }
}

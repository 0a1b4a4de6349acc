package org.ringone.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.ringone.suite.matrix.Defect;
import org.ringone.suite.matrix.Finding;
import org.ringone.suite.matrix.Matrix;

/**
 * What the suite made of the injected faults, kept from run to run. It holds for one build: its name has a check sum over the
 * program's own class path, so that a changed program tries its faults again.
 */
final class ProofStore {

    private static final String FAULTS = "faults-";
    private static final String MATRIX = "matrix-";

    private final Path folder;
    private final String build;

    /**
     * @param folder where it is kept; made when it is needed
     */
    ProofStore(Path folder) throws IOException {
        this.folder = folder;
        this.build = Long.toHexString(checksum(System.getProperty("java.class.path", ""))) + ".json";
    }

    /** What is known of this build: the full matrix, or else each fault against its own rule. */
    Optional<Path> known() {
        return Stream.of(MATRIX, FAULTS)
                .map(name -> folder.resolve(name + build))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Holds every fault against its own rule's cases. */
    Path tryFaults(List<Defect> defects, int threads, Consumer<Finding> heard) throws IOException {
        return keep(FAULTS, Matrix.ofOwnRules(defects, threads, heard));
    }

    /** Keeps a full matrix. */
    Path keep(Matrix full) throws IOException {
        return keep(MATRIX, full);
    }

    private Path keep(String name, Matrix matrix) throws IOException {
        forget(name);
        Path file = folder.resolve(name + build);
        matrix.writeJson(file);
        return file;
    }

    private void forget(String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.filter(file -> file.getFileName().toString().matches(name + "[0-9a-f]+\\.json"))
                    .toList()) {
                Files.delete(old);
            }
        }
    }

    static long checksum(String classPath) throws IOException {
        CRC32C sum = new CRC32C();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.exists(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        String line = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
                        sum.update(line.getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return sum.getValue();
    }
}

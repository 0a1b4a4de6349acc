package org.ringone.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs have left behind for the pages of the report.
 *
 * @param statements one a hypervisor
 * @param matrix what the suite made of injected faults and wrong guests, where that was tried
 * @param mutants what PIT made of the tests of the validating classes, where it was run
 */
public record Records(List<Statement> statements, Optional<MatrixRecord> matrix, Optional<Mutants> mutants) {

    private static final String MUTANTS = "target/mutation/mutations.xml";
    private static final String SURVIVORS = "reference-hv/src/test/mutation/survivors.txt";

    public Records {
        statements = List.copyOf(statements);
    }

    /**
     * The records in some folders, in the order of their names; a folder that is not there has none.
     *
     * @throws ReportException when one of them cannot be read
     */
    public static Records in(Path... folders) throws ReportException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.list(folder)) {
                    found.filter(file -> file.toString().endsWith(".json"))
                            .sorted()
                            .forEach(files::add);
                } catch (IOException e) {
                    throw new ReportException(
                            "The records of runs in " + folder + " could not be read: " + e.getMessage(), e);
                }
            }
        }
        return of(files);
    }

    /** The records in these files. Of two matrices the full one counts. */
    public static Records of(List<Path> files) throws ReportException {
        List<Statement> statements = new ArrayList<>();
        MatrixRecord matrix = null;
        for (Path file : files) {
            if (MatrixRecord.FORMAT.equals(JsonDocument.formatOf(file))) {
                MatrixRecord found = MatrixRecord.read(file);
                matrix = matrix == null || found.full() ? found : matrix;
            } else {
                statements.add(Statement.read(file));
            }
        }
        return new Records(statements, Optional.ofNullable(matrix), Optional.empty());
    }

    /** The same with what PIT left in a checkout, if it was run there. */
    public Records withMutants(Path checkout) throws ReportException {
        Path xml = checkout.resolve(MUTANTS);
        return Files.isRegularFile(xml)
                ? new Records(statements, matrix, Optional.of(Mutants.read(xml, checkout.resolve(SURVIVORS))))
                : this;
    }
}

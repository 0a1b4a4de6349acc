package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.reports.MatrixRecord;
import org.ringone.suite.matrix.Defect;
import org.ringone.suite.matrix.Matrix;

class ProofStoreTest {

    @TempDir
    Path folder;

    @Test
    void whatWasTriedIsKeptForThisBuildAndReadByTheReports() throws Exception {
        Path kept = folder.resolve("kept");
        ProofStore store = new ProofStore(kept);
        assertThat(store.known()).isEmpty();
        List<Defect> some = Defects.all().stream()
                .filter(defect -> defect.rule().equals("PT-11"))
                .toList();
        AtomicInteger heard = new AtomicInteger();
        Path file = store.tryFaults(some, 2, finding -> heard.incrementAndGet());
        assertThat(heard).hasValue(some.size());
        assertThat(new ProofStore(kept).known()).hasValue(file);
        MatrixRecord record = MatrixRecord.read(file);
        assertThat(record.selection()).isEqualTo(MatrixRecord.OWN_RULES).isEqualTo(Matrix.OWN_RULES);
        assertThat(record.of("PT-11"))
                .isNotEmpty()
                .allSatisfy(defect -> assertThat(defect.caughtByItsOwn()).isTrue());
    }

    @Test
    void anEarlierBuildsAreForgottenAndTheFullMatrixGoesFirst() throws Exception {
        Path old = Files.writeString(folder.resolve("matrix-0123abcd.json"), "{}");
        ProofStore store = new ProofStore(folder);
        assertThat(store.known()).isEmpty();
        store.tryFaults(List.of(), 1, finding -> {});
        assertThat(old).exists();
        Path full = store.keep(new Matrix("1", "", List.of(), List.of()));
        assertThat(old).doesNotExist();
        assertThat(store.known()).hasValue(full);
    }

    @Test
    void anyChangeOfTheProgramChangesTheSum() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "one");
        Path classes = Files.createDirectories(folder.resolve("classes/org"));
        Path one = Files.writeString(classes.resolve("A.class"), "one");
        String path =
                jar + java.io.File.pathSeparator + folder.resolve("classes") + java.io.File.pathSeparator + "/no/such";
        long before = ProofStore.checksum(path);
        assertThat(ProofStore.checksum(path)).isEqualTo(before);
        Files.writeString(one, "longer");
        long after = ProofStore.checksum(path);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(jar, "longer");
        assertThat(ProofStore.checksum(path)).isNotEqualTo(after);
    }
}

package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HypervisorChoiceTest {

    @Test
    void theReferenceUnlessSaidOtherwise() {
        assertThat(HypervisorChoice.of("", List.of()).name()).isEqualTo("reference");
    }

    @Test
    void aProfileInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                name: mine
                version: "1"
                era: "3.1"
                host: 64-bit
                privilege: initial domain
                command: [boot, "{image}"]
                """);
        assertThat(HypervisorChoice.of(file.toString(), List.of()).name()).isEqualTo("mine");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> HypervisorChoice.of("no-such.yaml", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such.yaml");
        assertThatThrownBy(() -> HypervisorChoice.of("nobody", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> HypervisorChoice.of("", List.of(Path.of("/no/such/folder"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the class path has none");
    }
}

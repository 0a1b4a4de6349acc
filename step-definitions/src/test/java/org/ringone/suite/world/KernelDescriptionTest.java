package org.ringone.suite.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.api.DomainSpec;
import org.ringone.guest.ProbeImage;
import org.ringone.suite.language.LanguageException;

/** Descriptions of kernels change what they name and nothing else. */
class KernelDescriptionTest {

    private static final byte[] STANDARD = ProbeImage.standard().elf();

    private static byte[] elf(String description) {
        return KernelDescription.parse(description).image().elf();
    }

    @Test
    void nothingSpecialIsTheProbeAsItIs() {
        assertThat(elf("nothing special")).isEqualTo(STANDARD);
    }

    @Test
    void aFieldIsChangedInItsPlace() {
        byte[] changed = elf("e_machine = 62");
        assertThat(changed[18]).isEqualTo((byte) 62);
        changed[18] = 3;
        assertThat(changed).isEqualTo(STANDARD);
    }

    @Test
    void fieldsMayBeNamedInValues() {
        ElfFields before = new ElfFields(STANDARD);
        ElfFields after = new ElfFields(elf("p_memsz(0) = p_filesz(0) - 1"));
        assertThat(after.value("p_memsz", 0).getAsLong())
                .isEqualTo(before.value("p_filesz", 0).getAsLong() - 1);
    }

    @Test
    void aFileIsCutWhereItIsSaid() {
        assertThat(elf("cut to e_phoff + 64 bytes")).hasSize(52 + 64);
        assertThat(elf("cut to file_size - 1 bytes")).hasSize(STANDARD.length - 1);
    }

    @Test
    void notesAreCountedFromTheFirst() {
        assertThat(new ElfFields(STANDARD).value("n_type", 0)).hasValue(6); // GUEST_OS
        assertThat(new ElfFields(elf("no GUEST_OS")).value("n_type", 0)).hasValue(7);
    }

    @Test
    void aSymbolTableNamesItsStrings() {
        ElfFields fields = new ElfFields(elf("a symbol table"));
        assertThat(fields.value("sh_type", 3)).hasValue(2);
        assertThat(fields.value("sh_link", 3)).hasValue(4);
        assertThat(fields.value("sh_type", 4)).hasValue(3);
    }

    @Test
    void theDomainIsAsDescribed() {
        DomainSpec usual = DomainSpec.of(STANDARD, 32, false);
        DomainSpec spec = KernelDescription.parse(
                        "17 MiB, a ramdisk of 3 * 5 bytes, 2 vcpus, the command line \"a, b\"")
                .domain(usual);
        assertThat(spec.memoryMib()).isEqualTo(17);
        assertThat(spec.ramdisk()).hasSize(15);
        assertThat(spec.vcpus()).isEqualTo(2);
        assertThat(spec.commandLine()).isEqualTo("a, b");
        assertThat(KernelDescription.parse("nothing special").domain(usual))
                .usingRecursiveComparison()
                .isEqualTo(usual);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"green", "no COLOUR", "e_colour = 1", "COLOUR = \"green\"", "a note COLOUR of \"Xen\" with \"x\""
            })
    void whatSaysNothingIsRefused(String description) {
        assertThatThrownBy(() -> elf(description)).isInstanceOf(LanguageException.class);
    }
}

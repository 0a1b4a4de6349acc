package org.ringone.reference.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Profile;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.ReferenceParts;
import org.ringone.xen.ElfNotes;

/** Which required features kernels of later years get by with. */
class LaterBootRulesTest {

    private static Domain build(ReferenceParts parts, String features, boolean initial) throws DomainBuildException {
        byte[] kernel = TestKernel.good().text(ElfNotes.FEATURES, features).build();
        ReferenceMachine machine = new ReferenceHypervisor(
                        "reference", initial ? Profile.Privilege.INITIAL : Profile.Privilege.ORDINARY, parts, 64)
                .start();
        return machine.createDomain(DomainSpec.of(kernel, 32, initial));
    }

    @ParameterizedTest
    @CsvSource({"!writable_page_tables|pae_pgdir_above_4gb", "!pae_pgdir_above_4gb", "!writable_descriptor_tables"})
    void anInitialDomainMayRequireWhatDoesNotChangeHowItRuns(String features) throws DomainBuildException {
        assertThat(build(ReferenceParts.on64BitHost(), features, true)).isNotNull();
        assertThat(build(ReferenceParts.on64BitHost(), features, false)).isNotNull();
        assertThatThrownBy(() -> build(ReferenceParts.standard(), features, true))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("may require none");
    }

    @ParameterizedTest
    @CsvSource({"!supervisor_mode_kernel, true", "!auto_translated_physmap, true", "!auto_translated_physmap, false"})
    void whatWouldIsRefused(String features, boolean initial) {
        assertThatThrownBy(() -> build(ReferenceParts.on64BitHost(), features, initial))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining(features.substring(1));
    }

    @Test
    void aKernelOfTheErasIsBuiltAsBefore() throws DomainBuildException {
        assertThat(build(ReferenceParts.on64BitHost(), "writable_page_tables", true))
                .isNotNull();
    }
}

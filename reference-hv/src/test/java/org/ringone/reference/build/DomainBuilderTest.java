package org.ringone.reference.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.reference.memory.World;

class DomainBuilderTest {

    @Test
    void anOrdinaryDomainIsBuiltWithCountsThatAgree() {
        World world = new World();
        assertThat(world.violations()).isEmpty();
        assertThat(world.domain.entry()).isEqualTo(TestKernel.START);
        assertThat(world.domain.memory().held()).isEqualTo(8 * 256);
    }

    @Test
    void anInitialDomainIsBuiltWithCountsThatAgree() {
        World world = new World(true);
        assertThat(world.violations()).isEmpty();
    }
}

package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of a descriptor (Intel SDM volume 3, 3.4.5), each alone against all others set or clear. */
class DescriptorTest {

    @ParameterizedTest
    @CsvSource({"00000000, false", "00400000, true", "FFBFFFFF, false", "FFFFFFFF, true"})
    void bigIsBit22(String high, boolean big) {
        assertThat(new Descriptor(0, Integer.parseUnsignedInt(high, 16)).big()).isEqualTo(big);
    }

    @ParameterizedTest
    @CsvSource({"00000000, false", "00800000, true", "FF7FFFFF, false", "FFFFFFFF, true"})
    void granularIsBit23(String high, boolean granular) {
        assertThat(new Descriptor(0, Integer.parseUnsignedInt(high, 16)).granular())
                .isEqualTo(granular);
    }
}

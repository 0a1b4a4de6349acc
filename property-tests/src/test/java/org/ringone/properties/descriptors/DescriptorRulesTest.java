package org.ringone.properties.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model against what a Xen 3.1 on a 32-bit host was seen to do. */
class DescriptorRulesTest {

    private final DescriptorRules rules = new DescriptorRules(true, true, true);

    private static long descriptor(long base, long limit, long rights, long flags) {
        return (base & 0xFF_FFFF) << 16
                | (base >>> 24) << 56
                | limit & 0xFFFF
                | (limit & 0xF_0000) << 32
                | rights << 40
                | flags << 52;
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, FFFFF, B2, F67FF",
        "00000000, F67FF, B2, F67FF",
        "00001000, FFFFF, B2, F67FE",
        "C0000000, FFFFF, B2, 367FF",
        "C0000000, FFFFF, BA, 367FF",
        "00000000, 00000, B6, FFFFF",
        "00001000, 00000, B6, FFFFE",
        "C0000000, 00000, B6, 3FFFF",
        "00000000, FFFFF, B6, FFFFF"
    })
    void aPageGranularSegmentIsCutWhereItWouldReachTheHypervisor(String base, String limit, String rights, String cut) {
        long given = descriptor(Long.parseLong(base, 16), Long.parseLong(limit, 16), Long.parseLong(rights, 16), 0xC);
        long kept = descriptor(Long.parseLong(base, 16), Long.parseLong(cut, 16), Long.parseLong(rights, 16), 0xC);
        assertThat(rules.accepted(given)).hasValue(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "F67FF000, 00000, B2, C",
        "FFFFF000, 00000, B2, C",
        "F6700001, FFFFF, B2, 4",
        "F67FE001, 01FFF, B2, 4",
        "00000000, 00000, B6, 4"
    })
    void whatCannotBeCutIsRefused(String base, String limit, String rights, String flags) {
        long given = descriptor(
                Long.parseLong(base, 16),
                Long.parseLong(limit, 16),
                Long.parseLong(rights, 16),
                Long.parseLong(flags, 16));
        assertThat(rules.accepted(given)).isEmpty();
    }

    @Test
    void aByteGranularSegmentMayEndExactlyAtTheEdge() {
        long given = descriptor(0xF67F_E000L, 0x1FFF, 0xB2, 0x4);
        assertThat(rules.accepted(given)).hasValue(given);
    }

    @ParameterizedTest
    @CsvSource({"0x80", "0x81", "0x82", "0x83", "0x85", "0x89", "0x8B", "0x8E", "0x8F", "0x84"})
    void systemDescriptorsOtherThanCallGatesAreRefused(String rights) {
        assertThat(rules.accepted(descriptor(0, 0, Long.decode(rights), 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x0008, 0x0009", "0x0000, 0x0001", "0xE019, 0xE019", "0xE018, 0xE019", "0x000F, 0x000F"})
    void aCallGateKeepsItsTargetWithTheRplRaised(String selector, String kept) {
        long gate = 0x0000_AC00_0000_1234L;
        assertThat(rules.accepted(gate | Long.decode(selector) << 16)).hasValue(gate | Long.decode(kept) << 16);
    }

    @ParameterizedTest
    @CsvSource({"0xE008", "0xE021", "0xE02B", "0xE040"})
    void aCallGateIntoTheHypervisorsPartIsRefused(String selector) {
        assertThat(rules.accepted(0x0000_EC00_0000_0000L | Long.decode(selector) << 16))
                .isEmpty();
    }

    @Test
    void aCallGateNeedsZeroReservedBits() {
        assertThat(rules.accepted(0x0000_EC20_0009_0000L)).isEmpty();
        assertThat(rules.accepted(0x0000_EC1F_0009_0000L)).isPresent();
    }

    @Test
    void ring0BecomesRing1AndNothingElse() {
        assertThat(rules.accepted(0x0040_9A00_0000_FFFFL)).hasValue(0x0040_BA00_0000_FFFFL);
        assertThat(rules.accepted(0x0040_DA00_0000_FFFFL)).hasValue(0x0040_DA00_0000_FFFFL);
    }

    @Test
    void whatIsNotPresentIsTakenAsItIs() {
        assertThat(rules.accepted(0xFFFF_0F12_3456_789AL & ~(1L << 47))).isPresent();
        assertThat(rules.accepted(0x0000_0900_0000_0000L)).hasValue(0x0000_0900_0000_0000L);
    }

    @Test
    void aFailedCheckMayLeaveRightsTakenAwayAndNothingElse() {
        long gate = 0x0000_8C20_0008_1234L;
        assertThat(rules.accepted(gate)).isEmpty();
        assertThat(rules.maybeLeft(gate, gate)).isTrue();
        assertThat(rules.maybeLeft(gate, 0x0000_AC20_0008_1234L)).isTrue();
        assertThat(rules.maybeLeft(gate, 0x0000_AC20_0009_1234L)).isTrue();
        assertThat(rules.maybeLeft(gate, 0x0000_8C20_000B_1234L)).isFalse();
        assertThat(rules.maybeLeft(gate, 0x0000_EC20_0008_1234L)).isFalse();
        assertThat(rules.maybeLeft(gate, 0)).isFalse();
    }

    /** As Xen 4.17 does it. */
    @Test
    void a64BitHostNeedsNoLimits() {
        DescriptorRules host64 = new DescriptorRules(false, false, false);
        long flat = descriptor(0, 0xF_FFFF, 0xB2, 0xC);
        assertThat(host64.accepted(flat)).hasValue(flat);
        long high = descriptor(0xFFFF_F000L, 0xF_FFFF, 0xB2, 0xC);
        assertThat(host64.accepted(high)).hasValue(high);
        assertThat(host64.accepted(descriptor(0, 0xF_67FF, 0xB2, 0xC)))
                .as("flat but for the hypervisor's range")
                .hasValue(flat);
        long below = descriptor(0, 0xF_57FF, 0xB2, 0xC);
        assertThat(host64.accepted(below)).hasValue(below);
        assertThat(host64.accepted(descriptor(0, 0xF_FFFF, 0xBA, 0xA)))
                .as("64-bit code")
                .isEmpty();
    }

    @Test
    void a64BitHostClosesItsGates() {
        DescriptorRules host64 = new DescriptorRules(false, false, false);
        assertThat(host64.accepted(0x0000_EC00_0009_1234L)).hasValue(0x0000_8C00_000B_1234L);
        assertThat(host64.accepted(0x0000_8C00_0008_1234L)).hasValue(0x0000_8C00_0009_1234L);
        assertThat(host64.accepted(0x0000_EC00_E018_1234L)).isEmpty();
        assertThat(host64.accepted(0x0000_EC20_0009_1234L)).isEmpty();
        assertThat(host64.accepted(0x0000_EE00_0009_1234L)).isEmpty();
        assertThat(host64.accepted(0x0000_8000_0009_1234L)).hasValue(0x0000_8000_0009_1234L);
    }
}

package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures are those observed on the era's Xen, descriptor by descriptor. */
class DescriptorChecksTest {

    private final DescriptorChecks checks = new DescriptorChecks();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "flat code at DPL 0 is raised and cut,           00cf9a000000ffff, 00cfba00000067ff",
        "flat data at DPL 3 is cut,                      00cff2000000ffff, 00cff200000067ff",
        "a limit that fits is kept,                      00cff200000067ff, 00cff200000067ff",
        "base 1000,                                      00cff2001000ffff, 00cff200100067fe",
        "base C0000000,                                  c0cff2000000ffff, c0c3f200000067ff",
        "expand-down base 0 becomes empty,               00c0f60000000000, 00cff6000000ffff",
        "expand-down base 1000,                          00c0f60010000000, 00cff6001000fffe",
        "expand-down and empty already is kept,          00cff6001000ffff, 00cff6001000ffff",
        "expand-down base C0000000,                      c0c0f60000000000, c0c3f6000000ffff",
        "not present is kept whatever it says,           00cf1a000000ffff, 00cf1a000000ffff",
        "present but DPL 2 keeps its DPL,                00c0da0000000000, 00c0da0000000000",
        "byte-granular to the very end,                  f640f27f0000ffff, f640f27f0000ffff",
        "call gate raises the DPL and the target's RPL,  00008c0000080000, 0000ac0000090000",
        "call gate to the flat ring-1 code segment,      0000ec00e0180000, 0000ec00e0190000",
        "call gate to null,                              0000ec0000000000, 0000ec0000010000",
    })
    void accepts(String what, String before, String after) {
        Descriptor d = Descriptor.of(Long.parseUnsignedLong(before, 16));
        assertThat(checks.check(d)).as(what).isTrue();
        assertThat(String.format("%016x", d.bits())).as(what).isEqualTo(after);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "TSS,                               0000890000000067",
        "LDT,                               0000820000000067",
        "task gate,                         0000850000080000",
        "interrupt gate,                    00008e0000080000",
        "trap gate,                         00008f0000080000",
        "16-bit call gate,                  0000840000080000",
        "present type 0,                    0000800000000000",
        "call gate to the hypervisor,       0000ec00e0080000",
        "call gate to flat data,            0000ec00e0210000",
        "call gate to flat user code,       0000ec00e02b0000",
        "call gate to Xen's TSS,            0000ec00e0400000",
        "call gate with reserved bits,      0000ec2000080000",
        "base at the last page,             f6c0f27ff0000000",
        "byte-granular beyond the end,      f640f27f0001ffff",
        "byte-granular wrapping,            ff40f20000ffffff",
        "expand-down byte-granular,         0040f6000000ffff",
    })
    void refuses(String what, String bits) {
        assertThat(checks.check(Descriptor.of(Long.parseUnsignedLong(bits, 16))))
                .as(what)
                .isFalse();
    }

    @Test
    void aRefusedDescriptorMayHaveLostRights() {
        Descriptor tss = Descriptor.of(0x0000890000000067L);
        assertThat(checks.check(tss)).isFalse();
        assertThat(tss.dpl()).isEqualTo(1);
    }

    @Test
    void selectorsAreRaisedToRingOne() {
        assertThat(checks.codeSelector(0x1238)).isEqualTo(0x1239);
        assertThat(checks.codeSelector(0x123B)).isEqualTo(0x123B);
        assertThat(checks.stackSelector(0)).isEqualTo(1);
    }

    @Test
    void aGateMayNameAnyEntryOfTheGuestsOwnTables() {
        assertThat(checks.gateTarget(0xDFF9))
                .as("the last entry of the guest's own")
                .isTrue();
        assertThat(checks.gateTarget(0xE001))
                .as("the first of the hypervisor's")
                .isFalse();
        assertThat(checks.gateTarget(0xE005)).as("the same entry of the LDT").isTrue();
        assertThat(checks.gateTarget(0xE019)).as("flat code of ring 1").isTrue();
    }
}

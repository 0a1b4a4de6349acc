package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.Vcpu.CS;
import static org.ringone.reference.Vcpu.DS;
import static org.ringone.reference.Vcpu.ES;
import static org.ringone.reference.Vcpu.SS;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;

/** Selectors as the hypervisor reloads them, with a table that has a descriptor of each kind. */
class SegmentReloadTest {

    private static final int SET_GDT = 2;
    private static final int UPDATE_VA_MAPPING = 14;

    /** From index 1 on: what each selector of the tests below names. */
    private static final long[] TABLE = {
        0x00CFB2000000FFFFL, // 0x08 data, DPL 1
        0x00CFF2000000FFFFL, // 0x10 data, DPL 3
        0x00CFB8000000FFFFL, // 0x18 code that cannot be read, DPL 1
        0x00CFBA000000FFFFL, // 0x20 code, DPL 1
        0x00CFBE000000FFFFL, // 0x28 conforming code, DPL 1
        0x00CF32000000FFFFL, // 0x30 data that is not present, DPL 1
        0x00CFB0000000FFFFL, // 0x38 read-only data, DPL 1
        0x00CFFA000000FFFFL, // 0x40 code, DPL 3
        0x00CFFE000000FFFFL, // 0x48 conforming code, DPL 3
        0x00CF3A000000FFFFL, // 0x50 code that is not present, DPL 1
    };

    private static final long ACCESSED = 1L << 40;

    private final BootedGuest guest = BootedGuest.ordinary();
    private final Probe probe = guest.probe;
    private final Vcpu v = guest.vcpu();
    private final SegmentReload reload = v.parts().segmentReload;
    private final Descriptor code = new Descriptor();
    private final Descriptor stack = new Descriptor();
    private long frame;

    @BeforeEach
    void installsTheTable() throws Exception {
        int table = probe.symbol("scratch_pages");
        probe.fill(table, 4096, 0);
        for (int i = 0; i < TABLE.length; i++) {
            probe.write64(table + 8 * (i + 1), TABLE[i]);
        }
        Page page = probe.page(table);
        frame = page.machine(0);
        long entry = page.entry(0x61);
        assertThat(probe.hypercall(UPDATE_VA_MAPPING, table, (int) entry, (int) (entry >>> 32), 2))
                .isZero();
        probe.write32(table + 4096, page.mfn());
        assertThat(probe.hypercall(SET_GDT, table + 4096, 512)).isZero();
    }

    private boolean accessed(int selector) {
        return (guest.machine.memory.read64(frame + (selector & ~7)) & ACCESSED) != 0;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aNullSelectorLoadsAndReachesNothing(int selector) {
        SegmentView view = new SegmentView();
        view.setVm86(0);
        assertThat(reload.dataSegment(v, selector, code, view)).isTrue();
        assertThat(view.readable).isFalse();
        assertThat(view.writable).isFalse();
        assertThat(view.covers(0, 1)).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0x09, true",
        "0x0B, false",
        "0x13, true",
        "0x19, false",
        "0x21, true",
        "0x2B, true",
        "0x31, false",
        "0x39, true",
        "0x59, false",
        "0x1009, false"
    })
    void aDataSelectorLoadsWhenItsSegmentMayBeReadFromItsRing(int selector, boolean loads) {
        assertThat(reload.dataSegment(v, selector, code, new SegmentView())).isEqualTo(loads);
        if (selector < 0x59) {
            assertThat(accessed(selector)).isEqualTo(loads);
        }
    }

    private boolean returns(int cs, int ss, int eip) {
        v.setSelector(CS, cs);
        v.setSelector(SS, ss);
        v.state.eip = eip;
        return reload.returnToGuest(v, code, stack);
    }

    @ParameterizedTest(name = "CS {0}, SS {1}: {2}")
    @CsvSource({
        "0x21, 0x09, true, code and stack of ring 1",
        "0x43, 0x13, true, of ring 3",
        "0x29, 0x09, true, conforming code of that ring",
        "0x2B, 0x13, true, conforming code of an inner ring",
        "0x49, 0x09, false, conforming code of an outer ring",
        "0x41, 0x09, false, code of another ring",
        "0x20, 0x08, false, ring 0",
        "0x01, 0x09, false, null code",
        "0x21, 0x01, false, null stack",
        "0x09, 0x09, false, data as code",
        "0x51, 0x09, false, code that is not present",
        "0x59, 0x09, false, no descriptor",
        "0x21, 0x0B, false, a stack selector of another ring",
        "0x21, 0x11, false, a stack of another ring",
        "0x21, 0x39, false, a stack that cannot be written",
        "0x21, 0x31, false, a stack that is not present",
        "0x21, 0x59, false, a stack without descriptor",
    })
    void aReturnNeedsCodeAndStackOfItsRing(int cs, int ss, boolean returns, String what) {
        assertThat(returns(cs, ss, 0)).as(what).isEqualTo(returns);
        if (cs < 0x51 && ss < 0x51 && cs > 7 && ss > 7) {
            assertThat(accessed(cs) && accessed(ss)).as("both are marked").isEqualTo(returns);
        }
    }

    /** The first descriptor of a table is never loaded, whatever the guest has put there. */
    @Test
    void aNullSelectorIsNullWhateverStandsFirstInTheTable() {
        guest.machine.memory.write64(frame, TABLE[3]);
        assertThat(returns(0x01, 0x09, 0)).isFalse();
        guest.machine.memory.write64(frame, TABLE[0]);
        assertThat(returns(0x21, 0x01, 0)).isFalse();
    }

    @Test
    void conformingCodeStaysUsableInAnOuterRing() {
        v.setSelector(DS, 0x2B);
        v.setSelector(ES, 0x4B);
        assertThat(reload.loadData(v, code)).isTrue();
        assertThat(returns(0x43, 0x13, 0)).isTrue();
        assertThat(v.state.selector(DS)).isEqualTo(0x2B);
        assertThat(v.state.rights(DS)).isNotZero();
    }

    @Test
    void aReturnGoesNoFurtherThanTheCodesLimit() {
        assertThat(returns(0x21, 0x09, 0xF67FFFFF)).isTrue();
        assertThat(returns(0x21, 0x09, 0xF6800000)).isFalse();
    }

    @Test
    void dataOfAnInnerRingDoesNotSurviveTheReturnToAnOuterOne() {
        v.setSelector(DS, 0x09);
        v.setSelector(ES, 0x13);
        assertThat(reload.loadData(v, code)).isTrue();
        assertThat(returns(0x43, 0x13, 0)).isTrue();
        assertThat(v.state.rights(DS)).isZero();
        assertThat(v.state.selector(DS)).isZero();
        assertThat(v.state.selector(ES)).isEqualTo(0x13);
        assertThat(v.state.rights(ES)).isNotZero();
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "0040b20000000fff, 0, true",
        "0040b20000000fff, 0xFFC, true",
        "0040b20000000fff, 0xFFD, false",
        "00cfb2000000ffff, 0xFFFFFFFE, false",
        "0040b60000000fff, 0xFFF, false",
        "0040b60000000fff, 0x1000, true",
        "0040b00000000fff, 0, false",
        "0040ba0000000fff, 0, false",
        "004032000000ffff, 0, false",
    })
    void aWordFitsOnAStackWithinItsLimit(String descriptor, long offset, boolean fits) {
        v.cpu.segmentation().set(SS, 0x09, Long.parseUnsignedLong(descriptor, 16));
        assertThat(reload.stackCovers(v, (int) offset)).isEqualTo(fits);
    }
}

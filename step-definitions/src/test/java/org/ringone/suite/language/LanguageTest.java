package org.ringone.suite.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.xen.Hypercall;

class LanguageTest {

    /** Knows page as 0x5000 and mfn(page) as 7. */
    private static final Names NAMES = new Names() {
        @Override
        public OptionalLong value(String name) {
            return name.equals("page") ? OptionalLong.of(0x5000) : Constants.value(name);
        }

        @Override
        public OptionalLong function(String function, String first, long... arguments) {
            return switch (function) {
                case "mfn" -> first.equals("page") ? OptionalLong.of(7) : OptionalLong.of(arguments[0]);
                case "entry" -> OptionalLong.of(7 << 12 | arguments[1]);
                default -> OptionalLong.empty();
            };
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 + 2 * 3; 7",
                "(1 + 2) * 3; 9",
                "1 << 4 + 1; 32",
                "0xF0 & 0x3C | 1; 49",
                "1 ^ 3 & 2; 3",
                "-1; -1",
                "~0xFF & 0xFFF; 0xF00",
                "0xFFFFFFFFFFFFFFFF; -1",
                "PRESENT RW; 3",
                "PRESENT RW USER 0x200; 0x207",
                "PRESENT + (1 << 52); 0x10000000000001",
                "page + 8; 0x5008",
                "mfn(page); 7",
                "mfn(12); 12",
                "mfn(page) << 12 | mfn(page) >> 20; 0x7000",
                "entry(page, PRESENT RW); 0x7003",
                "present; 1",
                "NX; 0x8000000000000000",
                "FLAT_RING1_CS; 0xE019",
                "0xFFFFF000 >> 12; 0xFFFFF"
            })
    void expressionsHaveTheValueOfC(String text, String expected) {
        long value = expected.startsWith("0x")
                ? Long.parseUnsignedLong(expected.substring(2), 16)
                : Long.parseLong(expected);
        assertThat(Expression.value(text, NAMES)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 +; a name or",
                "(1; is missing",
                "1 2 )); should end",
                "0xZZ; is no number",
                "nobody; nothing is called",
                "twice(page); no function twice",
                "99999999999999999999; is no number"
            })
    void whatCannotBeUnderstoodIsShownWithItsPlace(String text, String complaint) {
        assertThatThrownBy(() -> Expression.value(text, NAMES))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining(">>>");
    }

    @Test
    void aCallHasArraysAndStructuresOfGivenWidths() {
        CallText call = CallText.parse("mmu_update([{page, 1}, {2, u16 3}], 4)", NAMES);
        assertThat(call.hypercall()).isEqualTo(Hypercall.MMU_UPDATE);
        assertThat(call.arguments())
                .containsExactly(
                        new Argument.Array(List.of(
                                new Argument.Structure(
                                        List.of(new Argument.Value(0x5000, 0), new Argument.Value(1, 0))),
                                new Argument.Structure(List.of(new Argument.Value(2, 0), new Argument.Value(3, 2))))),
                        new Argument.Value(4, 0));
    }

    @Test
    void aHypercallThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> CallText.parse("mmu_updat(1)", NAMES))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining("'mmu_updat' is no hypercall");
    }

    @Test
    void everyConstantOfTheHeadersIsFoundWhateverItsCase() {
        assertThat(Constants.value("EVTCHNOP_send")).hasValue(4);
        assertThat(Constants.value("MMUEXT_PIN_L1_TABLE")).hasValue(0);
        assertThat(Constants.value("__HYPERVISOR_iret")).hasValue(23);
        assertThat(Constants.value("EINVAL")).hasValue(22);
        assertThat(Constants.value("nothing_like_it")).isEmpty();
    }
}

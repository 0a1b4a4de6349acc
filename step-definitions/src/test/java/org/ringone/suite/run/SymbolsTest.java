package org.ringone.suite.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SymbolsTest {

    private final Symbols symbols = new Symbols()
            .add(Map.of("entry", 0xC010_0000, "handler", 0xC010_0040))
            .add(Map.of("again", 0xC010_0044));

    @Test
    void addressesAreNamedByTheNearestSymbolBelow() {
        assertThat(symbols.named(
                        "d0v0 trap 13, e019:c0100042  hlt\nd0v0 frame enters e019:c0100040 from e02b:c0100045"))
                .isEqualTo("d0v0 trap 13, e019:c0100042 <handler+2>  hlt\n"
                        + "d0v0 frame enters e019:c0100040 <handler> from e02b:c0100045 <again+1>");
    }

    @Test
    void whatIsFarFromAllSymbolsHasNoName() {
        String text = "e019:c0101044 e019:c00fffff e019:00000000 code 12345678, 019:c0100040";
        assertThat(symbols.named(text)).isEqualTo(text);
    }

    @Test
    void dollarsInNamesAreJustDollars() {
        assertThat(new Symbols().add(Map.of("a$1\\", 16)).named("e019:00000010"))
                .isEqualTo("e019:00000010 <a$1\\>");
    }
}

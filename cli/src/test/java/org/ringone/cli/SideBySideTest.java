package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private final List<String> lines = new ArrayList<>();

    private SideBySide page(int width) {
        lines.clear();
        return new SideBySide(width, lines::add);
    }

    @Test
    void aNarrowScreenHasOneBelowTheOther() {
        page(80).both(4, "the first", "the second");
        assertThat(lines).containsExactly("    A  the first", "    B  the second");
    }

    @Test
    void aWideScreenHasColumns() {
        page(120).both(4, "one two", "three\nfour");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("    A  one two {2,}\\| B  three");
        assertThat(lines.get(1)).matches(" +\\| {4}four");
        assertThat(lines.get(0).indexOf('|')).isEqualTo(lines.get(1).indexOf('|'));
    }

    @Test
    void nothingIsWiderThanTheScreen() {
        String text = "word ".repeat(60) + "x".repeat(300);
        for (int width : new int[] {40, 79, 80, 119, 120, 200}) {
            SideBySide page = page(width);
            page.both(6, text, "short");
            page.text(2, text);
            page.labelled(2, "rules", text);
            int most = width;
            assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(most));
        }
    }

    @Test
    void linesBreakAtBlanksWhereThereAreAny() {
        page(40).labelled(0, "A", "a".repeat(30) + " " + "b".repeat(30) + " " + "c".repeat(50));
        assertThat(lines)
                .containsExactly(
                        "A  " + "a".repeat(30), "   " + "b".repeat(30), "   " + "c".repeat(37), "   " + "c".repeat(13));
    }

    @Test
    void whatIsLongIsCut() {
        page(80).both(0, "line\n".repeat(100), "x".repeat(100_000));
        assertThat(lines).hasSizeLessThanOrEqualTo(24).contains("   ...");
    }

    @Test
    void whatComesFromAGuestMovesNoCursor() {
        page(80).both(0, "\u001b[2J\u0007", "a\u202eb\u0085");
        assertThat(lines).containsExactly("A  \\x1b[2J\\x07", "B  a\\u202eb\\x85");
    }
}

package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandWordsTest {

    @Test
    void blanksSeparate() {
        assertThat(CommandWords.of("  my-hv --kernel {image}\t--memory {mib} "))
                .containsExactly("my-hv", "--kernel", "{image}", "--memory", "{mib}");
        assertThat(CommandWords.of(" ")).isEmpty();
    }

    @Test
    void quotesAndBackslashesKeepWhatTheyHold() {
        assertThat(CommandWords.of("a 'b c' \"d \\\"e\\\\ \\f\" g\\ h '' i'j'\"k\""))
                .containsExactly("a", "b c", "d \"e\\ \\f", "g h", "", "ijk");
        assertThat(CommandWords.of("'\\' '>' \\| $HOME *")).containsExactly("\\", ">", "|", "$HOME", "*");
    }

    @Test
    void whatIsLeftOpenIsSaid() {
        assertThatThrownBy(() -> CommandWords.of("a 'b")).hasMessageContaining("the ' at character 3 is not closed");
        assertThatThrownBy(() -> CommandWords.of("a \"b\\\"")).hasMessageContaining("is not closed");
        assertThatThrownBy(() -> CommandWords.of("a\\")).hasMessageContaining("backslash");
    }

    @Test
    void whatNeedsAShellIsSaid() {
        assertThatThrownBy(() -> CommandWords.of("my-hv {image} 2>&1 | tee log"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a shell")
                .hasMessageContaining("sh -c");
    }
}

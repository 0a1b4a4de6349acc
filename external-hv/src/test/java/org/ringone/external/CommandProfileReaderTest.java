package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringone.api.Profile;

class CommandProfileReaderTest {

    private static final String GOOD = """
            name: mine
            version: "1.0"
            era: "4.2"
            host: 64-bit
            privilege: ordinary domain
            features: [fast]
            command: [boot, "{image}"]
            """;

    static java.util.List<String> presets() {
        return CommandHypervisor.presets();
    }

    @Test
    void theLeastThatIsNeeded() {
        CommandProfile profile = CommandProfileReader.read(GOOD, "mine.yaml", name -> null);
        assertThat(profile.profile())
                .isEqualTo(new Profile(
                        Profile.Era.XEN_4_2,
                        Profile.Host.X86_64,
                        Profile.Privilege.ORDINARY,
                        java.util.Set.of("fast")));
        assertThat(profile.command().get(1).fill(Map.of("image", "/i"))).isEqualTo("/i");
        assertThat(profile.vcpus()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    name: mine              | name: Mine Own          | must be lower-case letters
                    name: mine              | names: mine             | names
                    version: "1.0"          |                         | 'version' is missing
                    era: "4.2"              | era: "5"                | 'era' must be 3.1 or 4.2 or 4.17, not '5'
                    host: 64-bit            | host: ARM               | 'host' must be 32-bit PAE or 64-bit
                    privilege: ordinary     | privilege: root         | 'privilege' must be ordinary domain or initial
                    command: [boot,         | command: {              | mine.yaml
                    [boot, "{image}"]       | []                      | 'command' is empty
                    [boot, "{image}"]       | ["{kernel}"]            | '{kernel}' in '{kernel}' is no place
                    [boot, "{image}"]       | ["{image+1}"]           | is no place
                    [boot, "{image}"]       | ["{env.NONE}"]          | environment variable NONE is not set
                    features: [fast]        | started: "("            | is no regular expression
                    features: [fast]        | advice: {"(": "no"}     | is no regular expression
                    features: [fast]        | start-seconds: 0        | 'start-seconds' must be between
                    features: [fast]        | vcpus: 33               | 'vcpus' must be between 1.0 and 32.0
                    features: [fast]        | endings: {gone: [x]}    | 'gone' is no ending: they are poweroff
                    features: [fast]        | endings: {refused: [x]} | need 'started'
                    features: [fast]        | statuses: {0: fine}     | 'fine' is no ending
                    """)
    void whatIsWrongIsSaid(String part, String instead, String message) {
        assertThat(GOOD).contains(part);
        String bad = GOOD.replace(part, instead == null ? "" : instead);
        assertThatThrownBy(() -> CommandProfileReader.read(bad, "mine.yaml", name -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void nothingAtAllIsSaidToo() {
        assertThatThrownBy(() -> CommandProfileReader.read("", "mine.yaml", name -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.yaml");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void thePresetsAreWellFormed(String name) throws Exception {
        try (java.io.InputStream in = CommandHypervisor.class.getResourceAsStream(name + ".yaml")) {
            CommandProfile profile = CommandProfileReader.read(
                    new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), name, variable -> "/xen");
            assertThat(profile.name()).isEqualTo(name);
            assertThat(profile.endings().keySet())
                    .contains(Ending.KILLED, Ending.FAILED, Ending.REFUSED, Ending.POWEROFF, Ending.CRASH);
            assertThat(profile.command())
                    .anyMatch(word -> word.has("image"))
                    .anyMatch(word -> word.fill(Map.of("mib", "64")).equals("/xen"));
            assertThat(profile.serial()).isEqualTo(name.equals("xen-bochs"));
        }
    }

    @Test
    void unknownPresetsAndFilesAreNamed() {
        assertThatThrownBy(() -> CommandHypervisor.xen("xen-9", Path.of("/xen")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("xen-9")
                .hasMessageContaining("xen-qemu, xen-bochs");
        assertThatThrownBy(() -> CommandHypervisor.read(Path.of("/no/such.yaml")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/no/such.yaml");
    }
}

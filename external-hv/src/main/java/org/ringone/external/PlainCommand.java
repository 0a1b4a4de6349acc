package org.ringone.external;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ringone.api.Profile;

/** What is taken for granted of a hypervisor of which nothing is told but its command line. */
final class PlainCommand {

    /** The most virtual processors of a domain whose number the command line can name: the most of the interface. */
    private static final int VCPUS = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PlainCommand() {}

    /**
     * The profile of a command line.
     *
     * @param environment gives the values of environment variables, null for those not set
     * @throws IllegalArgumentException when it is not well formed; the message says what is wrong
     */
    static CommandProfile profile(String line, UnaryOperator<String> environment) {
        List<CommandTemplate> command = CommandWords.of(line).stream()
                .map(word -> CommandTemplate.parse(word, environment))
                .toList();
        if (command.isEmpty()) {
            throw new IllegalArgumentException("it is empty; it looks like 'my-hv --kernel {image} --memory {mib}'");
        }
        String program = CommandWords.of(line).get(0);
        CommandWords.requireProgram(program, environment.apply("PATH"));
        if (!has(command, "image")) {
            throw new IllegalArgumentException(
                    "no {image} in '" + line + "': that is where the path of the kernel to boot is filled in");
        }
        if (has(command, "ramdisk")) {
            throw new IllegalArgumentException("{ramdisk} in '" + line + "': most domains have none. A profile has a"
                    + " 'command-with-ramdisk' for those that have");
        }
        return new CommandProfile(
                name(program),
                "unknown",
                new Profile(Profile.Era.XEN_3_1, Profile.Host.PAE_32, Profile.Privilege.ORDINARY),
                command,
                List.of(),
                Map.of(),
                has(command, "vcpus") ? VCPUS : 1,
                false,
                Optional.empty(),
                PATIENCE,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(0, Ending.POWEROFF));
    }

    private static boolean has(List<CommandTemplate> command, String place) {
        return command.stream().anyMatch(word -> word.has(place));
    }

    /** A name made of the program's. */
    private static String name(String program) {
        Path file = Path.of(program).getFileName();
        String name = (file == null ? "" : file.toString())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]+", "-")
                .replaceAll("^[.-]+|[.-]+$", "");
        return name.isEmpty() ? "command" : name;
    }
}

package org.ringone.external;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ringone.api.Profile;

/**
 * What is to be known of a hypervisor that is a program.
 *
 * @param name as {@link org.ringone.api.Hypervisor#name()}
 * @param version as {@link org.ringone.api.Hypervisor#version()}
 * @param profile as {@link org.ringone.api.Hypervisor#profile()}
 * @param command the program and its arguments
 * @param commandWithRamdisk the same for a domain with a ramdisk; empty when it takes none
 * @param environment environment variables to add
 * @param vcpus the most virtual processors a domain can have
 * @param saved whether machines can be saved: the command is QEMU with its control line at the socket {@code qmp} in
 *     {@code {directory}}
 * @param started the console line that tells that the domain runs; none when that cannot be seen
 * @param patience how long the domain may take to start
 * @param log the hypervisor's own lines on the console, as opposed to the guest's
 * @param endings the console lines that tell an ending
 * @param advice what a person should know when the console has such a line
 * @param statuses the exit statuses that tell an ending; a program that ends otherwise has failed
 */
record CommandProfile(
        String name,
        String version,
        Profile profile,
        List<CommandTemplate> command,
        List<CommandTemplate> commandWithRamdisk,
        Map<String, String> environment,
        int vcpus,
        boolean saved,
        Optional<Pattern> started,
        Duration patience,
        Optional<Pattern> log,
        Map<Ending, List<Pattern>> endings,
        Map<Pattern, String> advice,
        Map<Integer, Ending> statuses) {

    /** Whether the console is a serial line that the command connects to our {@code {port}}, not its standard streams. */
    boolean serial() {
        return command.stream().anyMatch(word -> word.has("port"));
    }

    /** The same under another name, for what has become known of the hypervisor. */
    CommandProfile called(String otherName, String otherVersion, Profile otherProfile) {
        return new CommandProfile(
                otherName,
                otherVersion,
                otherProfile,
                command,
                commandWithRamdisk,
                environment,
                vcpus,
                saved,
                started,
                patience,
                log,
                endings,
                advice,
                statuses);
    }
}

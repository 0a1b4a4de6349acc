package org.ringone.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;

/**
 * A hypervisor that is a program, in whatever language: a command that boots an ELF image and gives the guest's console
 * on its standard input and output. A profile in YAML says how to start it and how to read what it says.
 *
 * <p>Each machine is one run of the command with one domain.
 */
public final class CommandHypervisor implements Hypervisor {

    private final CommandProfile profile;
    private final FirstSound firstSound = new FirstSound();

    private CommandHypervisor(CommandProfile profile) {
        this.profile = profile;
    }

    /**
     * The hypervisor that a command line boots: an ordinary domain on a 32-bit PAE host, as Xen 3.1 is documented; status 0
     * when the guest has powered off. What else is to be known of it takes a profile.
     *
     * @param line the program and its arguments, cut as a shell cuts them, with places to fill in as in a profile
     * @throws IllegalArgumentException when it is not well formed or names no place for the image; the message says so
     */
    public static CommandHypervisor ofCommandLine(String line) {
        try {
            return new CommandHypervisor(PlainCommand.profile(line, System::getenv));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the hypervisor's command cannot be used: " + e.getMessage(), e);
        }
    }

    /** What comes along for a Xen of the user's own: in an emulated machine, the probe being its initial domain. */
    public static List<String> presets() {
        return Arrays.stream(XenPreset.values()).map(XenPreset::word).toList();
    }

    /**
     * A Xen in an emulated machine. It is started once, to hear which version it is.
     *
     * @param preset one of {@link #presets()}
     * @param xen the hypervisor's image, gzip-compressed or not
     * @throws IllegalArgumentException when there is no such preset, the image is no Xen that can be judged, or the emulator is
     *     not installed; the message says what to do
     */
    public static CommandHypervisor xen(String preset, Path xen) {
        return XenPreset.of(preset)
                .map(p -> new CommandHypervisor(p.of(xen)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no preset '" + preset + "': there are " + String.join(", ", presets())));
    }

    /**
     * The hypervisor of a profile in a file.
     *
     * @throws IllegalArgumentException when it cannot be read or is not well formed; the message says where
     */
    public static CommandHypervisor read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("the profile " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * The hypervisor of a profile in a string.
     *
     * @param where what to call the text in messages
     * @throws IllegalArgumentException when it is not well formed; the message says where
     */
    public static CommandHypervisor parse(String yaml, String where) {
        return new CommandHypervisor(CommandProfileReader.read(yaml, where, System::getenv));
    }

    @Override
    public String name() {
        return profile.name();
    }

    @Override
    public String version() {
        return profile.version();
    }

    @Override
    public Profile profile() {
        return profile.profile();
    }

    @Override
    public Machine start() {
        return new CommandMachine(profile, firstSound);
    }
}

package org.ringone.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ringone.api.DomainSpec;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;

/** The saved state of a machine in QEMU: a file, which lives as long as this JVM. */
final class SavedMachine implements Snapshots.Snapshot {

    private final CommandProfile profile;
    private final DomainSpec spec;
    private final Path state;

    private SavedMachine(CommandProfile profile, DomainSpec spec, Path state) {
        this.profile = profile;
        this.spec = spec;
        this.state = state;
    }

    /** Saves the machine whose control line is given. */
    static SavedMachine save(CommandProfile profile, DomainSpec spec, Path control) {
        try {
            Path directory = Files.createTempDirectory("ringone-state-");
            directory.toFile().deleteOnExit();
            Path state = directory.resolve("state");
            state.toFile().deleteOnExit();
            try (Qmp line = Qmp.connect(control, profile.patience())) {
                line.save(state);
            }
            return new SavedMachine(profile, spec, state);
        } catch (IOException e) {
            throw new IllegalStateException(profile.name() + " cannot be saved: " + e.getMessage(), e);
        }
    }

    @Override
    public Machine resume() {
        return new CommandMachine(profile, new CommandDomain(profile, spec, state));
    }

    @Override
    public boolean independent() {
        return true;
    }
}

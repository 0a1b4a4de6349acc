package org.ringone.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.ringone.api.DomainSpec;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;

/**
 * The saved state of a machine in QEMU: a file, which lives as long as this JVM. Where saving or starting from it fails, every
 * {@link #resume()} says so at once, and whoever asks boots instead.
 */
final class SavedMachine implements Snapshots.Snapshot {

    private final CommandProfile profile;
    private final DomainSpec spec;
    private final Path state;
    private volatile String failure;

    private SavedMachine(CommandProfile profile, DomainSpec spec, Path state, String failure) {
        this.profile = profile;
        this.spec = spec;
        this.state = state;
        this.failure = failure;
    }

    /**
     * Saves the machine whose control line is given.
     *
     * @param alive whether QEMU runs
     */
    static SavedMachine save(CommandProfile profile, DomainSpec spec, Path control, BooleanSupplier alive) {
        try {
            Path directory = Files.createTempDirectory("ringone-state-");
            directory.toFile().deleteOnExit();
            Path state = directory.resolve("state");
            state.toFile().deleteOnExit();
            try (Qmp line = Qmp.connect(control, profile.patience(), alive)) {
                line.save(state);
            }
            return new SavedMachine(profile, spec, state, null);
        } catch (IOException e) {
            return new SavedMachine(profile, spec, null, profile.name() + " cannot be saved: " + e.getMessage());
        }
    }

    /** @throws IllegalStateException when the machine could not be saved, or has failed to start from its state before */
    @Override
    public Machine resume() {
        if (failure == null) {
            CommandDomain domain = new CommandDomain(profile, spec, state);
            if (domain.failure().isEmpty()) {
                return new CommandMachine(profile, domain);
            }
            failure = domain.failure().get();
            domain.close();
        }
        throw new IllegalStateException(failure);
    }

    @Override
    public boolean independent() {
        return true;
    }
}

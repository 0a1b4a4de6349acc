package org.ringone.external;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;

/** The domain that a command boots: its console is the command's standard input and output. */
final class CommandDomain implements Domain, Console {

    /** What the console may hold unread; a guest that writes more waits. */
    private static final int OUTPUT = 1 << 20;

    /** What the command may leave unread of its input. */
    private static final int INPUT = 4096;

    /** How long after a sign of failure a refusal of the image may still be said. */
    private static final Duration AFTERTHOUGHT = Duration.ofMillis(500);

    /** A silence that tells that somebody has finished speaking. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    /** How long a command whose output has ended may take to end. */
    private static final Duration LAST_BREATH = Duration.ofSeconds(2);

    /** Programs that a signal has ended have higher statuses. */
    private static final int HIGHEST_OF_ITS_OWN = 127;

    private final CommandProfile profile;
    private final DomainSpec spec;
    private final Path directory;
    private final ConsoleWatch watch;
    private final ByteQueue output = new ByteQueue(OUTPUT);
    private ChildProcess child;
    private String failure;
    private Exit atClose;
    private boolean settled;

    /** Starts the command. That it cannot be started is the domain's {@link #exit()}. */
    CommandDomain(CommandProfile profile, DomainSpec spec) {
        this(profile, spec, Optional.empty());
    }

    /** Starts the command from a saved state. */
    CommandDomain(CommandProfile profile, DomainSpec spec, Path state) {
        this(profile, spec, Optional.of(state));
        try (Qmp line = Qmp.connect(control(), profile.patience(), () -> child != null && child.alive())) {
            line.awaitRunning();
        } catch (IOException e) {
            failure = profile.name() + " does not start from a saved state: " + e.getMessage() + said();
        }
    }

    private CommandDomain(CommandProfile profile, DomainSpec spec, Optional<Path> state) {
        this.profile = profile;
        this.spec = spec;
        this.watch = new ConsoleWatch(profile, state.isPresent());
        try {
            directory = Files.createTempDirectory(
                    "ringone-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new IllegalStateException("cannot make a temporary directory for the image: " + e, e);
        }
        try {
            Optional<SerialLine> line = profile.serial() ? Optional.of(SerialLine.open()) : Optional.empty();
            List<String> command = new ArrayList<>(command(spec, line));
            state.ifPresent(file -> command.addAll(List.of("-incoming", Qmp.incoming(file))));
            child = ChildProcess.start(command, profile.environment(), line);
            Thread pump = new Thread(this::pump, "ringone-console");
            pump.setDaemon(true);
            pump.start();
        } catch (IOException e) {
            failure = "the command of " + profile.name() + " cannot be started: " + e.getMessage();
            output.end();
        }
    }

    private List<String> command(DomainSpec wanted, Optional<SerialLine> line) throws IOException {
        Path image = Files.write(directory.resolve("image"), wanted.image());
        boolean ramdisk = wanted.ramdisk().length > 0;
        Map<String, String> values = new HashMap<>();
        values.put("image", image.toString());
        values.put("mib", String.valueOf(wanted.memoryMib()));
        values.put("cmdline", wanted.commandLine());
        values.put("vcpus", String.valueOf(wanted.vcpus()));
        values.put("directory", directory.toString());
        line.ifPresent(serial -> values.put("port", String.valueOf(serial.port())));
        if (ramdisk) {
            values.put(
                    "ramdisk",
                    Files.write(directory.resolve("ramdisk"), wanted.ramdisk()).toString());
        }
        return (ramdisk ? profile.commandWithRamdisk() : profile.command())
                .stream().map(word -> word.fill(values)).toList();
    }

    private Path control() {
        return directory.resolve("qmp");
    }

    /** Saves the machine, while the guest waits for its console. */
    SavedMachine save() {
        if (!(exit() instanceof Exit.Running)) {
            throw new IllegalStateException("a domain that has ended cannot be remembered");
        }
        return SavedMachine.save(profile, spec, control(), child::alive);
    }

    private void pump() {
        byte[] buffer = new byte[8192];
        try (InputStream from = child.output()) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                watch.accept(buffer, read);
                output.put(buffer, read);
                if (watch.ending().isPresent()) {
                    output.hush();
                }
            }
        } catch (IOException e) {
            // The command has closed its output.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            output.end();
            watch.end();
        }
    }

    /**
     * Waits until the domain runs, where that can be seen.
     *
     * @throws DomainBuildException when it is seen that the hypervisor refuses the image
     */
    void awaitStart(FirstSound firstSound) throws DomainBuildException {
        if (failure != null) {
            return;
        }
        if (profile.started().isEmpty()) {
            awaitSound(firstSound);
            return;
        }
        boolean seen = watch.awaitStart(profile.patience());
        if (watch.started() && watch.ending().isEmpty()) {
            return;
        }
        if (!seen) {
            failure = profile.name() + " did not start the domain within "
                    + profile.patience().toMillis() / 1000.0 + " s." + said();
            return;
        }
        watch.awaitRefusal(AFTERTHOUGHT);
        if (ending().filter(e -> e == Ending.REFUSED).isPresent()) {
            throw new DomainBuildException(
                    profile.name() + " refuses the image: " + watch.advice().orElse("") + said());
        }
    }

    /** Where nothing tells that the domain starts: a command that ends unheard, and says why, has refused the image. */
    private void awaitSound(FirstSound firstSound) throws DomainBuildException {
        boolean heard = watch.awaitSound(firstSound.patience());
        boolean ended = !heard && output.awaitEnd(Duration.ZERO) && child.awaitEnd(LAST_BREATH);
        firstSound.waited(heard || ended);
        if (ended && refusal(child.status().getAsInt())) {
            throw new DomainBuildException(profile.name() + " refuses the image: it ended with status "
                    + child.status().getAsInt() + "." + said());
        }
    }

    private boolean refusal(int status) {
        Ending told = profile.statuses().get(status);
        boolean bySignal = status > HIGHEST_OF_ITS_OWN;
        return told == Ending.REFUSED
                || told == null && !bySignal && !child.errors().isEmpty();
    }

    @Override
    public int id() {
        return 0;
    }

    @Override
    public Console console() {
        return this;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        return child == null ? 0 : child.offer(bytes, offset, length, INPUT);
    }

    @Override
    public byte[] read(Budget budget) {
        byte[] bytes = output.take(budget.wallClock());
        if (bytes.length == 0 && child != null && watch.ending().isPresent()) {
            settle();
            return output.take(Duration.ZERO);
        }
        return bytes;
    }

    /** Lets a hypervisor that has begun to tell the domain's end finish. */
    private void settle() {
        if (!settled) {
            watch.awaitQuiet(MOMENT, AFTERTHOUGHT);
            settled = true;
        }
    }

    @Override
    public Exit exit() {
        if (atClose != null) {
            return atClose;
        }
        if (failure != null) {
            return new Exit.HypervisorFailed(failure);
        }
        return ending().map(this::exit).orElseGet(Exit.Running::new);
    }

    private Exit exit(Ending ending) {
        OptionalInt status = child.status();
        String how = status.isPresent() && watch.ending().isEmpty()
                ? "the command of " + profile.name() + " ended with status " + status.getAsInt() + "."
                : profile.name() + ": " + ending.word() + ".";
        return ending.exit(how + said());
    }

    /** What the console's lines tell, or else how the command has ended. */
    private Optional<Ending> ending() {
        if (child.alive() && !output.awaitEnd(Duration.ZERO)) {
            if (watch.ending().isPresent()) {
                settle();
            }
            return watch.ending();
        }
        output.awaitEnd(LAST_BREATH);
        if (watch.ending().isPresent()) {
            return watch.ending();
        }
        if (!child.awaitEnd(LAST_BREATH)) {
            return Optional.of(Ending.FAILED);
        }
        return Optional.of(profile.statuses().getOrDefault(child.status().getAsInt(), Ending.FAILED));
    }

    /** Why there never was a domain; empty when there is or was one. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** The last that the command said, for messages. */
    String said() {
        String lines = watch.lastLines();
        String errors = child == null ? "" : child.errors();
        return (lines.isEmpty() ? "" : "\nIts console said last:\n" + lines)
                + (errors.isEmpty() ? "" : "\nIts error output said last:\n" + errors);
    }

    List<String> drainLog() {
        return watch.drainLog();
    }

    boolean closed() {
        return atClose != null;
    }

    @Override
    public void close() {
        if (atClose != null) {
            return;
        }
        atClose = exit();
        output.end();
        if (child != null) {
            child.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A temporary file stays behind: the system cleans its own directory.
        }
    }
}

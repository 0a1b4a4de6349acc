package org.ringone.external;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A child process whose input is fed by a thread of its own, so that one that does not read cannot block us, and whose
 * error output is kept, the last of it. Closing it ends it and all its descendants; the JVM's end closes what is open.
 */
final class ChildProcess implements AutoCloseable {

    /** How much error output is kept. */
    private static final int ERRORS_KEPT = 8 * 1024;

    private static final Duration DEATH = Duration.ofSeconds(5);
    private static final Set<ChildProcess> OPEN = ConcurrentHashMap.newKeySet();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::endAll, "ringone-children"));
    }

    private final Process process;
    private final Optional<SerialLine> line;
    private final Deque<byte[]> input = new ArrayDeque<>();
    private final StringBuilder errors = new StringBuilder();
    private final Thread errorReader;
    private int inputBytes;
    private boolean closed;

    private ChildProcess(Process process, Optional<SerialLine> line) {
        this.process = process;
        this.line = line;
        daemon("feeder", this::feed);
        errorReader = daemon("errors", this::keepErrors);
    }

    /**
     * Starts a program, in the directory in which this one runs.
     *
     * @param environment added to this process's own
     * @throws IOException when there is no such program
     */
    static ChildProcess start(List<String> command, Map<String, String> environment) throws IOException {
        return start(command, environment, Optional.empty());
    }

    /**
     * Starts a program.
     *
     * @param line what is its console instead of its standard input and output, which then counts as error output; closed
     *     with it
     */
    static ChildProcess start(List<String> command, Map<String, String> environment, Optional<SerialLine> line)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(line.isPresent());
        builder.environment().putAll(environment);
        synchronized (OPEN) {
            if (ending) {
                throw new IOException("this JVM ends");
            }
            ChildProcess child = new ChildProcess(builder.start(), line);
            OPEN.add(child);
            return child;
        }
    }

    private static void endAll() {
        synchronized (OPEN) {
            ending = true;
            OPEN.forEach(ChildProcess::kill);
        }
    }

    /** What the child writes to its console. */
    InputStream output() throws IOException {
        return line.isPresent() ? line.get().input(process::isAlive) : process.getInputStream();
    }

    private OutputStream input() throws IOException {
        return line.isPresent() ? line.get().output(process::isAlive) : process.getOutputStream();
    }

    /** Queues bytes for the child's standard input, as many as fit, if at most {@code limit} may wait there. */
    int offer(byte[] bytes, int offset, int length, int limit) {
        synchronized (input) {
            int taken = Math.max(0, Math.min(length, limit - inputBytes));
            if (taken > 0) {
                enqueue(java.util.Arrays.copyOfRange(bytes, offset, offset + taken));
            }
            return taken;
        }
    }

    /** Queues bytes for the child's standard input, however many wait already. The array must not be changed. */
    void send(byte[] bytes) {
        synchronized (input) {
            enqueue(bytes);
        }
    }

    private void enqueue(byte[] bytes) {
        if (!closed) {
            input.addLast(bytes);
            inputBytes += bytes.length;
            input.notifyAll();
        }
    }

    private void feed() {
        try (OutputStream to = input()) {
            byte[] next = nextInput();
            while (next != null) {
                to.write(next);
                to.flush();
                synchronized (input) {
                    inputBytes -= next.length;
                }
                next = nextInput();
            }
        } catch (IOException e) {
            // The child reads no more; how it ended is told by its status.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] nextInput() throws InterruptedException {
        synchronized (input) {
            while (input.isEmpty() && !closed) {
                input.wait();
            }
            return closed ? null : input.removeFirst();
        }
    }

    private void keepErrors() {
        char[] buffer = new char[1024];
        InputStream errorStream = line.isPresent() ? process.getInputStream() : process.getErrorStream();
        try (Reader from = new InputStreamReader(errorStream, StandardCharsets.UTF_8)) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                synchronized (errors) {
                    errors.append(buffer, 0, read);
                    errors.delete(0, Math.max(0, errors.length() - ERRORS_KEPT));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    /** The last of what the child wrote to its error output. */
    String errors() {
        synchronized (errors) {
            return errors.toString().strip();
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The exit status; empty while the child lives. */
    OptionalInt status() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Waits for the end of a child that has closed its output; false when it lives on nevertheless. */
    boolean awaitEnd(Duration patience) {
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                errorReader.join(200);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        synchronized (input) {
            closed = true;
            input.clear();
            input.notifyAll();
        }
        kill();
        awaitEnd(DEATH);
        line.ifPresent(ChildProcess::hangUp);
        OPEN.remove(this);
    }

    private static void hangUp(SerialLine line) {
        try {
            line.close();
        } catch (IOException e) {
            // Nobody is at its other end any more.
        }
    }

    /** Ends the child and its descendants, those too that are started while we look. */
    private void kill() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        for (int i = 0; i < family.size() && i < 1000; i++) {
            ProcessHandle member = family.get(i);
            family.addAll(member.children().filter(c -> !family.contains(c)).toList());
            member.destroyForcibly();
        }
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, "ringone-child-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

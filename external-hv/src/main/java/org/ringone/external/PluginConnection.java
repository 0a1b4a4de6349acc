package org.ringone.external;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ringone.api.DomainBuildException;

/**
 * The line to a child JVM that serves a plug-in: calls from any thread, each with a deadline of its own. A child that
 * sends nonsense or ends has failed, and every call to it with it; a call that is late fails alone, but a child that
 * leaves too many unanswered is ended.
 */
final class PluginConnection implements AutoCloseable {

    /** So many calls may never be answered: each is a thread that spins in the child. */
    private static final int HUNG_CALLS = 4;

    /** So many machines, one after another, a child may have had. */
    private static final int MACHINES = 1_000;

    private static final Duration LAST_BREATH = Duration.ofSeconds(2);
    private static final int HELLO = -1;

    private final ChildProcess child;
    private final String what;
    private final Map<Integer, CompletableFuture<Frame>> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<Frame> hello = new CompletableFuture<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger machines = new AtomicInteger();
    private final AtomicInteger hung = new AtomicInteger();
    private final AtomicInteger users = new AtomicInteger();
    private final Consumer<PluginConnection> unused;
    private volatile String failure;
    private volatile boolean blemished;

    /**
     * Starts a child.
     *
     * @param what the child in messages
     * @param unused told when the last machine and snapshot that needed the child are gone
     */
    PluginConnection(List<String> command, String what, Consumer<PluginConnection> unused) {
        this.what = what;
        this.unused = unused;
        try {
            child = ChildProcess.start(command, Map.of());
        } catch (IOException e) {
            throw new PluginFailure("the JVM for " + what + " cannot be started: " + e.getMessage());
        }
        Thread reader = new Thread(this::receive, "ringone-plugin");
        reader.setDaemon(true);
        reader.start();
    }

    /** What the child says of its hypervisor. */
    <T> T hello(Duration patience, Frame.Reader<T> reader) {
        Frame frame = await(hello, patience, "saying hello");
        return result(frame, reader);
    }

    /** A number for a new machine. */
    int newMachine() {
        return machines.incrementAndGet();
    }

    /**
     * Makes a call that builds no domain.
     *
     * @throws PluginFailure when the plug-in threw or did not answer in time, or the child has failed
     */
    <T> T call(Frame.Call call, int machine, Duration patience, Frame.Writer arguments, Frame.Reader<T> reader) {
        Frame answer = exchange(call, machine, patience, arguments);
        if (answer.kind() == Frame.Answer.REFUSED.ordinal()) {
            throw fail("it answered a call that builds no domain with a refusal");
        }
        return result(answer, reader);
    }

    /** Makes the call that builds a domain. */
    <T> T build(int machine, Duration patience, Frame.Writer arguments, Frame.Reader<T> reader)
            throws DomainBuildException {
        Frame answer = exchange(Frame.Call.CREATE, machine, patience, arguments);
        if (answer.kind() == Frame.Answer.REFUSED.ordinal()) {
            throw new DomainBuildException(parse(answer, Parts::text));
        }
        return result(answer, reader);
    }

    private Frame exchange(Frame.Call call, int machine, Duration patience, Frame.Writer arguments) {
        byte[] body = Frame.body(out -> {
            out.writeInt(machine);
            arguments.write(out);
        });
        int number = calls.incrementAndGet();
        byte[] encoded = new Frame(call.ordinal(), number, body).encoded();
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        if (failure != null) {
            waiting.remove(number);
            throw new PluginFailure(failure);
        }
        child.send(encoded);
        return await(answer, patience, call.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private Frame await(CompletableFuture<Frame> answer, Duration patience, String doing) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String late = what + " hangs: no answer to '" + doing + "' within " + patience.toMillis() + " ms";
            if (answer == hello || hung.incrementAndGet() >= HUNG_CALLS) {
                throw fail(late.substring(what.length() + 1));
            }
            blemished = true;
            throw new PluginFailure(late + said());
        } catch (ExecutionException e) {
            throw new PluginFailure(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure("the wait for " + what + " was interrupted");
        }
    }

    private <T> T result(Frame answer, Frame.Reader<T> reader) {
        if (answer.kind() == Frame.Answer.THREW.ordinal()) {
            blemished = true;
            throw new PluginFailure(what + ": " + parse(answer, Parts::text));
        }
        return parse(answer, reader);
    }

    private <T> T parse(Frame answer, Frame.Reader<T> reader) {
        try {
            return reader.read(new DataInputStream(new ByteArrayInputStream(answer.body())));
        } catch (IOException | IllegalArgumentException e) {
            throw fail("its answer makes no sense: " + e.getMessage());
        }
    }

    private void receive() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(child.output(), 1 << 16))) {
            for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                deliver(frame);
            }
            child.awaitEnd(LAST_BREATH);
            fail("it ended" + status());
        } catch (IOException e) {
            fail("it sent nonsense: " + e.getMessage() + status());
        }
    }

    private void deliver(Frame frame) throws IOException {
        Frame.Answer kind = Parts.one(Frame.Answer.values(), frame.kind());
        if (frame.call() == HELLO && !hello.isDone()) {
            hello.complete(frame);
            return;
        }
        CompletableFuture<Frame> answer = waiting.remove(frame.call());
        if (answer == null || kind == Frame.Answer.HELLO) {
            throw new IOException("an answer to a question that nobody asked");
        }
        if (answer.isDone()) {
            return;
        }
        answer.complete(frame);
    }

    /** The child has failed: nobody can be answered any more. The first reason counts. */
    private synchronized PluginFailure fail(String why) {
        if (failure == null) {
            failure = what + " failed: " + why + said();
            child.close();
            PluginFailure all = new PluginFailure(failure);
            hello.completeExceptionally(all);
            waiting.values().forEach(answer -> answer.completeExceptionally(all));
            waiting.clear();
        }
        return new PluginFailure(failure);
    }

    private String status() {
        OptionalInt status = child.status();
        return status.isPresent() ? " with status " + status.getAsInt() : "";
    }

    private String said() {
        String errors = child.errors();
        return errors.isEmpty() ? "" : "\nIts error output said last:\n" + errors;
    }

    /** One more machine or snapshot needs the child. */
    void retain() {
        users.incrementAndGet();
    }

    /** One machine less needs the child. */
    void release() {
        if (users.decrementAndGet() == 0) {
            unused.accept(this);
        }
    }

    /** Whether nothing has gone wrong in the child and its machines were not so many that what they left behind counts. */
    boolean asGoodAsNew() {
        return alive() && !blemished && machines.get() < MACHINES;
    }

    /** Whether the child can still be called. */
    boolean alive() {
        return failure == null;
    }

    @Override
    public void close() {
        fail("it was closed");
    }
}

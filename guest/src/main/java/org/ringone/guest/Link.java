package org.ringone.guest;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.Exit;

/**
 * Messages over a console that may lose, damage or repeat bytes and that others write on too: stop and wait, each message
 * performed once.
 *
 * <p>A message goes out in parts, each confirmed; its answer comes in one burst, of which missing parts are asked for
 * again. Every wait is bounded by the budget, by a number of attempts, and by the noise tolerated. A console that throws
 * or breaks its contract is a failed hypervisor.
 */
final class Link {

    private static final int ATTEMPTS = 6;
    private static final int NOISE_BYTES = 1 << 18;
    private static final int NOISE_READS = 1 << 14;
    private static final int ANSWER_PARTS = 160;

    /** A net below the budgets, for consoles that trickle for ever: never what a verdict depends on. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(20);

    /** The longest message. */
    static final int MESSAGE_LIMIT = 8064;

    private final Domain domain;
    private final FrameReader reader = new FrameReader();
    private int id;
    private int noiseBytes;
    private int noiseReads;
    private int attempts;

    private int brokenBefore;
    private long patience;
    private long linesTaken;

    Link(Domain domain, int id) {
        this.domain = domain;
        this.id = id;
    }

    Domain domain() {
        return domain;
    }

    /** The number of the last message. */
    int id() {
        return id;
    }

    /** All foreign text kept, oldest line first. */
    List<String> lines() {
        return reader.lines();
    }

    /** The lines of foreign text that ended since this was last asked. */
    List<String> newLines() {
        List<String> fresh = reader.linesSince(linesTaken);
        linesTaken = reader.linesSeen();
        return fresh;
    }

    /** Asks the probe who it is. The answer's id becomes the last message's. */
    byte[] hello(Budget budget) throws ProbeException {
        begin(budget);
        byte[] hello = Frame.encode(0, Frame.HELLO, 0, new byte[0], 0, 0);
        send(hello, budget);
        while (true) {
            Frame frame = await(hello, budget);
            if (frame.kind() == Frame.ANSWER_HELLO) {
                id = frame.id();
                return frame.payload();
            }
        }
    }

    /** Lets the guest run and takes in what it says, once. False when it said nothing. */
    boolean listen(Budget budget) throws ProbeException {
        if (patience == 0) {
            begin(budget);
        }
        byte[] bytes = read(budget);
        reader.accept(bytes);
        noise(bytes.length);
        return bytes.length > 0;
    }

    /** Sends a message and gives its answer. */
    byte[] exchange(byte[] message, Budget budget) throws ProbeException {
        if (message.length > MESSAGE_LIMIT) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes is too long");
        }
        begin(budget);
        id = (id + 1) % Frame.IDS;
        int last = Math.max(0, (message.length - 1) / Frame.REQUEST_BYTES);
        for (int part = 0; part < last; part++) {
            byte[] frame = part(message, part, Frame.MORE);
            send(frame, budget);
            while (true) {
                Frame answer = await(frame, budget);
                if (answer.kind() == Frame.TAKEN && answer.index() == part) {
                    attempts = 0;
                    break;
                }
            }
        }
        byte[] frame = part(message, last, Frame.LAST);
        send(frame, budget);
        return collect(frame, budget);
    }

    private byte[] part(byte[] message, int part, int kind) {
        int offset = part * Frame.REQUEST_BYTES;
        int length = Math.min(Frame.REQUEST_BYTES, message.length - offset);
        return Frame.encode(id, kind, part, message, offset, length);
    }

    /** Puts the burst of answer parts together. */
    private byte[] collect(byte[] request, Budget budget) throws ProbeException {
        byte[][] parts = new byte[ANSWER_PARTS][];
        int missing = 0;
        int last = -1;
        byte[] question = request;
        while (last < 0 || missing <= last) {
            int broken = reader.broken();
            Frame frame = await(question, budget);
            boolean answer = frame.kind() == Frame.ANSWER_MORE || frame.kind() == Frame.ANSWER_LAST;
            if (!answer || frame.index() >= ANSWER_PARTS || parts[frame.index()] != null) {
                continue;
            }
            parts[frame.index()] = frame.payload();
            attempts = 0;
            if (frame.kind() == Frame.ANSWER_LAST) {
                last = frame.index();
            }
            while (missing < ANSWER_PARTS && parts[missing] != null) {
                missing++;
            }
            if (missing == ANSWER_PARTS && last < 0) {
                throw failure(ProbeException.Kind.GARBLED, "the probe's answer has no end");
            }
            question = Frame.encode(id, Frame.AGAIN, missing, new byte[0], 0, 0);
            boolean gap = last >= 0 && missing <= last;
            if (gap && reader.broken() != broken) {
                send(question, budget);
            }
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream((last + 1) * Frame.ANSWER_BYTES);
        for (int i = 0; i <= last; i++) {
            whole.writeBytes(parts[i]);
        }
        return whole.toByteArray();
    }

    private void begin(Budget budget) {
        long allowed =
                Math.max(LEAST_PATIENCE.toNanos(), ATTEMPTS * budget.wallClock().toNanos());
        patience = System.nanoTime() + allowed;
        brokenBefore = reader.broken();
        noiseBytes = 0;
        noiseReads = 0;
        attempts = 0;
    }

    /** Waits for a frame of this message (or a hello's answer); sends {@code question} again when none comes. */
    private Frame await(byte[] question, Budget budget) throws ProbeException {
        while (true) {
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                if (frame.kind() == Frame.ANSWER_HELLO || frame.id() == id && frame.kind() <= Frame.ANSWER_LAST) {
                    return frame;
                }
                if (frame.kind() == Frame.ANSWER_BAD) {
                    again(question, budget);
                }
            }
            byte[] bytes = read(attempts == 0 ? budget : fraction(budget));
            if (bytes.length == 0) {
                checkAlive();
                again(question, budget);
            } else {
                reader.accept(bytes);
                noise(bytes.length);
            }
        }
    }

    private void again(byte[] question, Budget budget) throws ProbeException {
        if (++attempts == ATTEMPTS) {
            throw reader.broken() - brokenBefore >= ATTEMPTS / 2
                    ? failure(ProbeException.Kind.GARBLED, "no sound frame came, but damaged ones did")
                    : failure(ProbeException.Kind.SILENT, "no answer within " + budget);
        }
        send(question, budget);
    }

    private void noise(int bytes) throws ProbeException {
        noiseBytes += bytes;
        noiseReads++;
        if (noiseBytes > NOISE_BYTES || noiseReads > NOISE_READS) {
            throw failure(
                    ProbeException.Kind.GARBLED,
                    noiseBytes + " bytes came in " + noiseReads + " pieces, but not the answer");
        }
        if (System.nanoTime() - patience > 0) {
            throw failure(ProbeException.Kind.SILENT, "bytes come, but the answer takes for ever");
        }
    }

    private byte[] read(Budget budget) throws ProbeException {
        try {
            byte[] bytes = domain.console().read(budget);
            if (bytes == null) {
                throw failure(ProbeException.Kind.HYPERVISOR_FAILED, "the console's read gave null");
            }
            return bytes;
        } catch (RuntimeException e) {
            throw thrown("reading the console", e);
        }
    }

    private int write(byte[] bytes, int offset) throws ProbeException {
        try {
            int taken = domain.console().write(bytes, offset, bytes.length - offset);
            if (taken < 0 || taken > bytes.length - offset) {
                throw failure(
                        ProbeException.Kind.HYPERVISOR_FAILED, "the console claims to have taken " + taken + " bytes");
            }
            return taken;
        } catch (RuntimeException e) {
            throw thrown("writing to the console", e);
        }
    }

    private ProbeException thrown(String doing, RuntimeException e) {
        ProbeException failure = new ProbeException(
                ProbeException.Kind.HYPERVISOR_FAILED, doing + " threw " + e, new Exit.Running(), lines());
        failure.initCause(e);
        return failure;
    }

    /** Offers all of a frame to the guest's input, letting it run only when there is no room for any more. */
    private void send(byte[] frame, Budget budget) throws ProbeException {
        int sent = 0;
        int refusals = 0;
        while (sent < frame.length) {
            int taken = write(frame, sent);
            sent += taken;
            if (taken > 0) {
                refusals = 0;
                continue;
            }
            checkAlive();
            if (++refusals > ATTEMPTS) {
                throw failure(ProbeException.Kind.SILENT, "the guest does not take its console's input");
            }
            byte[] bytes = read(fraction(budget));
            reader.accept(bytes);
            noise(bytes.length);
        }
    }

    private void checkAlive() throws ProbeException {
        Exit exit = exit();
        if (!(exit instanceof Exit.Running)) {
            throw failure(
                    exit instanceof Exit.HypervisorFailed
                            ? ProbeException.Kind.HYPERVISOR_FAILED
                            : ProbeException.Kind.DOMAIN_ENDED,
                    exit.describe());
        }
    }

    private Exit exit() {
        try {
            Exit exit = domain.exit();
            return exit == null ? new Exit.HypervisorFailed("the domain's exit is null") : exit;
        } catch (RuntimeException e) {
            return new Exit.HypervisorFailed("asking for the domain's exit threw " + e);
        }
    }

    /** What went wrong, with how things stand. */
    ProbeException failure(ProbeException.Kind kind, String message) {
        return new ProbeException(kind, message, exit(), lines());
    }

    private static Budget fraction(Budget budget) {
        long nanos = Math.max(1, budget.wallClock().toNanos() / ATTEMPTS);
        return new Budget(Math.max(1, budget.instructions() / ATTEMPTS), Duration.ofNanos(nanos));
    }
}

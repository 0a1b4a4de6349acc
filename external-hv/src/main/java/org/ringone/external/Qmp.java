package org.ringone.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * QEMU's control line (its machine protocol) on a socket in the file system: saves the state of a machine that runs, and
 * tells when one that was started from a saved state runs.
 */
final class Qmp implements AutoCloseable {

    /** No answer is longer. */
    private static final int LONGEST = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private final SocketChannel channel;
    private final long deadline;
    private final StringBuilder pending = new StringBuilder();

    private Qmp(SocketChannel channel, long deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    /**
     * Connects as soon as QEMU listens.
     *
     * @param patience for all that is done on the line
     * @param alive whether QEMU may still come to listen
     */
    static Qmp connect(Path socket, Duration patience, BooleanSupplier alive) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.configureBlocking(false);
                Qmp line = new Qmp(channel, deadline);
                line.message("QMP");
                line.ask("qmp_capabilities", Map.of());
                return line;
            } catch (IOException e) {
                channel.close();
                if (System.nanoTime() > deadline || !alive.getAsBoolean()) {
                    throw new IOException("no control line at " + socket + ": " + e.getMessage(), e);
                }
                rest();
            }
        }
    }

    /** Writes the state of the machine to a file; the machine stands still meanwhile and then runs on. */
    void save(Path state) throws IOException {
        ask("migrate", Map.of("uri", "exec:cat > " + quoted(state)));
        String status = "";
        while (!status.equals("completed")) {
            rest();
            status = ask("query-migrate", Map.of()).path("status").asText();
            if (status.equals("failed") || status.equals("cancelled")) {
                throw new IOException("the state cannot be saved: " + status);
            }
        }
        ask("cont", Map.of());
    }

    /** Waits until a machine that is being started from a saved state runs. */
    void awaitRunning() throws IOException {
        while (!ask("query-status", Map.of()).path("running").asBoolean()) {
            rest();
        }
    }

    /** The argument that makes QEMU start from a state. */
    static String incoming(Path state) {
        return "exec:cat " + quoted(state);
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    private JsonNode ask(String command, Map<String, String> arguments) throws IOException {
        String text = JSON.writeValueAsString(Map.of("execute", command, "arguments", arguments)) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                late();
            }
        }
        return message("return");
    }

    /** The next message that has that key, its value; others tell of events. */
    private JsonNode message(String key) throws IOException {
        while (true) {
            JsonNode message = JSON.readTree(line());
            if (message.has("error")) {
                throw new IOException(
                        "QEMU says: " + message.path("error").path("desc").asText());
            }
            if (message.has(key)) {
                return message.get(key);
            }
        }
    }

    private String line() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        int end = pending.indexOf("\n");
        while (end < 0) {
            int read = channel.read(buffer);
            if (read < 0 || pending.length() > LONGEST) {
                throw new IOException("the control line was cut");
            }
            if (read == 0) {
                late();
            }
            pending.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            buffer.clear();
            end = pending.indexOf("\n");
        }
        String line = pending.substring(0, end);
        pending.delete(0, end + 1);
        return line;
    }

    private void late() throws IOException {
        if (System.nanoTime() > deadline) {
            throw new IOException("QEMU does not answer on its control line");
        }
        rest();
    }

    private static void rest() throws IOException {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

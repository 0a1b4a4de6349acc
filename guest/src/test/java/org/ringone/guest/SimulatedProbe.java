package org.ringone.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.Exit;

/**
 * The guest's end of the line, written anew from its description and not from the client: takes frames, performs each
 * message once, answers in frames. What goes over the line in either direction can be spoiled.
 */
class SimulatedProbe implements Domain, Console {

    /** Spoils what goes over the line, one frame or more at a time. */
    interface Line {
        byte[] pass(byte[] bytes, boolean towardsGuest);
    }

    static final Line CLEAN = (bytes, towardsGuest) -> bytes;

    private static final int INPUT_LIMIT = 128;

    final List<byte[]> performed = new ArrayList<>();
    final List<byte[]> framesOut = new ArrayList<>();
    Exit exit = new Exit.Running();
    byte[] hello = new byte[42];

    private final UnaryOperator<byte[]> performer;
    private final Line line;
    private final Deque<byte[]> output = new ArrayDeque<>();
    private final StringBuilder input = new StringBuilder();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int id = 63;
    private int parts;
    private byte[] answer;

    SimulatedProbe(UnaryOperator<byte[]> performer, Line line) {
        this.performer = performer;
        this.line = line;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, INPUT_LIMIT);
        byte[] passed = line.pass(Arrays.copyOfRange(bytes, offset, offset + taken), true);
        input.append(new String(passed, StandardCharsets.ISO_8859_1));
        return taken;
    }

    @Override
    public byte[] read(Budget budget) {
        while (output.isEmpty() && input.indexOf("}") >= 0) {
            int close = input.indexOf("}");
            int open = input.lastIndexOf("{", close);
            String frame = open < 0 ? "" : input.substring(open + 1, close);
            input.delete(0, close + 1);
            take(frame);
        }
        return output.isEmpty() ? new byte[0] : line.pass(output.removeFirst(), false);
    }

    /** Puts text on the console, as the hypervisor or the guest would. */
    void say(String text) {
        output.addLast(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Confirms a part that nobody may have sent. */
    void sendTaken(int index) {
        send(0, index, new byte[0]);
    }

    private void take(String frame) {
        int body = frame.length() - 3;
        if (body < 3) {
            return;
        }
        byte[] c = frame.getBytes(StandardCharsets.ISO_8859_1);
        int crc = six(c, body) + (six(c, body + 1) << 6) + (six(c, body + 2) << 12);
        if (crc != crc(c, body)) {
            send(4, 1, new byte[0]);
            return;
        }
        int kind = six(c, 1) & 3;
        int index = six(c, 2) + (six(c, 1) >> 2 << 6);
        if (kind == 3) {
            send(3, 0, hello);
        } else if (kind == 2) {
            if (six(c, 0) == id && answer != null && index * 87 < answer.length) {
                part(index);
            } else {
                send(4, 2, new byte[0]);
            }
        } else {
            data(six(c, 0), kind, index, Arrays.copyOfRange(c, 3, body));
        }
    }

    private void data(int newId, int kind, int index, byte[] characters) {
        if (newId != id) {
            id = newId;
            parts = 0;
            answer = null;
            message.reset();
        }
        if (answer != null) {
            all();
        } else if (index > parts) {
            send(4, 2, new byte[0]);
        } else if (index < parts) {
            send(0, index, new byte[0]);
        } else {
            parts++;
            for (int i = 0; i + 3 < characters.length; i += 4) {
                int bits = six(characters, i)
                        | six(characters, i + 1) << 6
                        | six(characters, i + 2) << 12
                        | six(characters, i + 3) << 18;
                message.write(bits);
                message.write(bits >> 8);
                message.write(bits >> 16);
            }
            if (kind == 0) {
                send(0, index, new byte[0]);
            } else {
                performed.add(message.toByteArray());
                answer = performer.apply(message.toByteArray());
                all();
            }
        }
    }

    private void all() {
        for (int i = 0; i == 0 || i * 87 < answer.length; i++) {
            part(i);
        }
    }

    private void part(int index) {
        int from = index * 87;
        int to = Math.min(answer.length, from + 87);
        send(to == answer.length ? 2 : 1, index, Arrays.copyOfRange(answer, from, to));
    }

    private void send(int kind, int index, byte[] payload) {
        StringBuilder frame = new StringBuilder();
        frame.append((char) ('0' + id)).append((char) ('0' + kind));
        frame.append((char) ('0' + index % 64)).append((char) ('0' + index / 64));
        for (int i = 0; i < payload.length; i += 3) {
            int bits = 0;
            for (int k = 0; k < 3 && i + k < payload.length; k++) {
                bits |= (payload[i + k] & 0xFF) << 8 * k;
            }
            for (int k = 0; k < 4; k++) {
                frame.append((char) ('0' + (bits >> 6 * k & 63)));
            }
        }
        byte[] body = frame.toString().getBytes(StandardCharsets.ISO_8859_1);
        int crc = crc(body, body.length);
        for (int k = 0; k < 3; k++) {
            frame.append((char) ('0' + (crc >> 6 * k & 63)));
        }
        byte[] bytes = ("~" + frame + "!").getBytes(StandardCharsets.ISO_8859_1);
        framesOut.add(bytes);
        output.addLast(bytes);
    }

    private static int six(byte[] c, int at) {
        return c[at] - '0';
    }

    /** Bit by bit, as the definition has it. */
    private static int crc(byte[] bytes, int length) {
        int crc = 0xFFFF;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >> 1 ^ 0x8408 : crc >> 1;
            }
        }
        return crc;
    }

    /** A line that loses, damages, repeats and mixes in, now and then, from a seed. */
    static Line noisy(long seed, int oneIn) {
        Random random = new Random(seed);
        return (bytes, towardsGuest) -> {
            if (bytes.length == 0 || random.nextInt(oneIn) != 0) {
                return bytes;
            }
            byte[] spoiled = bytes.clone();
            switch (random.nextInt(5)) {
                case 0 -> spoiled[random.nextInt(spoiled.length)] ^= (byte) (1 << random.nextInt(7));
                case 1 -> {
                    return new byte[0];
                }
                case 2 -> spoiled = Arrays.copyOf(spoiled, random.nextInt(spoiled.length));
                case 3 -> spoiled = twice(spoiled, spoiled);
                default ->
                    spoiled = twice(
                            "\r\n(XEN) traps.c:123: ~ {ab} odd!\r\n".getBytes(StandardCharsets.US_ASCII), spoiled);
            }
            return spoiled;
        };
    }

    private static byte[] twice(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public int id() {
        return 1;
    }

    @Override
    public Console console() {
        return this;
    }

    @Override
    public Exit exit() {
        return exit;
    }

    @Override
    public void close() {
        exit = new Exit.Killed("closed");
    }
}

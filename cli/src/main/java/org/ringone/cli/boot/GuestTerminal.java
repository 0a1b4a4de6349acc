package org.ringone.cli.boot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Where a guest's console ends: the terminal, in raw mode so that the guest sees every key, or plain streams when there is no
 * terminal. On a terminal Ctrl-] ends the session.
 */
final class GuestTerminal implements Closeable {

    /** Ctrl-]. */
    private static final int END_KEY = 0x1D;

    private static final int CHUNK = 256;
    private static final byte[] NOTHING = {};
    private static final byte[] ENDED = {};

    private final OutputStream out;
    private final Terminal terminal;
    private final Attributes before;
    private final BlockingQueue<byte[]> typed = new ArrayBlockingQueue<>(64);
    private boolean inputEnded;
    private volatile boolean endKey;
    private boolean carriageReturn;

    private GuestTerminal(InputStream in, OutputStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
        this.before = terminal == null ? null : everyKey(terminal);
        Thread reader = new Thread(() -> readAll(in), "console input");
        reader.setDaemon(true);
        reader.start();
    }

    /** Plain streams: every byte goes through as it is. */
    static GuestTerminal plain(InputStream in, OutputStream out) {
        return new GuestTerminal(in, out, null);
    }

    /** The terminal this program was started on. */
    static GuestTerminal raw() throws IOException {
        return on(TerminalBuilder.builder().system(true).build());
    }

    /** A terminal, from here on in raw mode until it is closed. */
    static GuestTerminal on(Terminal terminal) {
        return new GuestTerminal(terminal.input(), terminal.output(), terminal);
    }

    /** Raw mode, in which Ctrl-C and the other keys that raise signals are the guest's too; gives the mode before. */
    private static Attributes everyKey(Terminal terminal) {
        Attributes before = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(raw);
        return before;
    }

    private void readAll(InputStream in) {
        byte[] bytes = new byte[CHUNK];
        try {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                int length = terminal == null ? count : upToEndKey(bytes, count);
                if (length > 0) {
                    typed.put(java.util.Arrays.copyOf(bytes, length));
                }
                if (endKey) {
                    return;
                }
            }
            typed.put(ENDED);
        } catch (IOException | InterruptedException e) {
            typed.offer(ENDED);
        }
    }

    private int upToEndKey(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == END_KEY) {
                endKey = true;
                return i;
            }
        }
        return count;
    }

    boolean interactive() {
        return terminal != null;
    }

    /** Whether Ctrl-] was typed. */
    boolean endRequested() {
        return endKey;
    }

    /** Whether nothing will ever be typed any more. */
    boolean inputEnded() {
        return inputEnded;
    }

    /** What was typed next; empty when nothing was within that time. */
    byte[] typed(long milliseconds) {
        try {
            byte[] next = inputEnded ? null : typed.poll(milliseconds, TimeUnit.MILLISECONDS);
            inputEnded |= next == ENDED;
            return next == null ? NOTHING : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        }
    }

    /** Shows what the guest wrote. A terminal in raw mode needs a carriage return that the guest may have left out. */
    void show(byte[] bytes) throws IOException {
        if (terminal == null) {
            out.write(bytes);
        } else {
            for (byte one : bytes) {
                if (one == '\n' && !carriageReturn) {
                    out.write('\r');
                }
                carriageReturn = one == '\r';
                out.write(one);
            }
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
        if (terminal != null) {
            terminal.setAttributes(before);
            terminal.close();
        }
    }
}

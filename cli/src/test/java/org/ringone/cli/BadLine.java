package org.ringone.cli;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** The command line of Ring One with something between it and its standard input and output. */
final class BadLine {

    private static final int LATE_MILLISECONDS = 60;

    private BadLine() {}

    /** @param arguments what the line does to bytes: nothing, delay them, spoil one in so many, cut them up; then the command */
    public static void main(String[] arguments) {
        InputStream in = System.in;
        OutputStream out = System.out;
        String[] line = arguments[0].split(":");
        switch (line[0]) {
            case "clean" -> {}
            case "late" -> in = late(in);
            case "spoilt" -> {
                int every = Integer.parseInt(line[1]);
                in = spoilt(in, every);
                out = spoilt(out, every);
            }
            case "pieces" -> out = pieces(out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.setIn(in);
        System.setOut(new PrintStream(out, true));
        Ringone.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void rest(int milliseconds) throws IOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static InputStream late(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                rest(LATE_MILLISECONDS);
                return read;
            }
        };
    }

    private static InputStream spoilt(InputStream in, int every) {
        return new FilterInputStream(in) {
            private int count;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                for (int i = 0; i < read; i++) {
                    bytes[offset + i] ^= ++count % every == 0 ? 0x55 : 0;
                }
                return read;
            }
        };
    }

    private static OutputStream spoilt(OutputStream out, int every) {
        return new FilterOutputStream(out) {
            private int count;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
                for (int i = 0; i < length; i++) {
                    copy[i] ^= ++count % every == 0 ? 0x55 : 0;
                }
                out.write(copy);
            }
        };
    }

    /** Seven bytes at a time. */
    private static OutputStream pieces(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += 7) {
                    out.write(bytes, offset + done, Math.min(7, length - done));
                    out.flush();
                }
            }
        };
    }
}

package org.ringone.guest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Parts what a console says into frames and lines of foreign text. Bounded, whatever comes. */
final class FrameReader {

    private static final int LINES = 2000;
    private static final int LINE_LENGTH = 400;

    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();
    private final byte[] candidate = new byte[Frame.ANSWER_LIMIT];
    private int length = -1;
    private int broken;
    private long linesSeen;

    void accept(byte[] bytes) {
        for (byte b : bytes) {
            accept(b);
        }
    }

    private void accept(byte b) {
        if (b == Frame.ANSWER_OPEN) {
            abandon();
            length = 0;
        } else if (length < 0) {
            text(b);
        } else if (b == Frame.ANSWER_CLOSE) {
            Frame frame = Frame.decodeAnswer(candidate, length);
            if (frame == null) {
                abandon();
                text(b);
            } else {
                frames.addLast(frame);
                length = -1;
            }
        } else if (b < '0' || b > 'o' || length == Frame.ANSWER_LIMIT - 2) {
            abandon();
            text(b);
        } else {
            candidate[length++] = b;
        }
    }

    /** What looked like a frame was none, or was damaged: it is text. */
    private void abandon() {
        if (length < 0) {
            return;
        }
        text((byte) Frame.ANSWER_OPEN);
        for (int i = 0; i < length; i++) {
            text(candidate[i]);
        }
        length = -1;
        broken++;
    }

    private void text(byte b) {
        if (b == '\n' || line.length() == LINE_LENGTH) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(line.toString());
            linesSeen++;
            line.setLength(0);
        }
        if (b != '\n' && b != '\r') {
            line.append(b >= ' ' && b < 0x7F ? (char) b : '?');
        }
    }

    /** The next frame, or null. */
    Frame next() {
        return frames.pollFirst();
    }

    /** How often something began like a frame and was none. */
    int broken() {
        return broken;
    }

    /** The lines of text kept, oldest first, an unfinished one last. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (!line.isEmpty()) {
            all.add(line.toString());
        }
        return all;
    }

    /** The ended lines after the first {@code seen}, as far as they are kept. */
    List<String> linesSince(long seen) {
        List<String> all = new ArrayList<>(lines);
        return all.subList((int) Math.max(0, all.size() - (linesSeen - seen)), all.size());
    }

    /** How many lines were ended so far, those dropped included. */
    long linesSeen() {
        return linesSeen;
    }
}

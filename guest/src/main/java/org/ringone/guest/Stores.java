package org.ringone.guest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stores of many bytes as commands that send few: runs of zeros are filled in and not sent, for slow lines. */
final class Stores {

    private static final int WORD = 4;
    private static final int WORTH_FILLING = 32;

    private Stores() {}

    /** Commands that store the bytes, in ascending order. */
    static List<Command> of(int address, byte[] bytes) {
        List<Command> commands = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < bytes.length) {
            int end = zerosEnd(bytes, at);
            if (end - at >= WORTH_FILLING) {
                literal(commands, address, bytes, start, at);
                commands.add(new Command.Fill(address + at, end - at, 0));
                start = end;
            }
            at = Math.max(end, at + WORD);
        }
        literal(commands, address, bytes, start, bytes.length);
        return commands;
    }

    /** Where the run of whole zero words that begins at {@code at} ends; at most what one fill takes. */
    private static int zerosEnd(byte[] bytes, int at) {
        int end = at;
        while (end + WORD <= bytes.length && end - at < Command.MOST_BYTES && Little.word(bytes, end) == 0) {
            end += WORD;
        }
        return end;
    }

    private static void literal(List<Command> commands, int address, byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += Command.MOST_BYTES) {
            commands.add(new Command.Write(
                    address + at, Arrays.copyOfRange(bytes, at, Math.min(to, at + Command.MOST_BYTES))));
        }
    }
}

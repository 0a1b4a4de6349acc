package org.ringone.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every wrong guest there is. */
public final class WrongGuests {

    private static final Pattern PIECE =
            Pattern.compile("; ([A-Z]+-\\d+): a guest that (.+)\n; operation (\\w+)\n(.*)", Pattern.DOTALL);

    private static final List<WrongGuest> ALL = read();

    private WrongGuests() {}

    /** All of them, by rule. */
    public static List<WrongGuest> all() {
        return ALL;
    }

    /** Those that break that rule. */
    public static List<WrongGuest> of(String rule) {
        return ALL.stream().filter(guest -> guest.rule().equals(rule)).toList();
    }

    private static List<WrongGuest> read() {
        List<WrongGuest> guests = new ArrayList<>();
        try (InputStream in = WrongGuests.class.getResourceAsStream("kernel/wrong.asm")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            for (String piece : text.substring(text.indexOf("\n\n")).strip().split("\n{2,}")) {
                Matcher matcher = PIECE.matcher(piece);
                if (!matcher.matches()) {
                    throw new IllegalStateException("this is no wrong guest:\n" + piece);
                }
                guests.add(new WrongGuest(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the wrong guests cannot be read", e);
        }
        return List.copyOf(guests);
    }
}

package org.ringone.cli.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;

/**
 * Which number of the one guest stands for the same thing as which number of the other: machine frames, addresses, event
 * channels. Each hypervisor gives its own, and the suite uses in each guest what it was given there. So what is asked of both in the same
 * place names the same thing, and an answer in which only such names differ is the same answer.
 */
final class Names {

    private static final Pattern NUMBER = Pattern.compile("(?<![0-9A-Za-z_])(?:0x)?[0-9a-f]{1,16}(?![0-9A-Za-z_])");
    private static final int FRAME_SHIFT = 12;
    private static final long IN_FRAME = (1 << FRAME_SHIFT) - 1;

    private static final long MARKS = PageTableBits.ACCESSED | PageTableBits.DIRTY;
    private static final int PORTS = 4096;
    private static final int BYTE_BITS = 8;
    private static final int WORD_BITS = 32;

    private final OwnFrames left;
    private final OwnFrames right;
    private final Map<Long, Long> names = new HashMap<>();
    private final Map<Long, Long> frames = new HashMap<>();

    /** With what is known of the frames of both. */
    Names(OwnFrames left, OwnFrames right) {
        this.left = left;
        this.right = right;
    }

    /** A number that differs, and the word before it. */
    record Difference(String what, String left, String right) {}

    /** Two texts cut at their numbers. */
    private record Numbers(String rest, List<String> words, List<Integer> starts) {
        static Numbers of(String text) {
            List<String> words = new ArrayList<>();
            List<Integer> starts = new ArrayList<>();
            StringBuilder rest = new StringBuilder();
            Matcher matcher = NUMBER.matcher(text);
            int end = 0;
            while (matcher.find()) {
                rest.append(text, end, matcher.start()).append('#');
                words.add(matcher.group());
                starts.add(matcher.start());
                end = matcher.end();
            }
            return new Numbers(rest.append(text.substring(end)).toString(), words, starts);
        }
    }

    /** The same was asked of both: the numbers in it name the same things. */
    void learn(String left, String right) {
        if (left.equals(right)) {
            return;
        }
        Numbers one = Numbers.of(left);
        Numbers other = Numbers.of(right);
        if (!one.rest.equals(other.rest)) {
            return;
        }
        for (int i = 0; i < one.words.size(); i++) {
            long a = value(one.words.get(i));
            long b = value(other.words.get(i));
            if (a != b) {
                names.put(a, b);
                learnMachineFrame(a, b);
                if ((a & IN_FRAME) == (b & IN_FRAME) && a >>> FRAME_SHIFT != 0 && b >>> FRAME_SHIFT != 0) {
                    frames.put(a >>> FRAME_SHIFT, b >>> FRAME_SHIFT);
                }
            }
        }
    }

    /** Where in the machine-to-physical table the guest looks says which frame it speaks of. */
    private void learnMachineFrame(long a, long b) {
        long start = Integer.toUnsignedLong(AddressSpace.MACH2PHYS_START);
        long end = Integer.toUnsignedLong(AddressSpace.MACH2PHYS_END);
        if (a >= start && a < end && b >= start && b < end) {
            frames.put(a - start >>> 2, b - start >>> 2);
        }
    }

    /** Whether two texts say the same but for numbers. */
    static boolean alike(String left, String right) {
        return left.equals(right) || Numbers.of(left).rest.equals(Numbers.of(right).rest);
    }

    /** Whether two texts say the same but for names. */
    boolean same(String left, String right) {
        return differences(left, right).map(List::isEmpty).orElse(false);
    }

    /** The numbers that differ and are no names; empty when the texts differ in more than numbers. */
    Optional<List<Difference>> differences(String left, String right) {
        if (left.equals(right)) {
            return Optional.of(List.of());
        }
        Numbers one = Numbers.of(left);
        Numbers other = Numbers.of(right);
        if (!one.rest.equals(other.rest)) {
            return Optional.empty();
        }
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < one.words.size(); i++) {
            long a = value(one.words.get(i));
            long b = value(other.words.get(i));
            if (a != b && !explained(a, b)) {
                differences.add(new Difference(before(left, one.starts.get(i)), one.words.get(i), other.words.get(i)));
            }
        }
        return Optional.of(differences);
    }

    private boolean explained(long a, long b) {
        return isFrame(a, b)
                || isName(a, b)
                || inFrame(a) == inFrame(b) && isFrame(a >>> FRAME_SHIFT, b >>> FRAME_SHIFT)
                || isBitOfAPort(a, b);
    }

    /** The place in a frame, or the flags of a table entry without those that processors set when it pleases them. */
    private static long inFrame(long number) {
        return number & ((number & PageTableBits.PRESENT) != 0 ? IN_FRAME & ~MARKS : IN_FRAME);
    }

    private boolean isName(long a, long b) {
        Long known = names.get(a);
        return known != null && known == b;
    }

    /** Whether both are frames that are the same one to their guests: machine frames, or pseudo-physical ones. */
    private boolean isFrame(long a, long b) {
        OptionalInt one = left.pfn(a);
        OptionalInt other = right.pfn(b);
        return is(a, b)
                || isName(a, b)
                || is(OwnFrames.BASE + a, OwnFrames.BASE + b)
                || one.isPresent()
                        && other.isPresent()
                        && (one.getAsInt() == other.getAsInt()
                                || is(OwnFrames.BASE + one.getAsInt(), OwnFrames.BASE + other.getAsInt()));
    }

    private boolean is(long a, long b) {
        Long known = frames.get(a);
        return known != null && known == b;
    }

    /** Event channels have other numbers, and so other bits. */
    private boolean isBitOfAPort(long a, long b) {
        return names.entrySet().stream()
                .filter(port -> port.getKey() < PORTS && port.getValue() < PORTS)
                .anyMatch(port -> isBit(a, b, port.getKey(), port.getValue(), BYTE_BITS)
                        || isBit(a, b, port.getKey(), port.getValue(), WORD_BITS));
    }

    private static boolean isBit(long a, long b, long one, long other, int bits) {
        long all = (1L << bits) - 1;
        long first = 1L << one % bits;
        long second = 1L << other % bits;
        return a == first && b == second || a == (all & ~first) && b == (all & ~second);
    }

    /** The word before a number: a register's name, as a rule. */
    private static String before(String text, int start) {
        String head = text.substring(0, start).stripTrailing();
        int blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'));
        String word = head.substring(blank + 1);
        return word.matches("[A-Za-z_]\\w*") ? word : "";
    }

    private static long value(String word) {
        return Long.parseUnsignedLong(word.startsWith("0x") ? word.substring(2) : word, 16);
    }
}

package org.ringone.x86;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One walk over all statements that makes bytes and gives symbols their values. Symbols that come later still have the
 * values of the walk before, moved as far as the statement that asks has moved: what lies close ahead is not taken for far away because
 * everything behind has grown. When a walk changes no symbol, its bytes are right.
 */
final class Pass {
    /** No guest that fits the address space of a test needs more. */
    static final int MAX_BYTES = 16 << 20;

    private final int origin;
    private final Map<String, Integer> given;
    private final Map<String, Value> symbols = new LinkedHashMap<>();
    private final Map<String, Integer> definedAt = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final List<Assembly.Line> listing = new ArrayList<>();
    private byte[] bytes = new byte[1024];
    private int size;
    private int here;
    private int repeats;
    private int[] starts = new int[64];
    private int statement;
    private int moved;
    private boolean first = true;
    private boolean changed;

    Pass(Map<String, Integer> given, int origin) {
        this.given = given;
        this.origin = origin;
    }

    /** Begins the next walk. */
    void begin(boolean isFirst) {
        first = isFirst;
        changed = isFirst;
        size = 0;
        here = 0;
        repeats = 0;
        statement = 0;
        definedAt.clear();
        missing.clear();
        listing.clear();
    }

    /** Whether a symbol changed or got its first value in this walk. */
    boolean changed() {
        return changed;
    }

    /** Whether errors count that later walks could mend. */
    boolean first() {
        return first;
    }

    /** Begins a statement: {@code $} is here. */
    void mark() {
        here = size;
        if (statement == starts.length) {
            starts = Arrays.copyOf(starts, 2 * statement);
        }
        moved = first ? 0 : here - starts[statement];
        starts[statement++] = here;
    }

    Value here() {
        return new Value(origin + here & 0xFFFFFFFFL, 1, true);
    }

    Value start() {
        return new Value(origin & 0xFFFFFFFFL, 1, true);
    }

    /** The address of the next byte. */
    int address() {
        return origin + size;
    }

    int size() {
        return size;
    }

    Value symbol(String name, SourceLine line) throws AssemblyException {
        Value value = symbols.get(name);
        if (value != null) {
            boolean ahead = value.address() && !definedAt.containsKey(name);
            return ahead ? value.behind(moved) : value;
        }
        Integer number = given.get(name);
        if (number != null) {
            return Value.of(number & 0xFFFFFFFFL);
        }
        if (!first) {
            throw line.error("symbol '" + name + "' is not defined", similar(name));
        }
        return new Value(0, 0, false);
    }

    private String similar(String name) {
        Set<String> names = new HashSet<>(symbols.keySet());
        names.addAll(given.keySet());
        String plain = name.replaceAll("[._@]", "");
        for (String other : names) {
            if (other.replaceAll("[._@]", "").equalsIgnoreCase(plain) || other.endsWith("." + plain)) {
                return "did you mean '" + other + "'?";
            }
        }
        return "not an instruction, register or label of this source; symbols are case-sensitive";
    }

    void define(String name, Value value, SourceLine line) throws AssemblyException {
        Integer earlier = definedAt.put(name, line.number());
        if (earlier != null || given.containsKey(name)) {
            throw line.error(
                    "symbol '" + name + "' is defined twice",
                    earlier != null ? "first in line " + earlier : "it comes from outside");
        }
        if (!value.equals(symbols.put(name, value))) {
            changed = true;
        }
    }

    void put(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
    }

    /** Puts a number of so many bytes, little endian. */
    void put(long value, int width) {
        for (int i = 0; i < width; i++) {
            put((int) (value >> 8 * i));
        }
    }

    /** Counts a repetition; fails when there are too many, even if they make no bytes. */
    void repeat(SourceLine line) throws AssemblyException {
        if (++repeats > MAX_BYTES) {
            throw line.error("more than " + MAX_BYTES + " repetitions", "use a smaller count");
        }
    }

    /** Fails when {@code count} more bytes would be too many. */
    void room(long count, SourceLine line) throws AssemblyException {
        if (count < 0 || count > MAX_BYTES - size) {
            throw line.error(count + " more bytes are not possible", "at most " + MAX_BYTES + " bytes in all");
        }
    }

    void fill(int value, long count, SourceLine line) throws AssemblyException {
        room(count, line);
        for (long i = 0; i < count; i++) {
            put(value);
        }
    }

    void list(SourceLine line, int from) {
        if (size > from) {
            listing.add(new Assembly.Line(
                    line.number(), origin + from, size - from, line.text().strip()));
        }
    }

    Assembly result() {
        Map<String, Integer> values = new LinkedHashMap<>();
        symbols.forEach((name, value) -> values.put(name, (int) value.number()));
        return new Assembly(origin, Arrays.copyOf(bytes, size), Map.copyOf(values), List.copyOf(listing));
    }
}

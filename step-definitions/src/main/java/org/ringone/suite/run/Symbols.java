package org.ringone.suite.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What guests call places in their code: for the addresses in traces. */
public final class Symbols {

    /** Code further than this behind a symbol does not belong to it. */
    private static final int REACH = 0x1000;

    /** A selector and an offset, as traces have them. */
    private static final Pattern ADDRESS = Pattern.compile("\\b[0-9a-f]{4}:([0-9a-f]{8})\\b");

    private final TreeMap<Long, String> byAddress = new TreeMap<>();

    /** Adds symbols; of several at one address the last one added counts. */
    public Symbols add(Map<String, Integer> symbols) {
        new TreeMap<>(symbols).forEach((name, address) -> byAddress.put(Integer.toUnsignedLong(address), name));
        return this;
    }

    /** The text with the nearest symbol at or below it behind every address: {@code e019:c0101234 <handler+4>}. */
    public String named(String text) {
        return ADDRESS.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group() + name(found.group(1))));
    }

    private String name(String digits) {
        long address = Long.parseLong(digits, 16);
        Map.Entry<Long, String> below = byAddress.floorEntry(address);
        if (below == null || address - below.getKey() >= REACH) {
            return "";
        }
        long behind = address - below.getKey();
        return " <" + below.getValue() + (behind == 0 ? ">" : String.format("+%x>", behind));
    }
}

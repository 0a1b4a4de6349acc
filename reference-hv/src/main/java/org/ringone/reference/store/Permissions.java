package org.ringone.reference.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may do what with a node: a letter and a domain for each entry - {@code n}one, {@code r}ead, {@code w}rite or {@code b}oth. The
 * first entry names the owner, who may do everything, and its letter is for all domains that no other entry names.
 */
record Permissions(List<Entry> entries) {

    private static final int MOST_ENTRIES = 64;

    record Entry(char letter, int domid) {}

    static Permissions of(char letter, int owner) {
        return new Permissions(List.of(new Entry(letter, owner)));
    }

    int owner() {
        return entries.get(0).domid;
    }

    boolean read(int domid) {
        return may(domid, 'r');
    }

    boolean write(int domid) {
        return may(domid, 'w');
    }

    private boolean may(int domid, char letter) {
        if (domid == 0 || domid == owner()) {
            return true;
        }
        char mine = entries.get(0).letter;
        for (Entry entry : entries.subList(1, entries.size())) {
            if (entry.domid == domid) {
                mine = entry.letter;
            }
        }
        return mine == 'b' || mine == letter;
    }

    /** The same for a node that a domain makes below: an unprivileged domain owns what it makes. */
    Permissions inheritedBy(int domid) {
        if (domid == 0) {
            return this;
        }
        List<Entry> inherited = new ArrayList<>(entries);
        inherited.set(0, new Entry(entries.get(0).letter, domid));
        return new Permissions(List.copyOf(inherited));
    }

    /** Reads entries such as {@code n1}; null when one is wrong or there are none, or too many. */
    static Permissions parse(List<String> words) {
        List<Entry> entries = new ArrayList<>();
        for (String word : words) {
            if (!word.matches("[nrwb][0-9]{1,5}") || entries.size() == MOST_ENTRIES) {
                return null;
            }
            entries.add(new Entry(word.charAt(0), Integer.parseInt(word.substring(1))));
        }
        return entries.isEmpty() ? null : new Permissions(List.copyOf(entries));
    }

    List<String> words() {
        return entries.stream()
                .map(entry -> entry.letter + String.valueOf(entry.domid))
                .toList();
    }
}

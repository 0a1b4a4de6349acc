package org.ringone.reference.build;

import java.util.LinkedHashSet;
import java.util.Set;
import org.ringone.api.DomainBuildException;

/** What a kernel says it needs, in notes or in the older string; gathered entry by entry, later ones winning. */
final class Wishes {

    /** No address given. */
    static final long UNSET = BootRules.UNSET;

    /** How a kernel stands to PAE. */
    enum Pae {
        NO,
        YES,
        EXTENDED_CR3,
        BIMODAL;

        /** Whether the kernel knows the form of CR3 that reaches above 4 GiB. */
        boolean extendedCr3() {
            return this == EXTENDED_CR3 || this == BIMODAL;
        }
    }

    String loader = "";
    String xenVersion = "";
    String guestOs = "";
    String guestVersion = "";
    Pae pae = Pae.NO;
    boolean symbolTable;
    long virtBase = UNSET;
    long entry = UNSET;
    long paddrOffset = UNSET;
    long hypercallPage = UNSET;
    long hypervisorStartLow = UNSET;
    final Set<String> required = new LinkedHashSet<>();
    private final BootRules rules;

    /** Whether they came from notes. */
    boolean fromNotes;

    Wishes(BootRules rules) {
        this.rules = rules;
    }

    /** BOOT-01: a note of a type that nobody knows is passed over. */
    void unknown(int noteType) throws DomainBuildException {
        if (!rules.passesOver(noteType)) {
            throw new DomainBuildException("unknown note type " + Integer.toUnsignedString(noteType));
        }
    }

    /** BOOT-04: names separated by "|", those with "!" in front required; an unknown one is refused. */
    void features(String list) throws DomainBuildException {
        int from = 0;
        while (from < list.length()) {
            int bar = list.indexOf('|', from);
            String word = list.substring(from, bar < 0 ? list.length() : bar);
            boolean must = word.startsWith("!");
            String name = must ? word.substring(1) : word;
            if (!rules.featureKnown(name)) {
                throw new DomainBuildException(
                        "unknown feature \"" + word + "\" in FEATURES; known are " + Feature.names());
            }
            if (must) {
                required.add(name);
            }
            from = bar < 0 ? list.length() : bar + 1;
        }
    }
}

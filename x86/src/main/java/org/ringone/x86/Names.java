package org.ringone.x86;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows by the names that the assembler knows. */
final class Names {
    /**
     * A row under one of its names.
     *
     * @param form the row
     * @param condition of a Jcc, SETcc or CMOVcc, else 0
     * @param size the operand size (for JCXZ the address size) that the name says, or 0
     * @param waiting whether the name has an FWAIT before it (FINIT is FWAIT and FNINIT)
     */
    record Named(Form form, int condition, int size, boolean waiting) {}

    private static final Map<String, List<Named>> BY_NAME = new HashMap<>();

    static {
        for (Form form : InstructionTable.forms()) {
            if (form.encoding() != Encoding.NONE && !form.attributes().quiet()) {
                enter(form);
            }
        }
    }

    private Names() {}

    /** The rows of a lower-case name, or null. */
    static List<Named> of(String name) {
        return BY_NAME.get(name);
    }

    private static void enter(Form form) {
        String name = form.name().toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        if (slash >= 0) {
            add(name.substring(0, slash), new Named(form, 0, 2, false));
            add(name.substring(slash + 1), new Named(form, 0, 4, false));
        } else if (form.encoding().low() == Encoding.Low.CONDITION) {
            for (int cc = 0; cc < 16; cc++) {
                Named named = new Named(form, cc, 0, false);
                add(name.replace("cc", Condition.of(cc).suffix()), named);
                for (String synonym : Condition.of(cc).synonyms()) {
                    add(name.replace("cc", synonym.toLowerCase(Locale.ROOT)), named);
                }
            }
        } else {
            add(name, new Named(form, 0, 0, false));
        }
        if (name.startsWith("fn") && form.operands() <= 1 && !name.equals("fnop")) {
            add("f" + name.substring(2), new Named(form, 0, 0, true));
        }
        for (String alias : form.attributes().aliases()) {
            add(alias.toLowerCase(Locale.ROOT), new Named(form, 0, 0, false));
        }
    }

    /** Rows with a sign-extended byte go first: of two encodings of one length NASM takes theirs. */
    private static void add(String name, Named named) {
        List<Named> list = BY_NAME.computeIfAbsent(name, key -> new ArrayList<>());
        if (named.form().immediates() == Immediates.SIGNED_BYTE) {
            list.add(0, named);
        } else {
            list.add(named);
        }
    }
}

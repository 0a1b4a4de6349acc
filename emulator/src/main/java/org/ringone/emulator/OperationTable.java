package org.ringone.emulator;

import java.util.HashMap;
import java.util.Map;

/** Which operation each mnemonic of the instruction table has: filled once, by the families. */
public final class OperationTable {
    private final Map<String, Binder> binders = new HashMap<>();

    OperationTable() {}

    /** Binds all forms of a mnemonic to one operation. */
    public void bind(String mnemonic, Operation operation) {
        choose(mnemonic, i -> operation);
    }

    /** Binds a mnemonic to a choice by operand form. */
    public void choose(String mnemonic, Binder binder) {
        if (binders.put(mnemonic, binder) != null) {
            throw new IllegalStateException(mnemonic + " is bound twice");
        }
    }

    /** The binder of a mnemonic, or null. */
    Binder binder(String mnemonic) {
        return binders.get(mnemonic);
    }
}

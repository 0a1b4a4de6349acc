package org.ringone.emulator;

/** Binds the system instruction families. */
final class SystemInstructions {
    private SystemInstructions() {}

    static void bind(OperationTable table) {}
}

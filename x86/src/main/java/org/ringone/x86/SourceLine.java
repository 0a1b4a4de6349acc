package org.ringone.x86;

/**
 * A line to assemble.
 *
 * @param number its number in the source, from 1; for a macro's line the line of the outermost call
 * @param text the line
 * @param macro the macro that it came from, or empty
 */
record SourceLine(int number, String text, String macro) {
    AssemblyException error(String what, String hint) {
        return new AssemblyException(number, what + (macro.isEmpty() ? "" : " in macro " + macro), hint);
    }
}

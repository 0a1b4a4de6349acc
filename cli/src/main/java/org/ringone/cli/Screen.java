package org.ringone.cli;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How wide what is printed may be. */
final class Screen {

    /** Where nothing is known of it. */
    static final int USUAL = 80;

    private Screen() {}

    /**
     * The width to use.
     *
     * @param asked what the command line says; 0 for nothing
     */
    static int width(int asked) {
        return asked > 0 ? asked : of(System.getenv("COLUMNS"), System.console() != null);
    }

    private static int of(String columns, boolean terminal) {
        if (columns != null && columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        if (!terminal) {
            return USUAL;
        }
        try (Terminal screen = TerminalBuilder.builder().system(true).dumb(true).build()) {
            return screen.getWidth() > 0 ? screen.getWidth() : USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}

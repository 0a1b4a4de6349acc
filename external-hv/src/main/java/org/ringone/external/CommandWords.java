package org.ringone.external;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Cuts a command line into words as a shell does: at blanks, but not within '…' or "…" nor after a backslash. Nothing is
 * expanded, since no shell is started.
 */
final class CommandWords {

    /** What asks a shell for something, when it stands alone and is not quoted. */
    private static final Set<String> OPERATORS = Set.of("|", "||", "&", "&&", ";", "<", ">", ">>", "2>", "2>&1");

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private boolean quoted;
    private int at;

    private CommandWords(String line) {
        this.line = line;
    }

    /**
     * The words of a line, perhaps none.
     *
     * @throws IllegalArgumentException when a quote is not closed, nothing follows a backslash, or a word asks for a shell
     */
    static List<String> of(String line) {
        return new CommandWords(line).cut();
    }

    /**
     * Makes sure that there is such a program: better said once and at once than by each of thousands of scenarios.
     *
     * @param path the directories to look in, as in the environment variable PATH; null when that is not set
     * @throws IllegalArgumentException when there is none
     */
    static void requireProgram(String program, String path) {
        if (program.contains("/")) {
            if (!Files.isExecutable(Path.of(program)) || Files.isDirectory(Path.of(program))) {
                throw new IllegalArgumentException("there is no program " + program + " that may be executed");
            }
        } else if (path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
            throw new IllegalArgumentException("there is no program '" + program
                    + "' in the directories of PATH; one in this directory is called ./" + program);
        }
    }

    private List<String> cut() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '\'' || c == '"') {
                quote(c);
            } else if (c == '\\') {
                begun = true;
                quoted = true;
                word.append(next());
            } else if (Character.isWhitespace(c)) {
                end();
            } else {
                begun = true;
                word.append(c);
            }
        }
        end();
        return List.copyOf(words);
    }

    private void quote(char mark) {
        begun = true;
        quoted = true;
        int opened = at;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == mark) {
                return;
            }
            boolean escape = mark == '"' && c == '\\' && at < line.length() && "\"\\".indexOf(line.charAt(at)) >= 0;
            word.append(escape ? line.charAt(at++) : c);
        }
        throw new IllegalArgumentException("the " + mark + " at character " + opened + " is not closed: " + line);
    }

    private char next() {
        if (at == line.length()) {
            throw new IllegalArgumentException("nothing follows the backslash at the end: " + line);
        }
        return line.charAt(at++);
    }

    private void end() {
        if (begun) {
            String whole = word.toString();
            if (!quoted && OPERATORS.contains(whole)) {
                throw new IllegalArgumentException("the command is started without a shell, and '" + whole
                        + "' needs one: give it to a shell yourself, sh -c '... " + whole + " ...', or write a script");
            }
            words.add(whole);
        }
        word.setLength(0);
        begun = false;
        quoted = false;
    }
}

package org.ringone.suite.world;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Handling;
import org.ringone.guest.Register;
import org.ringone.suite.language.LanguageException;

/** Guest code as a feature writes it: the names of the scenario may stand in it, and settings may go with it. */
public final class Code {

    private static final Pattern COMMENT = Pattern.compile(";.*");
    private static final Pattern WORD = Pattern.compile("\\b[A-Za-z_][A-Za-z0-9_]*\\b");
    private static final Pattern SETTING = Pattern.compile("\\s*(mask|at|origin|[A-Z]+)\\s*=\\s*(.+)");
    private static final Pattern SURVIVED = Pattern.compile("\\s*(\\d+) (#[A-Z]{2}) survived");

    private Code() {}

    /**
     * Code to run.
     *
     * @param settings for example {@code EAX = mfn(page), DS = 0, mask = 1}; {@code at} is the linear address that it lies
     *     at, {@code origin} its offset in a code segment whose base is not 0; {@code 3 #DB survived} lets it go on after that
     *     many; empty for none
     */
    public static CodeRun of(Guest guest, int ring, String assembly, String settings) {
        CodeRun run = (ring == 1 ? CodeRun.ring1(assembly) : CodeRun.ring3(assembly)).symbols(names(guest, assembly));
        for (String setting : settings.isBlank() ? new String[0] : settings.split(",(?![^()]*\\))")) {
            run = with(run, setting, guest);
        }
        return run;
    }

    private static CodeRun with(CodeRun run, String setting, Guest guest) {
        Matcher survived = SURVIVED.matcher(setting);
        if (survived.matches()) {
            return run.on(Handling.go(Vectors.of(survived.group(2)), Integer.parseInt(survived.group(1))));
        }
        Matcher matcher = SETTING.matcher(setting);
        if (!matcher.matches()) {
            throw new LanguageException("'" + setting.strip() + "' is no setting like EAX = 1 or mask = 0");
        }
        int value = guest.word(matcher.group(2));
        return switch (matcher.group(1)) {
            case "mask" -> run.withMask(value);
            case "at" -> run.at(value);
            case "origin" -> run.origin(value);
            default -> run.with(Register.valueOf(matcher.group(1)), value);
        };
    }

    /** The values of the words that the code uses and that only the scenario or the interface knows. */
    static Map<String, Integer> names(Guest guest, String assembly) {
        Map<String, Integer> names = new HashMap<>();
        Matcher matcher = WORD.matcher(COMMENT.matcher(assembly).replaceAll(""));
        while (matcher.find()) {
            OptionalLong value = guest.ownValue(matcher.group());
            if (value.isPresent()) {
                names.put(matcher.group(), (int) value.getAsLong());
            }
        }
        return names;
    }
}

package org.ringone.cli.export;

import java.util.List;
import java.util.stream.Collectors;
import org.ringone.api.DomainSpec;
import org.ringone.guest.Replay;
import org.ringone.suite.catalogue.Case;

/** What an image says: lines that begin like all of the probe's, of bounded length, in characters that any console prints. */
final class Narration {

    private static final String OURS = "ringone: ";
    private static final int WIDTH = 200;
    private static final int COMMANDS = 600;

    private Narration() {}

    /** What is said first. */
    static String introduction(Case judged, DomainSpec domain, List<Replay.Step> steps) {
        long notCompared = Exported.notCompared(steps);
        StringBuilder text = new StringBuilder();
        text.append(line(judged.id() + " " + judged.title()));
        text.append(line("judges " + String.join(", ", judged.rules()) + " in " + steps.size()
                + (steps.size() == 1 ? " step" : " steps")));
        if (Exported.sizeMatters(domain)) {
            text.append(line("needs a domain of " + domain.memoryMib() + " MiB"));
        }
        if (domain.vcpus() > 1) {
            text.append(line("needs a domain of " + domain.vcpus() + " vcpus"));
        }
        if (notCompared > 0) {
            text.append(line("not compared, because other machines have others: " + notCompared
                    + (notCompared == 1 ? " word" : " words") + " of the answers"));
        }
        return text.toString();
    }

    /** The scenario's own steps. */
    static String steps(List<String> steps) {
        return steps.stream().map(Narration::line).collect(Collectors.joining());
    }

    /** What is said before a message is performed. */
    static String before(Tape.Message message, String name, List<String> after) {
        String asked = message.asked().isEmpty() ? "look into the log" : String.join("; ", message.asked());
        StringBuilder text = new StringBuilder(steps(message.steps()));
        text.append(line(name + ": " + bounded(asked, WIDTH)));
        if (message.exit() != null) {
            text.append(steps(after)).append(Endings.foretold(message.exit())).append('\n');
        }
        return text.toString();
    }

    /** The right answer to a message. */
    static String meaning(Tape.Message message) {
        String answered = message.answered().isEmpty() ? "as recorded" : String.join("; ", message.answered());
        return printable(bounded(answered, COMMANDS)) + "\n";
    }

    private static String line(String text) {
        return OURS + printable(bounded(text, WIDTH)) + "\n";
    }

    private static String bounded(String text, int most) {
        String flat = text.strip().replaceAll("\\s*\\n\\s*", "; ");
        return flat.length() <= most ? flat : flat.substring(0, most - 4) + " ...";
    }

    private static String printable(String text) {
        return text.chars()
                .mapToObj(c -> c >= ' ' && c < 0x7F ? String.valueOf((char) c) : "?")
                .collect(Collectors.joining());
    }
}

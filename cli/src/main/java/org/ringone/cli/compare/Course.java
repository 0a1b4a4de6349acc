package org.ringone.cli.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ringone.guest.Reply;
import org.ringone.guest.Transcript;

/**
 * What happened in one scenario on one hypervisor, step by step. Bounded.
 *
 * @param steps its steps; the first has no text and holds what came before them
 * @param whole whether nothing was left out
 */
record Course(List<Step> steps, boolean whole) {

    private static final String STEP = "-- ";
    private static final String UNANSWERED = " = ?";
    private static final int MOST_EXCHANGES = 2_000;
    private static final int MOST_CHARACTERS = 2_000;

    /**
     * A step.
     *
     * @param exchanges what it asked of the guest
     * @param said what stood on the console meanwhile, and remarks
     */
    record Step(String text, List<Exchange> exchanges, List<String> said) {
        Step(String text) {
            this(text, new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Something that was asked of a guest and what it saw, in words; answers may have several lines. */
    record Exchange(String asked, String answered) {

        /** Whether the answer is a digest, of frames and other things that each guest has of its own, too. */
        boolean opaque() {
            return asked.startsWith("digest of");
        }
    }

    /** Of a transcript that is complete. */
    static Course of(Transcript transcript) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(""));
        int kept = 0;
        for (Transcript.Line line : transcript.lines()) {
            if (line instanceof Transcript.Remark remark && remark.text().startsWith(STEP)) {
                steps.add(new Step(remark.text().substring(STEP.length())));
            } else if (++kept <= MOST_EXCHANGES) {
                add(steps.get(steps.size() - 1), line);
            }
        }
        return new Course(steps, kept <= MOST_EXCHANGES && transcript.dropped() == 0);
    }

    private static void add(Step step, Transcript.Line line) {
        if (line instanceof Transcript.Exchange exchange) {
            step.exchanges().add(new Exchange(cut(exchange.asked()), cut(answered(exchange))));
        } else if (line.text().endsWith(UNANSWERED)) {
            String text = line.text();
            step.exchanges()
                    .add(new Exchange(cut(text.substring(0, text.length() - UNANSWERED.length())), "no answer"));
        } else {
            step.said().add(cut(line.text()));
        }
    }

    /** The same up to the step at which it went wrong; what was still to come was not done. */
    Course upTo(String step) {
        int last = steps.size() - 1;
        while (last > 0 && steps.get(last).exchanges().isEmpty()) {
            last--;
        }
        for (int i = last; i < steps.size(); i++) {
            if (steps.get(i).text().equals(step)) {
                return new Course(steps.subList(0, i + 1), whole);
            }
        }
        return this;
    }

    /** In words; longer stretches of memory by words of 32 bits, as frames and addresses stand in them. */
    private static String answered(Transcript.Exchange exchange) {
        if (!(exchange.reply() instanceof Reply.Bytes read) || read.bytes().length % 4 != 0) {
            return exchange.answered();
        }
        ByteBuffer words = ByteBuffer.wrap(read.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder text = new StringBuilder();
        while (words.hasRemaining() && text.length() <= MOST_CHARACTERS) {
            text.append(String.format("%08x ", words.getInt()));
        }
        return text.append("(words)").toString();
    }

    private static String cut(String text) {
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text;
    }
}

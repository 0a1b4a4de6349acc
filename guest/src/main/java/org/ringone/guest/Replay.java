package org.ringone.guest;

import java.util.List;

/**
 * A scenario as a script that an image performs by itself: the messages to the probe and the answers that they must have.
 *
 * <p>Words are related to pages by landmarks, numbered from 0: pseudo-physical frame 0, start_info, the list of machine frames,
 * the base page table, the frame after the domain's last, the machine frame of shared_info; then the {@code tables}.
 *
 * @param stage the stage up to which the probe must come up
 * @param introduction what is said first
 * @param tables landmarks that entries of earlier landmarks name
 * @param slots how many words of answers are remembered
 * @param steps the messages in order
 * @param closing what is said when all of them had their answers
 */
public record Replay(int stage, String introduction, List<Table> tables, int slots, List<Step> steps, String closing) {

    /** The landmark that is pseudo-physical frame 0. */
    public static final int FIRST_FRAME = 0;

    public static final int START_INFO = 1;
    public static final int FRAME_LIST = 2;
    public static final int BASE_TABLE = 3;

    /** The landmark that is the frame after the domain's last. */
    public static final int END = 4;

    /** The landmark that is shared_info: a machine frame only. */
    public static final int SHARED_INFO = 5;

    /** The number of the first of the {@link #tables()}. */
    public static final int FIRST_TABLE = 6;

    public Replay {
        tables = List.copyOf(tables);
        steps = List.copyOf(steps);
    }

    /**
     * A page table of the domain.
     *
     * @param parent the number of the landmark whose entry names it, an earlier one
     * @param slot which of its entries, 0 to 511
     */
    public record Table(int parent, int slot) {}

    /**
     * A message.
     *
     * @param text what is said before it is performed
     * @param name what it is called when its answer is wrong
     * @param meaning the right answer in words
     * @param request its bytes; not copied, must not be changed
     * @param answer the bytes that it must leave, likewise; null when the domain must end
     * @param requestFixups words that are put in first, in the order of their offsets
     * @param answerFixups the same for the answer
     */
    public record Step(
            String text,
            String name,
            String meaning,
            byte[] request,
            byte[] answer,
            List<Fixup> requestFixups,
            List<Fixup> answerFixups) {

        public Step {
            requestFixups = List.copyOf(requestFixups);
            answerFixups = List.copyOf(answerFixups);
        }
    }
}

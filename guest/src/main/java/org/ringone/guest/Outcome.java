package org.ringone.guest;

import java.util.List;
import org.ringone.api.Exit;

/** How a piece of guest code ended. */
public sealed interface Outcome {

    /** Every entry into the guest kernel during the run, the last one included, oldest first. */
    List<Entry> log();

    /**
     * The code ran to its end. The log does not hold the trap that is that end.
     *
     * @param registers as the code left them
     * @param frame the frame that the instruction behind the code's end left
     * @param mask the event mask at the end
     * @param hooks what the commands of hooks gave, in order
     */
    record Completed(Registers registers, SavedFrame frame, int mask, List<Entry> log, List<Reply> hooks)
            implements Outcome {}

    /** A hypercall came back with EAX: what {@link Probe#call} gives, never a run of code. */
    record Returned(int eax) implements Outcome {
        @Override
        public List<Entry> log() {
            return List.of();
        }
    }

    /** A trap that no handler of the run wanted to survive ended it. */
    record Trapped(Trap trap, List<Entry> log, List<Reply> hooks) implements Outcome {}

    /** The failsafe callback ended it. */
    record FailedSafe(Failsafe failsafe, List<Entry> log, List<Reply> hooks) implements Outcome {}

    /** The event upcall ended it, where the run asked for that. */
    record Interrupted(Upcall upcall, List<Entry> log, List<Reply> hooks) implements Outcome {}

    /** The domain ended. There is nobody left to tell the log. */
    record DomainEnded(Exit exit) implements Outcome {
        @Override
        public List<Entry> log() {
            return List.of();
        }
    }

    /** Neither an answer nor an end within the budget. */
    record Silent() implements Outcome {
        @Override
        public List<Entry> log() {
            return List.of();
        }
    }
}

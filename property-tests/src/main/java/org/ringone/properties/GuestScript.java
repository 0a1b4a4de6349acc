package org.ringone.properties;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.guest.Command;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Reply;
import org.ringone.guest.Trap;
import org.ringone.xen.Errno;

/**
 * The commands by which a guest performs operations, and the account of what became of them.
 *
 * @param <O> the operations
 */
public final class GuestScript<O> {

    private final Profile profile;
    private final List<Step> steps = new ArrayList<>();
    private final List<Account.Answer<O>> answers = new ArrayList<>();
    private final List<Account.Finding> end = new ArrayList<>();

    /** Commands that belong together, and what is made of their replies. */
    private record Step(Object operation, List<Command> commands, Consumer<List<Reply>> reading) {}

    public GuestScript(Profile profile) {
        this.profile = profile;
    }

    /** The guest performs an operation by these commands; their replies are read into {@link #answer answers}. */
    public void perform(O operation, List<Command> commands, Consumer<List<Reply>> reading) {
        steps.add(new Step(operation, commands, reading));
    }

    /** The guest does something that is no operation and that nothing is said of. */
    public void prepare(List<Command> commands) {
        steps.add(new Step(null, commands, replies -> {}));
    }

    /** The guest looks at how things stand; the last reply is put into words. */
    public void look(String what, List<Command> commands, java.util.function.Function<Reply, String> words) {
        steps.add(new Step(
                null,
                commands,
                replies -> end.add(new Account.Finding(what, words.apply(replies.get(replies.size() - 1))))));
    }

    /** Notes what became of an operation. */
    public void answer(O operation, String seen) {
        answers.add(new Account.Answer<>(operation, seen));
    }

    /** Has it all performed. The check is looked at after every operation. */
    public Account<O> run(Probe probe, StepCheck check) throws ProbeException {
        if (check == StepCheck.NONE) {
            List<Command> all = new ArrayList<>();
            steps.forEach(step -> all.addAll(step.commands()));
            List<Reply> replies = probe.execute(all);
            int at = 0;
            for (Step step : steps) {
                step.reading().accept(replies.subList(at, at + step.commands().size()));
                at += step.commands().size();
            }
        } else {
            for (Step step : steps) {
                step.reading().accept(probe.execute(step.commands()));
                if (step.operation() != null) {
                    Area.StepFailure.unlessWell(check, step.operation());
                }
            }
        }
        return new Account<>(answers, end);
    }

    /** The result of a hypercall in the words of accounts. */
    public String result(int value) {
        if (value == 0) {
            return Account.ACCEPTED;
        }
        Errno errno = Errno.ofResult(value);
        // The era's Xen says EINVAL to most of it; later ones tell apart what is busy and what is not the guest's.
        boolean refused =
                errno == Errno.EINVAL || profile.era() != Era.XEN_3_1 && (errno == Errno.EBUSY || errno == Errno.EPERM);
        return refused ? Account.REFUSED : errno == null ? Integer.toString(value) : "-" + errno;
    }

    /** The last reply, of a hypercall. */
    public String result(List<Reply> replies) {
        return replies.get(replies.size() - 1) instanceof Reply.Value value
                ? result(value.value())
                : replies.get(replies.size() - 1).inWords();
    }

    /** The end of a piece of code, or of a plain store, that may be cut short by an exception of that vector. */
    public static String faults(Reply reply, int vector) {
        if (reply instanceof Reply.Done
                || reply instanceof Reply.Ran ran && ran.outcome() instanceof Outcome.Completed) {
            return Account.ACCEPTED;
        }
        boolean faulted =
                reply instanceof Reply.Interrupted cut && cut.entry() instanceof Trap trap && trap.vector() == vector
                        || reply instanceof Reply.Ran ran
                                && ran.outcome() instanceof Outcome.Trapped trapped
                                && trapped.trap().vector() == vector;
        return faulted ? Account.FAULTED : reply.inWords();
    }

    /** Bytes that were read. */
    public static ByteBuffer bytes(Reply reply) {
        byte[] bytes = reply instanceof Reply.Bytes read ? read.bytes() : new byte[0];
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

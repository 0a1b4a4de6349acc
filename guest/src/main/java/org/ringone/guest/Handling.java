package org.ringone.guest;

import java.util.List;
import java.util.Optional;

/**
 * What the probe does, during one run, when the hypervisor enters the guest kernel in one particular way. Every entry is
 * logged; one that no handling covers ends the run, except event upcalls, which are acknowledged and returned from by the
 * iret hypercall.
 *
 * @param source a trap vector (0 to 255), {@link #UPCALL} or {@link #FAILSAFE}
 * @param times how many such entries are survived, at most 65,535; the next one ends the run
 * @param resume where the interrupted code goes on
 * @param way how it is returned to
 * @param acknowledge whether evtchn_upcall_pending, the selector and the unmasked pending bits are cleared
 * @param hookAt the entry, counted from 1, in which {@code hook} is performed; 0 for none
 * @param hook commands performed inside the handler, with events masked; afterwards the mask is what {@code way} says, so
 *     {@link Return#KEEPING_MASK} leaves them masked
 */
public record Handling(
        int source, int times, Resume resume, Return way, boolean acknowledge, int hookAt, List<Command> hook) {

    /** The event upcall as a source. */
    public static final int UPCALL = 0x100;

    /** The failsafe callback as a source. */
    public static final int FAILSAFE = 0x101;

    private static final int MOST = 0xFFFF;

    /** Where interrupted code goes on. */
    public sealed interface Resume {
        /** That many bytes after the saved EIP. */
        record Skip(int bytes) implements Resume {}

        /** At that address. */
        record Address(int address) implements Resume {}

        /** At a label of the code that runs. */
        record Label(String name) implements Resume {}
    }

    /** How interrupted code is returned to. */
    public enum Return {
        /** By the IRET instruction, after storing the saved mask to evtchn_upcall_mask. */
        RESTORING_MASK,
        /** By the IRET instruction, the event mask staying as the entry left it. */
        KEEPING_MASK,
        /** By the iret hypercall. */
        HYPERCALL
    }

    public Handling {
        if (source < 0 || source > FAILSAFE) {
            throw new IllegalArgumentException("no such entry into the guest kernel: " + source);
        }
        if (times < 0 || times > MOST || hookAt < 0 || hookAt > MOST) {
            throw new IllegalArgumentException("counts of entries are 0 to " + MOST);
        }
        hook = List.copyOf(hook);
    }

    private Handling(int source, int times, Resume resume) {
        this(source, times, resume, Return.RESTORING_MASK, false, 0, List.of());
    }

    /** Survives that many entries, going on at the saved EIP: for traps such as #DB and INT n. */
    public static Handling go(int source, int times) {
        return skip(source, times, 0);
    }

    /** Survives that many entries, each time skipping an instruction of {@code bytes} bytes. */
    public static Handling skip(int source, int times, int bytes) {
        return new Handling(source, times, new Resume.Skip(bytes));
    }

    /** Survives that many entries, each time going on at {@code address}. */
    public static Handling resumeAt(int source, int times, int address) {
        return new Handling(source, times, new Resume.Address(address));
    }

    /** Survives that many entries, each time going on at a label of the code. */
    public static Handling resumeAt(int source, int times, String label) {
        return new Handling(source, times, new Resume.Label(label));
    }

    /** Ends the run at the first such entry: the default for all but upcalls. */
    public static Handling end(int source) {
        return go(source, 0);
    }

    /** Acknowledges that many upcalls; the next one ends the run. */
    public static Handling upcalls(int times) {
        return go(UPCALL, times).acknowledging().returning(Return.HYPERCALL);
    }

    /** The same, but returning in that way. */
    public Handling returning(Return newWay) {
        return new Handling(source, times, resume, newWay, acknowledge, hookAt, hook);
    }

    /** The same, acknowledging events as the upcall handler does by default. */
    public Handling acknowledging() {
        return new Handling(source, times, resume, way, true, hookAt, hook);
    }

    /** The same, but in the entry with number {@code at} the commands are performed first. */
    public Handling withHook(int at, Command... commands) {
        return new Handling(source, times, resume, way, acknowledge, at, List.of(commands));
    }

    /** The label it resumes at, if it does. */
    Optional<String> label() {
        return resume instanceof Resume.Label label ? Optional.of(label.name()) : Optional.empty();
    }
}

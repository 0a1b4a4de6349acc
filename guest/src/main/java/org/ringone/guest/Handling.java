package org.ringone.guest;

import java.util.List;

/**
 * What the probe does, during one run, when the hypervisor enters the guest kernel in one particular way. Every entry is
 * logged; one that no handling covers ends the run, except event upcalls, which are acknowledged and returned from.
 *
 * @param source a trap vector (0 to 255), {@link #UPCALL} or {@link #FAILSAFE}
 * @param times how many such entries are survived; the next one ends the run
 * @param action how the interrupted code goes on
 * @param operand bytes to skip, or the address to resume at
 * @param hookAt the entry, counted from 1, in which {@code hook} is performed; 0 for none
 * @param hook commands performed inside the handler, with events masked or not as the entry left them
 */
public record Handling(int source, int times, Action action, int operand, int hookAt, List<Command> hook) {

    /** The event upcall as a source. */
    public static final int UPCALL = 0x100;

    /** The failsafe callback as a source. */
    public static final int FAILSAFE = 0x101;

    /** How interrupted code goes on. */
    public enum Action {
        /** At the saved EIP plus the operand. */
        SKIP,
        /** At the operand. */
        RESUME_AT
    }

    public Handling {
        if (source < 0 || source > FAILSAFE) {
            throw new IllegalArgumentException("no such entry into the guest kernel: " + source);
        }
        if (times < 0 || hookAt < 0) {
            throw new IllegalArgumentException("counts of entries are not negative");
        }
        hook = List.copyOf(hook);
    }

    /** Survives that many entries, going on at the saved EIP: for traps such as #DB and INT n. */
    public static Handling go(int source, int times) {
        return new Handling(source, times, Action.SKIP, 0, 0, List.of());
    }

    /** Survives that many entries, each time skipping an instruction of {@code bytes} bytes. */
    public static Handling skip(int source, int times, int bytes) {
        return new Handling(source, times, Action.SKIP, bytes, 0, List.of());
    }

    /** Survives that many entries, each time going on at {@code address}. */
    public static Handling resumeAt(int source, int times, int address) {
        return new Handling(source, times, Action.RESUME_AT, address, 0, List.of());
    }

    /** Ends the run at the first such entry: the default for all but upcalls. */
    public static Handling end(int source) {
        return new Handling(source, 0, Action.SKIP, 0, 0, List.of());
    }

    /** The same, but in the entry with number {@code at} the commands are performed first. */
    public Handling withHook(int at, Command... commands) {
        return new Handling(source, times, action, operand, at, List.of(commands));
    }
}

package org.ringone.suite.world;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Exit;
import org.ringone.guest.Command;
import org.ringone.guest.Entry;
import org.ringone.guest.Failsafe;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.SavedFrame;
import org.ringone.guest.Transcript;
import org.ringone.guest.Trap;
import org.ringone.guest.Upcall;
import org.ringone.suite.run.Arrangement;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;
import org.ringone.suite.verdict.Violation;

/**
 * A guest that does one wild thing after another, in as many lives as it takes: a domain that ends or goes silent is followed by a
 * new one on a machine as new. At the end of each life it is seen that the hypervisor lives, that the domain beside it was left
 * alone, that another comes up, and that all memory comes back.
 */
public final class HostileLives {

    /** How long the guest may keep silent before it is given up: nothing it does on purpose takes as long. */
    private static final Budget SHORT = new Budget(1_000_000, Duration.ofSeconds(2));

    private static final int MARK = 0x0DDBA11;
    private static final int MARKED_PAGES = 8;

    /** One wild thing. */
    @FunctionalInterface
    public interface Move {
        /** Does it; false when this life is over. */
        boolean make(Guest guest, Probe probe) throws ProbeException;
    }

    private final World world;
    private Lease lease;
    private List<Guest> guests = List.of();
    private boolean survived;
    private int lives;
    private int moves;

    public HostileLives(World world) {
        this.world = world;
    }

    /** Lives begun, and moves made in them. */
    public int lives() {
        return lives;
    }

    public int moves() {
        return moves;
    }

    /** Makes so many moves. Each is watched by itself: a guest may be silent many times, a hypervisor not once for long. */
    public void play(int count, Move move) {
        while (moves < count) {
            world.guarded(this::begin);
            boolean alive = true;
            while (alive && moves < count) {
                world.guarded(() -> make(move));
                alive = survived;
            }
            world.guarded(this::end);
        }
    }

    private void begin() throws ProbeException, DomainBuildException {
        Arrangement arrangement =
                machines().largestDomain().isPresent() ? Arrangement.USUAL.withSecondDomain() : Arrangement.USUAL;
        lease = machines().take(arrangement, new Transcript());
        guests = Guest.of(lease.probes(), world.run().session().profile());
        if (guests.size() > 1) {
            mark(guests.get(1));
        }
        lives++;
    }

    private void make(Move move) throws ProbeException {
        moves++;
        survived = survived(guests.get(0), lease.probe().within(SHORT), move);
    }

    private void end() throws ProbeException {
        try {
            requireSound(machines().largestDomain());
        } finally {
            close();
        }
    }

    /** Ends the machine of a life that was broken off. */
    public void close() {
        if (lease != null) {
            Lease ended = lease;
            lease = null;
            ended.close();
        }
    }

    private static boolean survived(Guest guest, Probe probe, Move move) throws ProbeException {
        try {
            return move.make(guest, probe);
        } catch (ProbeException e) {
            if (e.kind() == ProbeException.Kind.HYPERVISOR_FAILED) {
                throw e;
            }
            return false; // the guest has done for itself
        }
    }

    /** A hypercall with garbage for arguments. */
    public static boolean call(Guest guest, Probe probe, int number, Garbage garbage) throws ProbeException {
        probe.write(guest.arguments().address(), garbage.structures(guest));
        Outcome outcome = probe.call(number, garbage.arguments(guest));
        return !(outcome instanceof Outcome.DomainEnded) && !(outcome instanceof Outcome.Silent);
    }

    /** Random code, none of which may come to run in ring 0. */
    public static boolean run(Guest guest, Probe probe, int ring, int size, Garbage garbage) throws ProbeException {
        Outcome outcome = probe.run(garbage.code(guest, ring, size));
        for (Entry entry : outcome.log()) {
            requireOuterRing(entry);
        }
        return !(outcome instanceof Outcome.DomainEnded) && !(outcome instanceof Outcome.Silent);
    }

    private static void requireOuterRing(Entry entry) {
        SavedFrame frame = null;
        if (entry instanceof Trap trap) {
            frame = trap.frame();
        } else if (entry instanceof Upcall upcall) {
            frame = upcall.frame();
        } else if (entry instanceof Failsafe) {
            return; // its frame has what the guest wanted to return to, which need not have come about
        }
        boolean vm86 = frame != null && (frame.eflags() & 0x20000) != 0;
        if (frame != null && !vm86 && (frame.cs() & 3) == 0) {
            throw Violation.of("no code of the guest's runs in ring 0", String.format("it ran at CS %04x", frame.cs()));
        }
    }

    private static void mark(Guest guest) throws ProbeException {
        for (Page page : guest.probe().sparePages().subList(0, MARKED_PAGES)) {
            for (int at = 0; at < 4096; at += 512) {
                guest.probe().write32(page.address() + at, MARK ^ page.mfn() ^ at);
            }
        }
    }

    private static void requireMarks(Guest guest) throws ProbeException {
        for (Page page : guest.probe().sparePages().subList(0, MARKED_PAGES)) {
            for (int at = 0; at < 4096; at += 512) {
                int seen = guest.probe().read32(page.address() + at);
                if (seen != (MARK ^ page.mfn() ^ at)) {
                    throw Violation.of(
                            "the memory of the domain beside it is as it was",
                            String.format("%08x at %08x", seen, page.address() + at));
                }
            }
        }
    }

    private void requireSound(OptionalInt largest) throws ProbeException {
        if (lease.domain().exit() instanceof Exit.HypervisorFailed failed) {
            throw Violation.of("the hypervisor lives", failed.detail());
        }
        if (largest.isEmpty()) {
            return; // a machine of one domain: that it lives is what can be seen
        }
        requireMarks(guests.get(1));
        guests.get(1).probe().execute(new Command.Forget());
        try {
            Domain next = lease.machine().createDomain(machines().ordinary(BootedMachines.MEMORY_MIB));
            Probe probe = Probe.attach(next, ProbeImage.standard(), BootedMachines.BUDGET, new Transcript());
            if (!probe.boot().complete()) {
                throw Violation.of("another domain comes up", probe.boot().toString());
            }
            lease.machine().domains().forEach(Domain::close);
            lease.machine()
                    .createDomain(machines().ordinary(largest.getAsInt()))
                    .close();
        } catch (DomainBuildException e) {
            throw Violation.of("another domain can be built", "refused: " + e.getMessage())
                    .because("what a domain had was not all given back", "the hypercalls made before");
        }
    }

    private BootedMachines machines() {
        return world.run().session().machines();
    }
}

package org.ringone.suite.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;

/** Wraps what a plug-in gives, so that whatever it throws or fails to give is known to be its own fault. */
final class Guarded {

    private Guarded() {}

    static Machine start(Hypervisor hypervisor) {
        return new GuardedMachine(of("Hypervisor.start", hypervisor::start));
    }

    static Machine machine(Machine machine) {
        return new GuardedMachine(machine);
    }

    /** Calls into the plug-in. */
    static <T> T of(String what, Callable<T> call) {
        T value;
        try {
            value = call.call();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
            throw new HypervisorFailure(what + " threw " + e + at(e), e);
        }
        if (value == null) {
            throw new HypervisorFailure(what + " gave null");
        }
        return value;
    }

    private static String at(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }

    private static void run(String what, Runnable call) {
        of(what, () -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    /** A machine whose faults are its own. */
    record GuardedMachine(Machine machine) implements Machine {

        @Override
        public Domain createDomain(DomainSpec spec) throws DomainBuildException {
            Object built = of("Machine.createDomain", () -> {
                try {
                    return machine.createDomain(spec);
                } catch (DomainBuildException refused) {
                    return refused;
                }
            });
            if (built instanceof DomainBuildException refused) {
                throw refused;
            }
            return new GuardedDomain((Domain) built);
        }

        @Override
        public List<Domain> domains() {
            return of("Machine.domains", machine::domains).stream()
                    .map(domain -> (Domain) new GuardedDomain(domain))
                    .toList();
        }

        @Override
        public <A> Optional<A> ability(Class<A> ability) {
            Optional<A> found = of("Machine.ability", () -> machine.ability(ability));
            if (ability == InjectsEvents.class && found.isPresent()) {
                InjectsEvents raises = (InjectsEvents) found.get();
                InjectsEvents guarded = (domain, port, instructions) ->
                        run("InjectsEvents.raise", () -> raises.raise(unguarded(domain), port, instructions));
                return Optional.of(ability.cast(guarded));
            }
            return found;
        }

        private static Domain unguarded(Domain domain) {
            return domain instanceof GuardedDomain guarded ? guarded.domain() : domain;
        }

        @Override
        public void close() {
            run("Machine.close", machine::close);
        }
    }

    /** A domain whose faults are its machine's own. */
    record GuardedDomain(Domain domain) implements Domain {

        @Override
        public int id() {
            return of("Domain.id", domain::id);
        }

        @Override
        public Console console() {
            return new GuardedConsole(of("Domain.console", domain::console));
        }

        @Override
        public Exit exit() {
            return of("Domain.exit", domain::exit);
        }

        @Override
        public void close() {
            run("Domain.close", domain::close);
        }
    }

    /** A console whose faults are its machine's own. */
    record GuardedConsole(Console console) implements Console {

        @Override
        public int write(byte[] bytes, int offset, int length) {
            int taken = of("Console.write", () -> console.write(bytes, offset, length));
            if (taken < 0 || taken > length) {
                throw new HypervisorFailure("Console.write took " + taken + " of " + length + " bytes");
            }
            return taken;
        }

        @Override
        public byte[] read(Budget budget) {
            return of("Console.read", () -> console.read(budget));
        }
    }
}

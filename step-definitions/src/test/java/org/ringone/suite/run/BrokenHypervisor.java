package org.ringone.suite.run;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;

/** A hypervisor that does nothing but one thing wrong. */
record BrokenHypervisor(Supplier<Machine> starts) implements Hypervisor {

    /** A machine on which domains can be created and this is what one reads from their consoles. */
    static BrokenHypervisor reading(Supplier<byte[]> console, Supplier<Exit> exit) {
        return listening(budget -> console.get(), exit);
    }

    /** The same, with what reads being told how long it may take. */
    static BrokenHypervisor listening(Function<Budget, byte[]> console, Supplier<Exit> exit) {
        return new BrokenHypervisor(() -> new OneDomain(console, exit));
    }

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Profile profile() {
        return new Profile(Profile.Era.XEN_3_1, Profile.Host.PAE_32, Profile.Privilege.ORDINARY);
    }

    @Override
    public Machine start() {
        return starts.get();
    }

    private record OneDomain(Function<Budget, byte[]> output, Supplier<Exit> state)
            implements Machine, Domain, Console {

        @Override
        public Domain createDomain(DomainSpec spec) {
            return this;
        }

        @Override
        public List<Domain> domains() {
            return List.of(this);
        }

        @Override
        public int id() {
            return 1;
        }

        @Override
        public Console console() {
            return this;
        }

        @Override
        public Exit exit() {
            return state.get();
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            return length;
        }

        @Override
        public byte[] read(Budget budget) {
            return output.apply(budget);
        }

        @Override
        public void close() {}
    }
}

package org.ringone.external;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.api.Snapshots;
import org.ringone.api.Traces;

/** A plug-in whose domains echo, and do what their command line or a byte on their console says. */
public final class StrangeHypervisor implements Hypervisor {

    static final Profile PROFILE =
            new Profile(Profile.Era.XEN_4_2, Profile.Host.X86_64, Profile.Privilege.ORDINARY, Set.of("strange"));

    @Override
    public String name() {
        return "strange";
    }

    @Override
    public String version() {
        return "0.1";
    }

    @Override
    public Profile profile() {
        return PROFILE;
    }

    @Override
    public Machine start() {
        return new StrangeMachine(List.of());
    }

    private static void misbehave(String how) throws DomainBuildException {
        switch (how) {
            case "refuse" -> throw new DomainBuildException("no such kernel");
            case "throw" -> throw new IllegalStateException("out of tape");
            case "overflow" -> overflow(1);
            case "memory" -> new ArrayList<>(List.of(new long[Integer.MAX_VALUE - 8]));
            case "exit" -> System.exit(9);
            case "hang" -> {
                while (true) {
                    Thread.onSpinWait();
                }
            }
            case "print" -> System.out.println("hello");
            case "junk" -> {
                try (FileOutputStream raw = new FileOutputStream(FileDescriptor.out)) {
                    raw.write("junk".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            default -> {}
        }
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    private static final class StrangeMachine implements Machine, Snapshots, Counts, Traces, InjectsEvents {
        private final List<Domain> domains = new ArrayList<>();
        private final List<String> trace = new ArrayList<>();

        StrangeMachine(List<byte[]> echoes) {
            for (byte[] echo : echoes) {
                StrangeDomain domain = new StrangeDomain(this, domains.size() + 1);
                domain.echo.writeBytes(echo);
                domains.add(domain);
            }
        }

        @Override
        public Domain createDomain(DomainSpec spec) throws DomainBuildException {
            misbehave(spec.commandLine());
            StrangeDomain domain = new StrangeDomain(this, domains.size() + 1);
            domains.add(domain);
            trace.add("built with " + spec.image().length + " bytes");
            if (spec.ramdisk().length > 0) {
                trace.add("and " + new String(spec.ramdisk(), java.nio.charset.StandardCharsets.US_ASCII));
            }
            return domain;
        }

        @Override
        public List<Domain> domains() {
            return List.copyOf(domains);
        }

        @Override
        public Snapshot snapshot() {
            List<byte[]> echoes = domains.stream()
                    .map(d -> ((StrangeDomain) d).echo.toByteArray())
                    .toList();
            return new Snapshot() {
                @Override
                public Machine resume() {
                    return new StrangeMachine(echoes);
                }

                @Override
                public boolean independent() {
                    return true;
                }
            };
        }

        @Override
        public long instructionsRetired() {
            return 1L << 40;
        }

        @Override
        public long hypervisorEntries() {
            return 7;
        }

        @Override
        public List<String> drainTrace() {
            List<String> drained = List.copyOf(trace);
            trace.clear();
            return drained;
        }

        @Override
        public void raise(Domain domain, int port, long instructions) {
            trace.add("port " + port + " of domain " + domain.id() + " after " + instructions);
        }

        @Override
        public void close() {
            domains.clear();
        }
    }

    private static final class StrangeDomain implements Domain, Console {
        private final StrangeMachine machine;
        private final int id;
        private final ByteArrayOutputStream echo = new ByteArrayOutputStream();
        private Exit exit = new Exit.Running();
        private String onRead = "";

        StrangeDomain(StrangeMachine machine, int id) {
            this.machine = machine;
            this.id = id;
        }

        @Override
        public int id() {
            return id;
        }

        @Override
        public Console console() {
            return this;
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, java.nio.charset.StandardCharsets.US_ASCII);
            switch (text) {
                case "kill" -> exit = new Exit.Killed("page fault");
                case "reboot" -> exit = new Exit.ShutDown(Exit.Reason.REBOOT);
                case "fail" -> exit = new Exit.HypervisorFailed("panic");
                case "vanish" -> exit = null;
                case "hang", "throw", "exit", "junk", "null" -> onRead = text;
                default -> echo.write(bytes, offset, Math.min(length, 100));
            }
            return Math.min(length, 100);
        }

        @Override
        public byte[] read(Budget budget) {
            try {
                misbehave(onRead);
            } catch (DomainBuildException e) {
                throw new IllegalStateException(e);
            }
            if (onRead.equals("null")) {
                return null;
            }
            byte[] bytes = echo.toByteArray();
            echo.reset();
            return bytes;
        }

        @Override
        public Exit exit() {
            return exit;
        }

        @Override
        public void close() {
            machine.domains.remove(this);
        }
    }
}

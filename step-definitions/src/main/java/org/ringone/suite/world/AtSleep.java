package org.ringone.suite.world;

import java.util.function.IntPredicate;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.Exit;

/**
 * A domain whose machine is looked at whenever the guest has nothing more to say, which is when it sleeps: something may be
 * done then, and the guest goes on.
 *
 * @param domain the domain itself
 * @param doing is told how often the guest has slept, counted from 1, and says whether the guest is to be waited for again
 */
record AtSleep(Domain domain, IntPredicate doing) implements Domain {

    @Override
    public int id() {
        return domain.id();
    }

    @Override
    public Console console() {
        return new WatchedConsole(domain.console(), doing);
    }

    @Override
    public Exit exit() {
        return domain.exit();
    }

    @Override
    public void close() {
        domain.close();
    }

    private record WatchedConsole(Console console, IntPredicate doing) implements Console {

        @Override
        public int write(byte[] bytes, int offset, int length) {
            return console.write(bytes, offset, length);
        }

        @Override
        public byte[] read(Budget budget) {
            byte[] read = console.read(budget);
            for (int slept = 1; read.length == 0 && doing.test(slept); slept++) {
                read = console.read(budget);
            }
            return read;
        }
    }
}

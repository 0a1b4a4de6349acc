package org.ringone.emulator.differential;

import java.util.Random;
import org.ringone.emulator.UserMachine;

/** How a program is run on our processor. None may make a difference. */
enum Way {
    /** An instruction a run: what the others are held against. */
    STEPPED(1),
    /** As far as it goes. */
    STRAIGHT(Integer.MAX_VALUE),
    /** In runs of random length. */
    CUT(20),
    /** In runs of random length before each of which all decoded code is made hot, so that it becomes traces. */
    HOT(80) {
        @Override
        UserMachine before(UserMachine machine, Random random) {
            machine.warm();
            return machine;
        }
    },
    /** Each run on a fork, while the machine that it comes from runs on for a while: that must not matter. */
    FORKED(60) {
        @Override
        UserMachine before(UserMachine machine, Random random) {
            UserMachine fork = machine.fork();
            boolean first = random.nextBoolean();
            if (first) {
                machine.run(1 + random.nextInt(100));
            }
            UserMachine second = fork.fork();
            if (!first) {
                fork.run(1 + random.nextInt(100));
            }
            return second;
        }
    },
    /** With every instruction looked at, as breakpoints need it. Repeated instructions count their elements then. */
    WATCHED(Integer.MAX_VALUE) {
        @Override
        UserMachine before(UserMachine machine, Random random) {
            machine.watchNothing();
            return machine;
        }
    };

    private final int longest;

    Way(int longest) {
        this.longest = longest;
    }

    /** Instructions of the next run. */
    int budget(Random random) {
        return longest == 1 || longest == Integer.MAX_VALUE ? longest : 1 + random.nextInt(longest);
    }

    /** Called before each run. @return the machine that it is to run on, in the same state */
    UserMachine before(UserMachine machine, Random random) {
        return machine;
    }

    /** Whether time runs as it does for the others. */
    boolean keepsTime() {
        return this != WATCHED;
    }
}

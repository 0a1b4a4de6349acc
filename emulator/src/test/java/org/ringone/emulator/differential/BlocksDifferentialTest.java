package org.ringone.emulator.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ringone.emulator.differential.BlockTrial.Difference;

/**
 * Random programs with loops, jumps, calls and faults against another processor (Unicorn), compared at every trap and at the end. A
 * program that differs is made as small as can be, and printed as assembly. System properties {@code ringone.blocks.programs}: how many;
 * {@code ringone.blocks.seed}: the first one's seed, so that one alone can be run again.
 */
class BlocksDifferentialTest {
    private static final int PROGRAMS = Integer.getInteger("ringone.blocks.programs", 2000);
    private static final long SEED = Long.getLong("ringone.blocks.seed", 1);
    private static final int BATCH = 500;

    private static BlockTrial trial;

    @BeforeAll
    static void start() {
        assumeTrue(UnicornCpu.available(), UnicornCpu::reason);
        trial = new BlockTrial();
    }

    @AfterAll
    static void enoughWasCompared() {
        if (trial != null) {
            trial.close();
            assertThat(trial.stops()).as("traps compared").isGreaterThanOrEqualTo(PROGRAMS);
            assertThat(trial.abandoned()).as("programs given up").isLessThanOrEqualTo(1 + PROGRAMS / 20);
        }
    }

    @TestFactory
    Stream<DynamicTest> programs() {
        return LongStream.iterate(SEED, first -> first < SEED + PROGRAMS, first -> first + BATCH)
                .mapToObj(first -> DynamicTest.dynamicTest("from seed " + first, () -> {
                    for (long seed = first; seed < Math.min(first + BATCH, SEED + PROGRAMS); seed++) {
                        compare(seed);
                    }
                }));
    }

    private static void compare(long seed) {
        Program program = ProgramGenerator.program(IntegerRows.forms(), seed);
        Optional<Difference> first = trial.compare(program);
        if (first.isPresent()) {
            Program small = Shrinking.shrunk(
                    program,
                    p -> p.undetermined() < 0
                            && trial.compare(p).filter(first.get()::resembles).isPresent());
            Report report = trial.compare(small).orElse(first.get()).report();
            fail("seed %d, shrunk from %d pieces to %d:%s", seed, program.size(), small.size(), report);
        }
    }
}

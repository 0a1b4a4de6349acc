package org.ringone.emulator.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ringone.emulator.UserSpace;
import org.ringone.x86.Form;

/**
 * Laws of running programs, with every instruction that a user's program can have: what becomes of one does not depend on how its code
 * was cut into blocks, on whether it was hot, on stores into itself having been noticed early or late, or on forks: see {@link Way}.
 * System properties {@code ringone.ways.programs}: how many programs; {@code ringone.ways.seed}: the first one's seed.
 */
class ExecutionProperties {
    private static final int PROGRAMS = Integer.getInteger("ringone.ways.programs", 300);
    private static final long SEED = Long.getLong("ringone.ways.seed", 1);
    private static final int BATCH = 100;

    private static int traces;

    @AfterAll
    static void someWasHot() {
        assertThat(traces).as("traces").isGreaterThanOrEqualTo(PROGRAMS / 2);
    }

    @TestFactory
    Stream<DynamicTest> noWayMakesADifference() {
        return LongStream.iterate(SEED, first -> first < SEED + PROGRAMS, first -> first + BATCH)
                .mapToObj(first -> DynamicTest.dynamicTest("from seed " + first, () -> {
                    for (long seed = first; seed < Math.min(first + BATCH, SEED + PROGRAMS); seed++) {
                        compare(seed);
                    }
                }));
    }

    private static void compare(long seed) {
        Program program = ProgramGenerator.free(UserRows.forms(), seed);
        Course stepped = course(program, Way.STEPPED, seed);
        for (Way way : EnumSet.complementOf(EnumSet.of(Way.STEPPED))) {
            if (!way.keepsTime() && looksAtTime(program)) {
                continue;
            }
            Course course = course(program, way, seed);
            traces += course.traces();
            if (Course.difference(course, stepped, way.keepsTime()) != null) {
                Program small = Shrinking.shrunk(program, p -> difference(p, way, seed) != null);
                int base = base(small, seed);
                fail(
                        "seed %d, %s, shrunk from %d pieces to %d:%n%sbefore  %s%n%s",
                        seed,
                        way,
                        program.size(),
                        small.size(),
                        Report.listing(small.code(base), base),
                        small.before(base),
                        difference(small, way, seed));
            }
        }
    }

    private static String difference(Program program, Way way, long seed) {
        return Course.difference(course(program, way, seed), course(program, Way.STEPPED, seed), way.keepsTime());
    }

    private static Course course(Program program, Way way, long seed) {
        return Course.of(program, base(program, seed), way, seed);
    }

    /** Some programs lie across two pages. */
    private static int base(Program program, long seed) {
        int length = program.code(0).length;
        return UserSpace.CODE + 0x2000 - (int) (seed % 2 == 0 ? length : seed * 31 % length);
    }

    private static boolean looksAtTime(Program program) {
        return program.pieces().stream()
                .flatMap(p -> p.instructions().stream())
                .anyMatch(i -> i.form.mnemonic().equals("RDTSC"));
    }

    @Test
    void programsHaveAllRows() {
        Set<String> missing = new TreeSet<>();
        UserRows.forms().forEach(form -> missing.add(form.toString()));
        for (long seed = 1; seed < 2000 && !missing.isEmpty(); seed++) {
            ProgramGenerator.free(UserRows.forms(), seed).pieces().stream()
                    .flatMap(p -> p.instructions().stream())
                    .map(i -> i.form)
                    .map(Form::toString)
                    .forEach(missing::remove);
        }
        assertThat(missing).isEmpty();
    }
}

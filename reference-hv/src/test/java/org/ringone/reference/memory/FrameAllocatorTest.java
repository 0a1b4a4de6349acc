package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameAllocatorTest {

    @Test
    void handsOutTheHighestFramesFirstAndEachOnce() {
        FrameAllocator free = new FrameAllocator(10, 200);
        for (int expected = 199; expected >= 10; expected--) {
            assertThat(free.take(Integer.MAX_VALUE)).isEqualTo(expected);
        }
        assertThat(free.take(Integer.MAX_VALUE)).isEqualTo(FrameAllocator.NONE);
        free.give(42);
        assertThat(free.take(Integer.MAX_VALUE)).isEqualTo(42);
        assertThat(free.count()).isZero();
    }

    @Test
    void keepsBelowALimitAndAlignsRuns() {
        FrameAllocator free = new FrameAllocator(3, 130);
        assertThat(free.take(100)).isEqualTo(99);
        assertThat(free.takeRun(5, 128)).as("the run from 96 has a hole").isEqualTo(64);
        assertThat(free.takeRun(5, 30)).isEqualTo(FrameAllocator.NONE);
        assertThat(free.takeRun(30, Integer.MAX_VALUE)).isEqualTo(FrameAllocator.NONE);
    }

    @Property(tries = 200)
    void neverGivesAFrameToTwo(@ForAll @Size(max = 60) int[] orders, @ForAll @IntRange(min = 1, max = 300) int frames) {
        FrameAllocator free = new FrameAllocator(0, frames);
        Set<Integer> taken = new HashSet<>();
        for (int order : orders) {
            int size = order & 3;
            int first = free.takeRun(size, order < 0 ? frames / 2 : Integer.MAX_VALUE);
            for (int mfn = first; first >= 0 && mfn < first + (1 << size); mfn++) {
                assertThat(mfn).isBetween(0, frames - 1);
                assertThat(taken.add(mfn)).isTrue();
            }
            assertThat(free.count()).isEqualTo(frames - taken.size());
        }
    }
}

package org.ringone.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringone.cli.compare.Course.Exchange;
import org.ringone.cli.compare.Course.Step;
import org.ringone.guest.Command;
import org.ringone.guest.Reply;
import org.ringone.guest.Transcript;

class PartingTest {

    /** A course from lines: {@code -- step}, {@code asked = answered}, and others for the console. */
    private static Course course(String... lines) {
        List<Step> steps = new ArrayList<>(List.of(new Step("")));
        for (String line : lines) {
            Step last = steps.get(steps.size() - 1);
            if (line.startsWith("-- ")) {
                steps.add(new Step(line.substring(3)));
            } else if (line.contains(" = ")) {
                last.exchanges().add(new Exchange(line.split(" = ")[0], line.split(" = ")[1]));
            } else {
                last.said().add(line);
            }
        }
        return new Course(steps, true);
    }

    private static Optional<Parting> parting(Course left, Course right) {
        return Parting.of(left, right, new Names(OwnFrames.NONE, OwnFrames.NONE));
    }

    @Test
    void theFirstStepThatIsNotTheSameIsFound() {
        Parting found = parting(
                        course(
                                "-- Given x",
                                "a = 1",
                                "-- When y",
                                "b = 2",
                                "c = eax 3 ecx 4",
                                "d = 5",
                                "-- Then z",
                                "e = 6"),
                        course(
                                "-- Given x",
                                "a = 1",
                                "-- When y",
                                "b = 2",
                                "c = eax 3 ecx 9",
                                "d = 7",
                                "-- Then z",
                                "e = 8"))
                .orElseThrow();
        assertThat(found.stepsBefore()).isEqualTo(1);
        assertThat(found.step()).isEqualTo("When y");
        assertThat(found.exchangesBefore()).isEqualTo(1);
        assertThat(found.askedLeft()).isEqualTo("c");
        assertThat(found.left()).isEqualTo("eax 3 ecx 4");
        assertThat(found.right()).isEqualTo("eax 3 ecx 9");
        assertThat(found.numbers()).containsExactly(new Parting.Number("ecx", "4", "9"));
    }

    @Test
    void whatIsOnlyCalledOtherwiseIsTheSame() {
        assertThat(parting(
                        course("-- Given x", "alloc = 3", "-- When y", "send(3) = 0"),
                        course("-- Given x", "alloc = 8", "-- When y", "send(8) = 0")))
                .isEmpty();
        assertThat(parting(
                        course("-- Given x", "alloc = 3", "-- When y", "send(3) = 0"),
                        course("-- Given x", "alloc = 8", "-- When y", "send(8) = -EINVAL")))
                .get()
                .extracting(Parting::step)
                .isEqualTo("When y");
    }

    @Test
    void digestsAndConsolesAreNotCompared() {
        assertThat(parting(
                        course("-- Given x", "digest of 0x1 = 0x5", "console: (XEN) hello"),
                        course("-- Given x", "digest of 0x1 = 0x6")))
                .isEmpty();
        Parting found = parting(
                        course("-- Given x", "a = 1", "console: (XEN) hello"), course("-- Given x", "a = 2", "mine"))
                .orElseThrow();
        assertThat(found.leftSaid()).containsExactly("console: (XEN) hello");
        assertThat(found.rightSaid()).containsExactly("mine");
    }

    @Test
    void aStepThatAsksLessPartsThere() {
        Parting found = parting(course("-- Given x", "a = 1", "b = 2"), course("-- Given x", "a = 1"))
                .orElseThrow();
        assertThat(found.exchangesBefore()).isEqualTo(1);
        assertThat(found.left()).isEqualTo("2");
        assertThat(found.right()).startsWith("nothing");
    }

    @Test
    void aTranscriptIsCutAtItsSteps() {
        Transcript transcript = new Transcript();
        transcript.add("before");
        transcript.add("-- Given x");
        transcript.add(new Transcript.Exchange(new Command.Read(0x1000, 4), new Reply.Bytes(new byte[] {1, 2, 3, 4})));
        transcript.add("-- When y");
        transcript.add("ud2 = ?");
        transcript.add(new Transcript.ConsoleLine("crashed"));
        transcript.add("-- Then z");
        transcript.add("-- And more");
        Course whole = Course.of(transcript);
        assertThat(whole.whole()).isTrue();
        assertThat(whole.steps()).extracting(Step::text).containsExactly("", "Given x", "When y", "Then z", "And more");
        assertThat(whole.steps().get(0).said()).containsExactly("before");
        assertThat(whole.steps().get(1).exchanges())
                .containsExactly(new Exchange("read 0x1000, 4 bytes", "04030201 (words)"));
        assertThat(whole.steps().get(2).exchanges()).containsExactly(new Exchange("ud2", "no answer"));
        assertThat(whole.steps().get(2).said()).containsExactly("console: crashed");
        assertThat(whole.upTo("Then z").steps()).hasSize(4);
        assertThat(whole.upTo("").steps()).hasSize(5);
    }

    @Test
    void aCourseIsBounded() {
        Transcript transcript = new Transcript();
        transcript.add("-- Given x");
        for (int i = 0; i < 4_000; i++) {
            transcript.add(new Transcript.Exchange(new Command.Read(0x1000, 2048), new Reply.Bytes(new byte[2048])));
        }
        Course course = Course.of(transcript);
        assertThat(course.whole()).isFalse();
        assertThat(course.steps().get(1).exchanges())
                .hasSize(2_000)
                .allSatisfy(one -> assertThat(one.answered().length()).isLessThan(2_100));
    }
}

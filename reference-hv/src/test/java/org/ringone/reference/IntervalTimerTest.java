package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Register;

/** Counter 2 of the interval timer and its port: what code that measures time by it meets. */
class IntervalTimerTest {

    private static final long SECOND = 1_000_000_000L;

    private final IntervalTimer timer = new IntervalTimer(5 * SECOND);
    private long now = 7 * SECOND;

    private void control(int value) {
        timer.write(0x43, value, now);
    }

    private void load(int count) {
        timer.write(0x42, count & 0xFF, now);
        timer.write(0x42, count >>> 8, now);
    }

    private int word() {
        int low = timer.read(0x42, now);
        return low | timer.read(0x42, now) << 8;
    }

    private boolean output() {
        return (timer.read(0x61, now) & 0x20) != 0;
    }

    @Test
    void modeZeroCountsDownOnceAndRaisesItsOutput() {
        control(0xB0);
        load(11932); // 10 ms
        assertThat(word()).isEqualTo(11932);
        now += 4_000_000;
        assertThat(word()).isEqualTo(11932 - 4772);
        assertThat(output()).isFalse();
        now += 5_999_000;
        assertThat(output()).isFalse();
        now += 2_000;
        assertThat(output()).isTrue();
        assertThat(word()).as("it counts on").isEqualTo(0xFFFF);
    }

    @Test
    void modesTwoAndThreeStartAgain() {
        control(0xB4);
        load(1000);
        now += 1_500 * SECOND / IntervalTimer.FREQUENCY + 1;
        assertThat(word()).isEqualTo(500);
        control(0xB6);
        load(1000);
        now += 250 * SECOND / IntervalTimer.FREQUENCY + 1;
        assertThat(word()).isEqualTo(500);
        assertThat(output()).isTrue();
        now += 300 * SECOND / IntervalTimer.FREQUENCY;
        assertThat(output()).isFalse();
    }

    @Test
    void aCountOfZeroIsTheLargest() {
        control(0xB0);
        load(0);
        now += SECOND / 20;
        assertThat(output()).isFalse();
        now += SECOND / 100;
        assertThat(output()).isTrue();
    }

    @Test
    void aLatchedCountStaysUntilItIsRead() {
        control(0xB0);
        load(50_000);
        control(0x80);
        now += SECOND / 100;
        control(0x80);
        assertThat(word()).isEqualTo(50_000);
        assertThat(word()).isEqualTo(50_000 - 11_931);
    }

    @Test
    void theReadBackCommandTellsTheModeAndTheOutput() {
        control(0xB0);
        load(100);
        control(0xE8);
        assertThat(timer.read(0x42, now)).isEqualTo(0x30);
        now += SECOND;
        control(0xE8);
        control(0xE8);
        assertThat(timer.read(0x42, now)).isEqualTo(0xB0);
        control(0xD8); // of another counter too, the count alone
        assertThat(timer.read(0x61, now) & 3).isZero();
    }

    @Test
    void singleBytesOfTheCount() {
        control(0x90);
        timer.write(0x42, 0x34, now);
        assertThat(timer.read(0x42, now)).isEqualTo(0x34);
        assertThat(timer.read(0x42, now)).isEqualTo(0x34);
        control(0xA0);
        timer.write(0x42, 0x12, now);
        assertThat(timer.read(0x42, now)).isEqualTo(0x12);
    }

    @Test
    void theGateIsKeptAndStartsAModeAnew() {
        timer.write(0x61, 3, now);
        assertThat(timer.read(0x61, now) & 3).isEqualTo(3);
        timer.write(0x61, 0, now);
        control(0xB6);
        load(1000);
        now += 100 * SECOND / IntervalTimer.FREQUENCY + 1;
        timer.write(0x61, 1, now);
        assertThat(word()).isEqualTo(1000);
    }

    @Test
    void otherCountersAreNotToBeSeen() {
        control(0xB0);
        load(50_000);
        control(0x36); // counter 0
        assertThat(word()).isEqualTo(50_000);
        assertThat(timer.read(0x43, now)).isZero();
        assertThat(IntervalTimer.has(0x40)).isFalse();
        assertThat(IntervalTimer.has(0x41)).isFalse();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        control(0xB0);
        load(50_000);
        IntervalTimer copy = timer.copy();
        load(100);
        assertThat(copy.read(0x42, now) | copy.read(0x42, now) << 8).isEqualTo(50_000);
    }

    /** As kernels do it: the time stamp counter's ticks while 10 ms go by on the timer. */
    @Test
    void aGuestCanCalibrateItsTimeStampCounterByIt() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        int scratch = guest.probe.symbol("scratch_pages");
        guest.probe.write32(scratch, 1);
        assertThat(guest.probe.hypercall(33, 6, scratch)).isZero();
        Outcome outcome = guest.run(CodeRun.ring1("""
                in al, 0x61
                and al, 0xFD
                or al, 1
                out 0x61, al
                mov al, 0xB0
                out 0x43, al
                mov al, 0x9C
                out 0x42, al
                mov al, 0x2E
                out 0x42, al
                rdtsc
                mov esi, eax
                wait:
                in al, 0x61
                test al, 0x20
                jz wait
                rdtsc
                sub eax, esi
                """).with(Register.EAX, 0));
        assertThat(Outcomes.completes(outcome).eax()).isBetween(9_990_000, 10_010_000);
    }
}

package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Stores leave exactly the bytes they were asked to. */
class StoresProperties {

    @Property(tries = 300)
    void storeEveryByteOnce(@ForAll long seed, @ForAll @IntRange(max = 9000) int length) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at += 1 + random.nextInt(200)) {
            if (random.nextBoolean()) {
                random.nextBytes(bytes); // dense again
                Arrays.fill(bytes, at, Math.min(length, at + random.nextInt(5000)), (byte) 0);
            }
        }
        byte[] memory = new byte[length];
        Arrays.fill(memory, (byte) 0x5A);
        int next = 0;
        for (Command command : Stores.of(0x1000, bytes)) {
            if (command instanceof Command.Write write) {
                assertThat(write.address()).isEqualTo(0x1000 + next);
                System.arraycopy(write.bytes(), 0, memory, next, write.bytes().length);
                next += write.bytes().length;
            } else {
                Command.Fill fill = (Command.Fill) command;
                assertThat(fill.address()).isEqualTo(0x1000 + next);
                Arrays.fill(memory, next, next + fill.length(), (byte) fill.value());
                next += fill.length();
            }
        }
        assertThat(memory).isEqualTo(bytes);
    }

    @Property(tries = 1)
    void anEmptyPageIsOneFill() {
        assertThat(Stores.of(0x1000, new byte[4096])).isEqualTo(List.of(new Command.Fill(0x1000, 4096, 0)));
    }
}

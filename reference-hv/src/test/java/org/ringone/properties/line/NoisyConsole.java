package org.ringone.properties.line;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.Exit;

/** A domain whose console loses, damages, repeats and mixes in, now and then, in both directions. */
final class NoisyConsole implements Domain, Console {

    private static final Budget MOMENT = new Budget(100_000, Duration.ofSeconds(1));
    private static final byte[] BRACES = "{}}~!{0000}\r\n(XEN) ~".getBytes(StandardCharsets.US_ASCII);

    private final Domain domain;
    private final Random random;
    private final int oneIn;

    NoisyConsole(Domain domain, Random random, int oneIn) {
        this.domain = domain;
        this.random = random;
        this.oneIn = oneIn;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        byte[] spoiled = spoiled(Arrays.copyOfRange(bytes, offset, offset + length));
        int at = 0;
        while (at < spoiled.length) {
            at += domain.console().write(spoiled, at, spoiled.length - at);
            if (at < spoiled.length) {
                domain.console().read(MOMENT); // what it says meanwhile is lost too
            }
        }
        return length;
    }

    @Override
    public byte[] read(Budget budget) {
        return spoiled(domain.console().read(budget));
    }

    private byte[] spoiled(byte[] bytes) {
        if (bytes.length == 0 || random.nextInt(oneIn) != 0) {
            return bytes;
        }
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] damaged = bytes.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                yield damaged;
            }
            case 1 -> new byte[0];
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 3 -> behind(bytes, bytes);
            case 4 -> behind(BRACES, bytes);
            default -> {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                yield behind(noise, bytes);
            }
        };
    }

    private static byte[] behind(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public int id() {
        return domain.id();
    }

    @Override
    public Console console() {
        return this;
    }

    @Override
    public Exit exit() {
        return domain.exit();
    }

    @Override
    public void close() {
        domain.close();
    }
}

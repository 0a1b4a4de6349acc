package org.ringone.benchmarks;

import java.util.List;

/**
 * A guest program of the figures: one of this package's {@code .asm} resources, a loop whose rounds are counted.
 *
 * @param name of the resource
 * @param what it does
 * @param unit what is counted in a round
 * @param each how many of them a round has; 0: as many as there are instructions
 * @param rounds after which the program reports: a few milliseconds' worth
 * @param ring in which it runs, 0 or 1
 */
record Kernel(String name, String what, Unit unit, int each, int rounds, int ring) {

    /** What a figure counts. */
    enum Unit {
        /** Million guest instructions a second. */
        INSTRUCTIONS("instructions"),
        /** Million elements of string instructions a second. */
        ELEMENTS("elements"),
        /** Nanoseconds for one round. */
        ROUNDS("ns a round");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final List<Kernel> ALL = List.of(
            new Kernel("sieve", "sieve of Eratosthenes", Unit.INSTRUCTIONS, 0, 40, 1),
            new Kernel("crc", "CRC-32, bit by bit", Unit.INSTRUCTIONS, 0, 60, 1),
            new Kernel("copy", "copy, 4 bytes at a time", Unit.INSTRUCTIONS, 0, 100, 1),
            new Kernel("stride", "stride over 4032 pages", Unit.INSTRUCTIONS, 0, 150, 1),
            new Kernel("interp", "a bytecode interpreter", Unit.INSTRUCTIONS, 0, 20_000, 1),
            new Kernel("call", "recursive and indirect calls", Unit.INSTRUCTIONS, 0, 60, 1),
            new Kernel("movsd", "REP MOVSD, 4 KiB", Unit.ELEMENTS, 1024, 10_000, 1),
            new Kernel("movs16", "REP MOVSD, 64 bytes", Unit.ELEMENTS, 16, 60_000, 1),
            new Kernel("stosd", "REP STOSD, 4 KiB", Unit.ELEMENTS, 1024, 10_000, 1),
            new Kernel("cmpsb", "REPE CMPSB, 4 KiB", Unit.ELEMENTS, 4096, 10_000, 1),
            new Kernel("int80", "INT 0x80 + IRET, ring 1 to 0 and back", Unit.ROUNDS, 1, 20_000, 1),
            new Kernel("gp", "#GP + IRET, ring 1 to 0 and back", Unit.ROUNDS, 1, 20_000, 1),
            new Kernel("pf", "#PF + IRET, ring 1 to 0 and back", Unit.ROUNDS, 1, 20_000, 1),
            new Kernel("cr3", "CR3 load + 1 access", Unit.ROUNDS, 1, 20_000, 0),
            new Kernel("cr3pages", "CR3 load + 16 pages", Unit.ROUNDS, 1, 5_000, 0));

    static Kernel named(String name) {
        return ALL.stream()
                .filter(kernel -> kernel.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kernel is called " + name));
    }

    /** Elements of string instructions between two reports. */
    long elements() {
        return unit == Unit.ELEMENTS ? (long) rounds * each : 0;
    }

    /**
     * The figure for the table.
     *
     * @param reports how often the program reported
     * @param instructions guest instructions between two reports
     * @param nanos processor time
     */
    double figure(double reports, double instructions, double nanos) {
        double done = reports * rounds;
        return switch (unit) {
            case INSTRUCTIONS -> reports * instructions / nanos * 1e3;
            case ELEMENTS -> done * each / nanos * 1e3;
            case ROUNDS -> nanos / done;
        };
    }

    /** The better of two figures; 0 is none. */
    double better(double one, double other) {
        boolean smaller = unit == Unit.ROUNDS && one != 0;
        return smaller ? Math.min(one, other) : Math.max(one, other);
    }
}

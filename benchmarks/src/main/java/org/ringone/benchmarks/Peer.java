package org.ringone.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another emulator, a program that boots a disk and has its first serial line in a file. */
enum Peer {
    /** QEMU's translator, without hardware acceleration. */
    QEMU("qemu-system-i386", "--version") {
        @Override
        List<String> command(Path disk, Path serial) {
            return List.of(
                    program(),
                    "-accel",
                    "tcg",
                    "-m",
                    "64",
                    "-display",
                    "none",
                    "-monitor",
                    "none",
                    "-drive",
                    "file=" + disk + ",format=raw",
                    "-serial",
                    "file:" + serial);
        }
    },
    /** Bochs, an interpreter; as its distribution built it. */
    BOCHS("bochs", "--help") {
        @Override
        List<String> command(Path disk, Path serial) throws IOException {
            Path folder = disk.getParent();
            Path settings = folder.resolve("bochsrc");
            Files.writeString(settings, """
                    megs: 64
                    cpu: model=corei5_lynnfield_750, count=1, ips=200000000
                    display_library: rfb, options="timeout=0"
                    ata0-master: type=disk, path=%s, mode=flat, cylinders=2, heads=16, spt=63
                    boot: disk
                    log: %s
                    panic: action=report
                    error: action=report
                    info: action=ignore
                    debug: action=ignore
                    com1: enabled=1, mode=file, dev=%s
                    clock: sync=none
                    speaker: enabled=0
                    """.formatted(disk, folder.resolve("log"), serial));
            Path commands = Files.writeString(folder.resolve("commands"), "c\n");
            return List.of(program(), "-q", "-f", settings.toString(), "-rc", commands.toString());
        }
    };

    private static final int SECTOR = 512;
    private static final int DISK = 2 * 16 * 63 * SECTOR;
    private static final int BATCHES = 6;
    private static final long BATCH_NANOS = 400_000_000L;
    private static final long WARM_NANOS = 500_000_000L;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String program;
    private final String versionOption;

    Peer(String program, String versionOption) {
        this.program = program;
        this.versionOption = versionOption;
    }

    abstract List<String> command(Path disk, Path serial) throws IOException;

    String program() {
        return program;
    }

    /** Those that can be found. */
    static List<Peer> installed() {
        return Stream.of(values()).filter(Peer::found).toList();
    }

    private boolean found() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    /** Name and version, as the program says them. */
    String title() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program, versionOption)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        java.util.regex.Matcher version =
                java.util.regex.Pattern.compile("\\d+\\.\\d+(\\.\\d+)*").matcher(said);
        return name() + (version.find() ? " " + version.group() : "");
    }

    /**
     * Boots a kernel and measures how fast it runs by the processor time of the whole process.
     *
     * @param instructions between two reports
     */
    double best(Kernel kernel, double instructions) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ringone-figures");
        Process process = null;
        try {
            Path disk = folder.resolve("disk");
            Path serial = folder.resolve("serial");
            Files.write(disk, disk(new MemoryImage(kernel)));
            process = new ProcessBuilder(command(disk, serial))
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            return best(kernel, instructions, process, serial);
        } finally {
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
            remove(folder);
        }
    }

    private static byte[] disk(MemoryImage image) {
        byte[] disk = Arrays.copyOf(image.bootSector(), DISK);
        System.arraycopy(image.bytes(), 0, disk, SECTOR, MemoryImage.LENGTH);
        return disk;
    }

    private double best(Kernel kernel, double instructions, Process process, Path serial)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (reports(serial) == 0) {
            if (!process.isAlive() || System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IOException(program + " did not come to run " + kernel.name());
            }
            Thread.sleep(20);
        }
        batch(process, serial, WARM_NANOS);
        double best = 0;
        for (int n = 0; n < BATCHES; n++) {
            Batch batch = batch(process, serial, BATCH_NANOS);
            best = kernel.better(best, kernel.figure(batch.reports, instructions, batch.nanos));
        }
        return best;
    }

    private record Batch(long reports, long nanos) {}

    private static Batch batch(Process process, Path serial, long nanos) throws IOException, InterruptedException {
        long reportsBefore = reports(serial);
        long before = used(process);
        long now = before;
        while (now - before < nanos) {
            if (!process.isAlive()) {
                throw new IOException("the emulator has ended");
            }
            Thread.sleep(20);
            now = used(process);
        }
        return new Batch(reports(serial) - reportsBefore, now - before);
    }

    private static long reports(Path serial) throws IOException {
        return Files.exists(serial) ? Files.size(serial) : 0;
    }

    private static long used(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

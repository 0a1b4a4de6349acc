package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.cli.Ringone;

/** {@code ringone boot} as it is called, with kernels and options that are no good: a clear message or the honest exit. */
class BootCommandTest {

    private static final int USAGE = 64;
    private static final int NOTES_HEADER = 52 + 32;

    private static final String POWER_OFF = """
            mov dword [data], 0
            mov ebx, 2
            mov ecx, data
            mov eax, 29
            int 0x82
            """;

    @TempDir
    Path folder;

    private final InputStream in = System.in;
    private final PrintStream out = System.out;

    /** What a command line came to: exit code, what the guest wrote, what was said. */
    private record Said(int code, String console, String words) {}

    @BeforeEach
    void nobodyTypes() {
        System.setIn(new ByteArrayInputStream(new byte[0]));
    }

    @AfterEach
    void giveBack() {
        System.setIn(in);
        System.setOut(out);
    }

    private static Said ringone(String... arguments) {
        StringWriter words = new StringWriter();
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        System.setOut(new PrintStream(console, true));
        PrintWriter writer = new PrintWriter(words, true);
        int code = Ringone.execute(writer, writer, arguments);
        Said said = new Said(code, console.toString(), words.toString());
        assertThat(said.words()).doesNotContain("\tat ").doesNotContain("Exception");
        return said;
    }

    private Said boot(byte[] kernel, String... options) throws IOException {
        Path file = Files.write(folder.resolve("kernel"), kernel);
        String[] arguments = Arrays.copyOf(new String[] {"boot", file.toString(), "--memory", "8"}, 4 + options.length);
        System.arraycopy(options, 0, arguments, 4, options.length);
        return ringone(arguments);
    }

    private void refused(byte[] kernel, String why, String... options) throws IOException {
        Said said = boot(kernel, options);
        assertThat(said.code()).as(said.words()).isEqualTo(USAGE);
        assertThat(said.words()).containsIgnoringCase(why);
    }

    private static byte[] with(int offset, int bytes, long value) {
        byte[] image = SmallKernel.of(POWER_OFF);
        ByteBuffer buffer = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes; i++) {
            buffer.put(offset + i, (byte) (value >>> 8 * i));
        }
        return image;
    }

    @Test
    void aGuestThatShutsDownAtOnceEndsWell() throws IOException {
        Said said = boot(SmallKernel.of(POWER_OFF));
        assertThat(said.code()).as(said.words()).isZero();
        assertThat(said.words()).contains("power off").contains("guest instructions");
    }

    @Test
    void aGuestThatSpinsWithEventsMaskedIsStoppedInTime() throws IOException {
        Said said = boot(SmallKernel.of("here: jmp here"), "--timeout", "1");
        assertThat(said.code()).isEqualTo(124);
        assertThat(said.words()).contains("still running after 1 s");
    }

    @Test
    void aGuestThatFaultsOnItsOwnStackIsKilled() throws IOException {
        Said said = boot(SmallKernel.of("mov esp, 0xF0000010\npush eax"));
        assertThat(said.code()).isEqualTo(4);
        assertThat(said.words()).contains("Its stack cannot be read.").contains("push eax");
    }

    @Test
    void aGuestThatFloodsItsConsoleIsStoppedInTime() throws IOException {
        String flood = """
                more:
                xor ebx, ebx
                mov ecx, 4000
                mov edx, data
                mov eax, 18
                int 0x82
                jmp more
                """;
        String fill = "mov edi, data\nmov ecx, 4000\nmov al, 'x'\nrep stosb\n";
        Said said = boot(SmallKernel.of(fill + flood, SmallKernel.HIGH), "--initial-domain", "--timeout", "1");
        assertThat(said.code()).isEqualTo(124);
        assertThat(said.console()).matches("x+");
    }

    @ParameterizedTest
    @CsvSource({
        // a field of the ELF header, its bytes, its value, what is said
        "4, 1, 2, 64-bit",
        "5, 1, 2, little-endian",
        "18, 2, 62, machine",
        "18, 2, 8, machine",
        "42, 2, 1, program header",
        "44, 2, 0xFFFF, program header",
        "28, 4, 0xFFFFFFF0, program header",
        "24, 4, 0x7FFFFFFF, kernel"
    })
    void headersOfOtherMachinesAndBadOnesAreRefused(int offset, int bytes, String value, String why)
            throws IOException {
        byte[] kernel = with(offset, bytes, Long.decode(value));
        Said said = boot(kernel);
        if (offset == 24) {
            assertThat(said.code()).as("its notes say where it begins").isZero();
        } else {
            assertThat(said.code()).as(said.words()).isEqualTo(USAGE);
            assertThat(said.words()).containsIgnoringCase(why);
        }
    }

    @Test
    void segmentsThatCannotBeAreRefused() throws IOException {
        refused(with(52 + 4, 4, 0xFFFFF000L), "segment");
        refused(with(52 + 16, 4, 0xFFFFFFFFL), "segment");
        refused(with(52 + 20, 4, 1), "segment");
        refused(with(52 + 20, 4, 64 << 20), "MiB");
        refused(with(52 + 20, 4, 0xE0000000L), "MiB");
        refused(with(52 + 12, 4, 0xFFFFFF00L), "segment");
    }

    @Test
    void notesThatCannotBeAreRefused() throws IOException {
        refused(with(NOTES_HEADER + 4, 4, 0x7FFFFFF0L), "note");
        refused(with(0x100, 4, 0xFFFFFFFFL), "note");
        refused(with(0x104, 4, 0xFFFFFFFFL), "loader");
        refused(with(NOTES_HEADER, 4, 0), "Xen");
        refused(with(0x100 + 16, 4, 'z'), "interface");
    }

    @Test
    void filesThatAreNoKernelsAreRefused() throws IOException {
        refused(new byte[0], "begins with nothing");
        refused("#!/bin/sh\n".getBytes(), "23 21");
        refused(new byte[100_000], "no ELF image");
        byte[] gzip = gzip(SmallKernel.of(POWER_OFF));
        assertThat(boot(gzip).code()).isZero();
        refused(Arrays.copyOf(gzip, gzip.length - 20), "unpacked");
        refused(gzip(new byte[9 << 20]), "more than 8 MiB");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void aTruncatedKernelIsRefusedWhereverItEnds() throws IOException {
        byte[] kernel = SmallKernel.of(POWER_OFF);
        for (int length : new int[] {1, 4, 16, 51, 52, 83, 84, 115, 116, 0x100, 0x110, 0x1A0, 0x1000, 0x1001, 0x3FFF}) {
            Said said = boot(Arrays.copyOf(kernel, length));
            assertThat(said.code())
                    .as("cut to %d bytes: %s", length, said.words())
                    .isEqualTo(USAGE);
        }
    }

    /** Whatever the first pages hold, the end is one of those that docs/boot.md lists. */
    @Test
    void spoiltKernelsEndHonestly() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 120; i++) {
            byte[] kernel = SmallKernel.of(POWER_OFF);
            for (int spoilt = 0; spoilt < 4; spoilt++) {
                kernel[random.nextInt(random.nextBoolean() ? 0x74 : 0x1A0)] = (byte) random.nextInt();
            }
            assertThat(boot(kernel, "--timeout", "1").code()).isIn(0, 1, 2, 3, 4, 5, USAGE, 124);
        }
    }

    @Test
    void aRamdiskThatDoesNotFitOrIsNotThereIsRefused() throws IOException {
        Path large = Files.write(folder.resolve("ramdisk"), new byte[9 << 20]);
        refused(SmallKernel.of(POWER_OFF), "MiB", "--ramdisk", large.toString());
        refused(
                SmallKernel.of(POWER_OFF),
                "cannot be read",
                "--ramdisk",
                folder.resolve("none").toString());
        refused(SmallKernel.of(POWER_OFF), "cannot be read", "--ramdisk", folder.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--memory, 0",
        "--memory, -1",
        "--memory, 1",
        "--memory, 65536",
        "--memory, many",
        "--vcpus, 0",
        "--vcpus, 33",
        "--timeout, soon",
        "--timeout, -1",
        "--trace, /nowhere/trace"
    })
    void optionsThatMakeNoSenseAreRefused(String option, String value) throws IOException {
        Path file = Files.write(folder.resolve("kernel"), SmallKernel.of(POWER_OFF));
        Said said = ringone("boot", file.toString(), option, value);
        assertThat(said.code()).as(said.words()).isEqualTo(USAGE);
        assertThat(said.words()).isNotBlank();
    }

    @Test
    void aKernelThatIsNotThereIsNamed() {
        Said said = ringone("boot", folder.resolve("vmlinux").toString());
        assertThat(said.code()).isEqualTo(USAGE);
        assertThat(said.words()).contains("vmlinux").contains("cannot be read");
        assertThat(ringone("boot", folder.toString()).code()).isEqualTo(USAGE);
        assertThat(ringone("boot").code()).isEqualTo(USAGE);
    }

    @Test
    void aTraceIsWrittenAndSaysWhatIsLost() throws IOException {
        Path trace = folder.resolve("trace");
        String busy = """
                mov esi, 20000
                more:
                mov eax, 17
                xor ebx, ebx
                int 0x82
                dec esi
                jnz more
                """;
        assertThat(boot(SmallKernel.of(busy + POWER_OFF), "--trace", trace.toString())
                        .code())
                .isZero();
        long told = 0;
        for (String line : Files.readAllLines(trace)) {
            told += line.endsWith(" lost") ? Long.parseLong(line.split(" ")[0]) : 1;
        }
        assertThat(told).isGreaterThanOrEqualTo(20_002);
    }
}

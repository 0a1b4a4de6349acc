package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe's program is what another assembler makes of its source, for any mapping, and its memory has no overlaps. */
class ProbeProgramTest {

    /**
     * The digests of the source and of what NASM 2.16 made of it. After a change of the source, put the parts in their order
     * behind the lines {@code virt_base equ 0xC0000000} and {@code org 0xC0100000}, and: {@code nasm -f bin -o probe.bin
     * probe.asm; sha256sum probe.bin}.
     */
    @Test
    void equalsWhatNasmMakesOfIt() throws IOException, NoSuchAlgorithmException {
        List<String> golden;
        try (InputStream in = getClass().getResourceAsStream("probe-nasm.sha256")) {
            golden = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        assertThat(sha256(ProbeProgram.source().getBytes(StandardCharsets.US_ASCII)))
                .as("the source has changed since NASM last assembled it: make probe-nasm.sha256 anew")
                .isEqualTo(golden.get(0));
        assertThat(sha256(ProbeProgram.at(ProbeImage.VIRT_BASE).bytes())).isEqualTo(golden.get(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x40000000, 0xC0000000, 0xE0000000})
    void canBeMappedAnywhere(int virtBase) {
        ProbeProgram program = ProbeProgram.at(virtBase);

        assertThat(program.symbol("entry")).isEqualTo(virtBase + ProbeProgram.OFFSET);
        assertThat(program.bytes())
                .hasSize(ProbeProgram.at(ProbeImage.VIRT_BASE).bytes().length);
        for (String page : List.of(
                "hypercall_page",
                "shared_info",
                "kernel_code",
                "user_pages",
                "scratch_pages",
                "spare_pages",
                "memory_end")) {
            assertThat(program.symbol(page) & 4095).as(page).isZero();
        }
    }

    @Test
    void memoryHasRoomForWhatIsPutThere() {
        ProbeProgram p = ProbeProgram.at(ProbeImage.VIRT_BASE);
        Map<String, Integer> sizes = Map.of(
                "answer", p.symbol("answer_room"),
                "request", p.symbol("request_size"),
                "entry_log", p.symbol("log_size") * 128,
                "trap_table", 257 * 8,
                "scratch_pages", ProbeImage.SCRATCH_PAGES * 4096,
                "spare_pages", ProbeImage.SPARE_PAGES * 4096,
                "user_pages", ProbeImage.USER_PAGES * 4096,
                "run_state", p.symbol("run_fields") * 4,
                "run_handlings", p.symbol("max_handlings") * 32,
                "crc_table", 1024);
        sizes.forEach((name, size) -> {
            int start = p.symbol(name);
            int next = p.symbols().entrySet().stream()
                    .filter(e -> !e.getKey().contains(".") && !within(name, e.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .filter(value -> value - start > 0 && value < 0)
                    .min()
                    .orElseThrow();
            assertThat(next - start).as("room for %s", name).isGreaterThanOrEqualTo(size);
        });
        assertThat(p.symbol("tx") - p.symbol("frame")).isGreaterThanOrEqualTo(Frame.REQUEST_LIMIT);
        assertThat(p.symbol("run_handlings") - p.symbol("tx")).isGreaterThanOrEqualTo(Frame.ANSWER_LIMIT + 1);
        assertThat(Link.MESSAGE_LIMIT).isLessThanOrEqualTo(p.symbol("request_size") - Frame.REQUEST_BYTES);
    }

    /** Names of parts of the same memory. */
    private static boolean within(String whole, String part) {
        return switch (whole) {
            case "user_pages" -> part.startsWith("user_") && !part.equals("user_pages_end");
            case "run_state" -> part.startsWith("run_") && !part.equals("run_handlings");
            default -> false;
        };
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}

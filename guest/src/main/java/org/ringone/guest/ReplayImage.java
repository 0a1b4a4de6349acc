package org.ringone.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Puts a script into a probe's image. It becomes one more segment, at the very start of the domain's memory, below the kernel:
 * so everything else lies where it lies without it.
 */
public final class ReplayImage {

    /** The most bytes that a script may take: what lies below the kernel. */
    public static final int LIMIT = ProbeProgram.OFFSET;

    private static final int ELF_PROGRAM_HEADERS = 28;
    private static final int ELF_PROGRAM_HEADER_COUNT = 44;
    private static final int PROGRAM_HEADER = 32;
    private static final int PT_LOAD = 1;
    private static final int PAGE = 4096;

    private static final int HEADER = 32;
    private static final int LANDMARK = 16;
    private static final int STEP = 44;
    private static final int FIXUP = 16;

    private final int base;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private int restAt;

    private ReplayImage(int base) {
        this.base = base;
    }

    /**
     * The image that performs a script.
     *
     * @param image the probe's image that the script was made with
     * @throws IllegalArgumentException when the script is too long, or the image is no ELF file with the probe in it
     */
    public static byte[] of(ProbeImage image, Replay replay) {
        byte[] script = new ReplayImage(image.virtBase()).script(replay);
        if (script.length > LIMIT) {
            throw new IllegalArgumentException(
                    "the script takes " + script.length + " bytes, and there is room for " + LIMIT);
        }
        return withSegment(image, script);
    }

    private byte[] script(Replay replay) {
        int landmarks = Replay.FIRST_TABLE + replay.tables().size();
        int landmarksAt = HEADER;
        int slotsAt = landmarksAt + LANDMARK * landmarks;
        int stepsAt = slotsAt + 4 * replay.slots();
        restAt = stepsAt + STEP * replay.steps().size();
        byte[] head = new byte[restAt];
        words(
                head,
                0,
                replay.stage(),
                text(replay.introduction()),
                base + landmarksAt,
                landmarks,
                base + slotsAt,
                base + stepsAt,
                replay.steps().size(),
                text(replay.closing()));
        for (int i = 0; i < replay.tables().size(); i++) {
            Replay.Table table = replay.tables().get(i);
            words(head, landmarksAt + LANDMARK * (Replay.FIRST_TABLE + i), table.parent(), table.slot());
        }
        for (int i = 0; i < replay.steps().size(); i++) {
            Replay.Step step = replay.steps().get(i);
            words(
                    head,
                    stepsAt + STEP * i,
                    text(step.text()),
                    text(step.name()),
                    text(step.meaning()),
                    put(step.request()),
                    step.request().length,
                    step.answer() == null ? 0 : put(step.answer()),
                    step.answer() == null ? 0 : step.answer().length,
                    put(fixups(step.requestFixups())),
                    step.requestFixups().size(),
                    put(fixups(step.answerFixups())),
                    step.answerFixups().size());
        }
        byte[] whole = Arrays.copyOf(head, head.length + rest.size());
        System.arraycopy(rest.toByteArray(), 0, whole, head.length, rest.size());
        return whole;
    }

    private static byte[] fixups(List<Fixup> fixups) {
        byte[] bytes = new byte[FIXUP * fixups.size()];
        for (int i = 0; i < fixups.size(); i++) {
            Fixup f = fixups.get(i);
            words(bytes, FIXUP * i, f.offset(), f.kind().ordinal() | f.landmark() << 8, f.index(), f.addend());
        }
        return bytes;
    }

    private int text(String text) {
        return put((text + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** Puts bytes behind what is there; gives their address. */
    private int put(byte[] bytes) {
        int address = base + restAt + rest.size();
        rest.writeBytes(bytes);
        rest.writeBytes(new byte[-bytes.length & 3]);
        return address;
    }

    /** The image's file with one more segment in front of the others, and the probe told of it. */
    private static byte[] withSegment(ProbeImage image, byte[] script) {
        byte[] elf = image.elf();
        int headersAt = Little.word(elf, ELF_PROGRAM_HEADERS);
        int count = Little.word(elf, ELF_PROGRAM_HEADER_COUNT) & 0xFFFF;
        int headersLength = count * PROGRAM_HEADER;
        if (headersAt < 0 || headersAt > elf.length - headersLength) {
            throw new IllegalArgumentException("the image's program headers are not in its file");
        }
        int scriptAt = (elf.length + PAGE - 1) / PAGE * PAGE;
        int newHeadersAt = (scriptAt + script.length + 3) / 4 * 4;
        byte[] file = Arrays.copyOf(elf, newHeadersAt + PROGRAM_HEADER + headersLength);
        System.arraycopy(script, 0, file, scriptAt, script.length);
        System.arraycopy(elf, headersAt, file, newHeadersAt + PROGRAM_HEADER, headersLength);
        Little.word(file, ELF_PROGRAM_HEADERS, newHeadersAt);
        Little.half(file, ELF_PROGRAM_HEADER_COUNT, count + 1);
        int pointer = image.symbol("replay_script");
        for (int i = 0; i < count; i++) {
            int header = headersAt + PROGRAM_HEADER * i;
            int into = pointer - Little.word(elf, header + 8);
            int size = Little.word(elf, header + 16);
            if (Little.word(elf, header) == PT_LOAD && into >= 0 && into <= size - 4) {
                Little.word(file, Little.word(elf, header + 4) + into, image.virtBase());
                int physical = image.virtBase() - Little.word(elf, header + 8) + Little.word(elf, header + 12);
                words(
                        file,
                        newHeadersAt,
                        PT_LOAD,
                        scriptAt,
                        image.virtBase(),
                        physical,
                        script.length,
                        script.length,
                        7,
                        PAGE);
                return file;
            }
        }
        throw new IllegalArgumentException("the probe is not in the image where it should be");
    }

    private static void words(byte[] bytes, int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            Little.word(bytes, at + 4 * i, values[i]);
        }
    }
}

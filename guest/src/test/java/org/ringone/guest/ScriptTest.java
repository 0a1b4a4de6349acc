package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands become the bytes that {@code commands.asm} takes apart. */
class ScriptTest {

    private static final ProbeProgram PROGRAM = new ProbeProgram(
            0xC0000000,
            0xC0100000,
            new byte[0],
            Map.of(
                    "kernel_code",
                    0xC0109000,
                    "user_code",
                    0xC010B000,
                    "user_cs",
                    0xE02B,
                    "user_ds",
                    0xE033,
                    "user_stack_top",
                    0xC010E000));

    @Test
    void memoryCommands() {
        assertThat(bytes(new Command.Read(0xC0123456, 0x102))).isEqualTo("01 563412c0 0201");
        assertThat(bytes(new Command.Write(0x10, new byte[] {9, 8}))).isEqualTo("02 10000000 0200 0908");
        assertThat(bytes(new Command.Fill(0x20, 0x1000, 0xAA))).isEqualTo("03 20000000 0010 aa");
        assertThat(bytes(new Command.Copy(1, 2, 3))).isEqualTo("04 01000000 02000000 0300");
        assertThat(bytes(new Command.Digest(0x30, 8))).isEqualTo("05 30000000 0800");
        assertThat(bytes(Command.words(0x40, 0x01020304))).isEqualTo("02 40000000 0400 04030201");
    }

    @Test
    void hypercalls() {
        assertThat(bytes(Command.hypercall(1000, 5, -1))).isEqualTo("06 e803 02 05000000 ffffffff");
        assertThat(bytes(new Command.Forget())).isEqualTo("08");
        assertThat(bytes(new Command.Home())).isEqualTo("09");
        assertThat(bytes(new Command.Settle())).isEqualTo("0a");
    }

    @Test
    void runInPlaceWithHandlingAndHook() {
        CodeRun run = CodeRun.inPlace(1)
                .with(Register.EIP, 0x1000)
                .with(Register.EBX, 7)
                .withMask(0)
                .on(Handling.skip(6, 2, 3).withHook(1, new Command.Settle()));
        // present: EBX (3), EIP (8), mask (16), end (18)
        assertThat(bytes(new Command.Run(run)))
                .isEqualTo("07 08010500 07000000 00100000 00000000 00000000 01 0600 04 0200 03000000 0100 0200 0a00");
    }

    @Test
    void userCodeStartsWithUserSelectorsAndStack() {
        byte[] run = Script.command(new Command.Run(CodeRun.inPlace(3).with(Register.EIP, 0x1000)), PROGRAM, 4);
        int present = Little.word(run, 1);
        assertThat(present).isEqualTo(1 << 4 | 1 << 8 | 0x3F << 10 | 1 << 18);
        assertThat(Little.word(run, 5)).isEqualTo(0xC010E000);
        assertThat(Little.word(run, 13)).isEqualTo(0xE02B);
        assertThat(Little.word(run, 17)).isEqualTo(0xE033);
    }

    @Test
    void requestsThatTheProbeCouldNotTakeAreRefused() {
        assertThatThrownBy(() -> new Command.Read(0, 4097)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Command.Read(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Command.Digest(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Command.hypercall(1, 1, 2, 3, 4, 5, 6, 7))
                .isInstanceOf(IllegalArgumentException.class);
        CodeRun nested = CodeRun.inPlace(1).on(Handling.go(1, 1).withHook(1, new Command.Run(CodeRun.inPlace(1))));
        assertThatThrownBy(() -> bytes(new Command.Run(nested))).hasMessageContaining("hook");
        assertThatThrownBy(() -> Handling.go(0x102, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roomForAnswersCoversReadsAndHooks() {
        assertThat(Script.answerRoom(new Command.Read(0, 4096))).isEqualTo(4097);
        CodeRun run = CodeRun.inPlace(1).on(Handling.go(1, 1).withHook(1, new Command.Read(0, 1000)));
        assertThat(Script.answerRoom(new Command.Run(run))).isGreaterThan(1000 + 250);
    }

    private static String bytes(Command command) {
        byte[] bytes = Script.command(command, PROGRAM, 4);
        String hex = HexFormat.of().formatHex(bytes);
        return group(hex, layout(bytes));
    }

    /** The lengths of the fields of a command, so that the expected bytes can be read. */
    private static List<Integer> layout(byte[] bytes) {
        return switch (bytes[0]) {
            case 1, 5 -> List.of(1, 4, 2);
            case 2 -> List.of(1, 4, 2, bytes.length - 7);
            case 3 -> List.of(1, 4, 2, 1);
            case 4 -> List.of(1, 4, 4, 2);
            case 6 -> List.of(1, 2, 1, 4, 4);
            case 7 -> List.of(1, 4, 4, 4, 4, 4, 1, 2, 1, 2, 4, 2, 2, 2);
            default -> List.of(1);
        };
    }

    private static String group(String hex, List<Integer> lengths) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int length : lengths) {
            text.append(text.isEmpty() ? "" : " ").append(hex, at, at + 2 * length);
            at += 2 * length;
        }
        return text.append(hex.substring(at)).toString();
    }
}

package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.ringone.api.Exit;

/** Transcripts read like the interface's manual. */
class WordingTest {

    private static final Registers REGISTERS = new Registers(1, 2, 3, 4, 5, 6, 7, 8, 0x202, 9, 10, 11, 12);
    private static final Trap FAULT = new Trap(
            0,
            14,
            OptionalInt.of(3),
            new SavedFrame(0x100, 0xC0100000, 0x1E02B, 0x202, 0x300, 0xE033),
            REGISTERS,
            new EntryState(0xE019, 0xE021, 0x246, 1, 0, 0, 0xF5800000));

    @Test
    void hypercallsHaveNamesAndErrors() {
        assertThat(Wording.exchange(Command.hypercall(1, 0xC0124000, 1, 0, 0x7FF0), new Reply.Value(-22)))
                .isEqualTo("mmu_update(0xc0124000, 0x1, 0x0, 0x7ff0) = -EINVAL");
        assertThat(Wording.exchange(Command.hypercall(1000), new Reply.Value(-38)))
                .isEqualTo("hypercall 1000() = -ENOSYS");
        assertThat(Wording.exchange(Command.hypercall(17, 0), new Reply.Value(0x30000)))
                .isEqualTo("xen_version(0x0) = 0x30000");
    }

    @Test
    void memory() {
        assertThat(Wording.exchange(new Command.Read(0x10, 8), new Reply.Bytes(new byte[] {1, 0, 0, 0, 2, 0, 0, 0})))
                .isEqualTo("read 0x10, 8 bytes = 00000001 00000002 (words)");
        assertThat(Wording.exchange(new Command.Write(0x10, new byte[] {1, 2}), new Reply.Done()))
                .isEqualTo("write 0x10: 01 02 = done");
        assertThat(Wording.exchange(new Command.Write(0xF5800000, new byte[] {1}), new Reply.Interrupted(FAULT)))
                .startsWith(
                        "write 0xf5800000: 01 = #PF(0x3) cr2 0xf5800000 at 0x1e02b:0xc0100000 eflags 0x202 esp 0x300 ss"
                                + " 0xe033; handler cs 0xe019 ss 0xe021");
    }

    @Test
    void codeIsShownAsItWasWritten() {
        CodeRun run =
                CodeRun.ring3("  mov eax, 1\n  hlt\n").with(Register.EBX, 0x10).on(Handling.skip(13, 2, 1));
        assertThat(Wording.exchange(
                        new Command.Run(run), new Reply.Ran(new Outcome.Trapped(FAULT, List.of(FAULT), List.of()))))
                .startsWith(
                        "run at ring 3, EBX 0x10, surviving 2 times #GP:\n      mov eax, 1\n      hlt\n    = ended by"
                                + " the last of\n      #PF(0x3)");
    }

    @Test
    void ends() {
        assertThat(Wording.outcome(new Outcome.DomainEnded(new Exit.Killed("no handler"))))
                .contains("no handler");
        assertThat(Wording.outcome(new Outcome.Silent())).isEqualTo("silence");
        assertThat(Wording.outcome(new Outcome.Returned(-1))).isEqualTo("returned -EPERM");
    }

    @Test
    void transcriptsAreBounded() {
        Transcript transcript = new Transcript();
        for (int i = 0; i < 6000; i++) {
            transcript.add("line " + i);
        }
        assertThat(transcript.lines()).hasSize(5000);
        assertThat(transcript.dropped()).isEqualTo(1000);
        assertThat(transcript.toString())
                .startsWith("(1000 earlier lines dropped)\nline 1000\n")
                .endsWith("line 5999\n");
    }
}

package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results are read as {@code commands.asm} leaves them; nonsense is said to be so. */
class AnswerTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void plainResults() throws Answer.Nonsense {
        octets(0, 1, 2, 3, 0);
        words(-22);
        octets(0);
        Answer answer = answer();

        assertThat(answer.reply(new Command.Read(0, 3)))
                .isInstanceOfSatisfying(
                        Reply.Bytes.class, r -> assertThat(r.bytes()).containsExactly(1, 2, 3));
        assertThat(answer.reply(Command.hypercall(1))).isEqualTo(new Reply.Value(-22));
        assertThat(answer.reply(new Command.Write(0, new byte[1]))).isEqualTo(new Reply.Done());
    }

    @Test
    void aPageFaultFromRing3() throws Answer.Nonsense {
        octets(1);
        entry(5, 14, 7);
        Reply reply = answer().reply(new Command.Read(0, 3));

        assertThat(reply).isInstanceOf(Reply.Interrupted.class);
        Trap trap = (Trap) ((Reply.Interrupted) reply).entry();
        assertThat(trap.order()).isEqualTo(5);
        assertThat(trap.vector()).isEqualTo(14);
        assertThat(trap.error()).hasValue(7);
        assertThat(trap.frame()).isEqualTo(new SavedFrame(0x100, 0x200, 0x01E02B, 0x202, 0x300, 0xE033));
        assertThat(trap.frame().savedMask()).isEqualTo(1);
        assertThat(trap.frame().fromOuterRing()).isTrue();
        assertThat(trap.registers().edi()).isEqualTo(17);
        assertThat(trap.registers().gs()).isEqualTo(21);
        assertThat(trap.entry()).isEqualTo(new EntryState(0xE019, 0xE021, 0x246, 1, 2, 0x55, 0xDEAD));
        assertThat(trap.cr2()).isEqualTo(0xDEAD);
    }

    @Test
    void vectorsWithoutAnErrorCodeHaveNone() throws Answer.Nonsense {
        entry(0, 6, 0);
        assertThat(((Trap) answer().entry()).error()).isEmpty();
    }

    @Test
    void callbacks() throws Answer.Nonsense {
        entry(1, 0x100, 0);
        entry(2, 0x101, 0);
        Answer answer = answer();

        assertThat(((Upcall) answer.entry()).count()).isEqualTo(71);
        Failsafe failsafe = (Failsafe) answer.entry();
        assertThat(List.of(failsafe.ds(), failsafe.es(), failsafe.fs(), failsafe.gs()))
                .containsExactly(71, 72, 73, 74);
    }

    @Test
    void aRunWithAHook() throws Answer.Nonsense {
        CodeRun run = CodeRun.inPlace(1).on(Handling.go(1, 3).withHook(2, Command.hypercall(32)));
        octets(2);
        words(1);
        octets(0);
        words(-38);
        octets(3, 4);
        entry(9, 13, 0);
        words(6, 10);
        Answer.Ran ran = answer().run(run);

        assertThat(ran.hooks()).containsExactly(new Reply.Value(-38));
        assertThat(ran.first()).isEqualTo(6);
        assertThat(ran.end()).isEqualTo(10);
        assertThat(((Trap) ran.entry()).vector()).isEqualTo(13);
    }

    @Test
    void nonsense() {
        octets(9);
        assertThatThrownBy(() -> answer().reply(new Command.Forget())).isInstanceOf(Answer.Nonsense.class);
        assertThatThrownBy(() -> answer().run(CodeRun.inPlace(1))).isInstanceOf(Answer.Nonsense.class);
        out.reset();
        octets(0, 1);
        assertThatThrownBy(() -> answer().reply(new Command.Read(0, 2))).hasMessageContaining("too early");
        out.reset();
        octets(2);
        words(77);
        assertThatThrownBy(() -> answer().run(CodeRun.inPlace(1))).hasMessageContaining("not asked for");
        out.reset();
        entry(0, 0x102, 0);
        assertThatThrownBy(() -> answer().entry()).hasMessageContaining("source");
    }

    private void entry(int order, int source, int error) {
        words(order, source, error, 0x100, 0x200, 0x01E02B, 0x202, 0x300, 0xE033);
        for (int i = 10; i < 22; i++) {
            words(i);
        }
        words(0xE021_E019, 0x246, 0x0201, 0x55, 0xDEAD, 71, 72, 73, 74);
    }

    private void octets(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }

    private void words(int... values) {
        for (int value : values) {
            out.writeBytes(XenNotes.word(value));
        }
    }

    private Answer answer() {
        return new Answer(out.toByteArray());
    }
}

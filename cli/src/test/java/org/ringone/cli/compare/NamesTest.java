package org.ringone.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringone.cli.compare.Names.Difference;

class NamesTest {

    private final Names names =
            new Names(new OwnFrames(Map.of(0x7e74L, 0x174, 0x7e75L, 0x175)), new OwnFrames(Map.of(0x1984L, 0x174)));

    @Test
    void theSameWordsAreTheSame() {
        assertThat(names.same("eax 1 ecx 2", "eax 1 ecx 2")).isTrue();
        assertThat(names.same("eax 1 ecx 2", "eax 1 ecx 3")).isFalse();
        assertThat(names.same("accepted", "refused")).isFalse();
        assertThat(names.same("#PF(0x3) at 1", "#GP(0x3) at 1")).isFalse();
    }

    @Test
    void whatDiffersIsSaidWithTheWordBeforeIt() {
        assertThat(names.differences("done, eax 1 ecx 0x2", "done, eax 5 ecx 0x2"))
                .contains(List.of(new Difference("eax", "1", "5")));
        assertThat(names.differences("0x10", "-EINVAL")).isEmpty();
    }

    @Test
    void whatWasAskedInTheSamePlaceNamesTheSame() {
        assertThat(names.same("port 3", "port 7")).isFalse();
        names.learn("send(3)", "send(7)");
        assertThat(names.same("port 3", "port 7")).isTrue();
        assertThat(names.same("port 7", "port 3")).isFalse();
        assertThat(names.same("port 3", "port 6")).isFalse();
        names.learn("send(4)", "bind(9)");
        assertThat(names.same("port 4", "port 9"))
                .as("something else was asked")
                .isFalse();
    }

    @Test
    void theBitOfAPortIsAName() {
        names.learn("send(3)", "send(9)");
        assertThat(names.same("08 00", "02 00")).isTrue();
        assertThat(names.same("f7", "fd")).isTrue();
        assertThat(names.same("00000008", "00000200")).isTrue();
        assertThat(names.same("08 00", "04 00")).isFalse();
    }

    @Test
    void aFrameThatWasNamedIsOneWhereverItStands() {
        names.learn("read 0xc0182010", "read 0xc0184010");
        assertThat(names.same("eax c0182ffc", "eax c0184ffc")).isTrue();
        assertThat(names.same("eax c0182ffc", "eax c0184ff8"))
                .as("another place in it")
                .isFalse();
        assertThat(names.same("182", "184")).as("its pseudo-physical frame").isTrue();
        names.learn("read 0xf5800400", "read 0xf5800800");
        assertThat(names.same("00100067", "00200067"))
                .as("the machine-to-physical table was read for it")
                .isTrue();
    }

    @Test
    void machineFramesAreKnownByTheirPlaceInTheDomain() {
        assertThat(names.same("07e74067 00000000", "01984067 00000000")).isTrue();
        assertThat(names.same("07e74067", "01984065")).as("other rights").isFalse();
        assertThat(names.same("07e74001", "01984061"))
                .as("ACCESSED and DIRTY come as the processor pleases")
                .isTrue();
        assertThat(names.same("07e74000", "01984060")).as("no entry").isFalse();
        assertThat(names.same("07e75067", "01984067")).as("another frame").isFalse();
        names.learn("read 0xc0175000", "read 0xc0174000");
        assertThat(names.same("07e75067", "01984067")).as("the same one, named").isTrue();
    }

    @Test
    void whatIsNoNumberIsNone() {
        assertThat(names.same("0xg 12345678123456781", "0xg 12345678123456782")).isFalse();
        assertThat(names.differences("eax_1", "eax_2")).isEmpty();
        assertThat(names.same("", "1")).isFalse();
    }
}

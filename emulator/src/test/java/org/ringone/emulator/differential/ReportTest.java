package org.ringone.emulator.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ringone.emulator.RowBytes;
import org.ringone.x86.Instruction;

/** Programs that differ are made small, and shown as assembly. */
class ReportTest {
    /** A program of which what is looked for is the only thing wrong: some SBB whose result a later instruction could show. */
    private static boolean shows(Program program) {
        return program.pieces().stream().anyMatch(p -> p.last().form.mnemonic().equals("SBB"));
    }

    private static Program program() {
        return LongStream.iterate(1, seed -> seed + 1)
                .mapToObj(seed -> ProgramGenerator.program(IntegerRows.forms(), seed))
                .filter(program -> program.size() > 20 && shows(program))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatDoesNotMatterIsDropped() {
        Program small = Shrinking.shrunk(program(), p -> p.undetermined() < 0 && shows(p));
        List<String> names =
                small.pieces().stream().map(p -> p.last().form.mnemonic()).toList();
        assertThat(names).contains("SBB").endsWith("INT").hasSizeBetween(2, 3);
        assertThat(small.undetermined())
                .as("SBB looks at the carry, which is defined")
                .isNegative();
        assertThat(small.pages()).isEmpty();
    }

    @Test
    void jumpsFollowTheirTargets() {
        Program program = program();
        byte[] code = program.code(0x3_0000);
        for (int k = 0; k < program.size(); k++) {
            Piece piece = program.pieces().get(k);
            if (!piece.refers() || !piece.relative()) {
                continue;
            }
            int after = program.place(k + 1, 0);
            byte[] own = java.util.Arrays.copyOfRange(code, program.place(k, 0), after);
            Instruction last = new Piece(own, -1, 0, false, -1, 0).last();
            assertThat(after + last.immediate).isEqualTo(program.place(piece.target(), 0));
        }
    }

    @Test
    void listingIsAssembly() {
        byte[] code = {0x05, 1, 0, 0, 0, (byte) 0xF3, (byte) 0xA4, (byte) 0xEB, (byte) 0xFE, 0x0F, 0x0A};
        assertThat(Report.listing(code, 0x1000).lines().map(String::strip))
                .containsExactly(
                        "01000  0501000000               add eax, 1",
                        "01005  f3a4                     rep movsb",
                        "01007  ebfe                     jmp short 0x1007",
                        "01009  0f0a                     (undefined)");
        assertThat(RowBytes.decode(code).toString()).isEqualTo("add eax, 1");
    }

    @Test
    void caseShowsBothOutcomes() {
        Report report = new Report(
                Report.listing(new byte[] {0x40}, 0x1000),
                Report.state(new int[8], 0x1000, 2),
                Report.state(new int[] {1, 0, 0, 0, 0, 0, 0, 0}, 0x1001, 0x2),
                Report.state(new int[] {1, 0, 0, 0, 0, 0, 0, 0}, 0x1001, 0x803));
        assertThat(report.toString().lines().filter(line -> !line.isBlank()))
                .containsExactly(
                        "  01000  40                       inc eax",
                        "before  eax 0 ecx 0 edx 0 ebx 0 esp 0 ebp 0 esi 0 edi 0 eip 1000 flags 2",
                        "ours    eax 1 ecx 0 edx 0 ebx 0 esp 0 ebp 0 esi 0 edi 0 eip 1001 flags 2",
                        "theirs  eax 1 ecx 0 edx 0 ebx 0 esp 0 ebp 0 esi 0 edi 0 eip 1001 flags 803 (CF OF)");
    }
}

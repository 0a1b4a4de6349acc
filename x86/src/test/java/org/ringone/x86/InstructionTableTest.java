package org.ringone.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rows say, taken together. */
class InstructionTableTest {
    private static final List<Form> ROWS =
            InstructionTable.forms().subList(3, InstructionTable.forms().size());

    @Test
    void rowsAreNumberedDensely() {
        for (int i = 0; i < InstructionTable.forms().size(); i++) {
            assertThat(InstructionTable.forms().get(i).index()).isEqualTo(i);
        }
        assertThat(InstructionTable.forms().subList(0, 3))
                .containsExactly(Form.UNDEFINED, Form.TOO_LONG, Form.INCOMPLETE);
    }

    @Test
    void lockableRowsChangeMemory() {
        assertThat(ROWS).filteredOn(Form::lockable).hasSize(63).allSatisfy(form -> {
            assertThat(form.memoryOperand()).as("%s", form).isZero();
            assertThat(form.access(0)).as("%s", form).isEqualTo(Access.READ_WRITE);
        });
        assertThat(ROWS.stream().filter(Form::lockable).map(Form::mnemonic))
                .as("SDM volume 2, LOCK")
                .containsOnly(
                        "ADD",
                        "ADC",
                        "AND",
                        "BTC",
                        "BTR",
                        "BTS",
                        "CMPXCHG",
                        "CMPXCHG8B",
                        "DEC",
                        "INC",
                        "NEG",
                        "NOT",
                        "OR",
                        "SBB",
                        "SUB",
                        "XOR",
                        "XADD",
                        "XCHG");
    }

    @Test
    void aFlagIsWrittenOrUndefinedButNotBoth() {
        assertThat(ROWS)
                .allSatisfy(form -> assertThat(form.flagsWritten() & form.flagsUndefined())
                        .as("%s", form)
                        .isZero());
    }

    @Test
    void arithmeticSaysAllSixStatusFlags() {
        List<String> arithmetic = List.of(
                "ADD", "ADC", "SUB", "SBB", "CMP", "NEG", "AND", "OR", "XOR", "TEST", "XADD", "CMPXCHG", "MUL", "IMUL",
                "IMUL2", "IMUL3", "DIV", "IDIV", "SHL", "SHR", "SAR", "SHLD", "SHRD", "DAA", "DAS", "AAA", "AAS", "AAM",
                "AAD", "CMPS", "SCAS", "BSF", "BSR");
        assertThat(ROWS)
                .filteredOn(form -> arithmetic.contains(form.mnemonic()))
                .hasSizeGreaterThan(120)
                .allSatisfy(form -> assertThat(form.flagsWritten() | form.flagsUndefined())
                        .as("%s", form)
                        .isEqualTo(Flag.STATUS));
    }

    @Test
    void rowsOfOneMeaningAgreeOnPrivilegeAndBranch() {
        for (Form form : ROWS) {
            for (Form other : ROWS) {
                if (form.mnemonic().equals(other.mnemonic())) {
                    assertThat(form.privilege()).as("%s, %s", form, other).isEqualTo(other.privilege());
                    assertThat(form.string()).as("%s, %s", form, other).isEqualTo(other.string());
                }
            }
        }
    }

    @Test
    void privilegedInstructionsAreThoseOfTheManual() {
        // Intel SDM volume 3, 6.9 "Privileged instructions", as far as a 32-bit processor of this table has them.
        assertThat(meanings(Privilege.CPL0))
                .containsExactlyInAnyOrder(
                        "LGDT",
                        "LLDT",
                        "LTR",
                        "LIDT",
                        "MOV_TO_CR",
                        "MOV_FROM_CR",
                        "LMSW",
                        "CLTS",
                        "MOV_TO_DR",
                        "MOV_FROM_DR",
                        "INVD",
                        "WBINVD",
                        "INVLPG",
                        "HLT",
                        "RDMSR",
                        "WRMSR",
                        "SYSEXIT",
                        "SYSRET",
                        "XSETBV",
                        "MONITOR",
                        "MWAIT");
        assertThat(meanings(Privilege.IOPL)).containsExactlyInAnyOrder("CLI", "STI", "IN", "OUT", "INS", "OUTS");
    }

    private static List<String> meanings(Privilege privilege) {
        return ROWS.stream()
                .filter(form -> form.privilege() == privilege)
                .map(Form::mnemonic)
                .distinct()
                .toList();
    }

    @Test
    void stringsAreTheSevenMeanings() {
        assertThat(ROWS.stream().filter(Form::string).map(Form::mnemonic).distinct())
                .containsExactlyInAnyOrder("MOVS", "CMPS", "SCAS", "LODS", "STOS", "INS", "OUTS");
        assertThat(ROWS.stream()
                        .filter(Form::comparesString)
                        .map(Form::mnemonic)
                        .distinct())
                .containsExactlyInAnyOrder("CMPS", "SCAS");
    }

    @Test
    void badRowsAreRefused() {
        assertThatThrownBy(() -> InstructionTable.row(3, "90 | NOP")).hasMessageContaining("four columns");
        assertThatThrownBy(() -> InstructionTable.row(3, "90 | NOP Qx | r |")).hasMessageContaining("Qx");
        assertThatThrownBy(() -> InstructionTable.row(3, "01 /r | ADD Ev,Gv | x | lock"))
                .hasMessageContaining("accesses do not match");
        assertThatThrownBy(() -> InstructionTable.row(3, "01 | ADD Ev,Gv | x r | lock"))
                .hasMessageContaining("ModRM");
        assertThatThrownBy(() -> InstructionTable.row(3, "90 | NOP | | sometimes"))
                .hasMessageContaining("sometimes");
        assertThatThrownBy(() -> InstructionTable.row(3, "90 | NOP | | w:Q")).hasMessageContaining("flag");
        assertThatThrownBy(() -> InstructionTable.row(3, "0F 01 C1 C2 | NOP | |"))
                .hasMessageContaining("encoding");
    }
}

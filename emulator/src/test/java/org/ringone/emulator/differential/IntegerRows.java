package org.ringone.emulator.differential;

import java.util.List;
import java.util.Set;
import org.ringone.x86.Form;
import org.ringone.x86.InstructionTable;

/** The rows of the table that Unicorn judges. */
final class IntegerRows {
    /** All integer families but the software interrupts, which need a table of gates, and pushes of selectors. */
    static final Set<String> FAMILIES = Set.of(
            "ADD",
            "OR",
            "ADC",
            "SBB",
            "AND",
            "SUB",
            "XOR",
            "CMP",
            "TEST",
            "INC",
            "DEC",
            "NEG",
            "NOT",
            "MUL",
            "IMUL",
            "IMUL2",
            "IMUL3",
            "DIV",
            "IDIV",
            "CBW",
            "CWD",
            "DAA",
            "DAS",
            "AAA",
            "AAS",
            "AAM",
            "AAD",
            "ROL",
            "ROR",
            "RCL",
            "RCR",
            "SHL",
            "SHR",
            "SAR",
            "SHLD",
            "SHRD",
            "BT",
            "BTS",
            "BTR",
            "BTC",
            "BSF",
            "BSR",
            "BSWAP",
            "MOV",
            "MOVZX",
            "MOVSX",
            "LEA",
            "XLAT",
            "CMOVCC",
            "SETCC",
            "XCHG",
            "XADD",
            "CMPXCHG",
            "CMPXCHG8B",
            "PUSH",
            "POP",
            "PUSHA",
            "POPA",
            "ENTER",
            "LEAVE",
            "PUSHF",
            "POPF",
            "JCC",
            "JMP",
            "CALL",
            "RET",
            "LOOP",
            "LOOPE",
            "LOOPNE",
            "JCXZ",
            "MOVS",
            "STOS",
            "LODS",
            "CMPS",
            "SCAS",
            "CLC",
            "STC",
            "CMC",
            "CLD",
            "STD",
            "LAHF",
            "SAHF",
            "SALC",
            "NOP",
            "PAUSE",
            "UD2",
            "BOUND",
            "MOVNTI");

    private IntegerRows() {}

    static List<Form> forms() {
        return InstructionTable.forms().stream()
                .filter(form -> FAMILIES.contains(form.mnemonic()))
                .toList();
    }
}

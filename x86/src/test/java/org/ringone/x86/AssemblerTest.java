package org.ringone.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the golden files do not show: messages, macros, symbols from outside, hostile sources. */
class AssemblerTest {
    private static Assembly assemble(String... lines) throws AssemblyException {
        return Assembler.assemble(String.join("\n", lines), Map.of("given", 0x1000, "high", 0xF5800000), 0x100);
    }

    private static String hex(String... lines) throws AssemblyException {
        return HexFormat.of().withUpperCase().formatHex(assemble(lines).bytes());
    }

    private static AssemblyException refusal(String... lines) {
        AssemblyException e = catchThrowableOfType(AssemblyException.class, () -> assemble(lines));
        assertThat(e).as("an error").isNotNull();
        return e;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "mov eax, ebx, ecx|no form of mov takes these operands|Ev,Gv",
                "mvo eax, ebx|'mvo' is no instruction and no directive|label",
                "movs|no instruction|movsb",
                "mov [eax], 5|the operand size is not clear|dword",
                "inc [eax]|the operand size is not clear|byte, word or dword",
                "mov al, 300|300 does not fit 8 bits|check",
                "push byte 200|200 does not fit a sign-extended byte|wider",
                "mov eax, missing|symbol 'missing' is not defined|case-sensitive",
                "mov eax, Given|symbol 'Given' is not defined|did you mean 'given'?",
                "jmp short given|bytes away|-128 to 127",
                "mov eax, [esp*2]|ESP cannot be an index|base+index",
                "mov eax, [bx+cx]|16-bit addresses are made of BX or BP|base",
                "mov eax, [eax+bx]|16-bit and 32-bit registers|base",
                "mov eax, [eax+ebx+ecx]|more than two registers|base",
                "mov eax, [eax*6]|times 6|base",
                "mov cs, ax|CS cannot be loaded|far",
                "mov cr1, eax|there is no CR1|CR0",
                "mov eax, 5 5|'5' is too much|line",
                "mov eax, (5|')' expected|pairs",
                "mov eax, 5/0|division by zero|",
                "db 'open|the string has no end|close",
                "db 12x|'12x' is not a number|0x1F",
                "db 256|256 does not fit 8 bits|wider",
                "mov eax, #5|unexpected character '#'|;",
                "times -1 nop|times -1 is not possible|too long",
                "times 100000000 nop|times 100000000 is not possible|",
                "times 10000000 dd 0|more bytes are not possible|at most",
                "align 3|align 3 is not possible|power of two",
                "bits 64|bits 64 is not possible|bits 32",
                "org 5|contradicts the origin|leave org out",
                "section .text|no instruction|flat",
                "eax: nop|a register cannot be a label|another name",
                "%if 1|'%if' is not known|%macro",
                "%rep 2|%rep without %endrep|",
                "a16 mov eax, [ebx]|address-size prefix does not match|leave it out",
            })
    void errorsSayWhereWhatAndHowToMendIt(String line, String what, String hint) {
        AssemblyException e = refusal("nop", line, "nop");
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.what()).contains(what);
        if (hint != null) {
            assertThat(e.hint()).contains(hint);
        }
        assertThat(e).hasMessageStartingWith("line 2: ").hasMessageContaining(what);
    }

    @Test
    void symbolsAreDefinedOnce() {
        assertThat(refusal("a: nop", "nop", "a: nop").what()).isEqualTo("symbol 'a' is defined twice");
        assertThat(refusal("a: nop", "nop", "a: nop").hint()).isEqualTo("first in line 1");
        assertThat(refusal("given equ 5").hint()).isEqualTo("it comes from outside");
    }

    @Test
    void symbolsFromOutside() throws AssemblyException {
        assertThat(hex("mov eax, given", "mov eax, [high + 4]", "mov al, [high]"))
                .isEqualTo("B800100000" + "A1040080F5" + "A0000080F5");
        assertThat(hex("jmp given")).isEqualTo("E9FB0E0000");
        assertThat(hex("mov eax, [ecx + given - 0xFFC]")).isEqualTo("8B4104");
    }

    @Test
    void symbolsAndListing() throws AssemblyException {
        Assembly assembly = assemble("start:", "  nop", ".x: inc eax ; more", "size equ $ - start", "dd start.x");
        assertThat(assembly.origin()).isEqualTo(0x100);
        assertThat(assembly.symbols())
                .containsExactlyInAnyOrderEntriesOf(Map.of("start", 0x100, "start.x", 0x101, "size", 2));
        assertThat(assembly.listing())
                .extracting(Assembly.Line::number, Assembly.Line::address, Assembly.Line::length)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, 0x100, 1),
                        org.assertj.core.groups.Tuple.tuple(3, 0x101, 1),
                        org.assertj.core.groups.Tuple.tuple(5, 0x102, 4));
        assertThat(assembly.listing().get(1).source()).isEqualTo(".x: inc eax ; more");
    }

    @Test
    void macros() throws AssemblyException {
        String macro = "%macro skip 1-2\n jz %%over\n db %1, %0\n%%over:\n%endmacro\n";
        assertThat(hex(macro + "skip 7\nskip {1,2}, 5")).isEqualTo("74020701" + "7403010202");
        assertThat(hex("%macro twice 1\n%1\n%1\n%endmacro\ntwice {add eax, 5}\nx: twice nop\njmp x"))
                .isEqualTo("83C00583C0059090EBFC");
        assertThat(hex("%assign i 0\n%rep 3\ndb i, i*2\n%assign i i+1\n%endrep"))
                .isEqualTo("000001020204");
        AssemblyException wrong = refusal("%macro one 1", "mov eax, %1", "%endmacro", "nop", "one 5, 6");
        assertThat(wrong.line()).isEqualTo(5);
        assertThat(wrong.what()).contains("does not take 2 parameters");
        AssemblyException inside = refusal("%macro one 1", "mov al, %1", "%endmacro", "nop", "one 500");
        assertThat(inside.line()).isEqualTo(5);
        assertThat(inside.what()).isEqualTo("500 does not fit 8 bits in macro one");
    }

    @Test
    void sizesSettleAlsoWhenAddressesDecide() throws AssemblyException {
        // Each jump is short only if the ones inside it are.
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            source.append("jmp end").append(i).append('\n');
        }
        for (int i = 0; i < 60; i++) {
            source.append("nop\nnop\nend").append(59 - i).append(":\n");
        }
        Assembly assembly = assemble(source.toString());
        int at = 0;
        for (int i = 0; i < 60; i++) {
            int from = at;
            Instruction jump = Decoder.decode(o -> assembly.bytes()[from + o] & 255, true);
            assertThat(0x100 + at + jump.length + jump.immediate).isEqualTo(assembly.symbol("end" + i));
            assertThat(jump.length == 2).isEqualTo(jump.immediate == (byte) jump.immediate && jump.length == 2);
            at += jump.length;
        }
        assertThat(refusal("a: times b - a nop", "nop", "b:").what()).contains("do not settle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "%rep 1000000000000~%endrep",
                "%macro a 0~a~%endmacro~a",
                "%macro a 1~a %1%1~%endmacro~a xxxxxxxxxxxxxxxx",
                "%macro a 0~%rep 1000~a~%endrep~%endmacro~a",
                "times 10000000 times 10000000 times 0 nop",
                "times 9000000 dd 0~times 9000000 dd 0",
                "resd 0x7FFFFFFFFFFFFFFF",
                "align 0x4000000",
            })
    void hostileSourcesComeToAnEnd(String source) {
        assertThat(refusal(source.split("~")).what()).isNotBlank();
    }

    @Test
    void deepExpressionsAreRefused() {
        assertThat(refusal("dd " + "(".repeat(5000) + "1" + ")".repeat(5000)).what())
                .contains("deeply");
        assertThat(refusal("dd " + "-".repeat(5000) + "1").what()).contains("deeply");
        assertThat(refusal("dd 1" + "+1".repeat(5000)).what()).contains("too long");
    }

    @Property(tries = 3000)
    void anyTextGivesBytesOrAMessage(@ForAll long seed) {
        String[] words = {
            "mov",
            "add",
            "jmp",
            "lock",
            "rep",
            "eax",
            "cl",
            "ds",
            "[",
            "]",
            "+",
            "-",
            "*",
            "4",
            "0x",
            "0x80",
            "'a'",
            "\"",
            ",",
            ":",
            "label",
            ".x",
            "byte",
            "dword",
            "far",
            "short",
            "times",
            "equ",
            "align",
            "db",
            "dd",
            "resb",
            "$",
            "$$",
            "(",
            ")",
            "%macro",
            "%endmacro",
            "%rep",
            "%1",
            "m",
            "1-2",
            "st0",
            "cr0",
            "?",
            "strict",
            "\n",
            "\n",
            "`\\x4",
            ";"
        };
        Random random = new Random(seed);
        StringBuilder source = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            source.append(words[random.nextInt(words.length)]).append(random.nextInt(4) == 0 ? "" : " ");
        }
        try {
            assertThat(assemble(source.toString()).bytes()).isNotNull();
        } catch (AssemblyException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.what()).isNotBlank();
        }
    }

    /** Growing code moves what lies ahead of it, too: a target two bytes away stays two bytes away. */
    @Test
    void aShortJumpBehindMuchThatGrowsStaysShort() throws AssemblyException {
        String[] lines = {"times 100 jmp far_away", "jmp close", "nop", "nop", "close: times 200 nop", "far_away: nop"};
        assertThat(assemble(lines).bytes()).hasSize(100 * 5 + 2 + 2 + 200 + 1);
    }
}

package org.ringone.x86;

import java.util.List;
import java.util.Map;

/**
 * A text assembler for a subset of NASM's syntax, choosing the same bytes as NASM by default: of all encodings the shortest.
 *
 * <p>Instructions with prefixes ({@code lock rep repe repne o16 o32 a16 a32}), size keywords ({@code byte word dword qword
 * tword short near far strict}), {@code [gs:base+index*scale+displacement]}; labels, local labels {@code .name}, {@code $}
 * and {@code $$}; {@code db dw dd dq resb resw resd resq times equ align bits}; expressions with NASM's operators;
 * {@code %macro}, {@code %rep}, {@code %assign}. The mode is 32-bit until {@code bits 16}.
 */
public final class Assembler {
    private static final int MAX_PASSES = 100;

    private Assembler() {}

    /**
     * Assembles a source.
     *
     * @param source lines of assembly
     * @param symbols values known from outside
     * @param origin linear address of the first byte
     * @throws AssemblyException says the line, what is wrong, and how to mend it
     */
    public static Assembly assemble(String source, Map<String, Integer> symbols, int origin) throws AssemblyException {
        StatementParser parser = new StatementParser(origin);
        new Macros(parser::parse).expand(source);
        List<Statement> statements = parser.statements();
        Pass pass = new Pass(symbols, origin);
        for (int count = 0; count < MAX_PASSES; count++) {
            pass.begin(count == 0);
            for (Statement statement : statements) {
                pass.mark();
                int from = pass.size();
                statement.emit(pass);
                pass.list(statement.line(), from);
            }
            if (!pass.changed()) {
                return pass.result();
            }
        }
        int last = statements.get(statements.size() - 1).line().number();
        throw new AssemblyException(
                last, "sizes and addresses do not settle", "a times, resb or equ depends on an address behind it");
    }
}

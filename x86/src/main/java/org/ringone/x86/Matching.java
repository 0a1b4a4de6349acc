package org.ringone.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the rows that an instruction's operands fit. */
final class Matching {
    private static final Set<String> COMMUTATIVE = Set.of("test", "xchg");

    private Matching() {}

    /** The operands with those that the source may leave out. */
    static List<AssemblyOperand> completed(String name, List<AssemblyOperand> operands) {
        if (name.equals("imul") && operands.size() == 2 && operands.get(1) instanceof AssemblyOperand.Immediate) {
            return List.of(operands.get(0), operands.get(0), operands.get(1));
        } else if ((name.equals("aam") || name.equals("aad")) && operands.isEmpty()) {
            return List.of(new AssemblyOperand.Immediate(new Expression.Number(10), 0, false, ""));
        } else if (name.equals("faddp") && operands.size() < 2) {
            Operand.Bank fpu = Operand.Bank.FPU;
            AssemblyOperand top = new AssemblyOperand.Register(new Registers.Register(fpu, 10, 0));
            AssemblyOperand next = new AssemblyOperand.Register(new Registers.Register(fpu, 10, 1));
            return List.of(operands.isEmpty() ? next : operands.get(0), top);
        } else if (name.equals("fxch") && operands.isEmpty()) {
            return List.of(new AssemblyOperand.Register(new Registers.Register(Operand.Bank.FPU, 10, 1)));
        }
        return operands;
    }

    /** The matching rows, of which the values decide. */
    static List<Match> of(SourceLine line, String name, List<Names.Named> rows, List<AssemblyOperand> operands)
            throws AssemblyException {
        List<Match> matches = new ArrayList<>();
        boolean commutes = COMMUTATIVE.contains(name) && operands.size() == 2;
        if (commutes && name.equals("xchg")) {
            // NASM takes the first of two registers for the reg field here, and nowhere else.
            collect(rows, List.of(operands.get(1), operands.get(0)), matches);
        }
        collect(rows, operands, matches);
        if (commutes && matches.isEmpty()) {
            collect(rows, List.of(operands.get(1), operands.get(0)), matches);
        }
        if (matches.isEmpty()) {
            throw line.error("no form of " + name + " takes these operands", "it takes: " + forms(rows));
        }
        if (matches.stream().anyMatch(Match::sized)) {
            matches.removeIf(match -> !match.sized());
        } else {
            int bytes = matches.get(0).memoryBytes();
            if (bytes == 0 || matches.stream().anyMatch(match -> match.memoryBytes() != bytes)) {
                throw line.error(
                        "the operand size is not clear", "write byte, word or dword before the memory operand");
            }
        }
        return List.copyOf(matches);
    }

    /** Only rows that LOCK may stand before. */
    static List<Match> lockable(SourceLine line, List<Match> matches) throws AssemblyException {
        List<Match> result = new ArrayList<>();
        for (Match match : matches) {
            boolean memory = match.operands().stream().anyMatch(AssemblyOperand.Memory.class::isInstance);
            if (match.named().form().lockable() && memory) {
                result.add(match);
            }
        }
        return result.isEmpty() ? matches : List.copyOf(result);
    }

    private static void collect(List<Names.Named> rows, List<AssemblyOperand> operands, List<Match> matches) {
        for (Names.Named row : rows) {
            Match match = Match.of(row, operands);
            if (match != null) {
                matches.add(match);
            }
        }
    }

    private static String forms(List<Names.Named> rows) {
        StringBuilder text = new StringBuilder();
        for (Names.Named row : rows) {
            Form form = row.form();
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < form.operands(); i++) {
                one.append(i == 0 ? "" : ",").append(form.operand(i).notation());
            }
            String pattern = one.isEmpty() || form.string() ? "nothing" : one.toString();
            if (!text.toString().contains(pattern)) {
                text.append(text.isEmpty() ? "" : "; ").append(pattern);
            }
        }
        return text.toString().toLowerCase(Locale.ROOT).isEmpty() ? "nothing" : text.toString();
    }
}

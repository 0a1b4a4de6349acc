package org.ringone.cli.audit;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringone.cli.audit.RuleFinding.Verdict;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;

/** An audit for the terminal: the verdicts first, then what was counted. */
public final class AuditText {

    private static final int INSTRUCTIONS = 8;
    private static final int BAR = 40;

    private final AuditRecord record;
    private final PrintWriter out;

    public AuditText(AuditRecord record, PrintWriter out) {
        this.record = record;
        this.out = out;
    }

    public void print(Catalogue catalogue) {
        out.println(record.kernel() + ", " + record.domain());
        out.println(record.ending()
                + String.format(
                        Locale.ROOT,
                        ", after %,d instructions, %.3f s of its time, %,d entries into the hypervisor",
                        record.instructions(),
                        record.time() / 1e9,
                        record.entries()));
        out.println();
        out.println("Rules for guests: " + record.rules(Verdict.KEPT) + " kept, " + record.rules(Verdict.BROKEN)
                + " broken, " + record.rules(Verdict.NOT_EXERCISED) + " not exercised, "
                + record.rules(Verdict.NOT_OBSERVABLE) + " not observable");
        out.println();
        for (RuleFinding finding : record.audit().findings()) {
            Rule rule = catalogue.rule(finding.rule()).orElseThrow();
            String times = finding.timesBroken() > 0
                    ? times(finding.timesBroken()) + ", kept " + times(finding.timesKept())
                    : finding.timesKept() > 0 ? times(finding.timesKept()) : "";
            out.printf("  %-14s  %-8s %-42s %s%n", finding.verdict().words(), rule.id(), rule.title(), times);
        }
        record.audit().broken().forEach(this::breach);
        hypercalls();
        histogram("Entries of multicalls", record.audit().hypercalls().multicalls());
        histogram("Elements of mmu_updates", record.audit().hypercalls().mmuUpdates());
        histogram("Elements of mmuext_ops", record.audit().hypercalls().mmuextOps());
        counts(
                "Instructions carried out by the hypervisor",
                record.audit().traps().emulated());
        counts("Faults mended by the hypervisor", record.audit().traps().mended());
        counts(
                "Exceptions of the kernel, fixed up by itself",
                record.audit().traps().fromKernel());
        counts("Exceptions of user code", record.audit().traps().fromUser());
        tableWrites();
        events();
        out.flush();
    }

    private static String times(long count) {
        return count == 1 ? "once" : String.format(Locale.ROOT, "%,d times", count);
    }

    private void breach(RuleFinding finding) {
        Occurrence first = finding.first().orElseThrow();
        out.println();
        out.println(finding.rule() + " broken: it " + first.what());
        out.printf(
                Locale.ROOT,
                "  first at %s  %s  (%s, after %,d instructions, %.6f s)%n",
                address(first.eip()),
                first.instruction(),
                first.vcpu(),
                first.retired(),
                first.time() / 1e9);
        if (first.caller() != 0) {
            out.println("  called from " + address(first.caller()));
        }
        List<String> before = record.before().getOrDefault(finding.rule(), List.of());
        before.stream().skip(Math.max(0, before.size() - INSTRUCTIONS)).forEach(line -> out.println("    " + line));
    }

    private String address(int address) {
        String symbol = record.symbols().apply(address);
        return String.format("%08x", address) + (symbol.isEmpty() ? "" : " " + symbol);
    }

    private void hypercalls() {
        out.println();
        out.printf(Locale.ROOT, "Hypercalls: %,d%n", record.audit().hypercalls().calls());
        out.printf("  %-44s %12s %12s  %s%n", "", "direct", "in multicall", "errors");
        for (HypercallCounts.Line line : record.audit().hypercalls().lines()) {
            String name = line.whole()
                    ? line.name()
                    : "  ." + line.name().substring(line.name().indexOf('.') + 1);
            StringBuilder errors = new StringBuilder();
            line.errors()
                    .forEach((error, count) ->
                            errors.append(error).append(" x ").append(count).append("  "));
            out.printf(
                    Locale.ROOT,
                    "  %-44s %12s %12s  %s%n",
                    name,
                    number(line.direct()),
                    number(line.batched()),
                    errors.toString().strip());
        }
    }

    private static String number(long count) {
        return count == 0 ? "-" : String.format(Locale.ROOT, "%,d", count);
    }

    private void histogram(String title, Histogram histogram) {
        if (histogram.number() == 0) {
            return;
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "%s: %,d in %,d, at most %,d%n",
                title,
                histogram.sum(),
                histogram.number(),
                histogram.largest());
        long most = histogram.counts().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(1);
        histogram
                .counts()
                .forEach((top, count) ->
                        out.printf(Locale.ROOT, "  %12s %,12d  %s%n", Histogram.words(top), count, "#".repeat((int)
                                        Math.max(1, count * BAR / most))));
    }

    private void counts(String title, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        out.println();
        out.println(title + ":");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> out.printf(Locale.ROOT, "  %-24s %,12d%n", entry.getKey(), entry.getValue()));
    }

    private void tableWrites() {
        if (record.audit().tables().lines().isEmpty()) {
            return;
        }
        out.println();
        out.println("Entries of page tables in use:");
        out.printf("  %-44s %12s %12s%n", "", "written", "refused");
        record.audit()
                .tables()
                .lines()
                .forEach((route, line) -> out.printf(
                        "  %-44s %12s %12s%n", route.words(), number(line.accepted()), number(line.refused())));
    }

    private void events() {
        EventCounts events = record.audit().events();
        EventRules lateness = record.audit().lateness();
        out.println();
        out.println("Events:");
        line("raised on the guest's ports", events.events());
        line("of these while pending already, heard of once", events.merged());
        line("upcalls", events.upcalls());
        line("late: pending, unmasked, and not looked for", lateness.late());
        if (lateness.late() > 0) {
            out.printf(
                    Locale.ROOT,
                    "  %-48s %,12d ns at most, %,d ns in all%n",
                    "how late",
                    lateness.longest(),
                    lateness.total());
        }
        line("sent to nobody", events.toNobody());
        line("pending and not masked in the end", events.lost());
    }

    private void line(String what, long count) {
        out.printf(Locale.ROOT, "  %-48s %,12d%n", what, count);
    }
}

package org.ringone.reports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a conformance statement that anybody may have written. */
final class StatementReader {

    private static final String FORMAT = "ringone-statement";
    private static final int SCHEMA = 1;

    private static final Set<String> VERDICTS = new LinkedHashSet<>(Statement.VERDICTS);
    private static final Set<String> VERDICTS_OF_RULES = new LinkedHashSet<>(VERDICTS);

    static {
        VERDICTS_OF_RULES.add(Statement.NOT_COVERED);
    }

    private StatementReader() {}

    static Statement read(Path file) throws ReportException {
        JsonDocument root = JsonDocument.read(file, "conformance statement", FORMAT, SCHEMA);
        return new Statement(
                root.text("suite"),
                judged(root.object("hypervisor")),
                root.text("selection"),
                root.text("started"),
                root.word("worst", VERDICTS),
                root.flag("successful"),
                root.numbers("totals", VERDICTS),
                root.texts("problems"),
                areas(root),
                rules(root),
                cases(root));
    }

    private static Statement.Judged judged(JsonDocument node) throws ReportException {
        return new Statement.Judged(
                node.text("name"),
                node.text("version"),
                node.text("era"),
                node.text("host"),
                node.text("privilege"),
                node.texts("features"));
    }

    private static List<Statement.Area> areas(JsonDocument root) throws ReportException {
        List<Statement.Area> areas = new ArrayList<>();
        for (JsonDocument node : root.objects("areas")) {
            areas.add(new Statement.Area(node.text("id"), node.text("title")));
        }
        return areas;
    }

    private static List<Statement.Rule> rules(JsonDocument root) throws ReportException {
        List<Statement.Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonDocument node : root.objects("rules")) {
            if (!ids.add(node.text("id"))) {
                throw node.wrong("a rule that is not there already");
            }
            rules.add(new Statement.Rule(
                    node.text("id"),
                    node.text("area"),
                    node.text("title"),
                    node.text("text"),
                    node.word("who", Set.of("H", "G")),
                    node.text("source"),
                    node.textOrNull("uncovered"),
                    node.word("verdict", VERDICTS_OF_RULES),
                    node.texts("cases")));
        }
        return rules;
    }

    private static List<Statement.Case> cases(JsonDocument root) throws ReportException {
        List<Statement.Case> cases = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonDocument node : root.objects("cases")) {
            if (!ids.add(node.text("id"))) {
                throw node.wrong("a case that is not there already");
            }
            cases.add(new Statement.Case(
                    node.text("id"),
                    node.text("title"),
                    node.text("feature"),
                    node.texts("rules"),
                    node.word("verdict", VERDICTS),
                    node.number("alternative"),
                    node.text("reason"),
                    node.text("seen"),
                    node.text("step")));
        }
        return cases;
    }
}

package org.ringone.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of docs/real-xens.md, made from docs/real-xens.tsv: a line for each case, a column for each hypervisor, in each
 * cell a verdict, and after a colon its reason. An empty cell is a case that was not run there.
 */
final class RealXensPage {

    private static final Pattern TABLE = Pattern.compile("(<!-- (\\w+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("(?m)^\\| ([A-Z]+-\\d+) \\|(?:.*\\|)? ([^|\n]+) \\|$");

    /** The verdicts that have a column of their own among the totals, and the letter that stands for them in a rule's cell. */
    private static final Map<String, String> LETTERS = letters();

    private final List<String> columns;
    private final Map<String, List<String>> cases;

    private RealXensPage(List<String> columns, Map<String, List<String>> cases) {
        this.columns = columns;
        this.cases = cases;
    }

    private static Map<String, String> letters() {
        Map<String, String> letters = new LinkedHashMap<>();
        letters.put("conforms", "");
        letters.put("conforms-by-alternative", "a");
        letters.put("known-deviation", "d");
        letters.put("no-oracle", "o");
        letters.put("not-applicable", "n");
        return letters;
    }

    static RealXensPage read(Path facts) throws IOException {
        List<String> lines = Files.readAllLines(facts);
        Map<String, List<String>> cases = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = Arrays.asList(line.split("\t", -1));
            cases.put(cells.get(0), cells.subList(1, cells.size()));
        }
        List<String> names = Arrays.asList(lines.get(0).split("\t", -1));
        return new RealXensPage(names.subList(1, names.size()), cases);
    }

    /** The page with its tables as they must be; the titles of the rules are the page's own. */
    String renewed(String page) {
        Map<String, String> titles = TITLE.matcher(page)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (one, same) -> one));
        return TABLE.matcher(page)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) + table(found.group(2), titles) + found.group(3)));
    }

    private String table(String name, Map<String, String> titles) {
        List<String> rows =
                switch (name) {
                    case "totals" -> totals();
                    case "rules" -> rules(titles);
                    case "deviations" -> reasons("known-deviation");
                    case "oracles" -> reasons("no-oracle");
                    default -> throw new IllegalArgumentException("there is no table '" + name + "'");
                };
        return String.join("\n", rows) + "\n";
    }

    private static String verdict(String cell) {
        return cell.replaceFirst(":.*", "");
    }

    /** What a table calls a hypervisor. */
    private static String title(String column) {
        return switch (column) {
            case "reference" -> "reference, ordinary";
            case "reference-initial" -> "reference, initial";
            default ->
                column.replaceFirst("xen-([0-9.]+)-", "$1 in ")
                        .replace("qemu", "QEMU")
                        .replace("bochs", "Bochs");
        };
    }

    private List<String> totals() {
        List<String> rows = new ArrayList<>();
        rows.add("| | cases | conform | by alternative | deviate | no oracle | not applicable |");
        rows.add("|---|--:|--:|--:|--:|--:|--:|");
        for (int i = 0; i < columns.size(); i++) {
            Map<String, Long> count = count(i, "");
            List<String> cells = new ArrayList<>();
            cells.add(title(columns.get(i)));
            cells.add(String.valueOf(count.values().stream().mapToLong(n -> n).sum()));
            LETTERS.keySet().forEach(verdict -> cells.add(String.valueOf(count.getOrDefault(verdict, 0L))));
            rows.add(row(cells));
        }
        return rows;
    }

    private Map<String, Long> count(int column, String prefix) {
        return cases.entrySet().stream()
                .filter(one -> one.getKey().startsWith(prefix))
                .map(one -> verdict(one.getValue().get(column)))
                .filter(verdict -> !verdict.isEmpty())
                .collect(Collectors.groupingBy(verdict -> verdict, Collectors.counting()));
    }

    private List<String> rules(Map<String, String> titles) {
        List<String> rows = new ArrayList<>();
        rows.add("| Rule | " + columns.stream().map(RealXensPage::title).collect(Collectors.joining(" | ")) + " | |");
        rows.add("|---|" + "--:|".repeat(columns.size()) + "---|");
        cases.keySet().stream()
                .map(id -> id.replaceFirst("\\..*", ""))
                .distinct()
                .forEach(rule -> {
                    List<String> cells = new ArrayList<>(List.of(rule));
                    for (int i = 0; i < columns.size(); i++) {
                        cells.add(cell(count(i, rule + ".")));
                    }
                    cells.add(titles.getOrDefault(rule, ""));
                    rows.add(row(cells));
                });
        return rows;
    }

    /** The plain number conforms. */
    private static String cell(Map<String, Long> count) {
        return LETTERS.entrySet().stream()
                .filter(one -> count.containsKey(one.getKey()))
                .map(one -> count.get(one.getKey()) + one.getValue())
                .collect(Collectors.joining(" "));
    }

    /** A row for each reason that some cases have for a verdict, and for each set of hypervisors that have it in these. */
    private List<String> reasons(String verdict) {
        Map<String, List<String>> casesOf = new LinkedHashMap<>();
        cases.forEach((id, cells) -> {
            Map<String, List<String>> where = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                if (verdict(cells.get(i)).equals(verdict)) {
                    where.computeIfAbsent(cells.get(i).substring(verdict.length() + 2), r -> new ArrayList<>())
                            .add(title(columns.get(i)));
                }
            }
            where.forEach((reason, hypervisors) -> casesOf.computeIfAbsent(
                            String.join(", ", hypervisors) + " | " + reason, r -> new ArrayList<>())
                    .add(id));
        });
        List<String> rows = new ArrayList<>(List.of("| Where | Reason | Cases |", "|---|---|---|"));
        casesOf.forEach((reason, ids) -> rows.add(row(List.of(reason, ids.size() + ": " + shortened(ids)))));
        return rows;
    }

    /** The rule is said once: {@code PT-01.a b c, PT-11.a}. */
    private static String shortened(List<String> ids) {
        Map<String, List<String>> byRule = new LinkedHashMap<>();
        ids.forEach(id -> byRule.computeIfAbsent(id.replaceFirst("\\..*", ""), r -> new ArrayList<>())
                .add(id.replaceFirst(".*\\.", "")));
        return byRule.entrySet().stream()
                .map(one -> one.getKey() + "." + String.join(" ", one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /**
     * Makes the facts and the page's tables anew.
     *
     * @param arguments the folder docs, then conformance statements: those of one hypervisor are one column, in which the
     *     later ones count
     */
    public static void main(String[] arguments) throws IOException, ReportException {
        Path docs = Path.of(arguments[0]);
        Map<String, Map<String, Statement.Case>> found = new LinkedHashMap<>();
        Map<String, String> order = new LinkedHashMap<>();
        StringBuilder titles = new StringBuilder();
        for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
            Statement statement = Statement.read(Path.of(file));
            Map<String, Statement.Case> column =
                    found.computeIfAbsent(statement.hypervisor().name(), name -> new TreeMap<>());
            statement.cases().forEach(one -> column.put(one.id(), one));
            statement.cases().forEach(one -> order.putIfAbsent(one.id(), ""));
            statement.rules().forEach(rule -> titles.append(row(List.of(rule.id(), rule.title())) + "\n"));
        }
        StringBuilder facts = new StringBuilder("case\t" + String.join("\t", found.keySet()) + "\n");
        order.keySet()
                .forEach(id -> facts.append(id)
                        .append(found.values().stream()
                                .map(column -> "\t" + fact(column.get(id)))
                                .collect(Collectors.joining()))
                        .append("\n"));
        Files.writeString(docs.resolve("real-xens.tsv"), facts);
        Path page = docs.resolve("real-xens.md");
        String old = Files.readString(page);
        String renewed = read(docs.resolve("real-xens.tsv")).renewed(titles + old);
        Files.writeString(page, renewed.substring(titles.length()));
    }

    private static String fact(Statement.Case one) {
        if (one == null) {
            return "";
        }
        boolean told = one.verdict().equals("known-deviation") || one.verdict().equals("no-oracle");
        return one.verdict() + (told ? ": " + one.reason().lines().findFirst().orElse("") : "");
    }
}

package org.ringone.suite.catalogue;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.commons.io.Resource;
import org.junit.platform.commons.io.ResourceFilter;
import org.junit.platform.commons.support.ResourceSupport;

/** Every case in the features on the class path: each scenario and each row of a scenario outline. */
public final class CaseIndex {

    /** The package that the features lie in. */
    public static final String PACKAGE = "org.ringone.features";

    private static final Pattern NAME = Pattern.compile("(" + Case.ID.pattern() + ")\\s+(.+)");

    private static CaseIndex onTheClassPath;

    private final Map<String, Case> cases;
    private final Map<String, Case> byPlace;

    private CaseIndex(Map<String, Case> cases) {
        this.cases = cases;
        this.byPlace = cases.values().stream()
                .collect(Collectors.toUnmodifiableMap(CaseIndex::place, c -> c, (first, second) -> first));
    }

    /**
     * The cases of the features on the class path. They are read once: it does not change while a program runs.
     *
     * @throws CatalogueException when they are not well formed
     */
    public static synchronized CaseIndex load() {
        if (onTheClassPath == null) {
            onTheClassPath = find();
        }
        return onTheClassPath;
    }

    private static CaseIndex find() {
        List<Case> cases = new ArrayList<>();
        List<Resource> features = ResourceSupport.findAllResourcesInPackage(
                PACKAGE, ResourceFilter.of(resource -> resource.getName().endsWith(".feature")));
        for (Resource feature : features) {
            try (InputStream in = feature.getInputStream()) {
                cases.addAll(read(feature.getName(), in.readAllBytes()));
            } catch (IOException e) {
                throw new CatalogueException("cannot read " + feature.getName() + ": " + e.getMessage(), e);
            }
        }
        return of(cases);
    }

    /**
     * An index of these cases.
     *
     * @throws CatalogueException when an id is used twice
     */
    public static CaseIndex of(List<Case> cases) {
        Map<String, Case> byId = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        cases.stream()
                .sorted(Comparator.comparing(Case::uri).thenComparingInt(Case::line))
                .forEach(c -> {
                    Case other = byId.putIfAbsent(c.id(), c);
                    if (other != null) {
                        problems.add("the case " + c.id() + " is there twice: " + place(other) + " and " + place(c));
                    }
                });
        if (!problems.isEmpty()) {
            throw new CatalogueException(String.join("\n", problems));
        }
        return new CaseIndex(byId);
    }

    /**
     * The cases of one feature file.
     *
     * @throws CatalogueException when it does not parse, or a scenario has no case id or lacks its rule's tag
     */
    public static List<Case> read(String uri, byte[] gherkin) {
        GherkinParser parser = GherkinParser.builder()
                .includeSource(false)
                .includeGherkinDocument(true)
                .includePickles(true)
                .build();
        List<Case> cases = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Envelope envelope : parser.parse(uri, gherkin).toList()) {
            envelope.getGherkinDocument().flatMap(GherkinDocument::getFeature).ifPresent(f -> lines(f, lines));
            envelope.getParseError().ifPresent(e -> problems.add(uri + ": " + e.getMessage()));
            envelope.getPickle().ifPresent(pickle -> {
                List<String> tags =
                        pickle.getTags().stream().map(PickleTag::getName).toList();
                List<String> nodes = pickle.getAstNodeIds();
                int line = lines.getOrDefault(nodes.get(nodes.size() - 1), 0);
                Optional<Case> found = of(pickle.getName(), tags, uri, line);
                found.ifPresentOrElse(cases::add, () -> problems.add(complaint(pickle, uri, line)));
            });
        }
        if (!problems.isEmpty()) {
            throw new CatalogueException(String.join("\n", problems));
        }
        return cases;
    }

    /** The case that a scenario of that name and these tags is; empty when it has no id or lacks the tag of its rule. */
    public static Optional<Case> of(String name, List<String> tags, String uri, int line) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String own = matcher.group(2);
        List<String> rules = new ArrayList<>();
        for (String tag : tags) {
            if (Rule.ID.matcher(tag.substring(1)).matches() && !rules.contains(tag.substring(1))) {
                rules.add(tag.substring(1));
            }
        }
        if (!rules.remove(own)) {
            return Optional.empty();
        }
        rules.add(0, own);
        return Optional.of(new Case(matcher.group(1), matcher.group(6), rules, tags, uri, line));
    }

    private static void lines(Feature feature, Map<String, Integer> lines) {
        for (FeatureChild child : feature.getChildren()) {
            child.getScenario().ifPresent(scenario -> lines(scenario, lines));
            child.getRule()
                    .ifPresent(rule -> rule.getChildren()
                            .forEach(inner -> inner.getScenario().ifPresent(scenario -> lines(scenario, lines))));
        }
    }

    private static void lines(Scenario scenario, Map<String, Integer> lines) {
        lines.put(scenario.getId(), scenario.getLocation().getLine().intValue());
        scenario.getExamples()
                .forEach(examples -> examples.getTableBody()
                        .forEach(row -> lines.put(
                                row.getId(), row.getLocation().getLine().intValue())));
    }

    private static String complaint(Pickle pickle, String uri, int line) {
        return uri + ":" + line + ": the scenario '" + pickle.getName()
                + "' must start with its case id, as in 'PT-02.a ...', and be tagged with that rule, as in @PT-02";
    }

    private static String place(Case c) {
        return c.uri() + ":" + c.line();
    }

    /** All cases, in the order of the features. */
    public List<Case> cases() {
        return List.copyOf(cases.values());
    }

    /** The cases that judge a rule. */
    public List<Case> of(Rule rule) {
        return cases.values().stream()
                .filter(c -> c.rules().contains(rule.id()))
                .toList();
    }

    /** The case whose scenario or row of examples stands in that line of a feature file. */
    public Optional<Case> at(String uri, int line) {
        return Optional.ofNullable(byPlace.get(uri + ":" + line));
    }

    public Optional<Case> of(String id) {
        return Optional.ofNullable(cases.get(id));
    }
}

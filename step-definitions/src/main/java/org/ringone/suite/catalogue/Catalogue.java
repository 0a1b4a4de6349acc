package org.ringone.suite.catalogue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** All rules, in the order of the catalogue file {@code rules.yaml}. */
public final class Catalogue {

    /** Where the catalogue lies on the class path. */
    public static final String RESOURCE = "org/ringone/rules.yaml";

    private final List<Area> areas;
    private final Map<String, Rule> rules;

    private Catalogue(List<Area> areas, Map<String, Rule> rules) {
        this.areas = List.copyOf(areas);
        this.rules = rules;
    }

    /** The catalogue on the class path. */
    public static Catalogue load() {
        ClassLoader loader = Catalogue.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new CatalogueException("no " + RESOURCE + " on the class path: is the features module missing?");
            }
            return read(in);
        } catch (IOException e) {
            throw new CatalogueException("cannot read " + RESOURCE + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a catalogue and checks its form.
     *
     * @throws CatalogueException when an id is used twice, is malformed or out of place, or a field is missing
     */
    public static Catalogue read(InputStream yaml) throws IOException {
        ObjectMapper mapper = new ObjectMapper(YAMLFactory.builder()
                        .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        Document document;
        try {
            document = mapper.readValue(yaml, Document.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CatalogueException("the catalogue is not well formed: " + e.getMessage(), e);
        }
        if (document == null || document.areas == null || document.areas.isEmpty()) {
            throw new CatalogueException("the catalogue has no areas");
        }
        List<Area> areas = new ArrayList<>();
        Map<String, Rule> rules = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (AreaEntry area : document.areas) {
            areas.add(new Area(area.id, area.title));
            for (RuleEntry entry : area.rules) {
                Rule rule = entry.in(area, problems);
                if (rule != null && rules.putIfAbsent(rule.id(), rule) != null) {
                    problems.add(rule.id() + " is there twice: an id names one rule for ever");
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CatalogueException("the catalogue is not well formed:\n  " + String.join("\n  ", problems));
        }
        return new Catalogue(areas, rules);
    }

    /** The areas, in order. */
    public List<Area> areas() {
        return areas;
    }

    /** All rules, in order. */
    public List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    /** The rules of one area, in order. */
    public List<Rule> rules(Area area) {
        return rules.values().stream().filter(r -> r.area().equals(area.id())).toList();
    }

    public Optional<Area> area(String id) {
        return areas.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    public Optional<Rule> rule(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    private record Document(List<AreaEntry> areas) {}

    private record AreaEntry(String id, String title, String source, List<RuleEntry> rules) {}

    private record RuleEntry(
            String id, String title, Who who, String rule, String source, String compared, String uncovered) {

        Rule in(AreaEntry area, List<String> problems) {
            Matcher matcher = Rule.ID.matcher(String.valueOf(id));
            if (!matcher.matches() || !matcher.group(1).equals(area.id)) {
                problems.add("'" + id + "' is no rule id of area " + area.id + ", which look like " + area.id + "-01");
                return null;
            }
            if (title == null || who == null || rule == null || compared == null) {
                problems.add(id + " lacks one of title, who, rule, compared");
                return null;
            }
            return new Rule(
                    id,
                    area.id,
                    title,
                    rule.strip(),
                    who,
                    source == null ? area.source : source,
                    compared.strip(),
                    uncovered == null ? null : uncovered.strip());
        }
    }
}

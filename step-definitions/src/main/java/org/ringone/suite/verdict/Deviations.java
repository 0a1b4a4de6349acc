package org.ringone.suite.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.platform.commons.io.Resource;
import org.junit.platform.commons.io.ResourceFilter;
import org.junit.platform.commons.support.ResourceSupport;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;

/**
 * What a hypervisor is known to do otherwise, each entry with the reason. A list that is wrong fails the run: what is not
 * listed must conform, what is listed must still deviate and as listed, and every entry must match something.
 *
 * <p>The list of a hypervisor is the class-path resource {@code org/ringone/deviations/<name>.yaml}, or, without one of
 * its own, that of its profile, for example {@code org/ringone/deviations/xen-4.17-64-bit-initial.yaml}.
 */
public final class Deviations {

    /** The package on the class path that the lists lie in. */
    public static final String PACKAGE = "org.ringone.deviations";

    private static final String FOLDER = PACKAGE.replace('.', '/') + "/";
    private static final long LONGEST_FILE = 1L << 20;

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<Deviation> entries;

    private Deviations(List<Deviation> entries) {
        this.entries = List.copyOf(entries);
    }

    /** No deviations. */
    public static Deviations none() {
        return new Deviations(List.of());
    }

    /** The list that is known for this hypervisor; empty when there is none. */
    public static Deviations of(Hypervisor hypervisor) {
        for (String name : List.of(hypervisor.name(), profileName(hypervisor.profile()))) {
            String resource = FOLDER + name + ".yaml";
            try (InputStream in = Deviations.class.getClassLoader().getResourceAsStream(resource)) {
                if (in != null) {
                    return read(in, resource);
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("cannot read " + resource + ": " + e.getMessage(), e);
            }
        }
        return none();
    }

    /**
     * Every list on the class path, by file name.
     *
     * @throws IllegalArgumentException when one is not well formed
     */
    public static Map<String, Deviations> lists() {
        Map<String, Deviations> lists = new TreeMap<>();
        for (Resource resource : ResourceSupport.findAllResourcesInPackage(
                PACKAGE, ResourceFilter.of(r -> r.getName().endsWith(".yaml")))) {
            String name = resource.getName();
            try (InputStream in = resource.getInputStream()) {
                lists.put(name.substring(name.lastIndexOf('/') + 1), read(in, name));
            } catch (IOException e) {
                throw new IllegalArgumentException("cannot read " + name + ": " + e.getMessage(), e);
            }
        }
        return lists;
    }

    /** How a profile's list is called, for example {@code xen-3.1-32-bit-pae-ordinary}. */
    public static String profileName(Profile profile) {
        String host = profile.host().label().toLowerCase(Locale.ROOT).replace(' ', '-');
        return "xen-" + profile.era().version() + "-" + host + "-"
                + profile.privilege().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a list from a file.
     *
     * @throws IllegalArgumentException when it is absent, too long or not well formed; the message says what is wrong
     */
    public static Deviations read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(
                        file + " is no list of deviations: it is longer than " + LONGEST_FILE + " bytes");
            }
            return read(in, file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when it is not well formed; the message says where
     */
    public static Deviations read(InputStream yaml, String where) throws IOException {
        try (JsonParser parser = MAPPER.createParser(yaml)) {
            if (parser.nextToken() == null) {
                return none();
            }
            List<Deviation> read = new ArrayList<>();
            for (Entry entry : MAPPER.readValue(parser, Entry[].class)) {
                if (entry == null) {
                    throw new IllegalArgumentException("its entry " + (read.size() + 1) + " is empty");
                }
                read.add(entry.deviation());
            }
            return of(read);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new IllegalArgumentException(
                    where + " is no list of deviations: " + e.getOriginalMessage() + line, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + " is no list of deviations: " + e.getMessage(), e);
        }
    }

    /**
     * A list made in Java.
     *
     * @throws IllegalArgumentException when a case is listed twice, or a rule twice with the same thing seen
     */
    public static Deviations of(Collection<Deviation> deviations) {
        Set<String> there = new HashSet<>();
        for (Deviation deviation : deviations) {
            if (!there.add(deviation.ofRule() ? deviation.about() + " " + deviation.seen() : deviation.about())) {
                throw new IllegalArgumentException("the deviation " + deviation.about() + " is listed twice");
            }
        }
        return new Deviations(List.copyOf(deviations));
    }

    /** All entries, in the order of the list. */
    public List<Deviation> entries() {
        return entries;
    }

    /** What is known of that case by its own id. */
    public Optional<Deviation> ofCase(String caseId) {
        return entries.stream().filter(d -> d.about().equals(caseId)).findFirst();
    }

    /** The entries that may explain a failure of that case: its own, or else those of the rules that it judges. */
    public List<Deviation> of(Case judged) {
        Optional<Deviation> own = ofCase(judged.id());
        return own.map(List::of)
                .orElseGet(() -> entries.stream()
                        .filter(d -> judged.rules().contains(d.about()))
                        .toList());
    }

    /** What each entry speaks of that is neither a case nor a rule with cases. */
    public List<String> unknownAmong(CaseIndex index) {
        return entries.stream()
                .filter(d -> casesOf(d, index).isEmpty())
                .map(Deviation::about)
                .distinct()
                .toList();
    }

    /**
     * What is wrong with the list in the light of a run: entries that name nothing there is, that speak only of what this
     * hypervisor is never asked, or of a rule all of whose cases conform.
     *
     * @param results what was found of the cases that were run
     * @param found the entries that explained a failure
     */
    public List<Problem> problems(CaseIndex index, List<ScenarioResult> results, Set<Deviation> found) {
        Map<String, Verdict> verdicts = results.stream()
                .collect(Collectors.toMap(ScenarioResult::caseId, ScenarioResult::verdict, Verdict::worse));
        List<Problem> problems = new ArrayList<>();
        for (Deviation entry : entries) {
            if (!found.contains(entry)) {
                complaint(entry, casesOf(entry, index), verdicts)
                        .map(text -> new Problem(Problem.Kind.WRONG_DEVIATION, text))
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Optional<String> complaint(Deviation entry, List<String> cases, Map<String, Verdict> verdicts) {
        if (cases.isEmpty()) {
            return Optional.of("the list of deviations names " + entry.about()
                    + ", which no case is or judges: take it off the list");
        }
        if (!verdicts.keySet().containsAll(cases)) {
            return Optional.empty();
        }
        Set<Verdict> seen = cases.stream().map(verdicts::get).collect(Collectors.toSet());
        if (seen.contains(Verdict.BLOCKED) || seen.stream().anyMatch(Verdict::failsTheRun)) {
            return Optional.empty();
        }
        if (seen.stream().noneMatch(Verdict::judged)) {
            return Optional.of("the list of deviations names " + entry.about()
                    + ", which is not judged on this hypervisor: the entry matches nothing, take it off the list");
        }
        return entry.ofRule()
                ? Optional.of("the list of deviations has \"" + entry.seen() + "\" for the rule " + entry.about()
                        + ", and none of its cases shows that: the entry matches nothing, take it off the list")
                : Optional.empty();
    }

    private static List<String> casesOf(Deviation entry, CaseIndex index) {
        return index.cases().stream()
                .filter(c -> c.id().equals(entry.about())
                        || entry.ofRule() && c.rules().contains(entry.about()))
                .map(Case::id)
                .toList();
    }

    private record Entry(
            @JsonProperty("case") String caseId,
            @JsonProperty("rule") String rule,
            @JsonProperty("seen") String seen,
            @JsonProperty("reason") String reason,
            @JsonProperty("since") String since,
            @JsonProperty("review") String review) {

        Deviation deviation() {
            if ((caseId == null) == (rule == null)) {
                throw new IllegalArgumentException("an entry names either a 'case' or a 'rule'"
                        + (caseId == null ? ", and one has neither" : ", and one has both: " + caseId + ", " + rule));
            }
            String about = caseId == null ? rule : caseId;
            if (caseId == null == about.contains(".")) {
                throw new IllegalArgumentException("'" + about + "' is no " + (caseId == null ? "rule" : "case")
                        + " id, which look like " + (caseId == null ? "PT-02" : "PT-02.a"));
            }
            return new Deviation(about, seen, reason, day(about, since), day(about, review));
        }

        private static LocalDate day(String about, String text) {
            try {
                return text == null ? null : LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "the deviation " + about + " has the day '" + text + "', which must look like 2026-12-31", e);
            }
        }
    }
}

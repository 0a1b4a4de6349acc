package org.ringone.suite.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;

/**
 * The cases in which a hypervisor is known not to conform, each with the reason. A list that is wrong fails the run: what
 * is not listed must conform, what is listed must still deviate, and every entry must name a case.
 *
 * <p>The list of a hypervisor is the class-path resource {@code org/ringone/deviations/<name>.yaml}, or, without one of
 * its own, that of its profile, for example {@code org/ringone/deviations/xen-4.17-64-bit-initial.yaml}.
 */
public final class Deviations {

    /** The folder on the class path. */
    public static final String FOLDER = "org/ringone/deviations/";

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<String, Deviation> byCase;

    private Deviations(Map<String, Deviation> byCase) {
        this.byCase = byCase;
    }

    /** No deviations. */
    public static Deviations none() {
        return new Deviations(Map.of());
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

    /** How a profile's list is called, for example {@code xen-3.1-32-bit-pae-ordinary}. */
    public static String profileName(Profile profile) {
        String host = profile.host().label().toLowerCase(Locale.ROOT).replace(' ', '-');
        return "xen-" + profile.era().version() + "-" + host + "-"
                + profile.privilege().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when it is not well formed; the message says where
     */
    public static Deviations read(InputStream yaml, String where) throws IOException {
        try {
            Entry[] entries = MAPPER.readValue(yaml, Entry[].class);
            return of(java.util.Arrays.stream(entries)
                    .map(e -> new Deviation(e.id, e.reason, e.seen))
                    .toList());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(where + " is no list of deviations: " + e.getMessage(), e);
        }
    }

    /** A list made in Java. */
    public static Deviations of(Collection<Deviation> deviations) {
        Map<String, Deviation> byCase = new LinkedHashMap<>();
        for (Deviation deviation : deviations) {
            if (byCase.put(deviation.caseId(), deviation) != null) {
                throw new IllegalArgumentException("the deviation " + deviation.caseId() + " is listed twice");
            }
        }
        return new Deviations(byCase);
    }

    /** What is known of that case. */
    public Optional<Deviation> of(String caseId) {
        return Optional.ofNullable(byCase.get(caseId));
    }

    /** Entries that name no case there is. */
    public Set<String> unknownAmong(Collection<String> caseIds) {
        Set<String> unknown = new TreeSet<>(byCase.keySet());
        unknown.removeAll(caseIds);
        return unknown;
    }

    private record Entry(
            @com.fasterxml.jackson.annotation.JsonProperty("case")
            String id,

            String reason,
            String seen) {}
}

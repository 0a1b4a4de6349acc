package org.ringone.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where each case stands in the full report. The generator gives its results names of its own, which are found again in
 * the data inside the page that it made.
 */
final class ScenarioLinks {

    private static final String DATA = "data/behaviors.json";

    /** Before the name of the hypervisor, in a tag that the suite gives each of its results. */
    private static final String HYPERVISOR = "hypervisor=";

    private final Map<String, String> results = new HashMap<>();

    private ScenarioLinks() {}

    /** No links. */
    static ScenarioLinks none() {
        return new ScenarioLinks();
    }

    /** The links into a page that the generator made; none where its data is not as it used to be. */
    static ScenarioLinks into(Path page) throws ReportException {
        ScenarioLinks links = new ScenarioLinks();
        try {
            String html = Files.readString(page, StandardCharsets.UTF_8);
            int start = html.indexOf(DATA);
            int quote = start < 0 ? -1 : start + DATA.length();
            if (quote < 0 || quote >= html.length()) {
                return links;
            }
            int from = html.indexOf(html.charAt(quote), quote + 1) + 1;
            int to = html.indexOf(html.charAt(quote), from);
            if (from > 0 && to > from) {
                links.collect(new JsonMapper().readTree(Base64.getDecoder().decode(html.substring(from, to))));
            }
            return links;
        } catch (IOException | IllegalArgumentException e) {
            throw new ReportException("The report " + page + " could not be read again: " + e.getMessage(), e);
        }
    }

    private void collect(JsonNode node) {
        JsonNode children = node.path("children");
        if (children.isArray()) {
            children.forEach(this::collect);
            return;
        }
        String name = node.path("name").asText();
        int space = name.indexOf(' ');
        for (JsonNode tag : node.path("tags")) {
            if (space > 0 && tag.asText().startsWith(HYPERVISOR)) {
                String hypervisor = tag.asText().substring(HYPERVISOR.length());
                results.put(
                        key(hypervisor, name.substring(0, space)),
                        node.path("uid").asText());
            }
        }
    }

    /** The address of a case under a hypervisor, from a page beside the report. */
    Optional<String> of(String hypervisor, String caseId) {
        return Optional.ofNullable(results.get(key(hypervisor, caseId))).map(uid -> "index.html#testresult/" + uid);
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    private static String key(String hypervisor, String caseId) {
        return hypervisor + " " + caseId;
    }
}

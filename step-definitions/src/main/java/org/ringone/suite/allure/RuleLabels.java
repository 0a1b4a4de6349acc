package org.ringone.suite.allure;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.TestResult;
import java.util.ArrayList;
import java.util.List;
import org.ringone.suite.catalogue.Area;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;

/**
 * Turns the rule ids among a scenario's tags into labels and links, just before its result is written. Results of anything
 * that is no scenario pass unchanged.
 */
public final class RuleLabels implements TestLifecycleListener {

    private static final String EPIC = "epic";
    private static final String STORY = "story";
    private static final String PARENT_SUITE = "parentSuite";

    private final Catalogue catalogue = Catalogue.load();

    @Override
    public void beforeTestWrite(TestResult result) {
        List<Rule> rules = result.getLabels().stream()
                .filter(label -> label.getName().equals("tag"))
                .flatMap(label -> catalogue.rule(label.getValue()).stream())
                .distinct()
                .toList();
        if (rules.isEmpty()) {
            return;
        }
        List<Label> labels = new ArrayList<>(result.getLabels());
        labels.removeIf(label -> List.of(EPIC, STORY, PARENT_SUITE).contains(label.getName()));
        String area = title(rules.get(0));
        labels.add(label(EPIC, area));
        labels.add(label(PARENT_SUITE, area));
        List<Link> links = new ArrayList<>(result.getLinks());
        for (Rule rule : rules) {
            labels.add(label(STORY, rule.id() + " " + rule.title()));
            links.add(new Link()
                    .setName(rule.id() + " " + rule.title())
                    .setUrl("rules.html#" + rule.id())
                    .setType("rule"));
        }
        result.setLabels(labels);
        result.setLinks(links);
        result.setDescription(rules.get(0).text());
    }

    private String title(Rule rule) {
        return rule.area() + " " + catalogue.area(rule.area()).map(Area::title).orElse("");
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }
}

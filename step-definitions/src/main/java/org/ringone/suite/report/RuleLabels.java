package org.ringone.suite.report;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ringone.suite.catalogue.Area;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;
import org.ringone.suite.run.ScenarioRun;

/**
 * Puts every scenario in its place in the report: its area as the epic, its rule as the story, a link to the text of each
 * rule that it judges, and the hypervisor as a parameter. A scenario with a step that nobody defined has no status of its own: it is broken.
 */
public final class RuleLabels implements TestLifecycleListener {

    private static final String EPIC = "epic";
    private static final String STORY = "story";
    private static final String PARENT_SUITE = "parentSuite";
    private static final String TAG = "tag";

    /** Before a hypervisor's name: the tag by which a result is known to be of that hypervisor. */
    private static final String HYPERVISOR = "hypervisor=";

    private static final class Known {
        static final Catalogue CATALOGUE = Catalogue.load();
    }

    /** One scenario under two hypervisors is two results, and neither is a repetition of the other. */
    @Override
    public void beforeTestSchedule(TestResult result) {
        ScenarioRun.here().map(run -> run.session().hypervisor().name()).ifPresent(name -> {
            List<Parameter> parameters = new ArrayList<>(result.getParameters());
            parameters.add(new Parameter().setName("hypervisor").setValue(name));
            List<Label> labels = new ArrayList<>(result.getLabels());
            labels.add(new Label().setName(TAG).setValue(HYPERVISOR + name));
            result.setParameters(parameters).setLabels(labels).setHistoryId(result.getHistoryId() + "-" + name);
        });
    }

    @Override
    public void beforeTestWrite(TestResult result) {
        List<Rule> rules = result.getLabels().stream()
                .filter(label -> TAG.equals(label.getName()) && label.getValue() != null)
                .map(Label::getValue)
                .filter(value -> Rule.ID.matcher(value).matches())
                .distinct()
                .flatMap(id -> Known.CATALOGUE.rule(id).stream())
                .toList();
        if (rules.isEmpty()) {
            return;
        }
        List<Label> labels = new ArrayList<>(result.getLabels());
        labels.removeIf(label -> Set.of(EPIC, STORY, PARENT_SUITE).contains(label.getName()));
        String area = Known.CATALOGUE
                .area(rules.get(0).area())
                .map(Area::title)
                .orElse(rules.get(0).area());
        String chapter = rules.get(0).area() + "  " + area;
        labels.add(new Label().setName(EPIC).setValue(chapter));
        labels.add(new Label().setName(PARENT_SUITE).setValue(chapter));
        List<Link> links = new ArrayList<>(result.getLinks());
        for (Rule rule : rules) {
            labels.add(new Label().setName(STORY).setValue(rule.id() + "  " + rule.title()));
            links.add(new Link().setName(rule.id()).setType("rule").setUrl("rules.html#" + rule.id()));
        }
        result.setLabels(labels).setLinks(links).setDescription(rules.get(0).text());
        if (result.getStatus() == null) {
            result.setStatus(Status.BROKEN)
                    .setStatusDetails(new StatusDetails().setMessage("error: a step is not defined"));
        }
    }
}

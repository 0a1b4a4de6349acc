package org.ringone.cli.compare;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.ringone.api.Hypervisor;
import org.ringone.guest.Transcript;
import org.ringone.suite.verdict.ScenarioListener;
import org.ringone.suite.verdict.ScenarioResult;

/** Listens to a run and keeps what happened in each scenario. */
public final class Courses implements ScenarioListener {

    private final Hypervisor hypervisor;
    private final ScenarioListener next;
    private final Map<String, Transcript> running = new ConcurrentHashMap<>();
    private final Map<String, Course> finished = new ConcurrentHashMap<>();

    /** Of a run that judges that hypervisor; another one listens as well. */
    public Courses(Hypervisor hypervisor, ScenarioListener next) {
        this.hypervisor = hypervisor;
        this.next = next;
    }

    @Override
    public void runStarts(int scenarios) {
        next.runStarts(scenarios);
    }

    @Override
    public Transcript scenarioStarts(String caseId) {
        Transcript transcript = next.scenarioStarts(caseId);
        running.put(caseId, transcript);
        return transcript;
    }

    @Override
    public void scenarioFinished(ScenarioResult result) {
        Transcript transcript = running.remove(result.caseId());
        if (transcript != null) {
            finished.put(result.caseId(), Course.of(transcript).upTo(result.step()));
        }
        next.scenarioFinished(result);
    }

    /** Where two runs part, by case. Both hypervisors are booted once more, to hear which frames they give their guests. */
    public static Map<String, Parting> partings(Courses left, Courses right) {
        OwnFrames one = OwnFrames.of(left.hypervisor);
        OwnFrames another = OwnFrames.of(right.hypervisor);
        Map<String, Parting> partings = new TreeMap<>();
        left.finished.forEach((id, course) -> Optional.ofNullable(right.finished.get(id))
                .flatMap(other -> Parting.of(course, other, new Names(one, another)))
                .ifPresent(parting -> partings.put(id, parting)));
        return partings;
    }
}

package org.ringone.cli.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ringone.api.Profile;
import org.ringone.guest.Transcript;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.verdict.ScenarioListener;
import org.ringone.suite.verdict.ScenarioResult;

/** Runs scenarios in one setting and keeps what went over the line. */
final class Recorder implements ScenarioListener {

    private final WatchedReference reference;
    private final Map<String, Tape> tapes = new HashMap<>();
    private final Map<String, String> refusals = new HashMap<>();
    private Transcript transcript;

    private Recorder(WatchedReference reference) {
        this.reference = reference;
    }

    /** Runs those cases. */
    static Recorder record(Profile.Privilege privilege, Setting setting, List<Case> cases) {
        Recorder recorder = new Recorder(new WatchedReference(privilege, setting));
        Set<String> ids = cases.stream().map(Case::id).collect(Collectors.toCollection(HashSet::new));
        SuiteRun.of(recorder.reference)
                .tags(ids.stream().map(id -> "@" + id).sorted().collect(Collectors.joining(" or ")))
                .threads(1)
                .listener(recorder)
                .run();
        return recorder;
    }

    /** The tape of a case. */
    Tape tape(String caseId) throws NotExportable {
        if (refusals.containsKey(caseId)) {
            throw new NotExportable(refusals.get(caseId));
        }
        Tape tape = tapes.get(caseId);
        if (tape == null) {
            throw new IllegalStateException(caseId + " did not run");
        }
        return tape;
    }

    @Override
    public Transcript scenarioStarts(String caseId) {
        reference.touched();
        transcript = Transcript.detailed();
        return transcript;
    }

    @Override
    public void scenarioFinished(ScenarioResult result) {
        try {
            tapes.put(result.caseId(), Tape.of(result, transcript, reference.touched()));
        } catch (NotExportable e) {
            refusals.put(result.caseId(), e.getMessage());
        }
    }
}

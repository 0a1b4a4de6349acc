package org.ringone.cli.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Profile;
import org.ringone.guest.AnswerWords;
import org.ringone.guest.Fixup;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Replay;
import org.ringone.guest.ReplayImage;
import org.ringone.suite.catalogue.Case;

/**
 * Makes images of scenarios. Each is recorded in several settings on the reference; what is the same in all is expected of
 * everybody, what differs is explained or not compared. No image leaves that does not pass on the reference itself.
 */
final class Exporter {

    private final Profile.Privilege privilege;
    private final List<Recorder> recorders = new ArrayList<>();
    private final Map<String, List<Ground>> grounds = new ConcurrentHashMap<>();

    private Exporter(Profile.Privilege privilege) {
        this.privilege = privilege;
    }

    /** Records cases, each of which can be exported then. */
    static Exporter of(Profile.Privilege privilege, List<Case> cases) {
        Exporter exporter = new Exporter(privilege);
        for (Setting setting : Setting.RECORDED) {
            exporter.recorders.add(Recorder.record(privilege, setting, cases));
        }
        return exporter;
    }

    /** The image of a case, tried on the reference. */
    Exported export(Case wanted) throws NotExportable {
        List<Tape> tapes = new ArrayList<>();
        for (Recorder recorder : recorders) {
            try {
                tapes.add(recorder.tape(wanted.id()));
            } catch (NotExportable e) {
                throw tapes.isEmpty()
                        ? e
                        : new NotExportable("it depends on the machine; on another one, " + e.getMessage());
            }
        }
        Tape tape = tapes.get(0);
        Explanations explanations = new Explanations(grounds(tape));
        List<Replay.Step> steps = steps(tapes, explanations);
        Replay replay = new Replay(
                tape.boot().stage(),
                Narration.introduction(wanted, tape.domain(), steps),
                explanations.tables(),
                explanations.slots(),
                steps,
                tape.messages().get(tape.messages().size() - 1).answer() == null
                        ? ""
                        : Narration.steps(tape.closing()));
        byte[] elf;
        try {
            elf = ReplayImage.of(tape.image(), replay);
        } catch (IllegalArgumentException e) {
            throw new NotExportable(e.getMessage());
        }
        Exported exported = new Exported(
                wanted.id(),
                elf,
                replay,
                tape.domain(),
                tape.image().symbol("replay_step"),
                tape.image().symbol("replay_differs"));
        prove(exported);
        return exported;
    }

    private List<Ground> grounds(Tape tape) throws NotExportable {
        String key = System.identityHashCode(tape.image().elf()) + "/"
                + tape.domain().vcpus();
        boolean usual = tape.image() == ProbeImage.standard();
        List<Ground> known = usual ? grounds.get(key) : null;
        if (known != null) {
            return known;
        }
        List<Ground> found = new ArrayList<>();
        for (Setting setting : Setting.RECORDED) {
            found.add(Ground.of(privilege, setting, tape.domain(), tape.image()));
        }
        if (usual) {
            grounds.put(key, found);
        }
        return found;
    }

    private static List<Replay.Step> steps(List<Tape> tapes, Explanations explanations) throws NotExportable {
        Tape tape = tapes.get(0);
        int count = tape.messages().size();
        if (tapes.stream().anyMatch(other -> other.messages().size() != count)) {
            throw new NotExportable("its course depends on the machine: another one takes more messages or fewer");
        }
        int sharedInfo = tape.image().symbol("shared_info");
        List<Replay.Step> steps = new ArrayList<>();
        long size = 0;
        for (int i = 0; i < count; i++) {
            int number = i;
            Tape.Message message = tape.messages().get(i);
            List<byte[]> sent =
                    tapes.stream().map(t -> t.messages().get(number).sent()).toList();
            List<Fixup> requestFixups = Differences.ofRequest(explanations, sent);
            List<Fixup> answerFixups = List.of();
            byte[] answer = null;
            if (message.answer() != null) {
                List<AnswerWords> answers = new ArrayList<>();
                for (Tape other : tapes) {
                    answers.add(answer(other.messages().get(number), sharedInfo));
                }
                answer = answers.get(0).bytes();
                answerFixups = Differences.ofAnswer(
                        explanations,
                        answers.stream().map(AnswerWords::bytes).toList(),
                        answers.get(0).words());
            } else if (i < count - 1) {
                throw new NotExportable("it goes on after its domain has ended");
            }
            String name = "step " + (i + 1) + " of " + count;
            List<String> after = i == count - 1 && message.answer() == null ? tape.closing() : List.of();
            steps.add(new Replay.Step(
                    Narration.before(message, name, after),
                    name,
                    Narration.meaning(message),
                    message.sent(),
                    answer,
                    requestFixups,
                    answerFixups));
            size += message.sent().length + (answer == null ? 0 : answer.length);
            if (size > ReplayImage.LIMIT) {
                throw new NotExportable(
                        "it is too long: its messages alone take more than " + ReplayImage.LIMIT + " bytes");
            }
        }
        return steps;
    }

    private static AnswerWords answer(Tape.Message message, int sharedInfo) throws NotExportable {
        if (message.answer() == null) {
            throw new NotExportable("its course depends on the machine: on another one its domain ends");
        }
        return AnswerWords.of(message.sent(), message.answer(), sharedInfo)
                .orElseThrow(() -> new IllegalStateException("an answer that the client took makes no sense"));
    }

    private void prove(Exported exported) throws NotExportable {
        for (Setting setting : Setting.TRIED) {
            try {
                DomainSpec domain = exported.in(setting.domainMib());
                Trial trial = Trial.of(new WatchedReference(privilege, setting), domain);
                if (!trial.passed()) {
                    throw new NotExportable("alone it does not do the same as with its client: " + trial.verdict()
                            + " (the domain: " + trial.exit() + ")");
                }
            } catch (DomainBuildException e) {
                throw new NotExportable("its image is refused: " + e.getMessage());
            }
        }
    }
}

package org.ringone.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile.Privilege;
import org.ringone.faulty.Fault;
import org.ringone.faulty.Faults;
import org.ringone.guest.Fixup;
import org.ringone.guest.Replay;
import org.ringone.guest.ReplayImage;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/**
 * Images say of a hypervisor what the suite says of it: a sample of the scenarios here, all of them with {@code
 * -Dringone.export.every=1}.
 */
class ExportedScenariosTest {

    private static final int EVERY = Integer.getInteger("ringone.export.every", 60);
    private static final int AT_A_TIME = 300;
    private static final int MIB = 32;
    private static final int SHARE_PERCENT = 75;
    private static final List<String> BROKEN = List.of("PT-02", "SEG-06", "PRIV-01", "EVT-03", "TRAP-05");

    private record Found(List<Exported> images, Map<String, String> refused) {
        static Found of(List<Case> cases) {
            Found found = new Found(new ArrayList<>(), new TreeMap<>(Case.BY_ID));
            for (int at = 0; at < cases.size(); at += AT_A_TIME) {
                List<Case> some = cases.subList(at, Math.min(cases.size(), at + AT_A_TIME));
                Exporter exporter = Exporter.of(Privilege.ORDINARY, some);
                for (Case one : some) {
                    try {
                        found.images.add(exporter.export(one));
                    } catch (NotExportable e) {
                        found.refused.put(one.id(), e.getMessage());
                    }
                }
            }
            return found;
        }
    }

    @Test
    void imagesPassOnTheReferenceWhereTheSuiteFindsThatItConforms() throws DomainBuildException {
        List<Case> all = CaseIndex.load().cases();
        List<Case> sample = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i % EVERY == 0 || all.get(i).rules().contains("PT-02")) {
                sample.add(all.get(i));
            }
        }
        Found found = Found.of(sample);
        for (Exported image : found.images) {
            Trial trial = Trial.of(new ReferenceHypervisor(), image.in(MIB));
            assertThat(trial.passed())
                    .as("%s: %s", image.caseId(), trial.verdict())
                    .isTrue();
        }
        found.refused.forEach((id, why) -> System.out.println(id + " is not exported: " + why));
        System.out.println(found.images.size() + " of " + sample.size() + " scenarios are exported");
        assertThat(found.images.size() * 100).isGreaterThanOrEqualTo(sample.size() * SHARE_PERCENT);
    }

    @Test
    void imagesFailWhereTheSuiteFindsAViolation() {
        List<Fault> faults = EVERY == 1
                ? Faults.all()
                : BROKEN.stream().map(rule -> Faults.of(rule).get(0)).toList();
        Set<String> rules = faults.stream().map(Fault::rule).collect(Collectors.toSet());
        Found found = Found.of(CaseIndex.load().cases().stream()
                .filter(c -> c.rules().stream().anyMatch(rules::contains))
                .toList());
        List<String> missed = new ArrayList<>();
        int tried = 0;
        for (Fault fault : faults) {
            List<String> violated = violated(fault.hypervisor(), fault.rule());
            for (Exported image : found.images) {
                if (violated.contains(image.caseId())) {
                    tried++;
                    if (passes(image, fault.hypervisor())) {
                        missed.add(image.caseId() + " on " + fault);
                    }
                }
            }
        }
        System.out.println(tried + " images tried on " + faults.size() + " faulty hypervisors");
        assertThat(missed).as("violations that images do not see").isEmpty();
        assertThat(tried).isGreaterThanOrEqualTo(faults.size());
    }

    /** Processors differ in RF in the frames of faults: what runs on one that leaves it clear passes, too. */
    @Test
    void savedFlagsAreComparedButForRf() throws NotExportable, DomainBuildException {
        Case judged = CaseIndex.load().of("TRAP-05.a").orElseThrow();
        Tape tape = Recorder.record(Privilege.ORDINARY, Setting.USUAL, List.of(judged))
                .tape(judged.id());
        Exported image = Exporter.of(Privilege.ORDINARY, List.of(judged)).export(judged);
        assertThat(withSavedFlags(tape, image, 0x10000).passed()).as("RF").isTrue();
        assertThat(withSavedFlags(tape, image, 0x1).passed()).as("CF").isFalse();
    }

    /** What an image comes to that expects other saved flags in its last step. */
    private static Trial withSavedFlags(Tape tape, Exported image, int change) throws DomainBuildException {
        List<Replay.Step> steps = new ArrayList<>(image.replay().steps());
        Replay.Step last = steps.remove(steps.size() - 1);
        List<Fixup> fixups = last.answerFixups().stream()
                .map(f -> f.kind() == Fixup.Kind.FLAGS
                        ? new Fixup(f.offset(), f.kind(), f.landmark(), f.index(), f.addend() ^ change)
                        : f)
                .toList();
        assertThat(fixups).isNotEqualTo(last.answerFixups());
        steps.add(new Replay.Step(
                last.text(), last.name(), last.meaning(), last.request(), last.answer(), last.requestFixups(), fixups));
        return performed(tape, image, steps);
    }

    /** What an image comes to on the reference with other steps in it. */
    private static Trial performed(Tape tape, Exported image, List<Replay.Step> steps) throws DomainBuildException {
        Replay replay = image.replay();
        byte[] elf = ReplayImage.of(
                tape.image(),
                new Replay(
                        replay.stage(),
                        replay.introduction(),
                        replay.tables(),
                        replay.slots(),
                        steps,
                        replay.closing()));
        return Trial.of(
                new ReferenceHypervisor(), new Exported(image.caseId(), elf, replay, image.domain(), 0, 0).in(MIB));
    }

    private static boolean passes(Exported image, Hypervisor hypervisor) {
        try {
            return Trial.of(hypervisor, image.in(MIB)).passed();
        } catch (DomainBuildException e) {
            return false;
        }
    }

    private static List<String> violated(Hypervisor hypervisor, String rule) {
        return SuiteRun.of(hypervisor).tags("@" + rule).run().scenarios().stream()
                .filter(result -> result.verdict() == Verdict.VIOLATES)
                .map(ScenarioResult::caseId)
                .toList();
    }

    @Test
    void aWrongAnswerIsToldWithItsStepAndItsBytes() throws NotExportable, DomainBuildException {
        Case judged = CaseIndex.load().of("PT-02.c").orElseThrow();
        Tape tape = Recorder.record(Privilege.ORDINARY, Setting.USUAL, List.of(judged))
                .tape(judged.id());
        Exported image = Exporter.of(Privilege.ORDINARY, List.of(judged)).export(judged);
        List<Replay.Step> steps = new ArrayList<>(image.replay().steps());
        Replay.Step pin = steps.get(3);
        byte[] wrong = pin.answer().clone();
        wrong[1] = 7;
        steps.set(
                3,
                new Replay.Step(
                        pin.text(),
                        pin.name(),
                        pin.meaning(),
                        pin.request(),
                        wrong,
                        pin.requestFixups(),
                        pin.answerFixups()));
        Trial trial = performed(tape, image, steps);
        assertThat(trial.passed()).isFalse();
        assertThat(trial.verdict())
                .isEqualTo("ringone: FAIL in step 4 of " + steps.size()
                        + ", byte 00000001 of the answer: expected 07 00 00 00, seen 00 00 00 00");
    }
}

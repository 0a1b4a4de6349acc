package org.ringone.suite.world;

import io.qameta.allure.Allure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.ringone.api.DomainBuildException;
import org.ringone.guest.BootReport;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Trap;
import org.ringone.suite.language.CallText;
import org.ringone.suite.run.Arrangement;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.MachineTrace;
import org.ringone.suite.run.ScenarioRun;
import org.ringone.suite.run.Symbols;
import org.ringone.suite.verdict.NotJudged;
import org.ringone.suite.verdict.Verdict;
import org.ringone.suite.verdict.Violation;

/** What the steps of one scenario share. Every step that touches the guest does so through {@link #act}. */
public final class World {

    private static final String STAGE = "@stage-";

    private final ScenarioRun run = ScenarioRun.current();
    private Arrangement arrangement = Arrangement.USUAL;
    private BootedMachines.Lease lease;
    private List<Guest> guests = List.of();
    private Guest guest;
    private Baseline baseline;
    private Answer answer;
    private Map<String, Integer> labels = Map.of();

    public ScenarioRun run() {
        return run;
    }

    /** Does something with the guest, which is booted if it is not yet. Whatever goes wrong becomes the verdict. */
    public void act(Action action) {
        if (guest == null) {
            attaching(() -> run.judged(this::take));
        }
        guarded(() -> action.perform(guest));
    }

    /** Does something that may never come back. Whatever goes wrong becomes the verdict. */
    public void guarded(ScenarioRun.Body body) {
        attaching(() -> run.guarded(body));
    }

    private void attaching(Runnable judged) {
        try {
            judged.run();
        } catch (RuntimeException | Error e) {
            attachTranscript();
            throw e;
        }
    }

    /** Says what domains the scenario's machine is to have. Possible until the guest does something. */
    public void arrange(UnaryOperator<Arrangement> change) {
        if (lease != null) {
            throw new IllegalStateException(
                    "the machine runs already: say at the scenario's start what domains it has");
        }
        arrangement = change.apply(arrangement);
    }

    /** Makes one of the machine's domains the one that the steps speak of. */
    public void turnTo(int domain) {
        act(any -> {
            if (domain >= guests.size()) {
                throw new IllegalStateException("the machine has " + arrangement + " only");
            }
            guest = guests.get(domain);
        });
    }

    /** The guest kernel of one of the machine's domains, in the order of their creation. */
    public Guest domain(int number) {
        return guests.get(number);
    }

    private void take() throws Exception {
        try {
            lease = run.session().machines().take(arrangement, run.transcript());
        } catch (DomainBuildException e) {
            if (arrangement.equals(Arrangement.USUAL)) {
                throw run.blocked("the domain builder refuses the probe: " + e.getMessage());
            }
            throw new NotJudged(
                    Verdict.NOT_APPLICABLE, "the machine cannot have " + arrangement + ": " + e.getMessage());
        }
        int needed = neededStage();
        for (Probe probe : lease.probes()) {
            if (probe.boot().stage() < needed) {
                throw run.blocked("the probe came up to " + probe.boot() + "; this case needs stage " + needed);
            }
        }
        guarded(() -> guests = Guest.of(lease.probes(), run.session().profile()));
        guest = guests.get(0);
    }

    /** Builds a domain from another kernel and starts it, as something that is judged. */
    public void boot(ProbeImage image) {
        guarded(() -> {
            try {
                adopt(run.session().machines().boot(image, run.transcript()));
            } catch (DomainBuildException e) {
                throw Violation.of("the domain is built", "the domain builder refuses: " + e.getMessage());
            }
        });
    }

    /** The same for a kernel that may be expected to fail: gives why its probe did not come up, if it did not. */
    public Optional<ProbeException> tryBoot(ProbeImage image) {
        AtomicReference<ProbeException> failure = new AtomicReference<>();
        guarded(() -> {
            try {
                adopt(run.session().machines().boot(image, run.transcript()));
            } catch (ProbeException e) {
                failure.set(e);
            }
        });
        return Optional.ofNullable(failure.get());
    }

    /** Takes over a machine with a probe that has come up; from here on it is the scenario's guest. */
    public void adopt(BootedMachines.Lease taken) throws ProbeException {
        lease = taken;
        guests = Guest.of(taken.probes(), run.session().profile());
        guest = guests.get(0);
    }

    private int neededStage() {
        return run.judged().tags().stream()
                .filter(tag -> tag.startsWith(STAGE))
                .mapToInt(tag -> Integer.parseInt(tag.substring(STAGE.length())))
                .max()
                .orElse(BootReport.LAST_STAGE);
    }

    /** The machine's ability, or the end of the scenario as not applicable. */
    public <A> A ability(Class<A> ability) {
        return lease.machine()
                .ability(ability)
                .orElseThrow(() ->
                        new NotJudged(Verdict.NOT_APPLICABLE, "the machine has no ability " + ability.getSimpleName()));
    }

    public BootedMachines.Lease lease() {
        return lease;
    }

    /** Notes how things are, before something that may have to be undone. */
    public void note(Guest with) throws ProbeException {
        baseline = Baseline.of(with);
    }

    /** Checks that nothing is otherwise than when it was noted. */
    public void requireNothingChanged(Set<String> butTheBytesOf) throws ProbeException {
        if (baseline == null) {
            throw new IllegalStateException("nothing was noted before");
        }
        baseline.require(butTheBytesOf);
    }

    /** Makes a hypercall and keeps what came of it. */
    public void call(Guest with, String text) throws ProbeException {
        call(with, CallText.parse(text, with));
    }

    /** Makes a hypercall that was read before and keeps what came of it. */
    public void call(Guest with, CallText call) throws ProbeException {
        answer = new CallEncoder(with).perform(call);
    }

    /** Makes several hypercalls as one and keeps what came of it. */
    public void multicall(Guest with, Page list, List<CallText> calls) throws ProbeException {
        answer = new CallEncoder(with).perform(list, calls);
    }

    /** Runs code and keeps what came of it. */
    public void runCode(Guest with, CodeRun code) throws ProbeException {
        answer = new Answer.Ran(with.probe().run(code));
    }

    public void answered(Answer what) {
        answer = what;
    }

    /** What came of the last request. */
    public Answer answer() {
        if (answer == null) {
            throw new IllegalStateException("the guest has not done anything yet");
        }
        return answer;
    }

    /** Whether the last hypercall returned that. */
    public boolean returned(int result) {
        return answer() instanceof Answer.Returned returned && returned.result() == result;
    }

    /** What came of the last code. */
    public Outcome outcome() {
        if (answer() instanceof Answer.Ran ran) {
            return ran.outcome();
        }
        throw Violation.of("the code ended", answer().toString());
    }

    /** The trap that ended the last code. */
    public Trap trap() {
        if (outcome() instanceof Outcome.Trapped trapped) {
            return trapped.trap();
        }
        throw Violation.of("an exception", answer().toString());
    }

    /** The registers with which the last code ended. */
    public RegistersSeen registers() {
        return RegistersSeen.of(outcome());
    }

    public void labels(Map<String, Integer> ofTheCode) {
        labels = ofTheCode;
    }

    /** Where a label of the last code lies. */
    public int label(String name) {
        Integer address = labels.get(name);
        if (address == null) {
            throw new IllegalArgumentException("the code has no label '" + name + "': it has " + labels.keySet());
        }
        return address;
    }

    /** Ends the scenario's machine. */
    public void close() {
        if (lease != null) {
            BootedMachines.Lease ended = lease;
            lease = null;
            guarded(ended::close);
        }
    }

    /** The names that the scenario's guests have for their code. */
    private Symbols symbols() {
        Symbols symbols = new Symbols();
        lease.probes().forEach(probe -> symbols.add(probe.symbols()));
        return symbols.add(labels);
    }

    private void attachTranscript() {
        if (Allure.getLifecycle().getCurrentTestCase().isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(run.transcript().toString());
        for (Probe probe : lease == null ? List.<Probe>of() : lease.probes()) {
            List<String> console = probe.consoleLines();
            if (!console.isEmpty()) {
                text.append("\n\nconsole\n").append(String.join("\n", console));
            }
        }
        Allure.addAttachment("transcript", "text/plain", text.toString(), ".txt");
        if (lease != null) {
            MachineTrace.of(lease.machine())
                    .map(symbols()::named)
                    .ifPresent(trace -> Allure.addAttachment("the machine's own trace", "text/plain", trace, ".txt"));
        }
    }
}

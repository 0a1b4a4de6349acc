package org.ringone.cli.boot;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.Exit;
import org.ringone.api.Snapshots;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.VcpuView;

/**
 * A guest that runs in steps, remembered from a recent snapshot on. Runs are deterministic, so the way to a crash can be gone
 * again, slowly, to see the last instructions; nothing is recorded while the guest runs well.
 */
final class RecordedRun {

    /** Steps between snapshots. */
    private static final int STEPS_KEPT = 64;

    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final int SMALL_STEP = 2_000;

    /** What was done: input offered, or a run. */
    private record Step(byte[] typed, Budget budget) {}

    private final ReferenceMachine machine;
    private final Domain domain;
    private final int position;
    private final List<Step> steps = new ArrayList<>();
    private Snapshots.Snapshot start;

    RecordedRun(ReferenceMachine machine, Domain domain) {
        this.machine = machine;
        this.domain = domain;
        this.position = machine.domains().indexOf(domain);
        this.start = machine.snapshot();
    }

    /** Offers input to the guest and tells how much of it was taken. */
    int type(byte[] bytes) {
        steps.add(new Step(bytes.clone(), null));
        return domain.console().write(bytes, 0, bytes.length);
    }

    /** Runs for so many instructions, or until the guest has written something. */
    byte[] run(long instructions) {
        if (steps.size() >= STEPS_KEPT) {
            steps.clear();
            start = machine.snapshot();
        }
        Budget budget = new Budget(instructions, FOR_EVER);
        steps.add(new Step(null, budget));
        return domain.console().read(budget);
    }

    Exit exit() {
        return domain.exit();
    }

    /** The last instructions before the end, oldest first, each with its address. */
    List<String> lastInstructions(int count, AddressNames names) {
        long smallSteps = smallStepsToTheEnd();
        try (ReferenceMachine again = (ReferenceMachine) start.resume()) {
            Domain guest = again.domains().get(position);
            repeat(guest, steps.size() - 1);
            Budget small = new Budget(SMALL_STEP, FOR_EVER);
            for (long i = 0; i < smallSteps; i++) {
                guest.console().read(small);
            }
            return stepToTheEnd(again, guest, count, names);
        }
    }

    private static List<String> stepToTheEnd(ReferenceMachine again, Domain guest, int count, AddressNames names) {
        Deque<String> last = new ArrayDeque<>();
        Budget one = new Budget(1, FOR_EVER);
        for (int i = 0; i < 4 * SMALL_STEP && guest.exit() instanceof Exit.Running; i++) {
            if (again.running() != null) {
                last.addLast(line(again.running(), names));
            }
            if (last.size() > count) {
                last.removeFirst();
            }
            guest.console().read(one);
        }
        return new ArrayList<>(last);
    }

    /**
     * The last instructions up to a moment of the last step, oldest first, each with its address.
     *
     * @param retired how many instructions the machine had retired then
     */
    List<String> instructionsUpTo(long retired, int count, AddressNames names) {
        try (ReferenceMachine again = (ReferenceMachine) start.resume()) {
            Domain guest = again.domains().get(position);
            repeat(guest, steps.size() - 1);
            TreeMap<Long, String> last = new TreeMap<>(); // an instruction that was put off is looked at twice
            again.step(vcpu -> {
                long done = again.instructionsRetired();
                if (done < retired && done >= retired - count) {
                    last.put(done, line(vcpu, names));
                }
            });
            repeat(guest, steps.subList(steps.size() - 1, steps.size()));
            return new ArrayList<>(last.values());
        }
    }

    private static String line(VcpuView vcpu, AddressNames names) {
        return String.format("%-36s  %-40s %s", names.text(vcpu.eip()), vcpu.instruction(), vcpu.name());
    }

    /** How many small steps of the last one can be gone before the guest ends. */
    private long smallStepsToTheEnd() {
        try (ReferenceMachine again = (ReferenceMachine) start.resume()) {
            Domain guest = again.domains().get(position);
            repeat(guest, steps.size() - 1);
            Budget small = new Budget(SMALL_STEP, FOR_EVER);
            long most = 2 + 2 * steps.get(steps.size() - 1).budget.instructions() / SMALL_STEP;
            for (long done = 0; done < most; done++) {
                guest.console().read(small);
                if (!(guest.exit() instanceof Exit.Running)) {
                    return done;
                }
            }
            return 0;
        }
    }

    private void repeat(Domain guest, int count) {
        repeat(guest, steps.subList(0, count));
    }

    private static void repeat(Domain guest, List<Step> again) {
        for (Step step : again) {
            if (step.budget == null) {
                guest.console().write(step.typed, 0, step.typed.length);
            } else {
                guest.console().read(step.budget);
            }
        }
    }
}

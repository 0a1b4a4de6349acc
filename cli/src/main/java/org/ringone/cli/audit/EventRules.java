package org.ringone.cli.audit;

import java.util.List;
import org.ringone.reference.VcpuView;

/** How a guest takes its events: EVT-05, EVT-06. And how late they come. */
final class EventRules implements RuleObserver {

    /** Within so many instructions a guest that looks has entered the hypervisor, or taken the event by itself. */
    private static final int LOOKING = 100;

    private static final int VCPUS = 32;

    private final RuleFinding looks = RuleFinding.of(
            "EVT-05", "each unmasking with an event pending followed at once by an entry, or by taking the event");
    private final RuleFinding saves =
            RuleFinding.notObservable("EVT-06", "what save_fl gives stays in the guest's registers");

    /** An unmasking with an event pending that nothing has come of yet; by vcpu. */
    private final Open[] open = new Open[VCPUS];

    private long late;
    private long longest;
    private long total;

    private static final class Open {
        private final int eip;
        private final long time;
        private final long retired;
        private final long machineRetired;

        Open(VcpuView v, int eip) {
            this.eip = eip;
            this.time = v.time();
            this.retired = v.retired();
            this.machineRetired = v.machineRetired();
        }
    }

    @Override
    public List<RuleFinding> findings() {
        return List.of(looks, saves);
    }

    /** How many events came late: pending and unmasked for longer than looking takes. */
    long late() {
        return late;
    }

    /** The longest that one waited so, in nanoseconds. */
    long longest() {
        return longest;
    }

    /** All that they waited, in nanoseconds. */
    long total() {
        return total;
    }

    @Override
    public void unmasked(VcpuView v, int eip) {
        if (v.pending()) {
            open[v.id()] = new Open(v, eip);
        }
    }

    @Override
    public void remasked(VcpuView v, int eip) {
        close(v);
    }

    @Override
    public void vcpuInfoWritten(VcpuView v, int start) {
        if (!v.pending()) {
            close(v);
        }
    }

    @Override
    public void entered(VcpuView v) {
        close(v);
    }

    @Override
    public void upcall(VcpuView v) {
        close(v);
    }

    @Override
    public void privileged(VcpuView v, String instruction) {
        if (instruction.equals("hlt")) {
            looks.broken(v, v.eip(), "halts by HLT where it ought to block");
        }
    }

    private void close(VcpuView v) {
        Open one = open[v.id()];
        open[v.id()] = null;
        if (one == null) {
            return;
        }
        if (v.retired() - one.retired <= LOOKING) {
            looks.kept();
            return;
        }
        late++;
        longest = Math.max(longest, v.time() - one.time);
        total += v.time() - one.time;
        looks.broken("unmasks with an event pending and does not look", v, one.eip, one.time, one.machineRetired);
    }
}

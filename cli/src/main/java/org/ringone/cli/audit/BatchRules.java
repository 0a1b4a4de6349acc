package org.ringone.cli.audit;

import java.util.List;
import org.ringone.reference.VcpuView;
import org.ringone.xen.Hypercall;

/** How a guest batches its hypercalls: MC-07. */
final class BatchRules implements RuleObserver {

    private final RuleFinding batches =
            RuleFinding.of("MC-07", "batches; none made after one of which an entry failed, for that is fatal");
    private boolean failed;
    private boolean interrupted;

    /** The first failure, kept until it is clear whether the guest goes on. */
    private VcpuView vcpu;

    private int eip;
    private long time;
    private long retired;
    private String entry = "";

    @Override
    public List<RuleFinding> findings() {
        return List.of(batches);
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        if (number != Hypercall.MULTICALL.number() || v.inMulticall()) {
            return;
        }
        if (failed) {
            failed = false;
            batches.broken("goes on after a batch in which an entry failed: " + entry, vcpu, eip, time, retired);
        }
        interrupted = false;
    }

    @Override
    public void hypercallContinues(VcpuView v, int number) {
        interrupted = true;
    }

    @Override
    public void hypercallDone(VcpuView v, int number, int result) {
        if (number == Hypercall.MULTICALL.number() && !failed && !interrupted) {
            batches.kept();
        }
        boolean ofBatch = v.inMulticall() && number != Hypercall.MULTICALL.number();
        if (ofBatch && !failed && HypercallNames.failed(number, result)) {
            failed = true;
            entry = HypercallNames.of(number) + " gave " + HypercallNames.error(result);
            vcpu = v;
            eip = v.eip() - 2;
            time = v.time();
            retired = v.machineRetired();
        }
    }
}

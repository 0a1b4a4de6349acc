package org.ringone.cli.audit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ringone.api.Exit;
import org.ringone.reference.VcpuView;
import org.ringone.xen.Hypercall;

/** How a guest takes failing returns and selectors: UPC-06. */
final class CallbackRules implements RuleObserver {

    /** A guest that lives on so long after its failsafe callback has survived it. */
    private static final int SURVIVED = 20_000;

    /** What no kernel does on its way down. */
    private static final Set<Hypercall> ORDINARY = EnumSet.of(
            Hypercall.IRET,
            Hypercall.STACK_SWITCH,
            Hypercall.MMU_UPDATE,
            Hypercall.MMUEXT_OP,
            Hypercall.UPDATE_VA_MAPPING,
            Hypercall.MULTICALL);

    private final RuleFinding survives = RuleFinding.of(
            "UPC-06", "the failsafe callback entered and survived; user code only with both callbacks there");
    private VcpuView last;
    private int entered;
    private long time;
    private long retired;
    private boolean without;

    @Override
    public List<RuleFinding> findings() {
        return List.of(survives);
    }

    @Override
    public void entering(VcpuView v, int cs, int eip, boolean failsafe) {
        settle(v);
        if (failsafe) {
            survived(); // it came so far as to get into another one
            last = v;
            entered = eip;
            time = v.time();
            retired = v.machineRetired();
        }
    }

    @Override
    public void entered(VcpuView v) {
        settle(v);
        if (v.ring() == 3 && !without && !(v.hasEventCallback() && v.hasFailsafeCallback())) {
            without = true;
            survives.broken(v, v.eip(), "runs user code and has not both callbacks");
        }
    }

    @Override
    public void left(VcpuView v) {
        if (v.ring() == 3) {
            survived();
            entered(v);
        }
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        Hypercall call = Hypercall.of(number);
        if (call != null && ORDINARY.contains(call)) {
            survived();
        }
    }

    private void survived() {
        if (last != null) {
            survives.kept();
            last = null;
        }
    }

    private void settle(VcpuView v) {
        if (last != null && v.machineRetired() - retired > SURVIVED) {
            survived();
        }
    }

    @Override
    public void ended(int domain, Exit how) {
        boolean died = how instanceof Exit.Killed
                || how instanceof Exit.ShutDown shutDown && shutDown.reason() == Exit.Reason.CRASH;
        if (last != null && died && last.machineRetired() - retired <= SURVIVED) {
            survives.broken("dies of its failsafe callback", last, entered, time, retired);
            last = null;
        }
    }

    @Override
    public void finished() {
        survived();
    }
}

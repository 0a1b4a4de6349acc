package org.ringone.reference;

import org.ringone.api.DomainSpec;
import org.ringone.reference.build.BuiltDomain;
import org.ringone.xen.Selectors;
import org.ringone.xen.SharedInfo;

/** The state in which a domain's first instruction is executed. */
public class StartState {

    /** Puts the first vcpu of a new domain there (BOOT-05 to BOOT-08, PRIV-01). */
    final void enter(Vcpu v, DomainSpec spec, BuiltDomain built) {
        v.cpu.timeStamp(v.machine().now());
        v.loadBase(built.base());
        segments(v);
        v.state.eip = entry(spec, built);
        v.state.r[Vcpu.ESP] = built.stack();
        v.state.r[Vcpu.ESI] = startInfo(v, built);
        v.state.eflags(Vcpu.FLAG_IF);
        v.cpu.modeChanged();
        v.kernelSs = Selectors.FLAT_RING1_SS;
        v.kernelSp = built.stack();
        v.initialised = true;
        v.down = false;
        v.runstate.change(Runstate.RUNNABLE, v.machine().now());
    }

    /** BOOT-05: EIP. */
    protected int entry(DomainSpec spec, BuiltDomain built) {
        return built.entry();
    }

    /** BOOT-07, PRIV-01: flat segments of ring 1. */
    protected void segments(Vcpu v) {
        v.setSelector(Vcpu.CS, Selectors.FLAT_RING1_CS);
        v.setSelector(Vcpu.SS, Selectors.FLAT_RING1_SS);
        v.setSelector(Vcpu.DS, Selectors.FLAT_RING1_DS);
        v.setSelector(Vcpu.ES, Selectors.FLAT_RING1_DS);
        v.setSelector(Vcpu.FS, Selectors.FLAT_RING1_DS);
        v.setSelector(Vcpu.GS, Selectors.FLAT_RING1_DS);
    }

    /** BOOT-14: every vcpu's events masked, in a shared_info page that is zero so far. */
    protected void events(SharedInfoView shared) {
        for (int vcpu = 0; vcpu < SharedInfo.MAX_VCPUS; vcpu++) {
            shared.setUpcallMask(vcpu, 1);
        }
    }

    /** BOOT-08: ESI. */
    protected int startInfo(Vcpu v, BuiltDomain built) {
        return built.startInfo();
    }
}

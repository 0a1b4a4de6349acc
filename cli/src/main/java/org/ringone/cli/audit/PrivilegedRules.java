package org.ringone.cli.audit;

import java.util.List;
import org.ringone.emulator.Vector;
import org.ringone.reference.VcpuView;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;

/** What a guest does in place of privileged instructions: PRIV-12, PRIV-15, PRIV-16. */
final class PrivilegedRules implements RuleObserver {

    /** Entering the hypervisor so soon after unmasking is part of it. */
    private static final int AT_ONCE = 100;

    /** A guest may ask for the version behind an unmasking by chance. */
    private static final int CHANCE = 2;

    private final RuleFinding prefix = RuleFinding.of("PRIV-12", "CPUID in the kernel with the prefix, none without");
    private final RuleFinding fast = RuleFinding.of(
            "PRIV-15", "masking and unmasking by stores; no CLI, STI, read of CR2 or CR3, no entry for nothing");
    private final RuleFinding hypercalls =
            RuleFinding.of("PRIV-16", "CR3 and TLB operations by mmuext_op; no load of CR3, no INVLPG");

    private long unmaskedAt = -1;
    private int unmaskedEip;
    private int forNothing;

    @Override
    public List<RuleFinding> findings() {
        return List.of(prefix, fast, hypercalls);
    }

    @Override
    public void identifying(VcpuView v) {
        if (v.inGuestKernel()) {
            prefix.broken(v, v.eip() - 2, "executes CPUID without the prefix in its kernel");
        }
    }

    @Override
    public void trapHandled(VcpuView v, int vector, boolean passedOn) {
        if (vector == Vector.UD && !passedOn && v.inGuestKernel()) {
            prefix.kept();
        }
    }

    @Override
    public void privileged(VcpuView v, String instruction) {
        if (instruction.equals("cli")
                || instruction.equals("sti")
                || instruction.startsWith("mov e") && (instruction.endsWith("cr2") || instruction.endsWith("cr3"))) {
            fast.broken(v, v.eip(), "traps for what ought to be fast: it executes " + instruction);
        } else if (instruction.startsWith("mov cr3") || instruction.startsWith("invlpg")) {
            hypercalls.broken(v, v.eip(), "executes " + instruction + " where it ought to make a hypercall");
        }
    }

    @Override
    public void unmasked(VcpuView v, int eip) {
        fast.kept();
        unmaskedAt = v.pending() ? -1 : v.retired();
        unmaskedEip = eip;
    }

    @Override
    public void remasked(VcpuView v, int eip) {
        fast.kept();
        unmaskedAt = -1;
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        boolean forces = number == Hypercall.XEN_VERSION.number() && arguments[0] == 0 && !v.inMulticall();
        if (forces && unmaskedAt >= 0 && v.retired() - unmaskedAt < AT_ONCE && !v.pending() && ++forNothing > CHANCE) {
            fast.broken(v, unmaskedEip, "enters the hypervisor after unmasking with nothing pending");
        }
        unmaskedAt = -1;
    }

    @Override
    public void extended(VcpuView v, int command, int first, int second, int result) {
        if (command >= MmuExt.NEW_BASEPTR && command <= MmuExt.INVLPG_ALL) {
            hypercalls.kept();
        }
    }
}

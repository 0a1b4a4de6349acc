package org.ringone.cli.audit;

import java.util.List;
import org.ringone.reference.EntryWrite;
import org.ringone.reference.VcpuView;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.TableRoute;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;

/** How a guest starts: BOOT-16, BOOT-17, BOOT-20. */
final class BootRules implements RuleObserver {

    private static final int PRESENT = 1;
    private static final int FIRST_SLOT_OF_XEN = AddressSpace.MACH2PHYS_START >>> 21 & 511;

    private final RuleFinding keepsOut =
            RuleFinding.of("BOOT-16", "page-table entries asked for below virt_start, none at or above");
    private final RuleFinding tablesFirst = RuleFinding.of(
            "BOOT-17", "callbacks registered before any native CLI, STI or access to CR3, no base of its own refused");
    private final RuleFinding maskFirst =
            RuleFinding.of("BOOT-20", "the first unmasking: both callbacks there, every channel not in use masked");
    private boolean started;
    private boolean unmaskedOnce;

    @Override
    public List<RuleFinding> findings() {
        return List.of(keepsOut, tablesFirst, maskFirst);
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        Hypercall call = Hypercall.of(number);
        if (call == Hypercall.UPDATE_VA_MAPPING
                && Integer.compareUnsigned(arguments[0], AddressSpace.MACH2PHYS_START) >= 0) {
            keepsOut.brokenByHypercall(
                    v, String.format("asks for a mapping at %08x, in the hypervisor's part", arguments[0]));
        } else if (!started && (call == Hypercall.SET_CALLBACKS || call == Hypercall.CALLBACK_OP)) {
            started = true;
            tablesFirst.kept();
        }
    }

    @Override
    public void entryWrite(VcpuView v, EntryWrite write) {
        boolean inXensSlots = write.table() == PageType.XEN_L2 && (write.address() & 0xFFF) >>> 3 >= FIRST_SLOT_OF_XEN;
        if (inXensSlots && (write.value() & PRESENT) != 0) {
            broken(keepsOut, v, write, "asks for an entry in the hypervisor's slots of the last L2");
        } else if (write.accepted() && (write.route() != TableRoute.STORE)) {
            keepsOut.kept();
        }
    }

    @Override
    public void extended(VcpuView v, int command, int first, int second, int result) {
        if (!started && command == MmuExt.NEW_BASEPTR && result < 0) {
            tablesFirst.brokenByHypercall(v, "starts on a page table of its own, which is refused");
        }
    }

    @Override
    public void privileged(VcpuView v, String instruction) {
        if (!started && (instruction.equals("cli") || instruction.equals("sti") || instruction.contains("cr3"))) {
            tablesFirst.broken(v, v.eip(), "starts before its operations are installed: it executes " + instruction);
        }
    }

    @Override
    public void unmasked(VcpuView v, int eip) {
        if (unmaskedOnce || v.id() != 0) {
            return;
        }
        unmaskedOnce = true;
        int open = 0;
        for (int port = 0; port < EventChannelOp.MAX_EVENT_CHANNELS; port++) {
            open += v.portInUse(port) || v.portMasked(port) ? 0 : 1;
        }
        if (!v.hasEventCallback() || !v.hasFailsafeCallback()) {
            maskFirst.broken(v, eip, "unmasks its events before it has registered both callbacks");
        } else if (open > 0) {
            maskFirst.broken(v, eip, "unmasks its events with " + open + " event channels that nobody uses unmasked");
        } else {
            maskFirst.kept();
        }
    }

    private static void broken(RuleFinding rule, VcpuView v, EntryWrite write, String what) {
        if (write.route() == TableRoute.STORE) {
            rule.broken(v, v.eip(), what);
        } else {
            rule.brokenByHypercall(v, what);
        }
    }
}

package org.ringone.cli.audit;

import java.util.List;
import org.ringone.emulator.Vector;
import org.ringone.reference.VcpuView;
import org.ringone.reference.memory.PageType;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;
import org.ringone.xen.PageTableBits;

/** How a guest sets up its descriptor tables: SEG-14. */
final class SegmentRules implements RuleObserver {

    private static final int PAGE = 4096;
    private static final int WRITE = 2;
    private static final int PRESENT = 1 << 15;
    private static final int SEGMENT = 1 << 12;

    private final RuleFinding tables = RuleFinding.of(
            "SEG-14", "set_gdt, update_descriptor and MMUEXT_SET_LDT on read-only pages; no store, no LGDT, no LLDT");
    private boolean asksForGdt;

    @Override
    public List<RuleFinding> findings() {
        return List.of(tables);
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        asksForGdt = number == Hypercall.SET_GDT.number();
        if (number == Hypercall.UPDATE_DESCRIPTOR.number()) {
            int high = arguments[3];
            if ((high & PRESENT) != 0 && (high & SEGMENT) == 0 && ldtOrTss(high >>> 8 & 15)) {
                tables.brokenByHypercall(v, "puts the descriptor of an LDT or a TSS into a descriptor table");
            }
        }
    }

    private static boolean ldtOrTss(int type) {
        return type == 2 || (type & 5) == 1;
    }

    @Override
    public void hypercallDone(VcpuView v, int number, int result) {
        if (asksForGdt && number == Hypercall.SET_GDT.number() && result < 0) {
            tables.brokenByHypercall(v, "asks for a GDT that is refused: a page of it is mapped writable, or no good");
        } else if (number == Hypercall.SET_GDT.number() || number == Hypercall.UPDATE_DESCRIPTOR.number()) {
            tables.kept();
        }
    }

    @Override
    public void extended(VcpuView v, int command, int first, int second, int result) {
        if (command != MmuExt.SET_LDT || second == 0) {
            return;
        }
        for (int at = first; at - first < Math.min(second, 8192) * 8; at += PAGE) {
            if ((v.entryOf(at) & PageTableBits.RW) != 0) {
                tables.brokenByHypercall(v, "installs an LDT that is mapped writable");
                return;
            }
        }
        tables.kept();
    }

    @Override
    public void trap(VcpuView v, int vector, int errorCode, int start) {
        if (vector == Vector.PF && v.inGuestKernel() && (errorCode & WRITE) != 0) {
            PageType use = v.useOf(v.faultAddress());
            if (use != null && use.descriptors()) {
                tables.broken(v, start, "stores to a page in use as " + use);
            }
        }
    }

    @Override
    public void privileged(VcpuView v, String instruction) {
        if (instruction.startsWith("lldt") || instruction.startsWith("lgdt")) {
            tables.broken(v, v.eip(), "executes " + instruction);
        }
    }
}

package org.ringone.cli.audit;

import java.util.List;
import org.ringone.reference.EntryWrite;
import org.ringone.reference.VcpuView;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.TableRoute;
import org.ringone.xen.PageTableBits;

/** How a guest handles its page tables: PT-24. */
final class PageTableRules implements RuleObserver {

    private final RuleFinding staysReadOnly = RuleFinding.of(
            "PT-24", "tables linked and mapped read-only, none asked for writable or linked while writable");

    @Override
    public List<RuleFinding> findings() {
        return List.of(staysReadOnly);
    }

    @Override
    public void entryWrite(VcpuView v, EntryWrite write) {
        boolean present = (write.value() & PageTableBits.PRESENT) != 0;
        if (!present || write.target() == null || !write.table().table()) {
            return;
        }
        boolean maps = write.table() == PageType.L1;
        boolean writable = (write.value() & PageTableBits.RW) != 0;
        if (!write.accepted()
                && maps
                && writable
                && (write.target().table() || write.target().descriptors())) {
            broken(staysReadOnly, v, write, "asks for a writable mapping of a page in use as " + write.target());
        } else if (!write.accepted() && !maps && write.target() == PageType.WRITABLE) {
            broken(staysReadOnly, v, write, "links a page as a table that is still mapped writable");
        } else if (write.accepted() && (!maps || write.target().table())) {
            staysReadOnly.kept();
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

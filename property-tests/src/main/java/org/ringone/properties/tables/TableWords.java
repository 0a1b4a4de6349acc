package org.ringone.properties.tables;

import java.util.stream.Collectors;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Assist;
import org.ringone.properties.tables.TableOperation.Batch;
import org.ringone.properties.tables.TableOperation.Multicall;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.StoreEntry;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;
import org.ringone.xen.PageTableBits;

/** Operations on page tables in the words of the suite's steps. */
final class TableWords {

    private TableWords() {}

    /** Any operation, in a line. */
    static String of(TableOperation operation) {
        if (operation instanceof Multicall multicall) {
            return "multicall of "
                    + multicall.calls().stream().map(TableWords::call).collect(Collectors.joining("; "));
        }
        if (operation instanceof StoreEntry store) {
            return String.join("; ", store.by().assembly().split("\n")) + " at " + Mapping.name(store.table()) + " + "
                    + store.slot() * 8 + ", the value being " + bits(store.value());
        }
        if (operation instanceof Remap remap && remap.route() == Route.STORE) {
            return "mov [pte(" + Mapping.name(remap.page()) + ")], " + entry(remap);
        }
        if (operation instanceof NewBase load && load.byInstruction()) {
            return "mov cr3, ma(" + Mapping.name(load.page()) + ", 0)";
        }
        return call(operation);
    }

    /** A hypercall that is not several, as a scenario writes it. */
    static String call(TableOperation operation) {
        if (operation instanceof Batch batch) {
            return "mmu_update(["
                    + batch.updates().stream().map(TableWords::element).collect(Collectors.joining(", ")) + "])";
        }
        if (operation instanceof Remap remap && remap.route() != Route.MMU_UPDATE) {
            String flush = remap.route() == Route.UNFLUSHED ? "UVMF_NONE" : "UVMF_INVLPG";
            return "update_va_mapping(" + Mapping.name(remap.page()) + ", " + entry(remap) + ", " + flush + ")";
        }
        if (operation instanceof Pin pin) {
            return "mmuext_op([{PIN_L" + pin.level() + "_TABLE, mfn(" + Mapping.name(pin.page()) + "), 0}])";
        }
        if (operation instanceof Unpin unpin) {
            return "mmuext_op([{UNPIN_TABLE, mfn(" + Mapping.name(unpin.page()) + "), 0}])";
        }
        if (operation instanceof NewBase load) {
            return "mmuext_op([{NEW_BASEPTR, mfn(" + Mapping.name(load.page()) + "), 0}])";
        }
        if (operation instanceof Assist assist) {
            return "vm_assist(" + (assist.on() ? 0 : 1) + ", VMASST_WRITABLE_PAGETABLES)";
        }
        return "mmu_update([" + element(operation) + "])";
    }

    private static String element(TableOperation update) {
        if (update instanceof WriteEntry write) {
            return "{slot(" + Mapping.name(write.table()) + ", " + write.slot() + "), " + bits(write.entry()) + "}";
        }
        Remap remap = (Remap) update;
        return "{pte(" + Mapping.name(remap.page()) + "), " + entry(remap) + "}";
    }

    /** The entry that a page gets at its own address. */
    static String entry(Remap remap) {
        return remap.access() == Access.NONE
                ? "0"
                : bits(Mapping.of(remap.page(), remap.access() == Access.READ_WRITE));
    }

    /** An entry. */
    static String bits(Mapping mapping) {
        String flags = flags(mapping.flags());
        String entry = mapping.target() == Mapping.NO_FRAME
                ? flags
                : mapping.target() == Mapping.HYPERVISOR
                        ? "(hypervisor_frame << 12) + " + flags
                        : "entry(" + Mapping.name(mapping.target()) + ", " + flags + ")";
        return mapping.top() == 0 ? entry : String.format("%s + (0x%04x << 48)", entry, mapping.top());
    }

    private static String flags(int flags) {
        int usual = PageTableBits.PRESENT | PageTableBits.USER | PageTableBits.ACCESSED | PageTableBits.DIRTY;
        if ((flags & ~PageTableBits.RW) == usual) {
            return "PRESENT " + ((flags & PageTableBits.RW) != 0 ? "RW " : "") + "USER ACCESSED DIRTY";
        }
        return String.format("0x%03x", flags);
    }
}

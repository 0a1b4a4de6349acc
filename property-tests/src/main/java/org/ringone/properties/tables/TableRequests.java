package org.ringone.properties.tables;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ringone.guest.Page;
import org.ringone.properties.Request;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Assist;
import org.ringone.properties.tables.TableOperation.Batch;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.UpdateVaMapping;
import org.ringone.xen.VmAssist;

/** The hypercalls that ask for page-table operations, of one guest: it knows the guest's frames. */
final class TableRequests {

    private static final int STRUCTURE_FIRST = 1;
    private static final int STRUCTURE_FIRST_AND_THIRD = 5;
    private static final int DONE_OUT_SIZE = 4;

    private final List<Page> pages;
    private final long[] ownEntries;
    private final int hypervisorFrame;
    private final Map<Integer, Integer> targets = new HashMap<>();

    /**
     * @param pages the tables of the trial, in order
     * @param ownEntries the machine addresses of the entries that map them
     * @param hypervisorFrame a frame that is not the guest's
     */
    TableRequests(List<Page> pages, long[] ownEntries, int hypervisorFrame) {
        this.pages = pages;
        this.ownEntries = ownEntries;
        this.hypervisorFrame = hypervisorFrame;
        for (int page = 0; page < pages.size(); page++) {
            targets.put(pages.get(page).mfn(), page);
        }
        targets.put(hypervisorFrame, Mapping.HYPERVISOR);
        targets.put(0, Mapping.NO_FRAME);
    }

    /** The target that a frame is; the frame's number behind all of them when it is none. */
    int target(int mfn) {
        return targets.getOrDefault(mfn, pages.size() + mfn);
    }

    /** An entry as it stands in memory. */
    long bits(Mapping entry) {
        long mfn = entry.target() == Mapping.NO_FRAME
                ? 0
                : entry.target() == Mapping.HYPERVISOR
                        ? hypervisorFrame
                        : pages.get(entry.target()).mfn();
        return entry.bits(mfn & 0xFFFF_FFFFL);
    }

    /** The entry that a page gets at its own address. */
    long bits(Remap remap) {
        return remap.access() == Access.NONE ? 0 : bits(Mapping.of(remap.page(), remap.access() == Access.READ_WRITE));
    }

    /** The hypercall that asks for an operation; not for one that is an instruction. */
    Request of(TableOperation operation) {
        if (operation instanceof Remap remap && remap.route() != Route.MMU_UPDATE) {
            long entry = bits(remap);
            return Request.plain(
                    Hypercall.UPDATE_VA_MAPPING,
                    pages.get(remap.page()).address(),
                    (int) entry,
                    (int) (entry >>> 32),
                    remap.route() == Route.UNFLUSHED ? UpdateVaMapping.UVMF_NONE : UpdateVaMapping.UVMF_INVLPG);
        }
        if (operation instanceof Pin pin) {
            return extended(
                    MmuExt.PIN_L1_TABLE + pin.level() - 1, pages.get(pin.page()).mfn());
        }
        if (operation instanceof Unpin unpin) {
            return extended(MmuExt.UNPIN_TABLE, pages.get(unpin.page()).mfn());
        }
        if (operation instanceof NewBase load) {
            return extended(MmuExt.NEW_BASEPTR, pages.get(load.page()).mfn());
        }
        if (operation instanceof Assist assist) {
            return Request.plain(
                    Hypercall.VM_ASSIST,
                    assist.on() ? VmAssist.ENABLE : VmAssist.DISABLE,
                    VmAssist.WRITABLE_PAGETABLES);
        }
        return updates(operation instanceof Batch batch ? batch.updates() : List.of(operation));
    }

    /** One {@code mmuext_op} command with a frame or an address. */
    Request extended(int command, int argument) {
        byte[] element = ByteBuffer.allocate(MmuExt.ELEMENT_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(command)
                .putInt(argument)
                .array();
        return new Request(Hypercall.MMUEXT_OP, element, STRUCTURE_FIRST, List.of(0, 1, 0, MmuUpdate.DOMID_SELF));
    }

    /** One {@code mmu_update}; the last word of its structure is done_out. */
    private Request updates(List<TableOperation> updates) {
        int doneOut = updates.size() * MmuUpdate.ELEMENT_SIZE;
        ByteBuffer elements = ByteBuffer.allocate(doneOut + DONE_OUT_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (TableOperation update : updates) {
            if (update instanceof WriteEntry write) {
                elements.putLong(pages.get(write.table()).machine(write.slot() * 8));
                elements.putLong(bits(write.entry()));
            } else {
                Remap remap = (Remap) update;
                elements.putLong(ownEntries[remap.page()]);
                elements.putLong(bits(remap));
            }
        }
        elements.putInt(-1);
        return new Request(
                Hypercall.MMU_UPDATE,
                elements.array(),
                STRUCTURE_FIRST_AND_THIRD,
                List.of(0, updates.size(), doneOut, MmuUpdate.DOMID_SELF));
    }
}

package org.ringone.properties.tables;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.guest.Command;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Reply;
import org.ringone.guest.Walk;
import org.ringone.properties.tables.TableModel.Expected;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Link;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Unlink;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.UpdateVaMapping;

/**
 * Lets a guest perform a sequence of page-table operations and compares each result, then what every page holds and
 * whether it can be mapped writable, with the model.
 */
public final class TableTrial {

    /** Pages of a trial. */
    public static final int PAGES = 6;

    /** Regions of 2 MiB that pages can be linked into. */
    public static final int REGIONS = 3;

    /** The slots that entries are written to: the first two and the last. */
    public static final List<Integer> SLOTS = List.of(0, 1, 511);

    private static final int FIRST_REGION_L2_SLOT = 400;
    private static final long ENTRY_BITS =
            PageTableBits.PRESENT | PageTableBits.USER | PageTableBits.ACCESSED | PageTableBits.DIRTY;
    private static final long COMPARED = ~(long) (PageTableBits.ACCESSED | PageTableBits.DIRTY);

    private final Probe probe;
    private final Profile profile;
    private final List<Page> pages;
    private final List<Long> ownEntries = new ArrayList<>();
    private final long regionEntries;
    private final int arguments;
    private final List<Step> steps = new ArrayList<>();
    private final List<Command> script = new ArrayList<>();

    /** What the reply with that number must be. */
    private record Step(String what, int reply, Expectation expectation) {}

    private sealed interface Expectation {
        record Result(boolean accepted) implements Expectation {}

        record Stored(boolean accepted) implements Expectation {}

        record Holds(long entry) implements Expectation {}
    }

    public TableTrial(Probe probe, Profile profile) throws ProbeException {
        this.probe = probe;
        this.profile = profile;
        pages = probe.scratchPages().subList(0, PAGES);
        for (Page page : pages) {
            ownEntries.add(probe.walk(page.address()).l1Address());
        }
        Walk walk = probe.walk(pages.get(0).address());
        regionEntries = (walk.l2Address() & -4096L) + l2Slot(0) * 8L;
        arguments = probe.scratchPages().get(PAGES).address();
    }

    /** The slot of the boot L2 table that a region belongs to. */
    static int l2Slot(int region) {
        return FIRST_REGION_L2_SLOT + region;
    }

    /**
     * Performs the operations.
     *
     * @return the first difference from the model, for people; empty when there is none
     */
    public Optional<String> run(List<TableOperation> operations) throws ProbeException {
        TableModel model = new TableModel(PAGES, REGIONS);
        operations.forEach(operation -> add(model, operation));
        for (int page = 0; page < PAGES; page++) {
            if (model.own(page) == null) {
                add(model, new Remap(page, Access.READ_ONLY, Route.UPDATE_VA_MAPPING));
            }
            for (int slot : SLOTS) {
                expect(
                        "slot " + slot + " of page " + page,
                        new Command.Read(pages.get(page).address() + slot * 8, 8),
                        new Expectation.Holds(entry(model.entry(page, slot))));
            }
        }
        for (int page = 0; page < PAGES; page++) {
            add(model, new Remap(page, Access.READ_WRITE, Route.UPDATE_VA_MAPPING));
        }
        return compare(probe.execute(script));
    }

    private void add(TableModel model, TableOperation operation) {
        Expected expected = model.perform(operation);
        if (expected == Expected.OPEN) {
            return;
        }
        boolean accepted = expected == Expected.ACCEPTED;
        String what = operation.toString();
        Expectation result = new Expectation.Result(accepted);
        if (operation instanceof Remap remap) {
            remap(what, remap, result);
        } else if (operation instanceof WriteEntry write && write.route() == Route.STORE) {
            byte[] bytes = words(entry(write.entry()));
            expect(
                    what,
                    new Command.Write(pages.get(write.page()).address() + write.slot() * 8, bytes),
                    new Expectation.Stored(accepted));
        } else if (operation instanceof WriteEntry write) {
            mmuUpdate(what, pages.get(write.page()).machine(write.slot() * 8), entry(write.entry()), result);
        } else if (operation instanceof Pin pin) {
            int command = pin.level() == 1 ? MmuExt.PIN_L1_TABLE : MmuExt.PIN_L2_TABLE;
            mmuExt(what, command, pages.get(pin.page()).mfn(), result);
        } else if (operation instanceof Unpin unpin) {
            mmuExt(what, MmuExt.UNPIN_TABLE, pages.get(unpin.page()).mfn(), result);
        } else if (operation instanceof Link link) {
            long table = pages.get(link.page()).entry(ENTRY_BITS | PageTableBits.RW);
            mmuUpdate(what, regionEntries + link.region() * 8L, table, result);
        } else if (operation instanceof Unlink unlink) {
            mmuUpdate(what, regionEntries + unlink.region() * 8L, 0, result);
        }
    }

    private void remap(String what, Remap remap, Expectation result) {
        Page page = pages.get(remap.page());
        long entry = remap.access() == Access.NONE
                ? 0
                : entry(new Mapping(remap.page(), remap.access() == Access.READ_WRITE));
        if (remap.route() == Route.UPDATE_VA_MAPPING) {
            expect(
                    what,
                    hypercall(
                            Hypercall.UPDATE_VA_MAPPING,
                            page.address(),
                            (int) entry,
                            (int) (entry >>> 32),
                            UpdateVaMapping.UVMF_INVLPG),
                    result);
            return;
        }
        mmuUpdate(what, ownEntries.get(remap.page()), entry, result);
        mmuExt("flush of page " + remap.page(), MmuExt.INVLPG_LOCAL, page.address(), new Expectation.Result(true));
    }

    private void mmuUpdate(String what, long machine, long entry, Expectation result) {
        script.add(new Command.Write(arguments, words(machine | MmuUpdate.NORMAL_PT_UPDATE, entry)));
        expect(what, hypercall(Hypercall.MMU_UPDATE, arguments, 1, 0, MmuUpdate.DOMID_SELF), result);
    }

    private void mmuExt(String what, int command, int argument, Expectation result) {
        script.add(new Command.Write(arguments, words((argument & 0xFFFF_FFFFL) << 32 | command, 0)));
        expect(what, hypercall(Hypercall.MMUEXT_OP, arguments, 1, 0, MmuUpdate.DOMID_SELF), result);
    }

    private static Command hypercall(Hypercall hypercall, Integer... arguments) {
        return new Command.Hypercall(hypercall.number(), List.of(arguments));
    }

    private void expect(String what, Command command, Expectation expectation) {
        steps.add(new Step(what, script.size(), expectation));
        script.add(command);
    }

    private long entry(Mapping mapping) {
        if (mapping == null) {
            return 0;
        }
        return pages.get(mapping.target()).entry(ENTRY_BITS | (mapping.writable() ? PageTableBits.RW : 0));
    }

    private static byte[] words(long... quads) {
        ByteBuffer buffer = ByteBuffer.allocate(quads.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long quad : quads) {
            buffer.putLong(quad);
        }
        return buffer.array();
    }

    private Optional<String> compare(List<Reply> replies) {
        for (Step step : steps) {
            Reply reply = replies.get(step.reply());
            if (!matches(step.expectation(), reply)) {
                return Optional.of(
                        step.what() + ": expected " + describe(step.expectation()) + ", seen " + describe(reply));
            }
        }
        return Optional.empty();
    }

    private boolean matches(Expectation expectation, Reply reply) {
        if (expectation instanceof Expectation.Result result) {
            return reply instanceof Reply.Value value
                    && (result.accepted() ? value.value() == 0 : refuses(value.value()));
        }
        if (expectation instanceof Expectation.Stored stored) {
            return stored.accepted() == reply instanceof Reply.Done
                    && stored.accepted() != reply instanceof Reply.Interrupted;
        }
        long wanted = ((Expectation.Holds) expectation).entry();
        return reply instanceof Reply.Bytes bytes
                && (ByteBuffer.wrap(bytes.bytes())
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .getLong()
                                & COMPARED)
                        == (wanted & COMPARED);
    }

    /** The era's Xen says EINVAL to all of this; later ones tell apart what is busy. */
    private boolean refuses(int result) {
        Errno errno = Errno.ofResult(result);
        return errno == Errno.EINVAL || profile.era() != Era.XEN_3_1 && (errno == Errno.EBUSY || errno == Errno.EPERM);
    }

    private static String describe(Expectation expectation) {
        if (expectation instanceof Expectation.Result result) {
            return result.accepted() ? "0" : "a refusal";
        }
        if (expectation instanceof Expectation.Stored stored) {
            return stored.accepted() ? "a store" : "a page fault";
        }
        return String.format("%016x", ((Expectation.Holds) expectation).entry());
    }

    private static String describe(Reply reply) {
        if (reply instanceof Reply.Value value) {
            Errno errno = Errno.ofResult(value.value());
            return errno == null ? Integer.toString(value.value()) : "-" + errno;
        }
        if (reply instanceof Reply.Bytes bytes && bytes.bytes().length == 8) {
            return String.format(
                    "%016x",
                    ByteBuffer.wrap(bytes.bytes())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong());
        }
        return reply.toString();
    }
}

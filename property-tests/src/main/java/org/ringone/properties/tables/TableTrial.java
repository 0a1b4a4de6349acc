package org.ringone.properties.tables;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ringone.api.Profile;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.guest.Reply;
import org.ringone.properties.Account;
import org.ringone.properties.GuestScript;
import org.ringone.properties.Request;
import org.ringone.properties.StepCheck;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Batch;
import org.ringone.properties.tables.TableOperation.Multicall;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.StoreEntry;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.MmuExt;
import org.ringone.xen.PageTableBits;

/** Lets a guest perform a sequence of page-table operations and then look at what every table holds and can be mapped as. */
final class TableTrial {

    /** Plain pages of a trial: they are tables 0 to 5. */
    static final int PAGES = 6;

    /** A top table of the guest's own. */
    static final int ROOT = PAGES;

    /** The L2 of its slot 3: a copy of the boot tables'. */
    static final int TOP = PAGES + 1;

    /** The L2 of slot 3 of the boot tables. */
    static final int BOOT_TOP = PAGES + 2;

    /** The top of the boot tables. */
    static final int BOOT_ROOT = PAGES + 3;

    /** What slot 3 of the guest's own top table holds at first. */
    static final Mapping SLOT_OF_TOP = new Mapping(TOP, PageTableBits.PRESENT, 0);

    private static final List<Integer> SLOTS = List.of(0, 1, 511);
    private static final List<Integer> ROOT_SLOTS = List.of(0, 1, 2, 3);

    /** Slots of the L2s that the guest runs on in which nothing is linked. */
    private static final List<Integer> FREE_REGIONS = List.of(400, 401, 402);

    private static final int PAGE_FAULT = 14;
    private static final int GENERAL_PROTECTION = 13;
    private static final int FLAGS = 0xFFF;
    private static final int TOP_SHIFT = 48;

    private final Probe probe;
    private final TableRequests requests;
    private final GuestScript<TableOperation> script;
    private final List<Page> pages;
    private final int[] addresses;
    private final int[] ownEntries;
    private final int arguments;

    TableTrial(Probe probe, Profile profile) throws ProbeException {
        this.probe = probe;
        script = new GuestScript<>(profile);
        List<Page> scratch = probe.scratchPages();
        BootTables boot = BootTables.of(probe, scratch.get(0));
        pages = new ArrayList<>(scratch.subList(0, BOOT_TOP));
        pages.add(boot.l2());
        pages.add(boot.l3());
        addresses = pages.stream().mapToInt(Page::address).toArray();
        arguments = scratch.get(BOOT_TOP).address();
        ownEntries = new int[BOOT_TOP];
        long[] machine = new long[BOOT_TOP];
        for (int page = 0; page < BOOT_TOP; page++) {
            machine[page] = boot.entryOf(probe, addresses[page]);
            ownEntries[page] = boot.addressOf(probe, machine[page]);
        }
        requests = new TableRequests(pages, machine, boot.hypervisorFrame());
    }

    /** The slots of a table that are written to. */
    static List<Integer> slots(int table) {
        return table == ROOT ? ROOT_SLOTS : table >= TOP ? FREE_REGIONS : SLOTS;
    }

    /** What is looked at at the end: an entry. */
    static String what(int page, int slot) {
        return "slot " + slot + " of " + Mapping.name(page);
    }

    /** What is looked at at the end: whether a page can be mapped writable. */
    static String whatOfMapping(int page) {
        return "mapping " + Mapping.name(page) + " writable";
    }

    /** An entry for people, without its accessed and dirty bits. */
    static String words(Mapping entry) {
        int flags = entry.flags() & ~(PageTableBits.ACCESSED | PageTableBits.DIRTY);
        return new Mapping(entry.target(), flags, entry.top()).toString();
    }

    /** Performs the operations and looks at the end. */
    Account<TableOperation> run(List<TableOperation> operations, StepCheck check) throws ProbeException {
        prepare();
        operations.forEach(this::add);
        for (int page = 0; page < BOOT_TOP; page++) {
            // Where it is not mapped it cannot be looked at; read-only is what any page may be.
            script.prepare(single(new Remap(page, Access.READ_ONLY, Route.UPDATE_VA_MAPPING)));
        }
        for (int page = 0; page < BOOT_ROOT; page++) {
            for (int slot : slots(page)) {
                script.look(
                        what(page, slot),
                        List.of(new Command.Read(addresses[page] + slot * 8, 8)),
                        reply -> words(mapping(GuestScript.bytes(reply))));
            }
        }
        for (int page = 0; page < BOOT_TOP; page++) {
            List<Command> asks = single(new Remap(page, Access.READ_WRITE, Route.UPDATE_VA_MAPPING));
            script.look(whatOfMapping(page), asks, reply -> script.result(List.of(reply)));
        }
        return script.run(probe, check);
    }

    /** The top table, filled: its L2 is a copy of the boot tables' without the hypervisor's slots. */
    private void prepare() {
        int first = BootTables.FIRST_HYPERVISOR_SLOT;
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.Copy(addresses[TOP], addresses[BOOT_TOP], first * 8));
        commands.add(write(addresses[ROOT] + 3 * 8, requests.bits(SLOT_OF_TOP)));
        commands.addAll(single(new Remap(ROOT, Access.READ_ONLY, Route.UPDATE_VA_MAPPING)));
        commands.addAll(single(new Remap(TOP, Access.READ_ONLY, Route.UPDATE_VA_MAPPING)));
        script.prepare(commands);
    }

    private static Command write(int address, long bits) {
        return Command.words(address, (int) bits, (int) (bits >>> 32));
    }

    private List<Command> single(TableOperation operation) {
        return requests.of(operation).commands(arguments);
    }

    private void add(TableOperation operation) {
        if (operation instanceof Multicall multicall) {
            multicall(multicall);
        } else if (operation instanceof Batch batch) {
            batch(batch);
        } else if (operation instanceof StoreEntry store) {
            long bits = requests.bits(store.value());
            int at = addresses[store.table()] + store.slot() * 8;
            code(operation, PAGE_FAULT, store.by().assembly(), at, bits, List.of());
        } else if (operation instanceof NewBase load && load.byInstruction()) {
            code(
                    operation,
                    GENERAL_PROTECTION,
                    "mov cr3, eax",
                    0,
                    pages.get(load.page()).machine(0),
                    List.of());
        } else if (operation instanceof Remap remap && remap.route() == Route.STORE) {
            long bits = requests.bits(remap);
            code(operation, PAGE_FAULT, "mov [edi], eax", ownEntries[remap.page()], bits, flush(remap));
        } else {
            List<Command> commands = new ArrayList<>(single(operation));
            int call = commands.size();
            if (operation instanceof Remap remap && remap.route() == Route.MMU_UPDATE) {
                commands.addAll(flush(remap));
            }
            script.perform(
                    operation, commands, replies -> script.answer(operation, script.result(replies.subList(0, call))));
        }
    }

    /** Code that is to fault when it is refused. */
    private void code(
            TableOperation operation, int vector, String assembly, int edi, long value, List<Command> behind) {
        CodeRun run = CodeRun.ring1(assembly)
                .with(Register.EDI, edi)
                .with(Register.EAX, (int) value)
                .with(Register.EDX, (int) (value >>> 32));
        List<Command> commands = new ArrayList<>(List.of(new Command.Run(run)));
        commands.addAll(behind);
        script.perform(
                operation, commands, replies -> script.answer(operation, GuestScript.faults(replies.get(0), vector)));
    }

    private List<Command> flush(Remap remap) {
        return requests.extended(MmuExt.INVLPG_LOCAL, addresses[remap.page()]).commands(arguments);
    }

    private List<Command> flushAll() {
        return requests.extended(MmuExt.TLB_FLUSH_LOCAL, 0).commands(arguments);
    }

    private void batch(Batch batch) {
        Request request = requests.of(batch);
        List<Command> commands = new ArrayList<>(request.commands(arguments));
        int call = commands.size() - 1;
        commands.add(new Command.Read(arguments + request.structure().length - 4, 4));
        commands.addAll(flushAll());
        script.perform(batch, commands, replies -> {
            Reply result = replies.get(call);
            answer(batch, script.result(List.of(result)), GuestScript.bytes(replies.get(call + 1)));
        });
    }

    /** From a batch's result and its done_out, what became of each update. */
    private void answer(Batch batch, String result, ByteBuffer doneOut) {
        int count = batch.updates().size();
        int done = doneOut.getInt(doneOut.limit() - 4);
        for (int i = 0; i < Math.min(Math.max(done, 0), count); i++) {
            script.answer(batch.updates().get(i), Account.ACCEPTED);
        }
        if (done < 0 || done > count || (done == count) != result.equals(Account.ACCEPTED)) {
            script.answer(batch, result + " with " + done + " done");
        } else if (done < count) {
            script.answer(batch.updates().get(done), result);
        }
    }

    private void multicall(Multicall multicall) {
        List<Request> calls = multicall.calls().stream().map(requests::of).toList();
        Request.Multicall list = Request.Multicall.of(calls, arguments);
        List<Command> commands = new ArrayList<>(list.commands(arguments));
        commands.addAll(flushAll());
        script.perform(multicall, commands, replies -> {
            String whole = script.result(replies.subList(0, 2));
            if (!whole.equals(Account.ACCEPTED)) {
                multicall.calls().forEach(call -> script.answer(call, "in a multicall that gave " + whole));
                return;
            }
            ByteBuffer after = GuestScript.bytes(replies.get(2));
            for (int i = 0; i < calls.size(); i++) {
                String result = script.result(list.result(after, i));
                if (multicall.calls().get(i) instanceof Batch batch) {
                    int end = list.offsets().get(i) + calls.get(i).structure().length;
                    answer(
                            batch,
                            result,
                            after.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(end));
                } else {
                    script.answer(multicall.calls().get(i), result);
                }
            }
        });
    }

    private Mapping mapping(ByteBuffer bytes) {
        long bits = bytes.getLong(0);
        return new Mapping(requests.target((int) (bits >>> AddressSpace.PAGE_SHIFT)), (int) bits & FLAGS, (int)
                (bits >>> TOP_SHIFT));
    }
}

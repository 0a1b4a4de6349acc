package org.ringone.properties.descriptors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.ringone.api.Profile;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.guest.Registers;
import org.ringone.guest.Reply;
import org.ringone.guest.Trap;
import org.ringone.properties.Account;
import org.ringone.properties.GuestScript;
import org.ringone.properties.Request;
import org.ringone.properties.StepCheck;
import org.ringone.properties.descriptors.DescriptorOperation.Load;
import org.ringone.properties.descriptors.DescriptorOperation.Multicall;
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.SetLdt;
import org.ringone.properties.descriptors.DescriptorOperation.Store;
import org.ringone.properties.descriptors.DescriptorOperation.Update;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.UpdateVaMapping;

/**
 * Lets a guest perform a sequence of descriptor operations and then look at what every page holds, and at what LAR and LSL see
 * of the GDT in ring 1.
 */
final class DescriptorTrial {

    /** Pages of a trial. */
    static final int PAGES = 4;

    /** The slots that descriptors are written to. */
    static final List<Integer> SLOTS = List.of(1, 2, 511);

    /** Descriptors of a page. */
    static final int PER_PAGE = 512;

    private static final long MAPPING = PageTableBits.PRESENT | PageTableBits.ACCESSED | PageTableBits.DIRTY;
    private static final int STRUCTURE_FIRST = 1;
    private static final int PAGE_FAULT = 14;
    private static final int GENERAL_PROTECTION = 13;
    private static final int NOT_PRESENT = 11;

    private static final String LOOK = """
            lar eax, ecx
            setz bl
            lsl edx, ecx
            setz bh
            """;

    private final Probe probe;
    private final DescriptorRules rules;
    private final GuestScript<DescriptorOperation> script;
    private final List<Page> pages;
    private final int arguments;

    DescriptorTrial(Probe probe, Profile profile) throws ProbeException {
        this.probe = probe;
        rules = new DescriptorRules(profile);
        script = new GuestScript<>(profile);
        pages = probe.scratchPages().subList(0, PAGES);
        arguments = probe.scratchPages().get(PAGES).address();
    }

    /** The selector of a descriptor. */
    static int selector(int page, int slot, boolean inLdt, int rpl) {
        return (page * PER_PAGE + slot) << 3 | (inLdt ? 4 : 0) | rpl;
    }

    /** What is looked at at the end: a descriptor. */
    static String what(int page, int slot) {
        return "slot " + slot + " of page " + page;
    }

    /** What is looked at at the end: the GDT as the processor sees it. */
    static String whatOfSelector(int selector) {
        return String.format("LAR and LSL of selector %04x", selector);
    }

    /** Performs the operations and looks at the end. */
    Account<DescriptorOperation> run(List<DescriptorOperation> operations, StepCheck check) throws ProbeException {
        operations.forEach(this::add);
        DescriptorModel model = new DescriptorForecast(rules, operations).model();
        for (int page = 0; page < PAGES; page++) {
            for (int slot : SLOTS) {
                look(model, page, slot);
            }
        }
        for (int selector : DescriptorForecast.selectors(model)) {
            CodeRun run = CodeRun.ring1(LOOK).with(Register.ECX, selector);
            script.look(whatOfSelector(selector), List.of(new Command.Run(run)), DescriptorTrial::seen);
        }
        return script.run(probe, check);
    }

    /** Reads a descriptor; one of several that it may be counts as the one that is foretold. */
    private void look(DescriptorModel model, int page, int slot) {
        Command read = new Command.Read(pages.get(page).address() + slot * 8, 8);
        script.look(what(page, slot), List.of(read), reply -> {
            long seen = GuestScript.bytes(reply).getLong(0);
            return String.format("%016x", model.mayHold(page, slot, seen) ? model.entry(page, slot) : seen);
        });
    }

    private static String seen(Reply reply) {
        if (!(reply instanceof Reply.Ran ran && ran.outcome() instanceof Outcome.Completed completed)) {
            return reply.inWords();
        }
        Registers registers = completed.registers();
        return DescriptorView.seen(
                (registers.ebx() & 0xFF) != 0, registers.eax(), (registers.ebx() & 0xFF00) != 0, registers.edx());
    }

    private void add(DescriptorOperation operation) {
        if (operation instanceof Multicall multicall) {
            multicall(multicall);
        } else if (operation instanceof Store store) {
            Command stored =
                    Command.words(pages.get(store.page()).address() + store.slot() * 8, (int) store.descriptor(), (int)
                            (store.descriptor() >>> 32));
            script.perform(
                    operation,
                    List.of(stored),
                    replies -> script.answer(operation, GuestScript.faults(replies.get(0), PAGE_FAULT)));
        } else if (operation instanceof Load load) {
            CodeRun run = CodeRun.ring1("mov " + load.register().toLowerCase(Locale.ROOT) + ", eax")
                    .with(Register.EAX, load.selector());
            script.perform(
                    operation,
                    List.of(new Command.Run(run)),
                    replies -> script.answer(operation, loaded(replies.get(0))));
        } else {
            script.perform(
                    operation,
                    request(operation).commands(arguments),
                    replies -> script.answer(operation, script.result(replies)));
        }
    }

    private static String loaded(Reply reply) {
        if (!(reply instanceof Reply.Ran ran && ran.outcome() instanceof Outcome.Trapped trapped)) {
            return GuestScript.faults(reply, PAGE_FAULT);
        }
        Trap trap = trapped.trap();
        return switch (trap.vector()) {
            case PAGE_FAULT -> DescriptorModel.LDT_PAGE_FAULT;
            case GENERAL_PROTECTION -> String.format("#GP(%x)", trap.error().orElseThrow());
            case NOT_PRESENT -> String.format("#NP(%x)", trap.error().orElseThrow());
            default -> reply.inWords();
        };
    }

    private void multicall(Multicall multicall) {
        Request.Multicall list = Request.Multicall.of(
                multicall.calls().stream().map(this::request).toList(), arguments);
        script.perform(multicall, list.commands(arguments), replies -> {
            String whole = script.result(replies.subList(0, 2));
            if (!whole.equals(Account.ACCEPTED)) {
                multicall.calls().forEach(call -> script.answer(call, "in a multicall that gave " + whole));
                return;
            }
            ByteBuffer after = GuestScript.bytes(replies.get(2));
            for (int i = 0; i < list.calls(); i++) {
                script.answer(multicall.calls().get(i), script.result(list.result(after, i)));
            }
        });
    }

    private Request request(DescriptorOperation operation) {
        if (operation instanceof Update update) {
            long machine = pages.get(update.page()).machine(update.slot() * 8);
            return Request.plain(
                    Hypercall.UPDATE_DESCRIPTOR, (int) machine, (int) (machine >>> 32), (int) update.descriptor(), (int)
                            (update.descriptor() >>> 32));
        }
        if (operation instanceof SetGdt set) {
            ByteBuffer frames =
                    ByteBuffer.allocate(Math.max(1, set.pages().size()) * 4).order(ByteOrder.LITTLE_ENDIAN);
            set.pages().forEach(page -> frames.putInt(pages.get(page).mfn()));
            return new Request(
                    Hypercall.SET_GDT,
                    frames.array(),
                    STRUCTURE_FIRST,
                    List.of(0, set.pages().size() * PER_PAGE));
        }
        if (operation instanceof SetLdt set) {
            byte[] element = ByteBuffer.allocate(MmuExt.ELEMENT_SIZE)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(MmuExt.SET_LDT)
                    .putInt(pages.get(set.page()).address())
                    .putInt(set.entries())
                    .array();
            return new Request(Hypercall.MMUEXT_OP, element, STRUCTURE_FIRST, List.of(0, 1, 0, MmuUpdate.DOMID_SELF));
        }
        Remap remap = (Remap) operation;
        Page page = pages.get(remap.page());
        long entry = page.entry(MAPPING | (remap.writable() ? PageTableBits.RW : 0));
        return Request.plain(
                Hypercall.UPDATE_VA_MAPPING,
                page.address(),
                (int) entry,
                (int) (entry >>> 32),
                UpdateVaMapping.UVMF_INVLPG);
    }
}

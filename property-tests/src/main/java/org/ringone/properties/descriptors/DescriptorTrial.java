package org.ringone.properties.descriptors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.guest.Registers;
import org.ringone.guest.Reply;
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.Store;
import org.ringone.properties.descriptors.DescriptorOperation.Update;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.UpdateVaMapping;

/**
 * Lets a guest perform a sequence of descriptor operations and compares each result, then what every page holds, then what
 * LAR and LSL see of the GDT in ring 1, with the model.
 */
public final class DescriptorTrial {

    /** Pages of a trial. */
    public static final int PAGES = 4;

    /** The slots that descriptors are written to. */
    public static final List<Integer> SLOTS = List.of(1, 2, 511);

    private static final int ENTRIES_PER_PAGE = 512;
    private static final long MAPPING = PageTableBits.PRESENT | PageTableBits.ACCESSED | PageTableBits.DIRTY;

    /** Bits of a descriptor's high word that LAR gives and that are defined. */
    private static final int LAR_BITS = 0x00F0FF00;

    private static final String LOOK = """
            lar eax, ecx
            setz bl
            lsl edx, ecx
            setz bh
            """;

    private final Probe probe;
    private final Profile profile;
    private final List<Page> pages;
    private final int arguments;
    private final List<Step> steps = new ArrayList<>();
    private final List<Command> script = new ArrayList<>();

    private record Step(String what, int reply, boolean accepted) {}

    public DescriptorTrial(Probe probe, Profile profile) throws ProbeException {
        this.probe = probe;
        this.profile = profile;
        pages = probe.scratchPages().subList(0, PAGES);
        arguments = probe.scratchPages().get(PAGES).address();
    }

    /**
     * Performs the operations.
     *
     * @return the first difference from the model, for people; empty when there is none
     */
    public Optional<String> run(List<DescriptorOperation> operations) throws ProbeException {
        DescriptorModel model = new DescriptorModel(new DescriptorRules(profile), PAGES);
        for (DescriptorOperation operation : operations) {
            add(operation, model.accepts(operation));
        }
        Optional<String> difference = results(probe.execute(script));
        if (difference.isEmpty()) {
            difference = contents(model);
        }
        return difference.isPresent() ? difference : lookups(model);
    }

    private void add(DescriptorOperation operation, boolean accepted) {
        Command command;
        if (operation instanceof Update update) {
            long machine = pages.get(update.page()).machine(update.slot() * 8);
            command = hypercall(
                    Hypercall.UPDATE_DESCRIPTOR, (int) machine, (int) (machine >>> 32), (int) update.descriptor(), (int)
                            (update.descriptor() >>> 32));
        } else if (operation instanceof Store store) {
            byte[] bytes = new byte[8];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(store.descriptor());
            command = new Command.Write(pages.get(store.page()).address() + store.slot() * 8, bytes);
        } else if (operation instanceof SetGdt set) {
            byte[] frames = new byte[Math.max(4, set.pages().size() * 4)];
            ByteBuffer list = ByteBuffer.wrap(frames).order(ByteOrder.LITTLE_ENDIAN);
            set.pages().forEach(page -> list.putInt(pages.get(page).mfn()));
            script.add(new Command.Write(arguments, frames));
            command = hypercall(Hypercall.SET_GDT, arguments, set.pages().size() * ENTRIES_PER_PAGE);
        } else {
            Remap remap = (Remap) operation;
            Page page = pages.get(remap.page());
            long entry = page.entry(MAPPING | (remap.writable() ? PageTableBits.RW : 0));
            command = hypercall(
                    Hypercall.UPDATE_VA_MAPPING,
                    page.address(),
                    (int) entry,
                    (int) (entry >>> 32),
                    UpdateVaMapping.UVMF_INVLPG);
        }
        steps.add(new Step(operation.toString(), script.size(), accepted));
        script.add(command);
    }

    private static Command hypercall(Hypercall hypercall, Integer... arguments) {
        return new Command.Hypercall(hypercall.number(), List.of(arguments));
    }

    private Optional<String> results(List<Reply> replies) {
        for (Step step : steps) {
            Reply reply = replies.get(step.reply());
            boolean asExpected = reply instanceof Reply.Value value
                    ? (step.accepted() ? value.value() == 0 : refuses(value.value()))
                    : step.accepted() == reply instanceof Reply.Done;
            if (!asExpected) {
                return Optional.of(step.what() + ": expected to be " + (step.accepted() ? "accepted" : "refused")
                        + ", seen " + reply);
            }
        }
        return Optional.empty();
    }

    private boolean refuses(int result) {
        Errno errno = Errno.ofResult(result);
        return errno == Errno.EINVAL || profile.era() != Era.XEN_3_1 && errno == Errno.EBUSY;
    }

    private Optional<String> contents(DescriptorModel model) throws ProbeException {
        for (int page = 0; page < PAGES; page++) {
            for (int slot : SLOTS) {
                long seen = probe.read64(pages.get(page).address() + slot * 8);
                if (!model.mayHold(page, slot, seen)) {
                    return Optional.of(String.format(
                            "page %d slot %d: expected %016x, seen %016x", page, slot, model.entry(page, slot), seen));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> lookups(DescriptorModel model) throws ProbeException {
        for (int position = 0; position < model.gdt().size(); position++) {
            for (int slot : SLOTS) {
                int selector = (position * ENTRIES_PER_PAGE + slot) * 8 | 1;
                Optional<String> difference =
                        lookup(selector, model.entry(model.gdt().get(position), slot));
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> lookup(int selector, long descriptor) throws ProbeException {
        Outcome outcome = probe.run(CodeRun.ring1(LOOK).with(Register.ECX, selector));
        String what = String.format("LAR and LSL of selector %04x, descriptor %016x", selector, descriptor);
        if (!(outcome instanceof Outcome.Completed completed)) {
            return Optional.of(what + ": " + outcome);
        }
        Registers registers = completed.registers();
        DescriptorView view = new DescriptorView(descriptor);
        boolean larSeen = (registers.ebx() & 0xFF) != 0;
        boolean lslSeen = (registers.ebx() & 0xFF00) != 0;
        if (larSeen != view.larSees() || larSeen && ((registers.eax() ^ (int) (descriptor >>> 32)) & LAR_BITS) != 0) {
            return Optional.of(what + ": LAR gave " + (larSeen ? Integer.toHexString(registers.eax()) : "nothing"));
        }
        if (lslSeen != view.lslSees() || lslSeen && registers.edx() != view.limit()) {
            return Optional.of(what + ": LSL gave " + (lslSeen ? Integer.toHexString(registers.edx()) : "nothing"));
        }
        return Optional.empty();
    }
}

package org.ringone.suite.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Upcall;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.MulticallEntry;

/**
 * A long batch that is made with the timer's event coming at chosen moments. Its elements take turns in pinning a table and in
 * taking the pin away: one that is left out, performed twice or out of turn makes another one fail.
 */
public final class LongBatch {

    /** How a batch is asked for. */
    public enum Kind {
        MULTICALL,
        MMUEXT_OP
    }

    private static final int NOTHING = 0x5A5A5A5A;
    private static final int OPERATION_SIZE = 12;
    private static final int OPERATIONS = 64;
    private static final int DONE = 96;

    /** Sets a timer, makes the batch with events unmasked, sleeps if the event has not come by then. */
    private static final String CODE = """
            mov ebx, vcpu_info
            call batch_clock
            mov [batch_page + 8], eax
            mov [batch_page + 12], edx
            add eax, [batch_page]
            adc edx, [batch_page + 4]
            mov ebx, eax
            mov ecx, edx
            mov eax, __HYPERVISOR_SET_TIMER_OP
            int 0x82
            mov eax, [batch_entries]
            mov [batch_page + 52], eax
            mov byte [evtchn_upcall_mask], 0
            mov eax, [batch_page + 32]
            mov ebx, [batch_page + 36]
            mov ecx, [batch_page + 40]
            mov edx, [batch_page + 44]
            mov esi, DOMID_SELF
            batch:
            int 0x82
            mov [batch_page + 28], eax
            mov ebx, vcpu_info
            call batch_clock
            sub eax, [batch_page + 8]
            mov [batch_page + 24], eax
            mov byte [evtchn_upcall_mask], 1
            cmp dword [batch_page + 48], 0
            je end
            mov eax, [batch_entries]
            cmp eax, [batch_page + 52]
            jne end
            mov ebx, SCHEDOP_BLOCK
            xor ecx, ecx
            mov eax, __HYPERVISOR_SCHED_OP
            int 0x82
            mov byte [evtchn_upcall_mask], 1
            end:
            mov ebp, [batch_page + 36]
            xor ecx, ecx
            check:
            cmp ecx, [batch_page + 56]
            jae checked
            cmp dword [ebp + 4], 0
            jne checked
            add ebp, 32
            inc ecx
            jmp check
            checked:
            mov esi, [ebp + 4]
            """;

    private static final long NEVER = 3_600_000_000_000L;

    private final Guest guest;
    private final Kind kind;
    private final int count;
    private final Page variables;
    private final Page table;
    private final List<Page> list;
    private final List<Page> original;

    /** Lays the batch out; a table {@code batch_table}, a clock and the timer's channel are made for it. */
    public LongBatch(Guest guest, Kind kind, int count) throws ProbeException {
        this.guest = guest;
        this.kind = kind;
        this.count = count;
        this.table = new Tables(guest).prepare("batch_table", 1);
        this.variables = guest.take("batch_page");
        byte[] elements = elements();
        this.list = pages("batch_list", elements.length);
        this.original = pages("batch_original", elements.length);
        guest.probe().write(original.get(0).address(), elements);
        int pin = variables.address() + OPERATIONS;
        guest.probe().write(pin, Bytes.words(MmuExt.PIN_L1_TABLE, table.mfn(), 0, MmuExt.UNPIN_TABLE, table.mfn(), 0));
    }

    private List<Page> pages(String name, int bytes) throws ProbeException {
        List<Page> pages = new ArrayList<>();
        for (int at = 0; at < bytes; at += AddressSpace.PAGE_SIZE) {
            pages.add(guest.take(name + at));
        }
        for (int i = 1; i < pages.size(); i++) {
            if (pages.get(i).address() != pages.get(i - 1).address() + AddressSpace.PAGE_SIZE) {
                throw new IllegalStateException("the guest's free pages do not lie side by side");
            }
        }
        return pages;
    }

    /** The batch's own list, which a hypervisor may overwrite. */
    private byte[] elements() {
        int pin = variables.address() + OPERATIONS;
        int unpin = pin + OPERATION_SIZE;
        boolean multicall = kind == Kind.MULTICALL;
        int size = (multicall ? MulticallEntry.SIZE : OPERATION_SIZE) / 4;
        int[] words = new int[count * size];
        for (int i = 0; i < count; i++) {
            int at = i * size;
            boolean pins = i % 2 == 0;
            if (multicall) {
                words[at] = Hypercall.MMUEXT_OP.number();
                words[at + 1] = NOTHING;
                words[at + 2] = pins ? pin : unpin;
                words[at + 3] = 1;
                words[at + 5] = MmuUpdate.DOMID_SELF;
            } else {
                words[at] = pins ? MmuExt.PIN_L1_TABLE : MmuExt.UNPIN_TABLE;
                words[at + 1] = table.mfn();
            }
        }
        return Bytes.words(words);
    }

    /** What came of the batch once. */
    public record Round(long delay, List<Upcall> upcalls, int place, int duration) {

        /** Whether the event interrupted the batch. */
        public boolean inTheMiddle() {
            return upcalls.stream().anyMatch(upcall -> upcall.frame().eip() == place);
        }
    }

    /** Makes the batch without an event and says how many nanoseconds it took. */
    public int duration() throws ProbeException {
        return make(NEVER).duration();
    }

    /**
     * Makes the batch with the timer set so many nanoseconds ahead.
     *
     * @throws Violation when an element was not performed exactly once, in turn
     */
    public Round make(long delay) throws ProbeException {
        layOut(delay);
        CodeRun code = Code.of(guest, 1, CODE, "mask = 1")
                .symbols(Map.of("batch_entries", guest.probe().symbol("log_count")));
        Outcome outcome = guest.probe().run(code);
        String when = "a batch of " + count + " with an event " + delay + " ns after its start: ";
        if (!(outcome instanceof Outcome.Completed completed)) {
            throw Violation.of(when + "the code runs to its end", new Answer.Ran(outcome).toString());
        }
        requireResults(when, completed);
        List<Upcall> upcalls = completed.log().stream()
                .filter(Upcall.class::isInstance)
                .map(Upcall.class::cast)
                .toList();
        int expected = delay == NEVER ? 0 : 1;
        if (upcalls.size() != expected) {
            throw Violation.of(when + expected + " upcalls", String.valueOf(upcalls.size()));
        }
        int place = guest.probe().labels(code).get("batch");
        return new Round(delay, upcalls, place, guest.probe().read32(variables.address() + 24));
    }

    private void layOut(long delay) throws ProbeException {
        int done = variables.address() + DONE;
        int start = list.get(0).address();
        guest.probe().copy(start, original.get(0).address(), original.size() * AddressSpace.PAGE_SIZE);
        int multicalls = kind == Kind.MULTICALL ? count : 0;
        Hypercall call = kind == Kind.MULTICALL ? Hypercall.MULTICALL : Hypercall.MMUEXT_OP;
        guest.probe().write32(done, NOTHING);
        guest.probe().write(variables.address(), Bytes.words((int) delay, (int) (delay >>> 32)));
        guest.probe()
                .write(
                        variables.address() + 28,
                        Bytes.words(NOTHING, call.number(), start, count, done, delay == NEVER ? 0 : 1, 0, multicalls));
    }

    private void requireResults(String when, Outcome.Completed completed) throws ProbeException {
        int result = guest.probe().read32(variables.address() + 28);
        if (result != 0) {
            throw Violation.of(when + "it returns 0", new Answer.Returned(result, -1).toString());
        }
        if (kind == Kind.MMUEXT_OP) {
            int done = guest.probe().read32(variables.address() + DONE);
            if (done != count) {
                throw Violation.of(when + count + " done", done + " done");
            }
        } else {
            int good = completed.registers().ecx();
            if (good != count) {
                String seen = new Answer.Returned(completed.registers().esi(), -1).toString();
                throw Violation.of(when + "entry " + good + " gives 0", seen)
                        .because(
                                "an entry is performed again, or left out, where the batch was interrupted",
                                "where a multicall goes on");
            }
        }
        if (count % 2 == 1) {
            guest.must(new Tables(guest).unpin(table), "taking the last pin away, which must be there");
        }
    }
}

package org.ringone.suite.world;

import java.util.ArrayList;
import java.util.List;
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

    /** Sets a timer, makes the batch with events unmasked, waits until the timer's time is well past. */
    private static final String CODE = """
            mov ebx, vcpu_info
            call batch_clock
            mov [batch_page + 8], eax
            mov [batch_page + 12], edx
            add eax, [batch_page]
            adc edx, [batch_page + 4]
            mov [batch_page + 16], eax
            mov [batch_page + 20], edx
            mov ebx, eax
            mov ecx, edx
            mov eax, __HYPERVISOR_SET_TIMER_OP
            int 0x82
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
            cmp dword [batch_page + 48], 0
            je end
            add dword [batch_page + 16], 1000000
            adc dword [batch_page + 20], 0
            wait:
            xor ebx, ebx
            xor ecx, ecx
            mov eax, __HYPERVISOR_XEN_VERSION
            int 0x82
            mov ebx, vcpu_info
            call batch_clock
            sub eax, [batch_page + 16]
            sbb edx, [batch_page + 20]
            js wait
            end:
            mov byte [evtchn_upcall_mask], 1
            """;

    private static final long NEVER = 3_600_000_000_000L;

    private final Guest guest;
    private final Kind kind;
    private final int count;
    private final Page variables;
    private final Page table;
    private final List<Page> list = new ArrayList<>();

    /** Lays the batch out; a table {@code batch_table}, a clock and the timer's channel are made for it. */
    public LongBatch(Guest guest, Kind kind, int count) throws ProbeException {
        this.guest = guest;
        this.kind = kind;
        this.count = count;
        this.table = new Tables(guest).prepare("batch_table", 1);
        this.variables = guest.take("batch_page");
        int bytes = count * (kind == Kind.MULTICALL ? MulticallEntry.SIZE : OPERATION_SIZE);
        for (int at = 0; at < bytes; at += AddressSpace.PAGE_SIZE) {
            list.add(guest.take("batch_list" + at));
        }
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i).address() != list.get(i - 1).address() + AddressSpace.PAGE_SIZE) {
                throw new IllegalStateException("the guest's free pages do not lie side by side");
            }
        }
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
        CodeRun code = Code.of(guest, 1, CODE, "mask = 1");
        Outcome outcome = guest.probe().run(code);
        String when = "a batch of " + count + " with an event " + delay + " ns after its start: ";
        if (!(outcome instanceof Outcome.Completed completed)) {
            throw Violation.of(when + "the code runs to its end", new Answer.Ran(outcome).toString());
        }
        requireResults(when);
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
        int pin = variables.address() + 64;
        int unpin = pin + OPERATION_SIZE;
        int done = variables.address() + 96;
        byte[] bytes;
        if (kind == Kind.MULTICALL) {
            int[] words = new int[count * MulticallEntry.SIZE / 4];
            for (int i = 0; i < count; i++) {
                int at = i * MulticallEntry.SIZE / 4;
                words[at] = Hypercall.MMUEXT_OP.number();
                words[at + 1] = NOTHING;
                words[at + 2] = i % 2 == 0 ? pin : unpin;
                words[at + 3] = 1;
                words[at + 5] = MmuUpdate.DOMID_SELF;
            }
            bytes = Bytes.words(words);
        } else {
            int[] words = new int[count * OPERATION_SIZE / 4];
            for (int i = 0; i < count; i++) {
                words[i * 3] = i % 2 == 0 ? MmuExt.PIN_L1_TABLE : MmuExt.UNPIN_TABLE;
                words[i * 3 + 1] = table.mfn();
            }
            bytes = Bytes.words(words);
        }
        int start = list.get(0).address();
        guest.probe().write(start, bytes);
        guest.probe().write(pin, Bytes.words(MmuExt.PIN_L1_TABLE, table.mfn(), 0, MmuExt.UNPIN_TABLE, table.mfn(), 0));
        Hypercall call = kind == Kind.MULTICALL ? Hypercall.MULTICALL : Hypercall.MMUEXT_OP;
        guest.probe().write32(done, NOTHING);
        guest.probe().write(variables.address(), Bytes.words((int) delay, (int) (delay >>> 32)));
        guest.probe()
                .write(
                        variables.address() + 28,
                        Bytes.words(NOTHING, call.number(), start, count, done, delay == NEVER ? 0 : 1));
    }

    private void requireResults(String when) throws ProbeException {
        int result = guest.probe().read32(variables.address() + 28);
        if (result != 0) {
            throw Violation.of(when + "it returns 0", new Answer.Returned(result, -1).toString());
        }
        if (kind == Kind.MMUEXT_OP) {
            int done = guest.probe().read32(variables.address() + 96);
            if (done != count) {
                throw Violation.of(when + count + " done", done + " done");
            }
        } else {
            byte[] entries = guest.probe().read(list.get(0).address(), count * MulticallEntry.SIZE);
            for (int i = 0; i < count; i++) {
                int seen = Bytes.of(entries).getInt(i * MulticallEntry.SIZE + MulticallEntry.RESULT);
                if (seen != 0) {
                    throw Violation.of(when + "entry " + i + " gives 0", new Answer.Returned(seen, -1).toString())
                            .because(
                                    "an entry is performed again, or left out, where the batch was interrupted",
                                    "where a multicall goes on");
                }
            }
        }
        if (count % 2 == 1) {
            guest.must(new Tables(guest).unpin(table), "taking the last pin away, which must be there");
        }
    }
}

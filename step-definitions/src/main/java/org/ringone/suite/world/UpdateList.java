package org.ringone.suite.world;

import java.nio.ByteBuffer;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuUpdate;

/**
 * A long list of page-table updates in the guest's memory.
 *
 * @param address where it begins
 * @param length elements
 */
public record UpdateList(int address, int length) {

    private static final int PER_PAGE = AddressSpace.PAGE_SIZE / MmuUpdate.ELEMENT_SIZE;

    /** EBP goes through the list and stops behind the element that is refused, whose result stays in EAX. */
    private static final String LOOP = """
            again:
                mov ebx, ebp
                mov ecx, 1
                xor edx, edx
                mov esi, %d
                mov eax, %d
                int 0x82
                test eax, eax
                jnz done
                add ebp, %d
                cmp ebp, edi
                jb again
            """;

    /**
     * Writes a list.
     *
     * @param slot an expression of {@code n}, the element's number: which entry of the table
     * @param entry another: what it becomes
     */
    public static UpdateList write(Guest guest, String name, int length, String slot, Page table, String entry)
            throws ProbeException {
        int start = takePages(guest, name, (length + PER_PAGE - 1) / PER_PAGE);
        ByteBuffer bytes = Bytes.buffer(length * MmuUpdate.ELEMENT_SIZE);
        for (int n = 0; n < length; n++) {
            guest.name("n", n);
            bytes.putLong(table.machine(guest.word(slot) * 8)).putLong(guest.evaluate(entry));
        }
        guest.probe().write(start, bytes.array());
        return new UpdateList(start, length);
    }

    private static int takePages(Guest guest, String name, int count) throws ProbeException {
        int start = guest.take(name).address();
        for (int i = 1; i < count; i++) {
            if (guest.take(name + "." + i).address() != start + i * AddressSpace.PAGE_SIZE) {
                throw new IllegalStateException("the guest's free pages do not lie side by side");
            }
        }
        return start;
    }

    /** Adds bits to the value of one element. */
    public void or(Guest guest, int number, long bits) throws ProbeException {
        int at = address + number * MmuUpdate.ELEMENT_SIZE + 8;
        guest.probe().write(at, Bytes.quads(guest.probe().read64(at) | bits));
    }

    /** Asks for all of them in one hypercall. */
    public Answer atOnce(Guest guest) throws ProbeException {
        int done = guest.arguments().address();
        guest.probe().write32(done, -1);
        int result = guest.call(Hypercall.MMU_UPDATE, address, length, done, MmuUpdate.DOMID_SELF);
        return new Answer.Returned(result, guest.probe().read32(done));
    }

    /** Asks for them in as many hypercalls, up to the first that is refused. */
    public Answer oneByOne(Guest guest) throws ProbeException {
        int end = address + length * MmuUpdate.ELEMENT_SIZE;
        String code = LOOP.formatted(MmuUpdate.DOMID_SELF, Hypercall.MMU_UPDATE.number(), MmuUpdate.ELEMENT_SIZE);
        Outcome outcome = guest.probe()
                .run(CodeRun.ring1(code).with(Register.EBP, address).with(Register.EDI, end));
        if (!(outcome instanceof Outcome.Completed completed)) {
            return new Answer.Ran(outcome);
        }
        RegistersSeen registers = RegistersSeen.of(completed);
        int done = (registers.value(Register.EBP) - address) / MmuUpdate.ELEMENT_SIZE;
        return new Answer.Returned(registers.value(Register.EAX), done);
    }
}

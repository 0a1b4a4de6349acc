package org.ringone.suite.world;

import java.util.BitSet;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.UpdateVaMapping;

/**
 * Which of a domain's frames can be mapped writable: each of them is tried, at an address that nothing else uses. The guest does
 * so by itself, as asking for one after the other over the console would take long.
 */
public final class FrameSurvey {

    /** Frames in one run of the guest's code, so that none takes longer than a step may. */
    private static final int AT_ONCE = 1024;

    /** A bit of {@code EDI} is set for each frame of the list at {@code EBP} that update_va_mapping maps writable. */
    private static final String LOOP = """
            again:
                mov eax, [ebp]
                mov ecx, eax
                shl ecx, 12
                or ecx, %d
                mov edx, eax
                shr edx, 20
                mov ebx, %d
                mov esi, %d
                mov eax, %d
                int 0x82
                test eax, eax
                jnz next
                mov edx, [counter]
                bts [edi], edx
            next:
                add ebp, 4
                inc dword [counter]
                cmp dword [counter], %d
                jb again
                jmp done
            counter: dd 0
            """;

    private final BitSet writable;

    private FrameSurvey(BitSet writable) {
        this.writable = writable;
    }

    /**
     * Tries every frame.
     *
     * @param notes a page of the guest's for its notes
     */
    public static FrameSurvey of(Guest guest, Page notes) throws ProbeException {
        int count = guest.word("start_info.nr_pages");
        int list = guest.word("start_info.mfn_list");
        BitSet writable = new BitSet(count);
        for (int first = 0; first < count; first += AT_ONCE) {
            int length = Math.min(AT_ONCE, count - first);
            guest.probe().fill(notes.address(), AddressSpace.PAGE_SIZE, 0);
            tryFrames(guest, list + first * 4, length, notes.address());
            BitSet some = BitSet.valueOf(guest.probe().read(notes.address(), AT_ONCE / 8));
            for (int i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
                writable.set(first + i);
            }
        }
        return new FrameSurvey(writable);
    }

    private static void tryFrames(Guest guest, int list, int length, int notes) throws ProbeException {
        String code = LOOP.formatted(
                Guest.READ_WRITE,
                guest.peephole().address() & 0xFFFF_FFFFL,
                UpdateVaMapping.UVMF_INVLPG,
                Hypercall.UPDATE_VA_MAPPING.number(),
                length);
        Outcome outcome =
                guest.probe().run(CodeRun.ring1(code).with(Register.EBP, list).with(Register.EDI, notes));
        guest.must(
                guest.map(guest.peephole().address(), guest.peephole().entry(Guest.READ_WRITE)),
                "mapping a page at its own address again");
        if (!(outcome instanceof Outcome.Completed)) {
            throw Violation.of("the guest tries its frames one after the other", new Answer.Ran(outcome).toString());
        }
    }

    /** The pseudo-physical frames that could be mapped writable when this was made, and cannot when {@code later} was. */
    public BitSet lost(FrameSurvey later) {
        return minus(writable, later.writable);
    }

    /** Those that could not, and can now. */
    public BitSet won(FrameSurvey later) {
        return minus(later.writable, writable);
    }

    private static BitSet minus(BitSet from, BitSet what) {
        BitSet rest = (BitSet) from.clone();
        rest.andNot(what);
        return rest;
    }
}

package org.ringone.guest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ringone.xen.SharedInfo;
import org.ringone.xen.StartInfo;

/** The domain's frames as the probe's client knows them: the list of machine frames, read once, and the boot mapping. */
final class GuestPages {

    private static final int PAGE = 4096;
    private static final int ENTRY_STATE_BYTES = 68;
    private static final int EVENT_STATE_END = SharedInfo.EVTCHN_MASK + 128;
    private static final int LIST_PIECE = 1024;

    private final Probe probe;
    private final Map<Integer, int[]> list = new HashMap<>();
    private final Map<Integer, Integer> pfns = new HashMap<>();

    GuestPages(Probe probe, GuestPages known) {
        this.probe = probe;
        if (known != null) {
            list.putAll(known.list);
            pfns.putAll(known.pfns);
        }
    }

    StartOfDay startOfDay() throws ProbeException {
        byte[] s = probe.read(probe.symbol("entry_state"), ENTRY_STATE_BYTES);
        int[] w = new int[ENTRY_STATE_BYTES / 4];
        for (int i = 0; i < w.length; i++) {
            w[i] = Little.word(s, 4 * i);
        }
        Registers registers = new Registers(
                w[0],
                w[1],
                w[2],
                w[3],
                w[4],
                w[5],
                w[6],
                w[7],
                w[8],
                w[9] & 0xFFFF,
                w[10] & 0xFFFF,
                w[11] & 0xFFFF,
                w[12] & 0xFFFF);
        byte[] startInfo = probe.read(registers.esi(), StartInfo.SIZE);
        byte[] sharedInfo = probe.read(probe.symbol("entry_shared_info"), EVENT_STATE_END);
        return new StartOfDay(registers, w[13], w[14] & 0xFFFF, w[15] & 0xFFFF, w[16], startInfo, sharedInfo);
    }

    List<Page> at(String symbol, int count) throws ProbeException {
        List<Page> pages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pages.add(page(probe.symbol(symbol) + i * PAGE));
        }
        return List.copyOf(pages);
    }

    Page page(int address) throws ProbeException {
        int pfn = address - probe.image().virtBase() >>> 12;
        return new Page(address & -PAGE, pfn, mfn(pfn));
    }

    int mfn(int pfn) throws ProbeException {
        if (pfn < 0 || pfn >= probe.startOfDay().nrPages()) {
            throw new IllegalArgumentException("the domain has no pseudo-physical frame " + pfn);
        }
        int piece = pfn / LIST_PIECE;
        int[] mfns = list.get(piece);
        if (mfns == null) {
            mfns = readPiece(piece);
            list.put(piece, mfns);
        }
        return mfns[pfn % LIST_PIECE];
    }

    private int[] readPiece(int piece) throws ProbeException {
        int first = piece * LIST_PIECE;
        int count = Math.min(LIST_PIECE, probe.startOfDay().nrPages() - first);
        byte[] bytes = probe.read(probe.startOfDay().mfnList() + 4 * first, 4 * count);
        int[] mfns = new int[count];
        for (int i = 0; i < count; i++) {
            mfns[i] = Little.word(bytes, 4 * i);
            pfns.put(mfns[i], first + i);
        }
        return mfns;
    }

    Walk walk(int base, int address) throws ProbeException {
        int l3Slot = base + (address >>> 30) * 8;
        long l3 = probe.read64(l3Slot);
        long l3Address = page(base).machine(l3Slot & PAGE - 1);
        if ((l3 & 1) == 0) {
            return new Walk(l3, l3Address, 0, -1, 0, -1);
        }
        int l2Slot = table(l3) + (address >>> 21 & 511) * 8;
        long l2 = probe.read64(l2Slot);
        long l2Address = page(l2Slot).machine(l2Slot & PAGE - 1);
        if ((l2 & 1) == 0) {
            return new Walk(l3, l3Address, l2, l2Address, 0, -1);
        }
        int l1Slot = table(l2) + (address >>> 12 & 511) * 8;
        return new Walk(
                l3, l3Address, l2, l2Address, probe.read64(l1Slot), page(l1Slot).machine(l1Slot & PAGE - 1));
    }

    /** The address of the table that an entry names, in the boot mapping. */
    private int table(long entry) throws ProbeException {
        int mfn = Walk.mfn(entry);
        for (int piece = 0; !pfns.containsKey(mfn); piece++) {
            if (piece * LIST_PIECE >= probe.startOfDay().nrPages()) {
                throw new IllegalArgumentException(
                        "machine frame " + Wording.hex(mfn) + " is not in the domain's list");
            }
            mfn(piece * LIST_PIECE);
        }
        return probe.image().virtBase() + (pfns.get(mfn) << 12);
    }
}

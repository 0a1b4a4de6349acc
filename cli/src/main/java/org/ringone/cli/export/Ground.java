package org.ringone.cli.export;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.StartOfDay;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;

/**
 * Where a domain just booted has its frames and tables, in one setting. The reference does the same every time, so it is the
 * same for the domain of a recorded scenario.
 */
final class Ground {

    private static final int ENTRIES = 512;
    private static final int L3_ENTRIES = 4;
    private static final long FRAME = 0x000F_FFFF_FFFF_F000L;

    private final int virtBase;
    private final int[] mfns;
    private final Map<Integer, Integer> pfns = new HashMap<>();
    private final StartOfDay start;

    /** Tables by the way to them: slot of the base table, or that and the slot of the next. */
    private final Map<String, Integer> tables = new LinkedHashMap<>();

    private Ground(Probe probe, ProbeImage image) throws ProbeException {
        virtBase = image.virtBase();
        start = probe.startOfDay();
        mfns = new int[start.nrPages()];
        for (int pfn = 0; pfn < mfns.length; pfn++) {
            mfns[pfn] = probe.mfn(pfn);
            pfns.put(mfns[pfn], pfn);
        }
        int base = pfn(start.ptBase());
        for (int i = 0; i < L3_ENTRIES; i++) {
            find(probe, base, i, String.valueOf(i));
        }
        for (Map.Entry<String, Integer> l2 : Map.copyOf(tables).entrySet()) {
            for (int i = 0; i < ENTRIES; i++) {
                if (Integer.compareUnsigned(Integer.parseInt(l2.getKey()) << 30 | i << 21, AddressSpace.VIRT_START)
                        < 0) {
                    find(probe, l2.getValue(), i, l2.getKey() + "/" + i);
                }
            }
        }
    }

    private void find(Probe probe, int table, int slot, String way) throws ProbeException {
        long entry = probe.read64(virtBase + (table << 12) + 8 * slot);
        Integer pfn = pfns.get((int) ((entry & FRAME) >>> 12));
        if ((entry & PageTableBits.PRESENT) != 0 && pfn != null) {
            tables.put(way, pfn);
        }
    }

    /** The ground of a domain with that image in a setting. */
    static Ground of(Profile.Privilege privilege, Setting setting, DomainSpec domain, ProbeImage image)
            throws NotExportable {
        try (Machine machine = new WatchedReference(privilege, setting).start()) {
            Domain booted = machine.createDomain(domain);
            return new Ground(Probe.attach(booted, image, BootedMachines.BUDGET, new Transcript()), image);
        } catch (DomainBuildException | ProbeException e) {
            throw new NotExportable("its kernel does not boot alone: " + e.getMessage());
        }
    }

    /** The tables by the way to them, parents before children. */
    Map<String, Integer> tables() {
        return tables;
    }

    int virtBase() {
        return virtBase;
    }

    int pages() {
        return mfns.length;
    }

    /** The pseudo-physical frame of an address in the boot mapping. */
    int pfn(int address) {
        return address - virtBase >>> 12;
    }

    /** The pseudo-physical frame of a machine frame; null when it is not the domain's. */
    Integer pfnOf(int mfn) {
        return pfns.get(mfn);
    }

    int startInfo() {
        return pfn(start.startInfoAddress());
    }

    int frameList() {
        return pfn(start.mfnList());
    }

    int baseTable() {
        return pfn(start.ptBase());
    }

    int sharedInfoMfn() {
        return start.sharedInfoMachineAddress() >>> 12;
    }
}

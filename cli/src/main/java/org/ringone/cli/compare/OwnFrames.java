package org.ringone.cli.compare;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Hypervisor;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;
import org.ringone.suite.run.HypervisorFailure;

/** The machine frames that a hypervisor gives to the probe's domain, by pseudo-physical frame. */
final class OwnFrames {

    /** Where nothing is known of them. */
    static final OwnFrames NONE = new OwnFrames(Map.of());

    /** The first frame of the probe's boot mapping: pseudo-physical frame 0 lies there. */
    static final long BASE = Integer.toUnsignedLong(ProbeImage.standard().virtBase()) >>> 12;

    private final Map<Long, Integer> pfns;

    OwnFrames(Map<Long, Integer> pfns) {
        this.pfns = Map.copyOf(pfns);
    }

    /** Boots the probe once more and reads its list. Nothing is known of a hypervisor that cannot be asked. */
    static OwnFrames of(Hypervisor hypervisor) {
        try (Lease lease = BootedMachines.of(hypervisor).take(new Transcript())) {
            Probe probe = lease.probe();
            Map<Long, Integer> pfns = new HashMap<>();
            for (int pfn = 0; pfn < probe.startOfDay().nrPages(); pfn++) {
                pfns.put(Integer.toUnsignedLong(probe.mfn(pfn)), pfn);
            }
            return new OwnFrames(pfns);
        } catch (DomainBuildException | ProbeException | HypervisorFailure e) {
            return NONE;
        }
    }

    /** The pseudo-physical frame of a machine frame that is the domain's. */
    OptionalInt pfn(long mfn) {
        Integer pfn = pfns.get(mfn);
        return pfn == null ? OptionalInt.empty() : OptionalInt.of(pfn);
    }
}

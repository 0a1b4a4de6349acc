package org.ringone.suite.world;

import java.util.Map;
import org.ringone.guest.ProbeException;
import org.ringone.guest.VcpuResults;
import org.ringone.guest.VcpuStart;
import org.ringone.xen.AddressSpace;

/** A further vcpu of the guest, with pages and a program of its own. */
public final class FurtherVcpu {

    private final VcpuStart start;
    private final Map<String, Integer> labels;

    private FurtherVcpu(VcpuStart start, Map<String, Integer> labels) {
        this.start = start;
        this.labels = labels;
    }

    /** Puts its program and its context in place. */
    public static FurtherVcpu prepare(Guest guest, int number, String assembly) throws ProbeException {
        String name = "vcpu" + number + "_";
        int code = guest.take(name + "code").address();
        int stackTop = guest.take(name + "stack").address() + AddressSpace.PAGE_SIZE;
        int context = guest.take(name + "context").address();
        int results = guest.take(name + "results").address();
        VcpuStart start =
                new VcpuStart(number, assembly, Code.names(guest, assembly), code, stackTop, results, context);
        return new FurtherVcpu(start, guest.probe().prepareVcpu(start));
    }

    /** The address of its vcpu_guest_context. */
    public int context() {
        return start.context();
    }

    /** What it has told so far. */
    public VcpuResults results(Guest guest) throws ProbeException {
        return guest.probe().results(start);
    }

    /** Where a label of its program lies. */
    public int label(String name) {
        Integer address = labels.get(name);
        if (address == null) {
            throw new IllegalArgumentException("the program has no label '" + name + "'");
        }
        return address;
    }
}

package org.ringone.faulty;

import java.util.List;
import java.util.stream.Stream;

/** Every fault there is. */
public final class Faults {

    private Faults() {}

    /** All of them, by area. */
    public static List<Fault> all() {
        return Stream.of(
                        KernelFaults.all(),
                        SafetyFaults.all(),
                        BootFaults.all(),
                        PageTableFaults.all(),
                        BaseFaults.all(),
                        AddressSpaceFaults.all(),
                        PrivilegeFaults.all(),
                        SegmentFaults.all(),
                        EventFaults.all(),
                        ChannelFaults.all(),
                        SchedulingFaults.all(),
                        TrapFaults.all(),
                        MulticallFaults.all(),
                        TlbFaults.all(),
                        GrantFaults.all(),
                        StoreFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The faults that break that rule. */
    public static List<Fault> of(String rule) {
        return all().stream().filter(fault -> fault.rule().equals(rule)).toList();
    }
}

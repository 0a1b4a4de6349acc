package org.ringone.suite.world;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringone.xen.SharedInfo;

/** Names for what lies in the shared info page: the first vcpu's fields by themselves, another's as {@code vcpu2_time}. */
final class SharedInfoNames {

    private static final Map<String, Integer> PAGE = Map.of(
            "shared_info", 0,
            "evtchn_pending", SharedInfo.EVTCHN_PENDING,
            "evtchn_mask", SharedInfo.EVTCHN_MASK,
            "wc_version", SharedInfo.WC_VERSION,
            "wc_sec", SharedInfo.WC_SEC,
            "wc_nsec", SharedInfo.WC_NSEC,
            "evtchn_pending_sel", SharedInfo.PENDING_SEL,
            "arch_cr2", SharedInfo.ARCH_CR2);

    private static final Map<String, Integer> OF_A_VCPU = Map.of(
            "info", 0,
            "upcall_pending", SharedInfo.UPCALL_PENDING,
            "upcall_mask", SharedInfo.UPCALL_MASK,
            "pending_sel", SharedInfo.PENDING_SEL,
            "arch_cr2", SharedInfo.ARCH_CR2,
            "time", SharedInfo.TIME_VERSION);

    private static final Pattern VCPU = Pattern.compile("vcpu(\\d{1,2})_(\\w+)");

    private SharedInfoNames() {}

    /** Where in the page something lies; empty when nothing there is called so. */
    static OptionalInt offset(String name) {
        if (name.equals("evtchn_upcall_pending") || name.equals("evtchn_upcall_mask")) {
            return field(0, name.substring("evtchn_".length()));
        }
        Integer known = PAGE.get(name);
        if (known != null) {
            return OptionalInt.of(known);
        }
        Matcher vcpu = VCPU.matcher(name);
        return vcpu.matches() ? field(Integer.parseInt(vcpu.group(1)), vcpu.group(2)) : OptionalInt.empty();
    }

    private static OptionalInt field(int vcpu, String name) {
        Integer field = OF_A_VCPU.get(name);
        return field == null || vcpu >= SharedInfo.MAX_VCPUS
                ? OptionalInt.empty()
                : OptionalInt.of(SharedInfo.VCPU_INFO + vcpu * SharedInfo.VCPU_INFO_SIZE + field);
    }
}

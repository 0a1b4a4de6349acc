package org.ringone.cli.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;

/** Names of hypercalls and of their operations, as the public headers have them. */
final class HypercallNames {

    private static final List<String> SCHED = List.of("yield", "block", "shutdown", "poll", "remote_shutdown");
    private static final List<String> EVTCHN = List.of(
            "bind_interdomain",
            "bind_virq",
            "bind_pirq",
            "close",
            "send",
            "status",
            "alloc_unbound",
            "bind_ipi",
            "bind_vcpu",
            "unmask",
            "reset",
            "init_control",
            "expand_array",
            "set_priority");

    private static final Map<Hypercall, List<String>> OPERATIONS = Map.ofEntries(
            Map.entry(Hypercall.SCHED_OP_COMPAT, SCHED),
            Map.entry(Hypercall.SCHED_OP, SCHED),
            Map.entry(Hypercall.EVENT_CHANNEL_OP, EVTCHN),
            Map.entry(
                    Hypercall.MEMORY_OP,
                    List.of(
                            "increase_reservation",
                            "decrease_reservation",
                            "maximum_ram_page",
                            "current_reservation",
                            "maximum_reservation",
                            "machphys_mfn_list",
                            "populate_physmap",
                            "add_to_physmap",
                            "translate_gpfn_list",
                            "memory_map",
                            "machine_memory_map",
                            "exchange",
                            "machphys_mapping",
                            "set_memory_map")),
            Map.entry(
                    Hypercall.XEN_VERSION,
                    List.of(
                            "version",
                            "extraversion",
                            "compile_info",
                            "capabilities",
                            "changeset",
                            "platform_parameters",
                            "get_features",
                            "pagesize",
                            "guest_handle",
                            "commandline")),
            Map.entry(Hypercall.CONSOLE_IO, List.of("write", "read")),
            Map.entry(
                    Hypercall.GRANT_TABLE_OP,
                    List.of(
                            "map_grant_ref",
                            "unmap_grant_ref",
                            "setup_table",
                            "dump_table",
                            "transfer",
                            "copy",
                            "query_size",
                            "unmap_and_replace",
                            "set_version",
                            "get_status_frames",
                            "get_version",
                            "swap_grant_ref",
                            "cache_flush")),
            Map.entry(Hypercall.VM_ASSIST, List.of("enable", "disable")),
            Map.entry(
                    Hypercall.VCPU_OP,
                    List.of(
                            "initialise",
                            "up",
                            "down",
                            "is_up",
                            "get_runstate_info",
                            "register_runstate_memory_area",
                            "set_periodic_timer",
                            "stop_periodic_timer",
                            "set_singleshot_timer",
                            "stop_singleshot_timer",
                            "register_vcpu_info",
                            "send_nmi",
                            "get_physid",
                            "register_vcpu_time_memory_area")),
            Map.entry(
                    Hypercall.MMUEXT_OP,
                    List.of(
                            "pin_l1_table",
                            "pin_l2_table",
                            "pin_l3_table",
                            "pin_l4_table",
                            "unpin_table",
                            "new_baseptr",
                            "tlb_flush_local",
                            "invlpg_local",
                            "tlb_flush_multi",
                            "invlpg_multi",
                            "tlb_flush_all",
                            "invlpg_all",
                            "flush_cache",
                            "set_ldt",
                            "14",
                            "new_user_baseptr",
                            "clear_page",
                            "copy_page")),
            Map.entry(Hypercall.NMI_OP, List.of("register", "unregister")),
            Map.entry(Hypercall.CALLBACK_OP, List.of("register", "unregister")),
            Map.entry(
                    Hypercall.PHYSDEV_OP,
                    List.of(
                            "0",
                            "1",
                            "2",
                            "3",
                            "4",
                            "irq_status_query",
                            "set_iopl",
                            "set_iobitmap",
                            "apic_read",
                            "apic_write",
                            "alloc_irq_vector",
                            "free_irq_vector",
                            "eoi")));

    private HypercallNames() {}

    /** The hypercall's name in the public headers, or its number. */
    static String of(int number) {
        Hypercall call = Hypercall.of(number);
        return call == null ? "hypercall " + number : call.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the first argument of the hypercall says what it is to do. */
    static boolean hasOperations(int number) {
        Hypercall call = Hypercall.of(number);
        return call != null && call != Hypercall.MMUEXT_OP && OPERATIONS.containsKey(call);
    }

    /** The name of an operation of a hypercall, or its number. */
    static String operation(int number, int command) {
        Hypercall call = Hypercall.of(number);
        List<String> names = call == null ? List.of() : OPERATIONS.getOrDefault(call, List.of());
        return command >= 0 && command < names.size() ? names.get(command) : Integer.toString(command);
    }

    /** Whether a result says that the hypercall failed; some give numbers that only look like an error. */
    static boolean failed(int number, int result) {
        Hypercall call = Hypercall.of(number);
        return call != Hypercall.IRET && call != Hypercall.GET_DEBUGREG && result < 0 && result > -4096;
    }

    /** A failed result as {@code -EINVAL}. */
    static String error(int result) {
        Errno errno = Errno.ofResult(result);
        return errno == null ? Integer.toString(result) : "-" + errno;
    }
}

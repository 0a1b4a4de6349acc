package org.ringone.suite.language;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Callbacks;
import org.ringone.xen.ConsoleIo;
import org.ringone.xen.Errno;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.GrantTableOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MemoryOp;
import org.ringone.xen.MmuExt;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.PhysdevOp;
import org.ringone.xen.SchedOp;
import org.ringone.xen.Selectors;
import org.ringone.xen.TrapTable;
import org.ringone.xen.UpdateVaMapping;
import org.ringone.xen.VcpuOp;
import org.ringone.xen.VmAssist;
import org.ringone.xen.XenVersion;

/** The constants of the public interface by the names that its headers give them. Upper and lower case are the same. */
public final class Constants {

    /** A vocabulary class and the prefix that its names have in the headers. */
    private record Vocabulary(Class<?> holder, String prefix) {}

    private static final List<Vocabulary> VOCABULARIES = List.of(
            new Vocabulary(PageTableBits.class, ""),
            new Vocabulary(Selectors.class, ""),
            new Vocabulary(UpdateVaMapping.class, ""),
            new Vocabulary(AddressSpace.class, ""),
            new Vocabulary(MmuUpdate.class, ""),
            new Vocabulary(MmuExt.class, "MMUEXT_"),
            new Vocabulary(EventChannelOp.class, "EVTCHNOP_"),
            new Vocabulary(SchedOp.class, "SCHEDOP_"),
            new Vocabulary(VmAssist.class, "VMASST_"),
            new Vocabulary(PhysdevOp.class, "PHYSDEVOP_"),
            new Vocabulary(MemoryOp.class, "XENMEM_"),
            new Vocabulary(XenVersion.class, "XENVER_"),
            new Vocabulary(VcpuOp.class, "VCPUOP_"),
            new Vocabulary(Callbacks.class, "CALLBACK_"),
            new Vocabulary(TrapTable.class, "TRAP_"),
            new Vocabulary(ConsoleIo.class, "CONSOLEIO_"));

    private static final Map<String, Long> VALUES = new HashMap<>();

    static {
        for (Vocabulary vocabulary : VOCABULARIES) {
            for (Field field : vocabulary.holder().getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                    put(vocabulary.prefix() + field.getName(), unsigned(field));
                }
            }
        }
        put("NX", 1L << 63);
        put("DOMID_SELF", MmuUpdate.DOMID_SELF);
        put("DOMID_IO", MmuUpdate.DOMID_IO);
        put("DOMID_XEN", MmuUpdate.DOMID_XEN);
        put("VIRQ_TIMER", EventChannelOp.VIRQ_TIMER);
        put("VIRQ_DEBUG", EventChannelOp.VIRQ_DEBUG);
        put("VIRQ_CONSOLE", EventChannelOp.VIRQ_CONSOLE);
        put("VIRQ_DOM_EXC", EventChannelOp.VIRQ_DOM_EXC);
        put("VIRQ_DEBUGGER", EventChannelOp.VIRQ_DEBUGGER);
        put("EVTCHNSTAT_CLOSED", EventChannelOp.STATUS_CLOSED);
        put("EVTCHNSTAT_UNBOUND", EventChannelOp.STATUS_UNBOUND);
        put("EVTCHNSTAT_INTERDOMAIN", EventChannelOp.STATUS_INTERDOMAIN);
        put("EVTCHNSTAT_VIRQ", EventChannelOp.STATUS_VIRQ);
        put("EVTCHNSTAT_IPI", EventChannelOp.STATUS_IPI);
        put("SHUTDOWN_POWEROFF", SchedOp.REASON_POWEROFF);
        put("SHUTDOWN_REBOOT", SchedOp.REASON_REBOOT);
        put("SHUTDOWN_SUSPEND", SchedOp.REASON_SUSPEND);
        put("SHUTDOWN_CRASH", SchedOp.REASON_CRASH);
        put("GNTTABOP_MAP_GRANT_REF", GrantTableOp.MAP_GRANT_REF);
        put("GNTTABOP_UNMAP_GRANT_REF", GrantTableOp.UNMAP_GRANT_REF);
        put("GNTTABOP_SETUP_TABLE", GrantTableOp.SETUP_TABLE);
        put("GNTTABOP_TRANSFER", GrantTableOp.TRANSFER);
        put("GNTTABOP_COPY", GrantTableOp.COPY);
        put("GNTTABOP_QUERY_SIZE", GrantTableOp.QUERY_SIZE);
        put("GNTST_OKAY", GrantTableOp.OKAY);
        put("GNTST_GENERAL_ERROR", GrantTableOp.GENERAL_ERROR);
        put("GNTST_BAD_DOMAIN", GrantTableOp.BAD_DOMAIN);
        put("GNTST_BAD_GNTREF", GrantTableOp.BAD_GNTREF);
        put("GNTST_BAD_HANDLE", GrantTableOp.BAD_HANDLE);
        put("GNTST_NO_DEVICE_SPACE", GrantTableOp.NO_DEVICE_SPACE);
        put("GNTST_PERMISSION_DENIED", GrantTableOp.PERMISSION_DENIED);
        put("GNTST_BAD_PAGE", GrantTableOp.BAD_PAGE);
        put("GNTST_BAD_COPY_ARG", GrantTableOp.BAD_COPY_ARG);
        put("GNTMAP_DEVICE_MAP", GrantTableOp.DEVICE_MAP);
        put("GNTMAP_HOST_MAP", GrantTableOp.HOST_MAP);
        put("GNTMAP_READONLY", GrantTableOp.READONLY);
        put("GNTMAP_APPLICATION_MAP", GrantTableOp.APPLICATION_MAP);
        put("GNTMAP_CONTAINS_PTE", GrantTableOp.CONTAINS_PTE);
        put("GNTCOPY_SOURCE_GREF", GrantTableOp.SOURCE_GREF);
        put("GNTCOPY_DEST_GREF", GrantTableOp.DEST_GREF);
        put("GTF_PERMIT_ACCESS", GrantTableOp.GTF_PERMIT_ACCESS);
        put("GTF_ACCEPT_TRANSFER", GrantTableOp.GTF_ACCEPT_TRANSFER);
        put("GTF_READONLY", GrantTableOp.GTF_READONLY);
        put("GTF_READING", GrantTableOp.GTF_READING);
        put("GTF_WRITING", GrantTableOp.GTF_WRITING);
        put("MMU_NORMAL_PT_UPDATE", MmuUpdate.NORMAL_PT_UPDATE);
        put("MMU_MACHPHYS_UPDATE", MmuUpdate.MACHPHYS_UPDATE);
        for (Errno errno : Errno.values()) {
            put(errno.name(), errno.number());
        }
        for (Hypercall hypercall : Hypercall.values()) {
            put("__HYPERVISOR_" + hypercall.name(), hypercall.number());
        }
    }

    private Constants() {}

    private static void put(String name, long value) {
        VALUES.put(name.toUpperCase(Locale.ROOT), value);
    }

    private static long unsigned(Field field) {
        try {
            return field.getInt(null) & 0xFFFF_FFFFL;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a constant; empty when the interface has none of that name. */
    public static OptionalLong value(String name) {
        Long value = VALUES.get(name.toUpperCase(Locale.ROOT));
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** All names with values that fit 32 bits, for assembly. */
    public static Map<String, Integer> words() {
        Map<String, Integer> words = new HashMap<>();
        VALUES.forEach((name, value) -> {
            if (value >>> 32 == 0) {
                words.put(name, value.intValue());
            }
        });
        return words;
    }
}

package org.ringone.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ringone.reference.memory.Assist;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Errno;
import org.ringone.xen.XenVersion;

/** xen_version: who the hypervisor says it is and what it can do (BOOT-15, BOOT-18). */
public class VersionInfo {

    private static final int VERSION = 3 << 16;

    public int operation(Vcpu v, int command, int argument) {
        return switch (command) {
            case XenVersion.VERSION -> VERSION;
            case XenVersion.EXTRAVERSION -> text(v, argument, 16, "-unstable");
            case XenVersion.COMPILE_INFO -> compileInfo(v, argument);
            case XenVersion.CAPABILITIES -> text(v, argument, 1024, "xen-3.0-x86_32p ");
            case XenVersion.CHANGESET -> text(v, argument, 64, "Ring One reference");
            case XenVersion.PLATFORM_PARAMETERS ->
                v.parts().guestCopy.write32(v, argument, AddressSpace.VIRT_START) ? 0 : Errno.EFAULT.result();
            case XenVersion.GET_FEATURES -> features(v, argument);
            case XenVersion.PAGESIZE -> argument == 0 ? AddressSpace.PAGE_SIZE : Errno.EINVAL.result();
            case XenVersion.GUEST_HANDLE -> handle(v, argument);
            default -> Errno.ENOSYS.result();
        };
    }

    private static int text(Vcpu v, int argument, int size, String text) {
        byte[] bytes = v.machine().record.bytes();
        put(bytes, 0, size, text);
        return store(v, argument, size);
    }

    private static int compileInfo(Vcpu v, int argument) {
        byte[] bytes = v.machine().record.bytes();
        put(bytes, 0, 64, "javac");
        put(bytes, 64, 16, "ringone");
        put(bytes, 80, 32, "ringone.org");
        put(bytes, 112, 32, "");
        return store(v, argument, 144);
    }

    private static void put(byte[] bytes, int offset, int size, String text) {
        Arrays.fill(bytes, offset, offset + size, (byte) 0);
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, bytes, offset, Math.min(ascii.length, size - 1));
    }

    private static int store(Vcpu v, int argument, int size) {
        return v.machine().record.store(v, argument, size) ? 0 : Errno.EFAULT.result();
    }

    private int features(Vcpu v, int argument) {
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, 8)) {
            return Errno.EFAULT.result();
        }
        if (r.i32(0) != 0) {
            return Errno.EINVAL.result();
        }
        r.put32(4, featureBits(v));
        return r.store(v, argument, 8) ? 0 : Errno.EFAULT.result();
    }

    /** BOOT-18: of the features only the one that an assist switches on. */
    protected int featureBits(Vcpu v) {
        return v.domain.memory.assist(Assist.PAE_EXTENDED_CR3) ? 1 << XenVersion.FEATURE_PAE_PGDIR_ABOVE_4GB : 0;
    }

    /** Sixteen bytes that tell domains apart; nobody gave them meaning, so they are zero but for the domain's number. */
    private static int handle(Vcpu v, int argument) {
        byte[] bytes = v.machine().record.bytes();
        Arrays.fill(bytes, 0, 16, (byte) 0);
        bytes[15] = (byte) v.domain.id();
        return store(v, argument, 16);
    }
}

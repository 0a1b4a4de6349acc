package org.ringone.reference.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;

/** BOOT-13: the code that guests make hypercalls through: a slot of 32 bytes for each number. */
public final class HypercallPage {

    private static final int SLOT = 32;
    private static final byte INT3 = (byte) 0xCC;

    private HypercallPage() {}

    /** The page's bytes. */
    public static byte[] code() {
        return code(new BootRules());
    }

    static byte[] code(BootRules rules) {
        byte[] page = new byte[AddressSpace.PAGE_SIZE];
        Arrays.fill(page, INT3);
        ByteBuffer code = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        for (int number = 0; number < AddressSpace.PAGE_SIZE / SLOT; number++) {
            code.position(number * SLOT);
            boolean iret = number == Hypercall.IRET.number();
            if (iret) {
                code.put((byte) 0x50); // push eax: part of the frame that iret takes
            }
            code.put((byte) 0xB8).putInt(rules.hypercall(number)); // mov eax, number
            code.put((byte) 0xCD).put((byte) 0x82); // int 0x82
            if (!iret) {
                code.put((byte) 0xC3); // ret
            }
        }
        return page;
    }
}

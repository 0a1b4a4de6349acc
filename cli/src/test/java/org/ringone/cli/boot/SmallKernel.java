package org.ringone.cli.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.ringone.x86.Assembler;
import org.ringone.x86.AssemblyException;

/** Kernels of a few instructions, as ELF images with Xen notes: linked 1 MiB above where their region begins. */
final class SmallKernel {

    /** Where the regions of initial domains may begin; those of ordinary ones may begin at 0. */
    static final int HIGH = 0xC000_0000;

    private static final int PHYSICAL = 0x10_0000;

    private static final int NOTES = 0x100;
    private static final int CODE = 0x1000;

    private SmallKernel() {}

    /** A kernel that begins with that code, in a region from 0; its page for data is {@code data}. */
    static byte[] of(String code) {
        return of(code, 0);
    }

    /** The same in a region that begins elsewhere. */
    static byte[] of(String code, int base) {
        int entry = base + PHYSICAL;
        byte[] text;
        try {
            text = Assembler.assemble("bits 32\n" + code, Map.of("data", entry + 0x2000), entry)
                    .bytes();
        } catch (AssemblyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        ByteBuffer file = ByteBuffer.allocate(CODE + 0x3000).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
        file.putShort((short) 2)
                .putShort((short) 3)
                .putInt(1)
                .putInt(entry)
                .putInt(52)
                .putInt(0)
                .putInt(0);
        file.putShort((short) 52).putShort((short) 32).putShort((short) 2).putShort((short) 0);
        file.position(NOTES);
        note(file, 5, "xen-3.0\0".getBytes());
        note(file, 8, "generic\0".getBytes());
        note(file, 9, "yes\0".getBytes());
        note(file, 1, number(entry));
        note(file, 2, number(entry + 0x1000));
        note(file, 3, number(base));
        int size = file.position() - NOTES;
        header(file, 52, 1, CODE, PHYSICAL, 0x3000, 7);
        header(file, 52 + 32, 4, NOTES, 0, size, 4);
        file.put(CODE, text);
        return file.array();
    }

    private static void note(ByteBuffer file, int type, byte[] contents) {
        file.putInt(4).putInt(contents.length).putInt(type).put(new byte[] {'X', 'e', 'n', 0});
        file.put(contents).position(file.position() + 3 & ~3);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static void header(ByteBuffer file, int at, int type, int offset, int address, int size, int flags) {
        file.putInt(at, type).putInt(at + 4, offset).putInt(at + 8, address).putInt(at + 12, address);
        file.putInt(at + 16, size).putInt(at + 20, size).putInt(at + 24, flags).putInt(at + 28, 0x1000);
    }
}

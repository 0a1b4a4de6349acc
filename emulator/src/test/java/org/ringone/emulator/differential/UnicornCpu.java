package org.ringone.emulator.differential;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;

/** A 32-bit processor in protected mode with flat ring-0 segments and no paging, emulated by Unicorn. */
final class UnicornCpu implements AutoCloseable {
    /** Nothing was raised. */
    static final int NONE = -1;

    /** Added to an error number of the library: the instruction went where this machine has nothing. */
    static final int OWN_ERROR = 1000;

    final int[] r = new int[8];
    int eip;
    int eflags;

    private static final UnsatisfiedLinkError MISSING;
    static final Unicorn LIBRARY;

    static {
        Unicorn library = null;
        UnsatisfiedLinkError missing = null;
        try {
            library = Native.load(Unicorn.LIBRARY, Unicorn.class);
        } catch (UnsatisfiedLinkError e) {
            missing = e;
        }
        LIBRARY = library;
        MISSING = missing;
    }

    private final Pointer engine;
    private final Memory memory;
    private final ByteBuffer bytes;
    private final IntByReference cell = new IntByReference();
    /** A field, so that the collector does not take the callback while the library has it. */
    private final Unicorn.InterruptHook hook;

    private int vector;

    /** @param size bytes of memory from address 0, a multiple of 4096 */
    UnicornCpu(int size) {
        PointerByReference reference = new PointerByReference();
        check(LIBRARY.uc_open(Unicorn.ARCH_X86, Unicorn.MODE_32, reference));
        engine = reference.getValue();
        memory = new Memory(size + 4096).align(4096);
        bytes = memory.getByteBuffer(0, size);
        check(LIBRARY.uc_mem_map_ptr(engine, 0, size, Unicorn.PROT_ALL, memory));
        hook = (e, number, user) -> {
            vector = number;
            LIBRARY.uc_emu_stop(e);
        };
        check(LIBRARY.uc_hook_add(engine, new PointerByReference(), Unicorn.HOOK_INTR, hook, null, 1, 0));
    }

    /** Whether the library is on this machine. */
    static boolean available() {
        return LIBRARY != null;
    }

    /** Why it is not, and what to do. */
    static String reason() {
        return "the comparison with another processor needs " + Unicorn.LIBRARY
                + " (Debian: apt-get install libunicorn2): " + MISSING.getMessage();
    }

    /** The memory, from address 0. */
    ByteBuffer memory() {
        return bytes;
    }

    /**
     * Executes one instruction from {@link #r}, {@link #eip} and {@link #eflags} and updates them. One that can go elsewhere than to
     * the next instruction needs TF set.
     *
     * @param length the instruction's
     * @return the vector of the exception or interrupt it raised, or {@link #NONE}
     */
    int step(int length) {
        for (int n = 0; n < 8; n++) {
            write(Unicorn.GENERAL[n], r[n]);
        }
        write(Unicorn.EFLAGS, eflags);
        vector = NONE;
        int error = LIBRARY.uc_emu_start(engine, eip & 0xFFFF_FFFFL, eip + length & 0xFFFF_FFFFL, 0, 0);
        for (int n = 0; n < 8; n++) {
            r[n] = read(Unicorn.GENERAL[n]);
        }
        eip = read(Unicorn.EIP);
        eflags = read(Unicorn.EFLAGS);
        if (vector == NONE && error == Unicorn.ERR_INSN_INVALID) {
            return 6;
        }
        if (vector == NONE && error != Unicorn.ERR_OK) {
            return OWN_ERROR + error;
        }
        return vector;
    }

    @Override
    public void close() {
        LIBRARY.uc_close(engine);
    }

    private void write(int register, int value) {
        cell.setValue(value);
        check(LIBRARY.uc_reg_write(engine, register, cell));
    }

    private int read(int register) {
        check(LIBRARY.uc_reg_read(engine, register, cell));
        return cell.getValue();
    }

    private static void check(int error) {
        if (error != Unicorn.ERR_OK) {
            throw new IllegalStateException("Unicorn: " + LIBRARY.uc_strerror(error));
        }
    }
}

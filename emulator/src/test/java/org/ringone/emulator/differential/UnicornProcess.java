package org.ringone.emulator.differential;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.UserSpace;
import org.ringone.x86.Assembler;
import org.ringone.x86.AssemblyException;

/**
 * A processor in ring 3 with paging, emulated by Unicorn, in the same {@link UserSpace} as ours. It delivers no exception but stops at it.
 * What it remembers of one is forgotten by going into ring 3 anew, from a state that was saved at the beginning.
 */
final class UnicornProcess implements AutoCloseable {
    /** It ran longer than any program here does. */
    static final int ENDLESS = -2;

    private static final Unicorn LIBRARY = UnicornCpu.LIBRARY;
    /** Milliseconds; only for what would otherwise never end. The library's own timeout costs a thread a run. */
    private static final long PATIENCE = 5_000;

    /** Where the way into ring 3 takes its selectors from: those of {@link #DATA_SEGMENTS}. */
    private static final int SELECTORS = UserSpace.BOOT + 0x100;

    private static final int TABLE_REGISTER = UserSpace.BOOT + 0x110;
    private static final int BOOT_STACK = UserSpace.BOOT + 0xF00;
    /** The first instruction in ring 3 would be here; it is never executed. No program has its code there. */
    private static final int ARRIVAL = UserSpace.CODE + 0x800;

    private static final byte[] BOOT = boot();
    /** Bytes of all linear addresses. */
    private static final long EVERYWHERE = 1L << 32;
    /**
     * Memory that no page leads to, for all addresses beyond the space: where Unicorn has no memory at all it does not look at page tables,
     * and raises nothing. It is never touched, so there is none behind it.
     */
    private static final Pointer NOTHING = nothing();
    /** DS last: the others are loaded through it. */
    private static final int[] DATA_SEGMENTS = {CpuState.ES, CpuState.FS, CpuState.GS, CpuState.DS};

    final int[] r = new int[8];
    int eip;
    int eflags;
    int cr2;

    private final Pointer engine;
    private final Pointer pristine;
    private final Memory memory;
    private final ByteBuffer bytes;
    private final IntByReference cell = new IntByReference();
    private final Unicorn.InterruptHook hook;
    private final int[] selectors = new int[6];
    private int vector;
    private final Timer watch = new Timer(true);
    /** Odd while it runs. */
    private volatile long runs;

    UnicornProcess() {
        PointerByReference reference = new PointerByReference();
        check(LIBRARY.uc_open(Unicorn.ARCH_X86, Unicorn.MODE_32, reference));
        engine = reference.getValue();
        memory = new Memory(UserSpace.SIZE + 4096).align(4096);
        memory.clear();
        bytes = memory.getByteBuffer(0, UserSpace.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        check(LIBRARY.uc_mem_map_ptr(engine, 0, UserSpace.SIZE, Unicorn.PROT_ALL, memory));
        check(LIBRARY.uc_mem_map_ptr(engine, UserSpace.SIZE, EVERYWHERE - UserSpace.SIZE, Unicorn.PROT_ALL, NOTHING));
        hook = (e, number, user) -> {
            if (vector == UnicornCpu.NONE) {
                vector = number;
                cr2 = read(Unicorn.CR2);
            }
            LIBRARY.uc_emu_stop(e);
        };
        check(LIBRARY.uc_hook_add(engine, new PointerByReference(), Unicorn.HOOK_INTR, hook, null, 1, 0));
        watch.schedule(
                new TimerTask() {
                    private long seen;

                    @Override
                    public void run() {
                        if (runs % 2 == 1 && runs == seen) {
                            LIBRARY.uc_emu_stop(engine);
                        }
                        seen = runs;
                    }
                },
                PATIENCE,
                PATIENCE);
        check(LIBRARY.uc_context_alloc(engine, reference));
        pristine = reference.getValue();
        check(LIBRARY.uc_context_save(engine, pristine));
    }

    private static Pointer nothing() {
        NativeCpu.Memory memory = Native.load("c", NativeCpu.Memory.class);
        Pointer at = memory.mmap(Pointer.NULL, EVERYWHERE, 3, 0x4022, -1, 0); // private, anonymous, not reserved
        if (Pointer.nativeValue(at) == -1) {
            throw new IllegalStateException("no address space");
        }
        return at;
    }

    private static byte[] boot() {
        String source = """
                bits 32
                lgdt [%d]
                mov eax, %d
                mov cr3, eax
                mov eax, cr0
                or eax, 0x80010001
                mov cr0, eax
                mov ax, %d
                mov ss, ax
                mov esp, %d
                mov es, [%d]
                mov fs, [%d]
                mov gs, [%d]
                mov ds, [%d]
                push dword %d
                push dword %d
                push dword 2
                push dword %d
                push dword %d
                iretd
                """.formatted(
                        TABLE_REGISTER,
                        UserSpace.DIRECTORY,
                        UserSpace.SYSTEM_DATA,
                        BOOT_STACK,
                        SELECTORS,
                        SELECTORS + 2,
                        SELECTORS + 4,
                        SELECTORS + 6,
                        UserSpace.DATA_SELECTOR,
                        UserSpace.STACK,
                        UserSpace.CODE_SELECTOR,
                        ARRIVAL);
        try {
            return Assembler.assemble(source, Map.of(), UserSpace.BOOT).bytes();
        } catch (AssemblyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The memory, from address 0. Code that has run may not be replaced in it, but by the program itself. */
    ByteBuffer memory() {
        return bytes;
    }

    /** Puts a space's memory in place, with flat segments. */
    void enter(UserSpace space) {
        bytes.put(0, space.bytes(), 0, UserSpace.BOOT);
        Arrays.fill(selectors, UserSpace.DATA_SELECTOR);
    }

    /** A selector, by its register's number. */
    int selector(int register) {
        return selectors[register];
    }

    /**
     * Runs from {@link #r}, {@link #eip} and {@link #eflags} until something is raised, and updates them.
     *
     * @return the vector; {@link UnicornCpu#OWN_ERROR} and more for errors of the library
     */
    int run() {
        check(LIBRARY.uc_context_restore(engine, pristine));
        bytes.put(UserSpace.BOOT, BOOT);
        for (int n = 0; n < DATA_SEGMENTS.length; n++) {
            bytes.putShort(SELECTORS + 2 * n, (short) selectors[DATA_SEGMENTS[n]]);
        }
        bytes.putShort(TABLE_REGISTER, (short) UserSpace.GDT_LIMIT).putInt(TABLE_REGISTER + 2, UserSpace.GDT);
        vector = UnicornCpu.NONE;
        int error = LIBRARY.uc_emu_start(engine, UserSpace.BOOT, ARRIVAL, 0, 0);
        if (error != Unicorn.ERR_OK || vector != UnicornCpu.NONE || read(Unicorn.EIP) != ARRIVAL) {
            throw new IllegalStateException(String.format(
                    "Unicorn did not come into ring 3: error %d, vector %d at %x, CR2 %x",
                    error, vector, read(Unicorn.EIP), read(Unicorn.CR2)));
        }
        for (int n = 0; n < 8; n++) {
            write(Unicorn.GENERAL[n], r[n]);
        }
        write(Unicorn.EFLAGS, eflags);
        write(Unicorn.CR2, 0);
        runs++;
        error = LIBRARY.uc_emu_start(engine, eip & 0xFFFF_FFFFL, ARRIVAL, 0, 0);
        runs++;
        for (int n = 0; n < 8; n++) {
            r[n] = read(Unicorn.GENERAL[n]);
        }
        for (int n = 0; n < 6; n++) {
            selectors[n] = read(Unicorn.SEGMENTS[n]) & 0xFFFF;
        }
        eip = read(Unicorn.EIP);
        eflags = read(Unicorn.EFLAGS);
        if (vector != UnicornCpu.NONE) {
            return vector;
        }
        return error == Unicorn.ERR_INSN_INVALID ? 6 : error == Unicorn.ERR_OK ? ENDLESS : UnicornCpu.OWN_ERROR + error;
    }

    @Override
    public void close() {
        watch.cancel();
        LIBRARY.uc_free(pristine);
        LIBRARY.uc_close(engine);
    }

    private void write(int register, int value) {
        cell.setValue(value);
        check(LIBRARY.uc_reg_write(engine, register, cell));
    }

    private int read(int register) {
        cell.setValue(0);
        check(LIBRARY.uc_reg_read(engine, register, cell));
        return cell.getValue();
    }

    private static void check(int error) {
        if (error != Unicorn.ERR_OK) {
            throw new IllegalStateException("Unicorn: " + LIBRARY.uc_strerror(error));
        }
    }
}

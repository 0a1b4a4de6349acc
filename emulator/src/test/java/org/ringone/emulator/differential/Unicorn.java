package org.ringone.emulator.differential;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/** The few functions of the Unicorn library (its C interface, version 2) that the comparison needs. */
interface Unicorn extends Library {
    /** Debian's package libunicorn2. */
    String LIBRARY = "libunicorn.so.2";

    int ARCH_X86 = 4;
    int MODE_32 = 1 << 2;
    int PROT_ALL = 7;
    int HOOK_INTR = 1;
    int ERR_OK = 0;
    int ERR_INSN_INVALID = 10;
    int ERR_EXCEPTION = 21;

    /** Register numbers in the order EAX ECX EDX EBX ESP EBP ESI EDI. */
    int[] GENERAL = {19, 22, 24, 21, 30, 20, 29, 23};

    /** Selectors in the order ES CS SS DS FS GS. */
    int[] SEGMENTS = {28, 11, 49, 17, 32, 33};

    int CR2 = 52;
    int EFLAGS = 25;
    int EIP = 26;

    int uc_open(int architecture, int mode, PointerByReference engine);

    int uc_close(Pointer engine);

    String uc_strerror(int error);

    int uc_mem_map_ptr(Pointer engine, long address, long size, int protection, Pointer memory);

    int uc_reg_write(Pointer engine, int register, IntByReference value);

    int uc_reg_read(Pointer engine, int register, IntByReference value);

    int uc_emu_start(Pointer engine, long begin, long until, long timeout, long count);

    int uc_emu_stop(Pointer engine);

    int uc_context_alloc(Pointer engine, PointerByReference context);

    int uc_context_save(Pointer engine, Pointer context);

    int uc_context_restore(Pointer engine, Pointer context);

    int uc_free(Pointer memory);

    int uc_hook_add(
            Pointer engine, PointerByReference hook, int type, Callback callback, Pointer user, long begin, long end);

    /** Called for an exception or software interrupt. */
    interface InterruptHook extends Callback {
        void invoke(Pointer engine, int vector, Pointer user);
    }
}

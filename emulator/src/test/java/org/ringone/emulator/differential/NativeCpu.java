package org.ringone.emulator.differential;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The processor that this test itself runs on, when it is an x86-64 with Linux: it executes single instructions of x87, MMX and SSE, whose
 * encodings mean the same there. Memory operands are addressed by ECX, general registers are EAX. No exception of SSE may be unmasked
 * (it would be a signal); those of x87 may: nothing waits for them.
 */
final class NativeCpu {
    /** Offsets in the block that code and test share. */
    private static final int IN = 0;

    private static final int OUT = 512;
    private static final int EAX = 1024;
    private static final int FLAGS = 1032;
    private static final int OPERAND = 1088;
    private static final int HOST = 2048;
    private static final int CODE = 4096;
    private static final int SIZE = 8192;
    private static final int OPERAND_SIZE = 128;

    /** The system's calls. */
    interface Memory extends Library {
        Pointer mmap(Pointer at, long size, int protection, int flags, int file, long offset);
    }

    private final Pointer block;
    private final ByteBuffer bytes;
    private final Function function;

    /** The image of FXSAVE before and after. */
    final byte[] state = new byte[512];

    /** 128 bytes that the operand of an instruction lies at the start of. */
    final byte[] operand = new byte[OPERAND_SIZE];

    int eax;
    int eflags;

    NativeCpu() {
        Memory memory = Native.load("c", Memory.class);
        block = memory.mmap(Pointer.NULL, SIZE, 7, 0x22, -1, 0); // private, anonymous; readable, writable, executable
        if (Pointer.nativeValue(block) == -1) {
            throw new IllegalStateException("no executable memory");
        }
        bytes = block.getByteBuffer(0, SIZE).order(ByteOrder.LITTLE_ENDIAN);
        function = Function.getFunction(block.share(CODE));
    }

    static boolean available() {
        return System.getProperty("os.arch").equals("amd64")
                && System.getProperty("os.name").equals("Linux");
    }

    static String reason() {
        return "the comparison with the bare processor needs Linux on an x86-64";
    }

    /** Executes one instruction. */
    void execute(byte[] instruction) {
        bytes.put(IN, state).put(OPERAND, operand);
        bytes.putLong(EAX, eax & 0xFFFF_FFFFL).putLong(FLAGS, eflags);
        ByteBuffer code = bytes.slice(CODE, SIZE - CODE);
        put(code, "48 0F AE 87", HOST); // fxsave64 [rdi + HOST]
        put(code, "48 8D 8F", OPERAND); // lea rcx, [rdi + OPERAND]
        put(code, "48 8B 87", EAX); // mov rax, [rdi + EAX]
        put(code, "0F AE 8F", IN); // fxrstor [rdi + IN]
        put(code, "FF B7", FLAGS); // push qword [rdi + FLAGS]
        code.put((byte) 0x9D); // popfq
        code.put(instruction);
        code.put((byte) 0x9C); // pushfq
        put(code, "8F 87", FLAGS); // pop qword [rdi + FLAGS]
        put(code, "0F AE 87", OUT); // fxsave [rdi + OUT]
        put(code, "48 89 87", EAX); // mov [rdi + EAX], rax
        put(code, "48 0F AE 8F", HOST); // fxrstor64 [rdi + HOST]
        code.put((byte) 0xC3);
        function.invokeVoid(new Object[] {block});
        bytes.get(OUT, state).get(OPERAND, operand);
        eax = bytes.getInt(EAX);
        eflags = bytes.getInt(FLAGS);
    }

    private static void put(ByteBuffer code, String opcode, int offset) {
        for (String word : opcode.split(" ")) {
            code.put((byte) Integer.parseInt(word, 16));
        }
        code.put((byte) offset).put((byte) (offset >> 8)).put((byte) 0).put((byte) 0);
    }
}

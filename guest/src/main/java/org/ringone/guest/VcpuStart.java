package org.ringone.guest;

import java.util.Map;
import java.util.Objects;

/**
 * A further virtual processor to start: the program it runs, in the guest kernel's ring and the probe's address space.
 *
 * <p>The program is on its own: the probe's handlers are the first vcpu's. Where its text has a label {@code upcall},
 * {@code failsafe} or {@code trap}, the event callback, the failsafe callback and the handler of every vector lie there;
 * otherwise there is none. It tells what it sees through memory.
 *
 * @param number of the vcpu, 1 to 31
 * @param assembly its program, entered at its first byte with the event mask as the hypervisor has it
 * @param symbols what the text may name besides the probe's symbols
 * @param code where the program is put
 * @param stackTop its first stack pointer and its kernel stack
 * @param context where the structure for VCPUOP_initialise is put: 2,800 bytes that only this call uses
 */
public record VcpuStart(
        int number, String assembly, Map<String, Integer> symbols, int code, int stackTop, int context) {

    /** Bytes of vcpu_guest_context. */
    static final int CONTEXT_SIZE = 2800;

    private static final int FLAGS = 512;
    private static final int USER_EIP = 516 + 32;
    private static final int USER_CS = 516 + 36;
    private static final int USER_EFLAGS = 516 + 40;
    private static final int USER_ESP = 516 + 44;
    private static final int USER_SS = 516 + 48;
    private static final int USER_ES = 516 + 52;
    private static final int USER_DS = 516 + 56;
    private static final int USER_FS = 516 + 60;
    private static final int USER_GS = 516 + 64;
    private static final int TRAPS = 584;
    private static final int KERNEL_SS = 2708;
    private static final int KERNEL_SP = 2712;
    private static final int CR3 = 2716 + 12;
    private static final int EVENT_CS = 2780;
    private static final int EVENT_EIP = 2784;
    private static final int FAILSAFE_CS = 2788;
    private static final int FAILSAFE_EIP = 2792;

    private static final int IN_KERNEL = 1 << 2;
    private static final int INTERRUPTS = 0x202;
    private static final int VECTORS = 256;

    public VcpuStart {
        Objects.requireNonNull(assembly, "assembly");
        symbols = Map.copyOf(symbols);
        if (number < 1 || number > 31) {
            throw new IllegalArgumentException("the vcpus that can be started are 1 to 31, not " + number);
        }
    }

    /** The program as a run that is never run: it is assembled and placed like one. */
    CodeRun program() {
        return CodeRun.ring1(assembly).symbols(symbols).at(code);
    }

    /**
     * vcpu_guest_context.
     *
     * @param labels of the program
     * @param base the machine frame of the L3 table
     */
    byte[] context(Map<String, Integer> labels, int base, int codeSelector, int dataSelector) {
        byte[] c = new byte[CONTEXT_SIZE];
        Little.word(c, FLAGS, IN_KERNEL);
        Little.word(c, USER_EIP, code);
        Little.word(c, USER_CS, codeSelector);
        Little.word(c, USER_EFLAGS, INTERRUPTS);
        Little.word(c, USER_ESP, stackTop);
        for (int at : new int[] {USER_SS, USER_ES, USER_DS, USER_FS, USER_GS, KERNEL_SS}) {
            Little.word(c, at, dataSelector);
        }
        Little.word(c, KERNEL_SP, stackTop);
        Little.word(c, CR3, base << 12 | base >>> 20);
        Integer trap = labels.get("trap");
        for (int vector = 0; vector < VECTORS && trap != null; vector++) {
            c[TRAPS + 8 * vector] = (byte) vector;
            Little.half(c, TRAPS + 8 * vector + 2, codeSelector);
            Little.word(c, TRAPS + 8 * vector + 4, trap);
        }
        callback(c, EVENT_CS, EVENT_EIP, labels.get("upcall"), codeSelector);
        callback(c, FAILSAFE_CS, FAILSAFE_EIP, labels.get("failsafe"), codeSelector);
        return c;
    }

    private static void callback(byte[] context, int csAt, int eipAt, Integer eip, int codeSelector) {
        if (eip != null) {
            Little.word(context, csAt, codeSelector);
            Little.word(context, eipAt, eip);
        }
    }
}

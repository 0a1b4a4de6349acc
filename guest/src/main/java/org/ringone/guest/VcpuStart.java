package org.ringone.guest;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.ringone.xen.SharedInfo;

/**
 * A further virtual processor to start: the program it runs, in the guest kernel's ring and the probe's address space.
 *
 * <p>The program is on its own: the probe's handlers are the first vcpu's. Where its text has a label {@code upcall},
 * {@code failsafe} or {@code trap}, the event callback, the failsafe callback and the handler of every vector lie there;
 * else where the kernel text behind it has them. It tells what it sees through memory: see {@link VcpuResults}. When it comes
 * to its end, or jumps to {@code finish}, its registers are stored and the vcpu is taken down.
 *
 * @param number of the vcpu, 1 to 31
 * @param assembly its program, entered at its first byte with the event mask as the hypervisor has it
 * @param symbols what the text may name besides the probe's symbols
 * @param code where the program is put
 * @param stackTop its first stack pointer and its kernel stack
 * @param results where it tells what it sees: {@value VcpuResults#SIZE} bytes
 * @param context where the structure for VCPUOP_initialise is put: 2,800 bytes that only this call uses
 */
public record VcpuStart(
        int number, String assembly, Map<String, Integer> symbols, int code, int stackTop, int results, int context) {

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
    private static final int EXCEPTIONS = 32;
    private static final String KERNEL = kernel();

    public VcpuStart {
        Objects.requireNonNull(assembly, "assembly");
        symbols = Map.copyOf(symbols);
        if (number < 1 || number > 31) {
            throw new IllegalArgumentException("the vcpus that can be started are 1 to 31, not " + number);
        }
    }

    /** The program as a run that is never run: it is assembled and placed like one. */
    CodeRun program(int sharedInfo) {
        Map<String, Integer> known = new HashMap<>(symbols);
        int info = sharedInfo + SharedInfo.VCPU_INFO + number * SharedInfo.VCPU_INFO_SIZE;
        known.put("vcpu_number", number);
        known.put("vcpu_results", results);
        known.put("vcpu_upcall_pending", info + SharedInfo.UPCALL_PENDING);
        known.put("vcpu_upcall_mask", info + SharedInfo.UPCALL_MASK);
        known.put("vcpu_pending_sel", info + SharedInfo.PENDING_SEL);
        known.put("vcpu_evtchn_pending", sharedInfo + SharedInfo.EVTCHN_PENDING);
        known.put("vcpu_evtchn_mask", sharedInfo + SharedInfo.EVTCHN_MASK);
        return CodeRun.ring1(assembly + "\n" + KERNEL).symbols(known).at(code);
    }

    private static String kernel() {
        StringBuilder text = new StringBuilder(ProbeProgram.part("vcpu/vcpu"));
        for (int vector = 0; vector < EXCEPTIONS; vector++) {
            text.append("trap_")
                    .append(vector)
                    .append(": push dword ")
                    .append(vector)
                    .append("\n jmp trapped\n");
        }
        return text.toString();
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
        for (int vector = 0; vector < VECTORS; vector++) {
            Integer trap = handler(labels, "trap", "trap_" + vector);
            if (trap != null) {
                c[TRAPS + 8 * vector] = (byte) vector;
                Little.half(c, TRAPS + 8 * vector + 2, codeSelector);
                Little.word(c, TRAPS + 8 * vector + 4, trap);
            }
        }
        Little.word(c, EVENT_CS, codeSelector);
        Little.word(c, EVENT_EIP, handler(labels, "upcall", "default_upcall"));
        Little.word(c, FAILSAFE_CS, codeSelector);
        Little.word(c, FAILSAFE_EIP, handler(labels, "failsafe", "default_failsafe"));
        return c;
    }

    private static Integer handler(Map<String, Integer> labels, String own, String otherwise) {
        return labels.getOrDefault(own, labels.get(otherwise));
    }
}

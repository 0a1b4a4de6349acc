package org.ringone.cli.audit;

import java.util.SortedMap;
import java.util.TreeMap;
import org.ringone.emulator.Vector;
import org.ringone.reference.GuestObserver;
import org.ringone.reference.VcpuView;

/** Traps by vector and what became of them, and the instructions that the hypervisor carried out in the guest's place. */
final class TrapCounts implements GuestObserver {

    /** Distinct mnemonics, so that a hostile guest does not fill memory with them. */
    private static final int MOST = 500;

    private final SortedMap<String, Long> emulated = new TreeMap<>();
    private final SortedMap<String, Long> mended = new TreeMap<>();
    private final SortedMap<String, Long> fromUser = new TreeMap<>();
    private final SortedMap<String, Long> fromKernel = new TreeMap<>();
    private String instruction = "";
    private boolean kernel;
    private int start;

    /** Instructions carried out by the hypervisor, by mnemonic and, for control and debug registers, operands. */
    SortedMap<String, Long> emulated() {
        return emulated;
    }

    /** Faults that the guest never saw, by exception. */
    SortedMap<String, Long> mended() {
        return mended;
    }

    /** Exceptions of user code that its kernel got. */
    SortedMap<String, Long> fromUser() {
        return fromUser;
    }

    /** Exceptions of the kernel's own that it got: those that it survived it has fixed up. */
    SortedMap<String, Long> fromKernel() {
        return fromKernel;
    }

    /** The instruction that the present exception is at; for those that may be privileged only. */
    String instruction() {
        return instruction;
    }

    @Override
    public void trap(VcpuView v, int vector, int errorCode, int at) {
        kernel = v.inGuestKernel();
        start = at;
        instruction = vector == Vector.GP || vector == Vector.UD ? v.instructionAt(at) : "";
    }

    @Override
    public void trapHandled(VcpuView v, int vector, boolean passedOn) {
        String name = name(vector);
        if (passedOn) {
            add(kernel ? fromKernel : fromUser, name);
        } else if ((vector == Vector.GP || vector == Vector.UD) && v.eip() != start) {
            add(emulated, vector == Vector.UD ? "cpuid with prefix" : mnemonic(instruction));
        } else {
            add(mended, name);
        }
    }

    private static void add(SortedMap<String, Long> counts, String what) {
        if (counts.size() < MOST || counts.containsKey(what)) {
            counts.merge(what, 1L, Long::sum);
        }
    }

    /** Control and debug registers are told apart, general registers, ports and addresses are not. */
    private static String mnemonic(String text) {
        String[] words = text.split("[ ,]+");
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            if (words[i].matches("[cd]r\\d")) {
                name.append(i == 1 ? " to " : " from ").append(words[i]);
            }
        }
        return name.toString();
    }

    private static String name(int vector) {
        return switch (vector) {
            case 0 -> "#DE";
            case 1 -> "#DB";
            case 3 -> "#BP";
            case 4 -> "#OF";
            case 5 -> "#BR";
            case 6 -> "#UD";
            case 7 -> "#NM";
            case 10 -> "#TS";
            case 11 -> "#NP";
            case 12 -> "#SS";
            case 13 -> "#GP";
            case 14 -> "#PF";
            case 16 -> "#MF";
            case 17 -> "#AC";
            case 19 -> "#XM";
            default -> "int " + Integer.toHexString(vector);
        };
    }
}

package org.ringone.reference;

import java.util.ArrayList;
import java.util.List;
import org.ringone.reference.memory.PageType;
import org.ringone.x86.Decoder;
import org.ringone.x86.Disassembler;
import org.ringone.x86.Instruction;

/** How a vcpu stands, for people to read: after a crash, or between two instructions. Looking changes nothing. */
public final class VcpuView {

    private static final int LONGEST_INSTRUCTION = 15;
    private static final String[] GENERAL = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
    private static final String[] SEGMENTS = {"es", "cs", "ss", "ds", "fs", "gs"};

    private final Vcpu v;

    VcpuView(Vcpu v) {
        this.v = v;
    }

    /** The vcpu's number in its domain. */
    public int id() {
        return v.id;
    }

    /** Instructions that its processor has retired. */
    public long retired() {
        return v.cpu.retired();
    }

    /** Instructions that all processors have retired. */
    public long machineRetired() {
        return v.domain.machine.instructionsRetired();
    }

    /** Nanoseconds of virtual time since power-on. */
    public long time() {
        return v.domain.machine.now();
    }

    /** A general register by its number in instructions: EAX ECX EDX EBX ESP EBP ESI EDI. */
    public int register(int number) {
        return v.state.r[number];
    }

    /** The address of the processor's last page fault. */
    public int faultAddress() {
        return v.state.cr2;
    }

    /** The ring that it runs in. */
    public int ring() {
        return v.ring();
    }

    /** Whether the guest's kernel runs. */
    public boolean inGuestKernel() {
        return v.inGuestKernel();
    }

    /** Whether the hypercall being performed is an entry of a multicall. */
    public boolean inMulticall() {
        return v.inMulticall;
    }

    /** Whether its events are masked. */
    public boolean masked() {
        return v.domain.shared.upcallMask(v.id) != 0;
    }

    /** Whether an event is pending for it. */
    public boolean pending() {
        return v.domain.shared.upcallPending(v.id);
    }

    /** Whether the bit of a channel is set among the pending ones. */
    public boolean portPending(int port) {
        return v.domain.shared.pending(port);
    }

    /** Whether a channel's own mask bit is set. */
    public boolean portMasked(int port) {
        return v.domain.shared.masked(port);
    }

    /** Whether a channel exists and is bound to something, or waits to be. */
    public boolean portInUse(int port) {
        return v.domain.ports.exists(port) && v.domain.ports.state(port) != EventPorts.FREE;
    }

    /** Whether it has an event callback. */
    public boolean hasEventCallback() {
        return v.hasEventCallback();
    }

    /** Whether it has a failsafe callback. */
    public boolean hasFailsafeCallback() {
        return (v.failsafeCallback.cs() & ~3) != 0;
    }

    /** The least privileged ring that may raise a vector; -1 when the guest has no handler for it. */
    public int handlerDpl(int vector) {
        return (v.traps.selector(vector) & ~3) == 0 ? -1 : v.traps.dpl(vector);
    }

    /** Whether a selector names present code that the guest's kernel may enter. */
    public boolean codeSelector(int selector) {
        Descriptor d = new Descriptor();
        return v.parts().descriptorTables.read(v, selector, d) && d.code() && d.present();
    }

    /** The frame of the page-table base in use. */
    public int baseMfn() {
        return v.baseMfn;
    }

    /** The page-table entry that the guest's tables have for an address; 0 for none. */
    public long entryOf(int linear) {
        return v.domain.machine.machineMemory.tables().l1Entry(v.baseMfn, linear);
    }

    /** What the frame that is mapped at an address is in use as; null when none is. */
    public PageType useOf(int linear) {
        int mfn = v.domain.machine.guestFrame(v, linear);
        return mfn < 0 || !v.domain.machine.machineMemory.frames().valid(mfn)
                ? null
                : v.domain.machine.machineMemory.frames().type(mfn);
    }

    /** The vcpu's name, {@code d1v0}. */
    public String name() {
        return v.toString();
    }

    public int eip() {
        return v.state.eip;
    }

    /** The linear address of the next instruction. */
    public int linear() {
        return v.state.base(Vcpu.CS) + v.state.eip;
    }

    /** General registers, segment registers, flags and control registers, a few to the line. */
    public List<String> registers() {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < GENERAL.length; i++) {
            line.append(String.format("%s %08x  ", GENERAL[i], v.state.r[i]));
            if (i == 3) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
        }
        lines.add(line.toString().strip());
        line.setLength(0);
        for (int i = 0; i < SEGMENTS.length; i++) {
            line.append(String.format("%s %04x  ", SEGMENTS[i], v.selector(i)));
        }
        lines.add(line.toString().strip());
        lines.add(String.format(
                "eip %08x  eflags %08x  cr2 %08x  base %x  event mask %d  events pending %d",
                v.state.eip,
                v.state.eflags(),
                v.cr2 != 0 ? v.cr2 : v.state.cr2,
                v.baseMfn,
                v.domain.shared.upcallMask(v.id),
                v.domain.shared.upcallPending(v.id) ? 1 : 0));
        return lines;
    }

    /** The next instruction as assembly; {@code ??} when it cannot be read. */
    public String instruction() {
        return instructionAt(v.state.eip);
    }

    /** The words at the top of the stack, up to the first that cannot be read. */
    public int[] stack(int most) {
        int[] words = new int[most];
        int count = 0;
        int linear = v.state.base(Vcpu.SS) + v.state.r[Vcpu.ESP];
        while (count < most) {
            int word = 0;
            for (int i = 0; i < 4; i++) {
                int value = read8(linear + 4 * count + i);
                if (value < 0) {
                    return java.util.Arrays.copyOf(words, count);
                }
                word |= value << 8 * i;
            }
            words[count++] = word;
        }
        return words;
    }

    /** The instruction at an offset of the code segment; {@code ??} when it cannot be read. */
    public String instructionAt(int eip) {
        int linear = v.state.base(Vcpu.CS) + eip;
        Instruction instruction = Decoder.decode(
                i -> i < LONGEST_INSTRUCTION ? read8(linear + i) : -1, (v.state.rights(Vcpu.CS) & 0x4000) != 0);
        return read8(linear) < 0 ? "??" : Disassembler.text(instruction, eip);
    }

    /** Where the present hypercall was called from, when it was made through the hypercall page; 0 when it was not. */
    public int caller() {
        return instruction().equals("ret") ? word(v.state.base(Vcpu.SS) + v.state.r[Vcpu.ESP]) : 0;
    }

    /** A word of the guest's memory, through its tables; 0 where none is mapped. */
    public int word(int linear) {
        int word = 0;
        for (int i = 0; i < 4; i++) {
            word |= Math.max(0, read8(linear + i)) << 8 * i;
        }
        return word;
    }

    private int read8(int linear) {
        int mfn = v.domain.closed() ? -1 : v.domain.machine.guestFrame(v, linear);
        return mfn < 0 ? -1 : v.domain.machine.memory.read8(((long) mfn << 12) + (linear & 0xFFF));
    }
}

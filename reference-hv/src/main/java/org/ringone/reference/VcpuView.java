package org.ringone.reference;

import java.util.ArrayList;
import java.util.List;
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
        int linear = linear();
        Instruction instruction = Decoder.decode(
                i -> i < LONGEST_INSTRUCTION ? read8(linear + i) : -1, (v.state.rights(Vcpu.CS) & 0x4000) != 0);
        return read8(linear) < 0 ? "??" : Disassembler.text(instruction, v.state.eip);
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

    private int read8(int linear) {
        int mfn = v.domain.closed() ? -1 : v.domain.machine.guestFrame(v, linear);
        return mfn < 0 ? -1 : v.domain.machine.memory.read8(((long) mfn << 12) + (linear & 0xFFF));
    }
}

package org.ringone.reference;

import static org.ringone.reference.Vcpu.CS;
import static org.ringone.reference.Vcpu.GS;

import org.ringone.reference.memory.Assist;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Selectors;

/**
 * The assist for thread-local storage below the segment's base (SEG-07). A segment that was cut at the hypervisor's range is
 * taken for one of 4 GiB; an access with a negative offset turns it over, from expand-up to expand-down, so that the access
 * works when the instruction is executed again; a positive one turns it back.
 */
public class FourGigabyteSegments {

    private static final int NOTIFY_VECTOR = 15;
    private static final int MOST_BYTES = 15;
    private static final int GS_PREFIX = 0x65;
    private static final int SPECIAL_ADDRESS = 1;
    private static final int MODRM = 2;

    /**
     * Looks at the instruction at the guest's EIP, which has raised #GP(0).
     *
     * @return true when the segment was turned over, or when the guest gets a page fault because the instruction is not there
     */
    public boolean emulate(Vcpu v) {
        if (v.vm86() || v.ring() != 3) {
            return false;
        }
        int code = linearise(v, v.selector(CS), v.state.eip);
        if (code == UNUSABLE) {
            return false;
        }
        return decode(v, code);
    }

    private static final int UNUSABLE = -1;

    /** The linear address of an offset in a segment of the guest's own tables, or -1, which no guest segment reaches. */
    private static int linearise(Vcpu v, int selector, int offset) {
        Descriptor d = v.machine().scratch1;
        if (!ownSegment(v, selector, d) || !usable32(d)) {
            return UNUSABLE;
        }
        int size = d.granular() ? d.rawLimit() + 1 << AddressSpace.PAGE_SHIFT : d.rawLimit() + 1;
        boolean cut =
                Integer.compareUnsigned(AddressSpace.MACH2PHYS_END - (d.base() + size), AddressSpace.PAGE_SIZE) < 0;
        if (!cut && Integer.compareUnsigned(offset, size - 1) > 0) {
            return UNUSABLE;
        }
        return d.base() + offset;
    }

    private static boolean ownSegment(Vcpu v, int selector, Descriptor d) {
        int index = selector >>> 3;
        return index < ((selector & 4) != 0 ? v.ldtEntries : v.gdtEntries)
                && index < ((selector & 4) != 0 ? Selectors.MAX_LDT_ENTRIES : Selectors.FIRST_RESERVED_GDT_ENTRY)
                && v.parts().descriptorTables.read(v, selector, d);
    }

    private static boolean usable32(Descriptor d) {
        return d.present() && !d.system() && d.big();
    }

    private boolean decode(Vcpu v, int start) {
        int at = start;
        boolean gs = false;
        int opcode = byteAt(v, at);
        while (isPrefix(opcode) && at - start < MOST_BYTES) {
            gs |= opcode == GS_PREFIX;
            opcode = byteAt(v, ++at);
        }
        if (opcode == FAULT) {
            return pageFault(v, at);
        }
        int shape = at - start >= MOST_BYTES || !gs ? 0 : shape(opcode);
        if (shape == 0) {
            return false;
        }
        at++;
        if (shape == SPECIAL_ADDRESS) {
            long offset = wordAt(v, at);
            return offset == GuestCopy.FAULT ? pageFault(v, at) : turn(v, (int) offset, at + 4 - start);
        }
        int modrm = byteAt(v, at);
        if (modrm == FAULT) {
            return pageFault(v, at);
        }
        return decodeOperand(v, modrm, at + 1, start);
    }

    private boolean decodeOperand(Vcpu v, int modrm, int first, int start) {
        int mod = modrm >>> 6;
        int rm = modrm & 7;
        int at = first;
        if (rm == 4 || mod == 3) {
            return false; // a SIB byte is more than the era decodes
        }
        int displacement = 0;
        if (mod == 1) {
            int small = byteAt(v, at);
            if (small == FAULT) {
                return pageFault(v, at);
            }
            displacement = (byte) small;
            at++;
        } else if (mod == 2 || rm == 5) {
            long word = wordAt(v, at);
            if (word == GuestCopy.FAULT) {
                return pageFault(v, at);
            }
            displacement = (int) word;
            at += 4;
        }
        int base = mod == 0 && rm == 5 ? 0 : v.state.r[rm];
        return turn(v, base + displacement, at - start);
    }

    private boolean turn(Vcpu v, int offset, int bytes) {
        if (!turnOver(v, v.selector(GS), offset)) {
            return false;
        }
        if (v.domain.memory.assist(Assist.FOUR_GB_SEGMENTS_NOTIFY)) {
            v.parts().trapDelivery.trap(v, NOTIFY_VECTOR, bytes);
        }
        return true;
    }

    /**
     * Turns a segment over in place if the offset needs it: a present 32-bit page-granular data segment with DPL 3, that
     * reaches down to zero or up to the hypervisor.
     */
    protected boolean turnOver(Vcpu v, int selector, int offset) {
        Descriptor d = v.machine().scratch1;
        if (!ownSegment(v, selector, d) || !usable32(d) || !d.granular() || d.code() || d.dpl() != 3) {
            return false;
        }
        int base = d.base();
        int size = d.rawLimit() + 1 << AddressSpace.PAGE_SHIFT;
        int wanted;
        if (d.expandDown()) {
            if (Integer.compareUnsigned(base + size, AddressSpace.PAGE_SIZE) >= 0
                    || Integer.compareUnsigned(offset, size) > 0) {
                return false;
            }
            wanted = AddressSpace.MACH2PHYS_END - base;
        } else {
            if (Integer.compareUnsigned(AddressSpace.MACH2PHYS_END - (base + size), AddressSpace.PAGE_SIZE) >= 0
                    || Integer.compareUnsigned(offset, size) <= 0) {
                return false;
            }
            wanted = -(base & -AddressSpace.PAGE_SIZE);
        }
        d.setRawLimit((wanted >>> AddressSpace.PAGE_SHIFT) - 1);
        d.high ^= Descriptor.EXPAND_DOWN_OR_CONFORMING;
        v.parts().descriptorTables.write(v, selector, d);
        return true;
    }

    private static boolean isPrefix(int opcode) {
        return opcode == GS_PREFIX || opcode == 0x66 || opcode == 0xF0 || opcode == 0xF2 || opcode == 0xF3;
    }

    /** How the operand of a one-byte opcode is encoded, 0 for opcodes that the era does not decode. */
    private static int shape(int opcode) {
        if (opcode < 0x40) {
            return (opcode & 7) < 4 ? MODRM : 0;
        }
        if (opcode == 0x69 || opcode == 0x6B || opcode >= 0x80 && opcode <= 0x8E || opcode >= 0xD0 && opcode <= 0xD3) {
            return MODRM;
        }
        return switch (opcode) {
            case 0xA0, 0xA1, 0xA2, 0xA3 -> SPECIAL_ADDRESS;
            case 0xC0, 0xC1, 0xC6, 0xC7, 0xFE, 0xFF -> MODRM;
            default -> 0;
        };
    }

    private static final int FAULT = -1;

    private static int byteAt(Vcpu v, int linear) {
        GuestCopy copy = v.parts().guestCopy;
        long physical = copy.inGuestRange(linear, 1) ? copy.readable(v, linear) : -1;
        return physical < 0 ? FAULT : v.domain.machine.memory.read8(physical);
    }

    private static long wordAt(Vcpu v, int linear) {
        return v.parts().guestCopy.read32(v, linear);
    }

    private static boolean pageFault(Vcpu v, int linear) {
        v.parts().trapDelivery.pageFault(v, linear, 0);
        return true;
    }
}

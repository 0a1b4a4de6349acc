package org.ringone.reference;

import static org.ringone.reference.Vcpu.EAX;
import static org.ringone.reference.Vcpu.ECX;
import static org.ringone.reference.Vcpu.EDI;
import static org.ringone.reference.Vcpu.EDX;
import static org.ringone.reference.Vcpu.ESI;

/**
 * I/O instructions, CLI and STI, under the guest's virtual I/O privilege level and I/O bitmap (PRIV-03, PRIV-05). No domain
 * here owns a port: reads give all ones, writes go nowhere, except that byte accesses reach an emulated interval timer (PRIV-17).
 */
public class IoInstructions {

    private static final int NO_ACCESS = 0xFF;
    private static final int STEP_COST = 10;

    /** Emulates one instruction; the answer is {@link PrivilegedInstructions#emulate}'s. */
    boolean emulate(Vcpu v, GuestCode code, int opcode, int operandSize, int addressSize, int segment, boolean repeat) {
        switch (opcode) {
            case 0x6C, 0x6D -> {
                return string(v, code, true, size(opcode, operandSize), addressSize, Vcpu.ES, repeat);
            }
            case 0x6E, 0x6F -> {
                return string(v, code, false, size(opcode, operandSize), addressSize, segment, repeat);
            }
            case 0xE4, 0xE5, 0xE6, 0xE7 -> {
                int port = code.next();
                if (port < 0) {
                    return port == GuestCode.PAGE_FAULT;
                }
                return single(v, code, opcode, port, size(opcode, operandSize));
            }
            case 0xEC, 0xED, 0xEE, 0xEF -> {
                return single(v, code, opcode, v.state.r[EDX] & 0xFFFF, size(opcode, operandSize));
            }
            case 0xFA, 0xFB -> {
                if (!privileged(v)) {
                    return false;
                }
                interruptFlag(v, opcode == 0xFB);
                v.state.eip = code.eip();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** EVT-01: CLI and STI complete and do nothing; the event mask is the guest's own affair. */
    protected void interruptFlag(Vcpu v, boolean enabled) {
        // nothing
    }

    private static int size(int opcode, int operandSize) {
        return (opcode & 1) == 0 ? 1 : operandSize;
    }

    private boolean single(Vcpu v, GuestCode code, int opcode, int port, int size) {
        if (!allowed(v, port, size)) {
            return false;
        }
        int mask = -1 >>> 32 - 8 * size;
        if ((opcode & 2) == 0) {
            v.state.r[EAX] = v.state.r[EAX] & ~mask | input(v, port, size) & mask;
        } else {
            output(v, port, size, v.state.r[EAX]);
        }
        v.state.eip = code.eip();
        return true;
    }

    /** What a port reads as, in the low bytes. */
    protected int input(Vcpu v, int port, int size) {
        return size == 1 && IntervalTimer.has(port)
                ? v.domain.intervalTimer.read(port, v.machine().now())
                : -1;
    }

    private static void output(Vcpu v, int port, int size, int value) {
        if (size == 1 && IntervalTimer.has(port)) {
            v.domain.intervalTimer.write(port, value & 0xFF, v.machine().now());
        }
    }

    /** Whether the virtual I/O privilege level lets the running ring use all ports, CLI and STI. */
    protected boolean privileged(Vcpu v) {
        return !v.vm86() && level(v) >= (v.inGuestKernel() ? 1 : 3);
    }

    /** The virtual I/O privilege level that the guest has asked for. */
    protected final int level(Vcpu v) {
        return v.iopl;
    }

    /** Whether the guest lets itself use the port: by level, or by the bitmap that it keeps in its own memory. */
    protected boolean allowed(Vcpu v, int port, int size) {
        if (privileged(v)) {
            return true;
        }
        if (Integer.compareUnsigned(v.ioBitmapPorts, port + size) <= 0) {
            return false;
        }
        int bits = bitmapByte(v, port >>> 3) | bitmapByte(v, (port >>> 3) + 1) << 8;
        return (bits >>> (port & 7) & (1 << size) - 1) == 0;
    }

    private static int bitmapByte(Vcpu v, int offset) {
        GuestCopy copy = v.parts().guestCopy;
        int linear = v.ioBitmap + offset;
        long physical = copy.inGuestRange(linear, 1) ? copy.readable(v, linear) : -1;
        return physical < 0 ? NO_ACCESS : v.domain.machine.memory.read8(physical);
    }

    private boolean string(
            Vcpu v, GuestCode code, boolean input, int size, int addressSize, int segment, boolean repeat) {
        int mask = addressSize == 4 ? -1 : 0xFFFF;
        int[] r = v.state.r;
        if (repeat && (r[ECX] & mask) == 0) {
            v.state.eip = code.eip();
            return true;
        }
        ReferenceMachine machine = v.domain.machine;
        SegmentView data = machine.view;
        if (!operandSegment(v, v.selector(segment), input, machine.scratch1, data)) {
            return false;
        }
        int index = input ? EDI : ESI;
        int step = (v.state.flags & Vcpu.FLAG_DF) != 0 ? -size : size;
        while (true) {
            int offset = r[index] & mask;
            if (!data.covers(offset, size) || !allowed(v, r[EDX] & 0xFFFF, size)) {
                return false;
            }
            if (!transfer(v, data.base + offset, r[EDX] & 0xFFFF, size, input)) {
                return true;
            }
            machine.charge(STEP_COST);
            r[index] = r[index] & ~mask | r[index] + step & mask;
            if (!repeat) {
                break;
            }
            r[ECX] = r[ECX] & ~mask | r[ECX] - 1 & mask;
            if ((r[ECX] & mask) == 0) {
                break;
            }
            if (machine.preempts(v)) {
                return true; // EIP stays: the instruction goes on later
            }
        }
        v.state.eip = code.eip();
        return true;
    }

    /** The segment of a string operand, if the instruction may use it so. */
    private static boolean operandSegment(Vcpu v, int selector, boolean write, Descriptor d, SegmentView view) {
        if (v.vm86()) {
            view.setVm86(selector);
            return true;
        }
        if ((selector & ~3) == 0 || !v.parts().descriptorTables.read(v, selector, d) || !d.present()) {
            return false;
        }
        view.set(d);
        return write ? d.writableData() : d.readable();
    }

    /** Moves one element; false when the guest's page fault waits instead. */
    private boolean transfer(Vcpu v, int linear, int port, int size, boolean input) {
        byte[] element = v.domain.machine.record.bytes();
        GuestCopy copy = v.parts().guestCopy;
        int done = 0;
        if (copy.inGuestRange(linear, size)) {
            if (input) {
                // as the era does, the port is read before it is known whether the element can be stored
                int value = input(v, port, size);
                for (int i = 0; i < size; i++) {
                    element[i] = (byte) (value >>> 8 * i);
                }
                done = copy.copyOut(v, linear, element, 0, size);
            } else {
                done = copy.copyIn(v, linear, element, 0, size);
                if (done == size) {
                    output(v, port, size, element[0]);
                }
            }
        }
        if (done < size) {
            v.parts().trapDelivery.pageFault(v, linear + done, input ? PageFaultCode.WRITE : 0);
            return false;
        }
        return true;
    }
}

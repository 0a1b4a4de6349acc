package org.ringone.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.ringone.api.Exit;
import org.ringone.emulator.History;
import org.ringone.x86.Decoder;
import org.ringone.x86.Disassembler;
import org.ringone.x86.Instruction;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;

/**
 * What happened inside the machine, for the report: numbers in a ring while it runs, made into lines only when somebody asks.
 * The oldest go first, and how many have gone is told.
 */
final class TraceLog {

    private static final int CAPACITY = 1024;
    private static final int FIELDS = 16;
    private static final int CODE_BYTES = 15;
    /** How many of the instructions before a trap are told, and the one that trapped. */
    private static final int INSTRUCTIONS = 9;

    private static final int HYPERCALL = 1;
    private static final int EXCEPTION = 2;
    private static final int DELIVERY = 3;
    private static final int EVENT = 4;
    private static final int ENDED = 5;

    private final int[] ring = new int[CAPACITY * FIELDS];
    /** The instructions up to each trap. */
    private final List<List<History.Past>> ways = new ArrayList<>(Collections.nCopies(CAPACITY, List.of()));

    private final List<String> endings = new ArrayList<>();
    private int first;
    private int count;
    private long lost;

    private int next(int kind, Vcpu v) {
        int slot = (first + count) % CAPACITY;
        if (count == CAPACITY) {
            first = (first + 1) % CAPACITY;
            lost++;
        } else {
            count++;
        }
        int at = slot * FIELDS;
        ring[at] = kind;
        ways.set(slot, List.of());
        ring[at + 1] = v == null ? 0 : v.domain.id() << 8 | v.id;
        return at;
    }

    /** Notes a hypercall; the answer is for {@link #result}. */
    int hypercall(Vcpu v, int number) {
        int at = next(HYPERCALL, v);
        int[] r = v.state.r;
        ring[at + 2] = number;
        ring[at + 3] = r[Vcpu.EBX];
        ring[at + 4] = r[Vcpu.ECX];
        ring[at + 5] = r[Vcpu.EDX];
        ring[at + 6] = r[Vcpu.ESI];
        ring[at + 7] = r[Vcpu.EDI];
        ring[at + 8] = 0;
        ring[at + 10] = v.state.eip;
        return at;
    }

    void result(int at, int result) {
        if (ring[at] == HYPERCALL) {
            ring[at + 8] = 1;
            ring[at + 9] = result;
        }
    }

    /** Notes a trap or software interrupt, with the instruction at that address. */
    void exception(Vcpu v, int vector, int errorCode, int eip) {
        int at = next(EXCEPTION, v);
        ways.set(at / FIELDS, v.cpu.history(INSTRUCTIONS));
        ring[at + 2] = vector;
        ring[at + 3] = errorCode;
        ring[at + 4] = v.selector(Vcpu.CS);
        ring[at + 5] = eip;
        ring[at + 6] = v.state.cr2;
        ring[at + 7] = v.state.r[Vcpu.ESP];
        ring[at + 8] = (v.state.rights(Vcpu.CS) & 0x4000) != 0 ? 1 : 0;
        int linear = v.state.base(Vcpu.CS) + eip;
        GuestCopy copy = v.parts().guestCopy;
        long physical = copy.inGuestRange(linear, CODE_BYTES) ? copy.readable(v, linear) : -1;
        int available = physical < 0 ? 0 : (int) Math.min(CODE_BYTES, 4096 - (physical & 0xFFF));
        ring[at + 9] = available;
        for (int i = 0; i < 16; i += 4) {
            int word = 0;
            for (int j = 0; j < 4 && i + j < available; j++) {
                word |= v.domain.machine.memory.read8(physical + i + j) << 8 * j;
            }
            ring[at + 10 + i / 4] = word;
        }
    }

    void delivery(Vcpu v, TrapBounce bounce) {
        int at = next(DELIVERY, v);
        ring[at + 2] = bounce.failsafe ? 1 : 0;
        ring[at + 3] = bounce.cs;
        ring[at + 4] = bounce.eip;
        ring[at + 5] = v.selector(Vcpu.CS);
        ring[at + 6] = v.state.eip;
        ring[at + 7] = v.domain.shared.upcallMask(v.id);
        ring[at + 8] = bounce.masksEvents ? 1 : 0;
    }

    void event(Vcpu v, int port) {
        int at = next(EVENT, v);
        ring[at + 2] = port;
    }

    void ended(GuestDomain domain, Exit how) {
        int at = next(ENDED, null);
        ring[at + 1] = domain.id() << 8;
        ring[at + 2] = endings.size();
        endings.add(how.toString());
    }

    /** The lines since the last call; the first of them says how many older ones there was no room for. */
    List<String> drain() {
        List<String> lines = new ArrayList<>(count + 1);
        if (lost > 0) {
            lines.add(lost + (lost == 1 ? " line" : " lines") + " lost");
        }
        for (int i = 0; i < count; i++) {
            int slot = (first + i) % CAPACITY;
            before(slot * FIELDS, lines);
            lines.add(line(slot * FIELDS));
            ways.set(slot, List.of());
        }
        first = 0;
        count = 0;
        lost = 0;
        endings.clear();
        return lines;
    }

    /** The instructions before a trap, as they were decoded when they were carried out: a line each. */
    private void before(int at, List<String> lines) {
        for (History.Past past : ways.get(at / FIELDS)) {
            if (past.eip() != ring[at + 5] || past != lastOf(at)) {
                lines.add(String.format(
                        "%s     %04x:%08x  %s",
                        who(at), past.cs(), past.eip(), Disassembler.text(past.instruction(), past.eip())));
            }
        }
    }

    private History.Past lastOf(int at) {
        List<History.Past> way = ways.get(at / FIELDS);
        return way.get(way.size() - 1);
    }

    private String who(int at) {
        return String.format("d%dv%d ", ring[at + 1] >> 8, ring[at + 1] & 0xFF);
    }

    private String line(int at) {
        String who = who(at);
        return who
                + switch (ring[at]) {
                    case HYPERCALL -> hypercallLine(at);
                    case EXCEPTION -> exceptionLine(at);
                    case DELIVERY ->
                        String.format(
                                "%s enters %04x:%08x from %04x:%08x, event mask %d%s",
                                ring[at + 2] != 0 ? "failsafe" : "frame",
                                ring[at + 3],
                                ring[at + 4],
                                ring[at + 5],
                                ring[at + 6],
                                ring[at + 7],
                                ring[at + 8] != 0 ? " becomes 1" : "");
                    case EVENT -> "event on port " + ring[at + 2];
                    default -> "ended: " + endings.get(ring[at + 2]);
                };
    }

    private String hypercallLine(int at) {
        Hypercall hypercall = Hypercall.of(ring[at + 2]);
        String name = hypercall == null
                ? "hypercall " + ring[at + 2]
                : hypercall.name().toLowerCase(Locale.ROOT);
        String call = String.format(
                "%s(%x, %x, %x, %x, %x)", name, ring[at + 3], ring[at + 4], ring[at + 5], ring[at + 6], ring[at + 7]);
        return ring[at + 8] == 0 ? call : call + " = " + resultText(ring[at + 9]);
    }

    private static String resultText(int result) {
        Errno errno = result < 0 ? Errno.ofResult(result) : null;
        return errno == null ? String.format("%x", result) : "-" + errno;
    }

    private String exceptionLine(int at) {
        int vector = ring[at + 2];
        StringBuilder line = new StringBuilder("trap ").append(vector);
        if (ring[at + 3] != -1) {
            line.append(String.format(" code %x", ring[at + 3]));
        }
        if (vector == 14) {
            line.append(String.format(" at %08x", ring[at + 6]));
        }
        line.append(String.format(", %04x:%08x", ring[at + 4], ring[at + 5]));
        int available = ring[at + 9];
        if (available > 0) {
            Instruction instruction = Decoder.decode(
                    i -> i < available ? ring[at + 10 + i / 4] >>> 8 * (i & 3) & 0xFF : -1, ring[at + 8] != 0);
            line.append("  ").append(Disassembler.text(instruction, ring[at + 5]));
        }
        return line.toString();
    }
}

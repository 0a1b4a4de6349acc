package org.ringone.suite.world;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.suite.language.Argument;
import org.ringone.suite.language.CallText;
import org.ringone.suite.language.LanguageException;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.MulticallEntry;

/**
 * Lays out a hypercall's structures in the guest's memory as the public headers have them, and its arguments in registers.
 *
 * <p>What a feature leaves out is filled in as a careful guest would: the number of elements, a place for done_out, the
 * calling domain.
 */
final class CallEncoder {

    private static final int DONE_OUT = AddressSpace.PAGE_SIZE - 8;
    private static final int ARGUMENTS = 6;
    private static final int NOTHING_DONE = 0x5A5A5A5A;

    private final Guest guest;
    private final ByteBuffer memory = Bytes.buffer(DONE_OUT);
    private boolean counts;

    CallEncoder(Guest guest) {
        this.guest = guest;
    }

    /** Makes the call. */
    Answer perform(CallText call) throws ProbeException {
        int[] registers = registers(call);
        Page page = guest.arguments();
        writeStructures();
        if (counts) {
            guest.probe().write32(page.address() + DONE_OUT, NOTHING_DONE);
        }
        Outcome outcome = guest.probe().call(call.hypercall().number(), registers);
        if (!(outcome instanceof org.ringone.guest.Outcome.Returned returned)) {
            return new Answer.Ran(outcome);
        }
        int done = counts ? guest.probe().read32(page.address() + DONE_OUT) : -1;
        return new Answer.Returned(returned.eax(), done == NOTHING_DONE && counts ? Integer.MAX_VALUE : done);
    }

    /** Makes the calls as one multicall, whose list lies in that page. */
    Answer perform(Page list, List<CallText> calls) throws ProbeException {
        ByteBuffer entries = Bytes.buffer(calls.size() * MulticallEntry.SIZE);
        for (CallText call : calls) {
            entries.putInt(call.hypercall().number()).putInt(NOTHING_DONE);
            int[] registers = Arrays.copyOf(registers(call), ARGUMENTS);
            for (int register : registers) {
                entries.putInt(register);
            }
        }
        writeStructures();
        guest.probe().write(list.address(), entries.array());
        Outcome outcome = guest.probe().call(Hypercall.MULTICALL.number(), list.address(), calls.size());
        return outcome instanceof Outcome.Returned returned
                ? new Answer.Returned(returned.eax(), -1)
                : new Answer.Ran(outcome);
    }

    private void writeStructures() throws ProbeException {
        if (memory.position() > 0) {
            byte[] bytes = new byte[memory.position()];
            memory.flip().get(bytes);
            guest.probe().write(guest.arguments().address(), bytes);
        }
    }

    private int[] registers(CallText call) {
        List<Argument> given = call.arguments();
        return switch (call.hypercall()) {
            case MMU_UPDATE -> batch(given, 8, 8);
            case MMUEXT_OP -> batch(given, 4, 4, 4);
            case SET_GDT -> words(pointer(given.get(0), 4), given.get(1));
            case SET_TRAP_TABLE -> new int[] {trapTable(given.get(0))};
            case UPDATE_DESCRIPTOR -> words(halves(given, 0), halves(given, 1));
            case UPDATE_VA_MAPPING, UPDATE_VA_MAPPING_OTHERDOMAIN ->
                words(new int[] {single(given.get(0))}, halves(given, 1), rest(given, 2));
            case SET_TIMER_OP -> halves(given, 0);
            default -> rest(given, 0);
        };
    }

    /** An array of equal structures, its length, done_out, the domain: the last three may be left out. */
    private int[] batch(List<Argument> given, int... widths) {
        if (!(given.get(0) instanceof Argument.Array array)) {
            return rest(given, 0);
        }
        counts = true;
        int at = pointer(array, widths);
        int[] registers = {at, array.elements().size(), guest.arguments().address() + DONE_OUT, MmuUpdate.DOMID_SELF};
        for (int i = 1; i < given.size(); i++) {
            registers[i] = single(given.get(i));
        }
        return registers;
    }

    private int trapTable(Argument table) {
        if (!(table instanceof Argument.Array array)) {
            return single(table);
        }
        List<Argument> entries = new ArrayList<>(array.elements());
        Argument.Value zero = new Argument.Value(0, 0);
        entries.add(new Argument.Structure(List.of(zero, zero, zero, zero)));
        return pointer(new Argument.Array(entries), 1, 1, 2, 4);
    }

    private int[] halves(List<Argument> given, int index) {
        long value = value(given.get(index));
        return new int[] {(int) value, (int) (value >>> 32)};
    }

    private int[] rest(List<Argument> given, int from) {
        return given.stream().skip(from).mapToInt(this::single).toArray();
    }

    private static int[] words(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private int[] words(int pointer, Argument count) {
        return new int[] {pointer, single(count)};
    }

    private static long value(Argument argument) {
        if (argument instanceof Argument.Value value) {
            return value.value();
        }
        throw new LanguageException("a value is expected, not a structure");
    }

    /** One register: a value, or a pointer to what is laid out in memory. */
    private int single(Argument argument) {
        return argument instanceof Argument.Value value ? (int) value.value() : pointer(argument, 4);
    }

    private int pointer(Argument argument, int... widths) {
        if (argument instanceof Argument.Value value) {
            return (int) value.value();
        }
        int start = align(8);
        if (argument instanceof Argument.Structure structure) {
            structure(structure, widths);
        } else if (argument instanceof Argument.Array array) {
            for (Argument element : array.elements()) {
                if (element instanceof Argument.Structure structure) {
                    structure(structure, widths);
                } else {
                    put(value(element), widths[0]);
                }
            }
        }
        return guest.arguments().address() + start;
    }

    private void structure(Argument.Structure structure, int... widths) {
        for (int i = 0; i < structure.fields().size(); i++) {
            Argument.Value field = structure.fields().get(i);
            int usual = i < widths.length ? widths[i] : widths[widths.length - 1];
            put(field.value(), field.width() == 0 ? usual : field.width());
        }
    }

    private void put(long value, int width) {
        align(width);
        switch (width) {
            case 1 -> memory.put((byte) value);
            case 2 -> memory.putShort((short) value);
            case 4 -> memory.putInt((int) value);
            default -> memory.putLong(value);
        }
    }

    private int align(int width) {
        while (memory.position() % width != 0) {
            memory.put((byte) 0);
        }
        return memory.position();
    }
}

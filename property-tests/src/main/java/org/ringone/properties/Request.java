package org.ringone.properties;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ringone.guest.Command;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MulticallEntry;

/**
 * A hypercall and the structure that some of its arguments point into, wherever it will lie.
 *
 * @param structure its bytes; none for a call that has none
 * @param arguments plain ones, or offsets into the structure where {@code pointers} has their bit set
 */
public record Request(Hypercall call, byte[] structure, int pointers, List<Integer> arguments) {

    private static final int ALIGNMENT = 16;

    /** A call without a structure. */
    public static Request plain(Hypercall call, Integer... arguments) {
        return new Request(call, new byte[0], 0, List.of(arguments));
    }

    /** The arguments when the structure lies at that address. */
    List<Integer> argumentsAt(int address) {
        List<Integer> placed = new ArrayList<>(arguments);
        for (int i = 0; i < placed.size(); i++) {
            if ((pointers >>> i & 1) != 0) {
                placed.set(i, placed.get(i) + address);
            }
        }
        return placed;
    }

    /** The commands that make the call, its structure at that address; the last one is the call. */
    public List<Command> commands(int address) {
        Command made = new Command.Hypercall(call.number(), argumentsAt(address));
        return structure.length == 0 ? List.of(made) : List.of(new Command.Write(address, structure), made);
    }

    /**
     * Several calls as one multicall.
     *
     * @param offsets where each call's structure lies, from the start of the list
     */
    public record Multicall(byte[] list, int calls, List<Integer> offsets) {

        /** A list of entries, and behind them their structures, for that address. */
        public static Multicall of(List<Request> requests, int address) {
            List<Integer> offsets = new ArrayList<>();
            int end = requests.size() * MulticallEntry.SIZE;
            for (Request request : requests) {
                offsets.add(end);
                end += (request.structure.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            }
            ByteBuffer list = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < requests.size(); i++) {
                Request request = requests.get(i);
                int entry = i * MulticallEntry.SIZE;
                list.putInt(entry + MulticallEntry.OP, request.call.number());
                list.putInt(entry + MulticallEntry.RESULT, NO_RESULT);
                int at = entry + MulticallEntry.ARGS;
                for (int argument : request.argumentsAt(address + offsets.get(i))) {
                    list.putInt(at, argument);
                    at += Integer.BYTES;
                }
                list.put(offsets.get(i), request.structure);
            }
            return new Multicall(list.array(), requests.size(), offsets);
        }

        /** Stands in the results until the call is made. */
        private static final int NO_RESULT = 0x5A5A5A5A;

        /** The commands that make it, the list at that address, and read the list again. */
        public List<Command> commands(int address) {
            return List.of(
                    new Command.Write(address, list),
                    new Command.Hypercall(Hypercall.MULTICALL.number(), List.of(address, calls)),
                    new Command.Read(address, list.length));
        }

        /** The result of a call, from the list as it was read again. */
        public int result(ByteBuffer after, int call) {
            return after.getInt(call * MulticallEntry.SIZE + MulticallEntry.RESULT);
        }
    }
}

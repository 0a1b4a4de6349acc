package org.ringone.cli.audit;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringone.reference.GuestObserver;
import org.ringone.reference.VcpuView;
import org.ringone.xen.Hypercall;

/** Hypercalls by number and operation, their errors, and how they were batched. */
final class HypercallCounts implements GuestObserver {

    private static final int CONTINUED = 1 << 31;
    private static final int WHOLE = -1;

    /** One hypercall or one operation of it. */
    static final class Line {
        private final int number;
        private final int operation;
        private long direct;
        private long batched;
        private final SortedMap<String, Long> errors = new TreeMap<>();

        Line(int number, int operation) {
            this.number = number;
            this.operation = operation;
        }

        int number() {
            return number;
        }

        /** The hypercall's name; the operation's with a dot behind it. */
        String name() {
            String name = HypercallNames.of(number);
            return operation == WHOLE ? name : name + "." + HypercallNames.operation(number, operation);
        }

        boolean whole() {
            return operation == WHOLE;
        }

        /** How often it was made by itself. */
        long direct() {
            return direct;
        }

        /** How often as an entry of a multicall. */
        long batched() {
            return batched;
        }

        /** How often it gave each error. */
        SortedMap<String, Long> errors() {
            return errors;
        }
    }

    private final SortedMap<Long, Line> lines = new TreeMap<>();
    private final Histogram multicalls = new Histogram();
    private final Histogram mmuUpdates = new Histogram();
    private final Histogram mmuextOps = new Histogram();
    private final int[] operation = new int[2];
    private boolean interrupted;
    private boolean again;

    Collection<Line> lines() {
        return lines.values();
    }

    /** Entries of each multicall. */
    Histogram multicalls() {
        return multicalls;
    }

    /** Elements of each mmu_update. */
    Histogram mmuUpdates() {
        return mmuUpdates;
    }

    /** Elements of each mmuext_op. */
    Histogram mmuextOps() {
        return mmuextOps;
    }

    /** Hypercalls made, each entry of a multicall counted and the multicalls not. */
    long calls() {
        return lines.values().stream()
                .filter(line -> line.whole() && line.number != Hypercall.MULTICALL.number())
                .mapToLong(line -> line.direct + line.batched)
                .sum();
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        operation[v.inMulticall() ? 1 : 0] = HypercallNames.hasOperations(number) ? arguments[0] : WHOLE;
        boolean goesOn = again && !v.inMulticall();
        if (number == Hypercall.MULTICALL.number() && !goesOn) {
            multicalls.add(arguments[1] & 0xFFFFFFFFL);
        } else if (number == Hypercall.MMU_UPDATE.number() && (arguments[1] & CONTINUED) == 0) {
            mmuUpdates.add(arguments[1]);
        } else if (number == Hypercall.MMUEXT_OP.number() && (arguments[1] & CONTINUED) == 0) {
            mmuextOps.add(arguments[1]);
        }
    }

    @Override
    public void hypercallContinues(VcpuView v, int number) {
        interrupted = true;
    }

    @Override
    public void hypercallDone(VcpuView v, int number, int result) {
        boolean batched = v.inMulticall() && number != Hypercall.MULTICALL.number();
        if (interrupted) { // it is counted when it comes to its end
            interrupted = batched;
            again = number == Hypercall.MULTICALL.number() || again;
            return;
        }
        if (!batched) {
            again = false;
        }
        count(number, WHOLE, batched, result);
        int command = operation[batched ? 1 : 0];
        if (command != WHOLE) {
            count(number, command, batched, result);
        }
    }

    @Override
    public void extended(VcpuView v, int command, int first, int second, int result) {
        count(Hypercall.MMUEXT_OP.number(), command, v.inMulticall(), result);
    }

    private void count(int number, int command, boolean batched, int result) {
        long key = (number & 0xFFFFFFFFL) << 32 | command + 1 & 0xFFFFFFFFL;
        Line line = lines.computeIfAbsent(key, k -> new Line(number, command));
        if (batched) {
            line.batched++;
        } else {
            line.direct++;
        }
        if (HypercallNames.failed(number, result)) {
            line.errors.merge(HypercallNames.error(result), 1L, Long::sum);
        }
    }
}

package org.ringone.guest;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;
import org.ringone.xen.SchedOp;

/**
 * A hypercall that a guest kernel made.
 *
 * @param number of the hypercall
 * @param inMulticall whether it was an entry of the multicall noted before it
 * @param arguments the first five
 * @param detail of an mmuext_op the command of its first element, else 0
 * @param result what it gave
 */
public record KernelCall(int number, boolean inMulticall, List<Integer> arguments, int detail, int result) {

    private static final int ARGUMENTS = 5;
    private static final int DETAIL = 24;
    private static final int RESULT = 28;

    public KernelCall {
        arguments = List.copyOf(arguments);
    }

    static KernelCall read(byte[] log, int at) {
        int number = Little.word(log, at);
        List<Integer> arguments = IntStream.rangeClosed(1, ARGUMENTS)
                .mapToObj(i -> Little.word(log, at + 4 * i))
                .toList();
        return new KernelCall(
                number & Integer.MAX_VALUE,
                number < 0,
                arguments,
                Little.word(log, at + DETAIL),
                Little.word(log, at + RESULT));
    }

    /** Its name in the interface, with the command of those that have one: {@code mmuext_op(INVLPG_LOCAL)}. */
    @Override
    public String toString() {
        Hypercall hypercall = Hypercall.of(number);
        if (hypercall == null) {
            return "hypercall " + number;
        }
        String name = hypercall.name().toLowerCase(Locale.ROOT);
        return switch (hypercall) {
            case MMUEXT_OP -> name + "(" + command(MmuExt.class, detail) + ")";
            case SCHED_OP -> name + "(" + command(SchedOp.class, arguments.get(0)) + ")";
            case EVENT_CHANNEL_OP -> name + "(" + command(EventChannelOp.class, arguments.get(0)) + ")";
            default -> name;
        };
    }

    private static String command(Class<?> vocabulary, int value) {
        for (Field field : vocabulary.getFields()) {
            try {
                if (field.getType() == int.class && field.getInt(null) == value) {
                    return field.getName();
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return String.valueOf(value);
    }
}

package org.ringone.suite.language;

import java.util.List;

/** An argument of a hypercall as written. */
public sealed interface Argument {

    /**
     * A value.
     *
     * @param value its value
     * @param width its width in bytes where the text says so ({@code u8}, {@code u16}, {@code u32}, {@code u64}), 0 else
     */
    record Value(long value, int width) implements Argument {}

    /** A structure in memory, {@code {a, b}}: a pointer to it is passed. */
    record Structure(List<Value> fields) implements Argument {}

    /** An array in memory, {@code [x, y]}: a pointer to it is passed. */
    record Array(List<Argument> elements) implements Argument {}
}

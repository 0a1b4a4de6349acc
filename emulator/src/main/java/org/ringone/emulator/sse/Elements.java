package org.ringone.emulator.sse;

import org.ringone.emulator.sse.VectorArithmetic.Format;
import org.ringone.x86.Instruction;

/** Elements of the present instruction's vectors: which there are is in the last letters of its name (PS, PD, SS, SD). */
final class Elements {
    static final long LOW = 0xFFFF_FFFFL;

    /** Makes an element of one or two. */
    interface Element {
        long of(VectorArithmetic x, long a, long b, Format format, Instruction i);
    }

    private Elements() {}

    /** The result of an operation on each element: in the destination, whose other elements stay. */
    static VectorGate.Compute each(Element element, Format format, boolean scalar) {
        return (cpu, v, i) -> {
            VectorArithmetic x = v.arithmetic;
            x.begin();
            if (format == Format.DOUBLE) {
                v.a0 = element.of(x, v.a0, v.b0, format, i);
                v.a1 = scalar ? v.a1 : element.of(x, v.a1, v.b1, format, i);
            } else {
                long low = element.of(x, v.a0 & LOW, v.b0 & LOW, format, i) & LOW;
                if (scalar) {
                    v.a0 = v.a0 & ~LOW | low;
                } else {
                    v.a0 = low | element.of(x, v.a0 >>> 32, v.b0 >>> 32, format, i) << 32;
                    v.a1 = element.of(x, v.a1 & LOW, v.b1 & LOW, format, i) & LOW
                            | element.of(x, v.a1 >>> 32, v.b1 >>> 32, format, i) << 32;
                }
            }
            return x.end(cpu);
        };
    }
}

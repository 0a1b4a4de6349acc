package org.ringone.emulator.sse;

import org.ringone.emulator.OperationTable;
import org.ringone.emulator.sse.VectorArithmetic.Format;
import org.ringone.emulator.sse.VectorArithmetic.Operator;

/** Addition, subtraction, multiplication, division, square root, least and largest; approximate reciprocals. */
final class FloatOperations {
    private FloatOperations() {}

    static void bind(OperationTable t) {
        for (Operator operator : Operator.values()) {
            Elements.Element element = (x, a, b, format, i) -> x.operate(operator, a, b, format);
            all(t, operator.name(), element);
        }
        Elements.Element reciprocal = (x, a, b, format, i) -> x.approximate(b, false);
        Elements.Element root = (x, a, b, format, i) -> x.approximate(b, true);
        t.choose("RCPPS", VectorGate.binary(Elements.each(reciprocal, Format.SINGLE, false)));
        t.choose("RCPSS", VectorGate.binary(Elements.each(reciprocal, Format.SINGLE, true)));
        t.choose("RSQRTPS", VectorGate.binary(Elements.each(root, Format.SINGLE, false)));
        t.choose("RSQRTSS", VectorGate.binary(Elements.each(root, Format.SINGLE, true)));
    }

    /** Binds the four forms of a name. */
    static void all(OperationTable t, String name, Elements.Element element) {
        t.choose(name + "PS", VectorGate.binary(Elements.each(element, Format.SINGLE, false)));
        t.choose(name + "SS", VectorGate.binary(Elements.each(element, Format.SINGLE, true)));
        t.choose(name + "PD", VectorGate.binary(Elements.each(element, Format.DOUBLE, false)));
        String scalar = name.equals("CMP") ? "CMPSD_SCALAR" : name + "SD"; // CMPSD is a string instruction, too
        t.choose(scalar, VectorGate.binary(Elements.each(element, Format.DOUBLE, true)));
    }
}

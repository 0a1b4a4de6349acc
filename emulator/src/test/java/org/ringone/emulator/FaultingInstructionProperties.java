package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ringone.emulator.FaultHarness.Kind;
import org.ringone.x86.Form;
import org.ringone.x86.InstructionTable;
import org.ringone.x86.Width;

/** The law of all instructions: one that faults changes nothing. */
class FaultingInstructionProperties {
    private static final List<Form> FORMS = InstructionTable.forms().stream()
            .filter(FaultHarness::touchesMemory)
            .filter(form -> form.extension().matches("[3-6]86|fpu|fxsr|mmx|sse|sse2"))
            .toList();

    private final FaultHarness harness = new FaultHarness();

    @Provide
    Arbitrary<Form> rows() {
        return Arbitraries.of(FORMS);
    }

    @Property(tries = 4000)
    void faultingInstructionChangesNothing(@ForAll("rows") Form form, @ForAll Kind kind, @ForAll long seed) {
        Assume.that(harness.check(form, kind, seed));
    }

    /** Every memory operand of every row in turn, with every kind of fault that can happen to it. */
    @Example
    void everyOperandOfEveryRowHasFaulted() {
        for (Form form : FORMS) {
            boolean faulted = false;
            for (Kind kind : EnumSet.allOf(Kind.class)) {
                int seed = form.toString().hashCode();
                for (int n = 0; n < 40; n++) {
                    faulted |= harness.check(form, kind, seed + n);
                    if (n >= 3 && harness.faulted().size() == harness.met().size()) {
                        break;
                    }
                }
            }
            assertThat(faulted).as("whether %s faulted", form).isTrue();
        }
        assertThat(harness.faulted()).isEqualTo(harness.met()).hasSizeGreaterThan(5 * FORMS.size());
    }

    /** All operands of 16 bytes but those of unaligned moves, and the areas of FXSAVE and FXRSTOR; no others. */
    @Example
    void someOperandsMustBeAligned() {
        Set<String> faulted = new TreeSet<>();
        Set<String> expected = new TreeSet<>();
        for (Form form : FORMS) {
            int seed = form.toString().hashCode();
            if (Stream.iterate(seed, n -> n + 1).limit(5).anyMatch(n -> harness.check(form, Kind.MISALIGNED, n))) {
                faulted.add(form.toString());
            }
            int operand = form.memoryOperand();
            Width width = operand < 0 ? Width.B : form.operand(operand).memoryWidth();
            if ((width == Width.DQ || width == Width.X)
                    && !Set.of("MOVUPS", "MOVUPD", "MOVDQU").contains(form.mnemonic())) {
                expected.add(form.toString());
            }
        }
        assertThat(faulted).isEqualTo(expected);
    }
}

package org.ringone.suite.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Machine;
import org.ringone.api.Traces;

class MachineTraceTest {

    private record Tracing(Supplier<List<String>> trace) implements Machine, Traces {
        @Override
        public List<String> drainTrace() {
            return trace.get();
        }

        @Override
        public Domain createDomain(DomainSpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Domain> domains() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static Optional<String> trace(Supplier<List<String>> lines) {
        return MachineTrace.of(new Tracing(lines));
    }

    @Test
    void itsLinesAreKeptInOrder() {
        assertThat(trace(() -> List.of("one", "two"))).hasValue("one\ntwo");
        assertThat(trace(List::of)).isEmpty();
    }

    @Test
    void aMachineWithoutATraceHasNone() {
        assertThat(MachineTrace.of(Guarded.start(new BrokenHypervisor(() -> new Machine() {
                    @Override
                    public Domain createDomain(DomainSpec spec) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public List<Domain> domains() {
                        return List.of();
                    }

                    @Override
                    public void close() {}
                }))))
                .isEmpty();
    }

    @Test
    void aLongOneIsCutAtItsBeginning() {
        String text = trace(() -> {
                    List<String> lines = new java.util.ArrayList<>(Collections.nCopies(10_000, "x".repeat(5000)));
                    lines.add("the last one");
                    return lines;
                })
                .orElseThrow();
        assertThat(text.length()).isLessThan(MachineTrace.MOST_LINES * (MachineTrace.LONGEST_LINE + 5));
        assertThat(text).startsWith("(8001 earlier lines left out)").endsWith("\nthe last one");
    }

    @Test
    void whateverGoesWrongWhileAskingIsTold() {
        assertThat(trace(() -> {
                    throw new IllegalStateException("lost");
                }))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("cannot be had").contains("lost"));
        assertThat(trace(() -> null))
                .hasValueSatisfying(text -> assertThat(text).contains("cannot be had"));
        assertThat(trace(() -> Collections.singletonList(null))).hasValue("null");
    }
}

package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.Multicall;
import org.ringone.reference.Vcpu;

/** Faults of batched hypercalls (area MC). */
final class MulticallFaults {

    private MulticallFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "MC-01",
                        "returns how many entries it performed",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            public int perform(Vcpu v, int list, int count) {
                                int result = super.perform(v, list, count);
                                return result == 0 ? count : result;
                            }
                        }),
                Fault.of(
                        "MC-02",
                        "stops at the first entry that fails",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            protected boolean goesOn(int result) {
                                return result >= 0;
                            }
                        }),
                Fault.of(
                        "MC-03",
                        "lets a multicall within a multicall pass",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            protected int nested() {
                                return 0;
                            }
                        }),
                Fault.of(
                        "MC-04",
                        "says nothing of a list that it cannot read",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            public int perform(Vcpu v, int list, int count) {
                                super.perform(v, list, count);
                                return 0;
                            }
                        }));
    }
}

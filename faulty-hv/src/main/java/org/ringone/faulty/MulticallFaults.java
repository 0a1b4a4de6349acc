package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.KernelStack;
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
                        }),
                Fault.of(
                        "MC-05",
                        "switches the kernel's stack in single calls only",
                        parts -> parts.kernelStack = new KernelStack() {
                            @Override
                            public int set(Vcpu v, int ss, int esp) {
                                return v.performsMulticall() ? 0 : super.set(v, ss, esp);
                            }
                        }),
                Fault.of(
                        "MC-05",
                        "enters anew for each entry",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            protected void entering(Vcpu v) {
                                v.countEntry();
                            }
                        }),
                Fault.of(
                        "MC-06",
                        "leaves out the entry that it was interrupted before",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            protected int rest(int left) {
                                return left - 1;
                            }
                        }),
                Fault.of(
                        "MC-06",
                        "performs the entry before an interruption again",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            protected int rest(int left) {
                                return left + 1;
                            }
                        }),
                Fault.of(
                        "MC-06",
                        "holds events back until a batch is done",
                        parts -> parts.multicall = new Multicall() {
                            @Override
                            protected boolean interrupted(Vcpu v) {
                                return false;
                            }
                        }));
    }
}

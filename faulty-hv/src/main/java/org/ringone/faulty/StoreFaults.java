package org.ringone.faulty;

import java.util.Arrays;
import java.util.List;
import org.ringone.reference.store.StoreRules;

/** Faults of the store (area XS). */
final class StoreFaults {

    private StoreFaults() {}

    static List<Fault> all() {
        return List.of(
                fault("XS-01", "answers every request as the one before", new StoreRules() {
                    @Override
                    public int answered(int request) {
                        return request - 1;
                    }
                }),
                fault("XS-02", "keeps values up to their first NUL", new StoreRules() {
                    @Override
                    public byte[] kept(byte[] value) {
                        int end = 0;
                        while (end < value.length && value[end] != 0) {
                            end++;
                        }
                        return Arrays.copyOf(value, end);
                    }
                }),
                fault("XS-03", "lets every domain read everything", new StoreRules() {
                    @Override
                    public boolean may(int domid, char letter, boolean allowed) {
                        return allowed || letter == 'r';
                    }
                }),
                fault("XS-03", "lets every domain write everything", new StoreRules() {
                    @Override
                    public boolean may(int domid, char letter, boolean allowed) {
                        return allowed || letter == 'w';
                    }
                }),
                fault("XS-04", "tells of changes of the watched node alone", new StoreRules() {
                    @Override
                    public boolean concerns(String changed, String watched) {
                        return changed.equals(watched);
                    }
                }),
                fault("XS-05", "ends transactions well whatever came between", new StoreRules() {
                    @Override
                    public boolean mayCommit(long began, long now) {
                        return true;
                    }
                }),
                fault("XS-06", "forgets what does not fit into the ring", new StoreRules() {
                    @Override
                    public int rest(int bytes) {
                        return 0;
                    }
                }));
    }

    private static Fault fault(String rule, String wrong, StoreRules rules) {
        return Fault.of(rule, wrong, parts -> parts.storeRules = rules);
    }
}

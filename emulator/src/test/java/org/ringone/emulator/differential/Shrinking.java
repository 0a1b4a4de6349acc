package org.ringone.emulator.differential;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.UserSpace;

/** Makes a program that shows a difference smaller for as long as it still shows one. */
final class Shrinking {
    private Shrinking() {}

    /** @param differs whether a program still shows a difference */
    static Program shrunk(Program program, Predicate<Program> differs) {
        Predicate<Program> candidate = p -> p.code(0) != null && differs.test(p);
        Program best = program;
        for (int size = program.size() / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2) {
            boolean again = true;
            while (again) {
                again = false;
                for (int from = 0; from < best.size(); ) {
                    Program smaller = best.without(from, Math.min(from + size, best.size()));
                    if (smaller.size() < best.size() && candidate.test(smaller)) {
                        best = smaller;
                        again = true;
                    } else {
                        from += size;
                    }
                }
            }
        }
        for (int page : program.pages().keySet()) {
            SortedMap<Integer, UserSpace.Page> fewer = new TreeMap<>(best.pages());
            fewer.remove(page);
            Program simpler = best.with(best.r(), fewer);
            best = candidate.test(simpler) ? simpler : best;
        }
        for (int n = 0; n < 8; n++) {
            int[] r = best.r().clone();
            r[n] = n == CpuState.ESP ? r[n] : 0;
            Program simpler = best.with(r, best.pages());
            best = candidate.test(simpler) ? simpler : best;
        }
        return best;
    }
}

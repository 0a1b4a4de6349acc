package org.ringone.suite.steps;

import io.cucumber.java.ParameterType;
import org.ringone.guest.Register;
import org.ringone.suite.world.MappingRoute;
import org.ringone.suite.world.TableUse;

/** Words of the steps that stand for something. */
public final class Words {

    /** A level of the page tables. */
    @ParameterType("L[123]")
    public int level(String text) {
        return text.charAt(1) - '0';
    }

    /** One of the machine's domains, from 0. */
    @ParameterType("first|second")
    public int domain(String text) {
        return text.equals("first") ? 0 : 1;
    }

    /** A way to put a table to use. */
    @ParameterType("pinned|linked|loaded")
    public TableUse use(String text) {
        return TableUse.of(text);
    }

    /** A way to ask for a mapping. */
    @ParameterType(
            "mmu_update|update_va_mapping|a store to its page-table entry|an entry of an L1 table (?:pinned|linked)"
                    + "|an entry of an L1 table below an L2 table pinned|an entry of an L1 table below an L3 table loaded")
    public MappingRoute route(String text) {
        return MappingRoute.of(text);
    }

    /** A register. */
    @ParameterType("E[ABCD]X|E[SD]I|EBP|ESP|EIP|EFLAGS|[CDEFGS]S")
    public Register register(String text) {
        return Register.valueOf(text);
    }
}

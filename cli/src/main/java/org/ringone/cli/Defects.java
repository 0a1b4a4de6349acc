package org.ringone.cli;

import java.util.List;
import org.ringone.faulty.Faults;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Who;
import org.ringone.suite.matrix.Defect;

/** Everything that is wrong on purpose, ready to be judged. */
final class Defects {

    private Defects() {}

    /** All injected faults, each in a reference that is otherwise right. */
    static List<Defect> all() {
        return Faults.all().stream()
                .map(fault -> new Defect(fault.rule(), Who.H, fault.wrong(), SuiteRun.of(fault.hypervisor())))
                .toList();
    }

    /** The reference without any defect. */
    static SuiteRun sound() {
        return SuiteRun.of(new ReferenceHypervisor());
    }
}

package org.ringone.cli;

import java.util.List;
import java.util.stream.Stream;
import org.ringone.faulty.Faults;
import org.ringone.guest.WrongGuests;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Who;
import org.ringone.suite.matrix.Defect;

/** Everything that is wrong on purpose, ready to be judged. */
final class Defects {

    private Defects() {}

    /** All injected faults, each in a reference that is otherwise right; all wrong guests, each on the sound reference. */
    static List<Defect> all() {
        Stream<Defect> faults = Faults.all().stream()
                .map(fault -> new Defect(fault.rule(), Who.H, fault.wrong(), SuiteRun.of(fault.hypervisor())));
        Stream<Defect> guests = WrongGuests.all().stream()
                .map(guest -> new Defect(guest.rule(), Who.G, guest.wrong(), sound().kernel(guest.kernel())));
        return Stream.concat(faults, guests).toList();
    }

    /** The reference without any defect. */
    static SuiteRun sound() {
        return SuiteRun.of(new ReferenceHypervisor());
    }
}

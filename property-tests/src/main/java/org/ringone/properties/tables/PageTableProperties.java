package org.ringone.properties.tables;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.opentest4j.AssertionFailedError;
import org.ringone.api.Hypervisor;
import org.ringone.guest.Transcript;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Link;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Unlink;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;
import org.ringone.suite.run.Hypervisors;

/**
 * PT-22 and the rules under it: after any sequence of page-table operations, each was decided as the rules say, every page
 * holds what it should, and exactly those that are not in table use can be mapped writable.
 */
public class PageTableProperties {

    private static final int LONGEST = 40;

    private final Hypervisor hypervisor;
    private final BootedMachines machines;

    /** Judges the hypervisor that the system property {@code ringone.hypervisor} names, or the only one there is. */
    public PageTableProperties() {
        this(Hypervisors.named(""));
    }

    /** Judges that hypervisor. */
    protected PageTableProperties(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
        this.machines = BootedMachines.of(hypervisor);
    }

    @Property(seed = "1", tries = 1500, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void everyUpdateIsDecidedAsTheRulesSay(@ForAll("operations") List<TableOperation> operations) throws Exception {
        Transcript transcript = new Transcript();
        try (Lease lease = machines.take(transcript)) {
            new TableTrial(lease.probe(), hypervisor.profile()).run(operations).ifPresent(difference -> {
                throw new AssertionFailedError(difference + "\n\n" + TableScenario.of(operations, difference));
            });
        }
    }

    @Provide
    Arbitrary<List<TableOperation>> operations() {
        return operation().list().ofMinSize(1).ofMaxSize(LONGEST);
    }

    private static Arbitrary<TableOperation> operation() {
        Arbitrary<Integer> page = Arbitraries.integers().between(0, TableTrial.PAGES - 1);
        Arbitrary<Integer> region = Arbitraries.integers().between(0, TableTrial.REGIONS - 1);
        Arbitrary<Mapping> mapping = Combinators.combine(page, Arbitraries.of(true, false))
                .as(Mapping::new)
                .injectNull(0.2);
        Arbitrary<Route> hypercalls = Arbitraries.of(Route.UPDATE_VA_MAPPING, Route.MMU_UPDATE);
        Arbitrary<TableOperation> remap = Combinators.combine(
                        page, Arbitraries.of(Access.READ_ONLY, Access.READ_WRITE, Access.NONE), hypercalls)
                .as(Remap::new);
        Arbitrary<TableOperation> write = Combinators.combine(
                        page, Arbitraries.of(TableTrial.SLOTS), mapping, Arbitraries.of(Route.MMU_UPDATE, Route.STORE))
                .as(WriteEntry::new);
        Arbitrary<TableOperation> pin =
                Combinators.combine(page, Arbitraries.of(1, 1, 2)).as(Pin::new);
        return Arbitraries.frequencyOf(
                Tuple.of(5, remap),
                Tuple.of(5, write),
                Tuple.of(4, pin),
                Tuple.of(2, page.map(Unpin::new)),
                Tuple.of(2, Combinators.combine(region, page).as(Link::new)),
                Tuple.of(1, region.map(Unlink::new)));
    }
}

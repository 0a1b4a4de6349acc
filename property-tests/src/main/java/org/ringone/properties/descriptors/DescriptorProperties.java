package org.ringone.properties.descriptors;

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
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.Store;
import org.ringone.properties.descriptors.DescriptorOperation.Update;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;
import org.ringone.suite.run.Hypervisors;

/**
 * SEG-01 to SEG-06, SEG-08 and SEG-12: after any sequence of descriptor operations, each was decided as the rules say, every
 * page holds what it should, and the CPU sees in the GDT what the pages hold.
 */
public class DescriptorProperties {

    private static final int LONGEST = 25;

    private final Hypervisor hypervisor;
    private final BootedMachines machines;

    /** Judges the hypervisor that the system property {@code ringone.hypervisor} names, or the only one there is. */
    public DescriptorProperties() {
        this(Hypervisors.named(""));
    }

    /** Judges that hypervisor. */
    protected DescriptorProperties(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
        this.machines = BootedMachines.of(hypervisor);
    }

    @Property(seed = "1", tries = 1500, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void everyUpdateIsDecidedAsTheRulesSay(@ForAll("operations") List<DescriptorOperation> operations)
            throws Exception {
        Transcript transcript = new Transcript();
        try (Lease lease = machines.take(transcript)) {
            DescriptorRules rules = new DescriptorRules(hypervisor.profile());
            new DescriptorTrial(lease.probe(), hypervisor.profile())
                    .run(operations)
                    .ifPresent(difference -> {
                        throw new AssertionFailedError(
                                difference + "\n\n" + DescriptorScenario.of(operations, rules, difference));
                    });
        }
    }

    @Provide
    Arbitrary<List<DescriptorOperation>> operations() {
        return operation().list().ofMinSize(1).ofMaxSize(LONGEST);
    }

    private static Arbitrary<DescriptorOperation> operation() {
        Arbitrary<Integer> page = Arbitraries.integers().between(0, DescriptorTrial.PAGES - 1);
        Arbitrary<Integer> slot = Arbitraries.of(DescriptorTrial.SLOTS);
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(page, slot, descriptor()).as(Update::new)),
                Tuple.of(3, Combinators.combine(page, slot, descriptor()).as(Store::new)),
                Tuple.of(3, page.list().uniqueElements().ofMaxSize(3).map(SetGdt::new)),
                Tuple.of(
                        5,
                        Combinators.combine(page, Arbitraries.of(false, false, true))
                                .as(Remap::new)));
    }

    private static Arbitrary<Long> descriptor() {
        return Arbitraries.frequencyOf(Tuple.of(3, segment()), Tuple.of(1, gate()));
    }

    /** Gates: mostly call gates, to all sorts of selectors. */
    private static Arbitrary<Long> gate() {
        Arbitrary<Long> selector = Arbitraries.of(
                0L, 8L, 9L, 0xFL, 0xDFF8L, 0xE000L, 0xE008L, 0xE018L, 0xE019L, 0xE021L, 0xE02BL, 0xE040L);
        Arbitrary<Long> parameters = Arbitraries.of(0L, 0L, 0L, 1L, 0x1FL, 0x20L, 0x80L);
        Arbitrary<Long> type = Arbitraries.of(0xCL, 0xCL, 0xCL, 0x4L, 0x5L, 0xEL, 0xFL);
        Arbitrary<Long> ring = Arbitraries.longs().between(0, 3);
        return Combinators.combine(selector, parameters, type, ring)
                .as((s, p, t, dpl) -> 0x1234L | s << 16 | p << 32 | (0x80 | dpl << 5 | t) << 40);
    }

    /** Descriptors of any kind whose parts lie where decisions change. */
    private static Arbitrary<Long> segment() {
        Arbitrary<Long> base = Arbitraries.of(
                0L,
                1L,
                0xFFFL,
                0x1000L,
                0xC000_0000L,
                0xF67F_E000L,
                0xF67F_EFFFL,
                0xF67F_F000L,
                0xF680_0000L,
                0xFFFF_FFFFL);
        Arbitrary<Long> limit = Arbitraries.of(
                0L, 1L, 0xFFEL, 0xFFFL, 0x3_67FFL, 0xF_67FEL, 0xF_67FFL, 0xF_6800L, 0xF_FFFEL, 0xF_FFFFL);
        Arbitrary<Long> rights = Arbitraries.longs().between(0, 0xFF);
        Arbitrary<Long> present = Arbitraries.of(0x80L, 0x80L, 0x80L, 0L);
        Arbitrary<Long> flags = Arbitraries.longs().between(0, 0xF);
        return Combinators.combine(base, limit, rights, present, flags)
                .as((b, l, r, p, f) -> (b & 0xFF_FFFF) << 16
                        | (b >>> 24) << 56
                        | l & 0xFFFF
                        | (l & 0xF_0000) << 32
                        | (r & 0x7F | p) << 40
                        | f << 52);
    }
}

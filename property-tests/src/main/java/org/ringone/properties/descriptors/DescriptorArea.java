package org.ringone.properties.descriptors;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.ringone.api.Profile;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.properties.Account;
import org.ringone.properties.Area;
import org.ringone.properties.StepCheck;
import org.ringone.properties.descriptors.DescriptorOperation.Load;
import org.ringone.properties.descriptors.DescriptorOperation.Multicall;
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.SetLdt;
import org.ringone.properties.descriptors.DescriptorOperation.Store;
import org.ringone.properties.descriptors.DescriptorOperation.Update;

/** Descriptor tables: GDT and LDT put in place, descriptors changed by hypercall and by store, segment registers loaded. */
public final class DescriptorArea implements Area<DescriptorOperation> {

    private static final int LONGEST = 38;
    private static final int TLS_ENTRIES = 3;

    @Override
    public int longest() {
        return LONGEST;
    }

    @Override
    public List<DescriptorOperation> smaller(DescriptorOperation operation) {
        if (!(operation instanceof Multicall multicall)) {
            return List.of();
        }
        List<DescriptorOperation> smaller = new ArrayList<>(multicall.calls());
        Area.withoutOne(multicall.calls()).forEach(calls -> smaller.add(new Multicall(calls)));
        return smaller;
    }

    /** The rules of descriptors leave nothing open. */
    @Override
    public List<DescriptorOperation> decided(List<DescriptorOperation> operations, Profile profile) {
        return operations;
    }

    @Override
    public Account<DescriptorOperation> foretold(List<DescriptorOperation> operations, Profile profile) {
        return new DescriptorForecast(new DescriptorRules(profile), operations).account();
    }

    @Override
    public Account<DescriptorOperation> performed(
            List<DescriptorOperation> operations, Probe probe, Profile profile, StepCheck check) throws ProbeException {
        return new DescriptorTrial(probe, profile).run(operations, check);
    }

    @Override
    public String scenario(List<DescriptorOperation> operations, Profile profile, String difference) {
        return DescriptorScenario.of(operations, new DescriptorRules(profile), difference);
    }

    @Override
    public Arbitrary<DescriptorOperation> operation() {
        Arbitrary<DescriptorOperation> tls = update().list().ofSize(TLS_ENTRIES).map(Multicall::new);
        Arbitrary<DescriptorOperation> mixed =
                call().list().ofMinSize(1).ofMaxSize(TLS_ENTRIES).map(Multicall::new);
        return Arbitraries.frequencyOf(
                Tuple.of(12, call()),
                Tuple.of(3, Combinators.combine(page(), slot(), descriptor()).as(Store::new)),
                Tuple.of(4, load()),
                Tuple.of(2, tls),
                Tuple.of(2, mixed));
    }

    private static Arbitrary<Integer> page() {
        return Arbitraries.integers().between(0, DescriptorTrial.PAGES - 1);
    }

    private static Arbitrary<Integer> slot() {
        return Arbitraries.of(DescriptorTrial.SLOTS);
    }

    private static Arbitrary<DescriptorOperation> update() {
        return Combinators.combine(page(), slot(), descriptor()).as(Update::new);
    }

    /** Whatever one hypercall does. */
    private static Arbitrary<DescriptorOperation> call() {
        Arbitrary<Integer> entries = Arbitraries.of(0, 1, 2, 3, 511, 512, 513, 1024);
        return Arbitraries.frequencyOf(
                Tuple.of(4, update()),
                Tuple.of(3, page().list().uniqueElements().ofMaxSize(3).map(SetGdt::new)),
                Tuple.of(
                        2,
                        Combinators.combine(page(), entries)
                                .as((page, count) -> new SetLdt(
                                        page,
                                        Math.min(count, (DescriptorTrial.PAGES - page) * DescriptorTrial.PER_PAGE)))),
                Tuple.of(
                        5,
                        Combinators.combine(page(), Arbitraries.of(false, false, true))
                                .as(Remap::new)));
    }

    private static Arbitrary<DescriptorOperation> load() {
        Arbitrary<Integer> selector = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        slot(),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 3))
                .as(DescriptorTrial::selector);
        return Combinators.combine(Arbitraries.of("DS", "ES", "FS", "GS"), selector)
                .as(Load::new);
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

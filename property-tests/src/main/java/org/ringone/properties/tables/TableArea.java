package org.ringone.properties.tables;

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
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Assist;
import org.ringone.properties.tables.TableOperation.Batch;
import org.ringone.properties.tables.TableOperation.Multicall;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Store;
import org.ringone.properties.tables.TableOperation.StoreEntry;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;
import org.ringone.xen.PageTableBits;

/** Page tables: changed by every route, pinned, loaded, alone and in batches. */
public final class TableArea implements Area<TableOperation> {

    private static final int LONGEST = 36;
    private static final int MOST_IN_ONE = 6;
    private static final int RESERVED_TOP = 0x0001;

    private final boolean multicallsOnly;

    /** All operations. */
    public TableArea() {
        this(false);
    }

    private TableArea(boolean multicallsOnly) {
        this.multicallsOnly = multicallsOnly;
    }

    /** Only multicalls, of everything that a hypercall can do. */
    public static TableArea ofMulticalls() {
        return new TableArea(true);
    }

    @Override
    public List<TableOperation> smaller(TableOperation operation) {
        List<TableOperation> smaller = new ArrayList<>();
        if (operation instanceof Multicall multicall) {
            smaller.addAll(multicall.calls());
            Area.withoutOne(multicall.calls()).forEach(calls -> smaller.add(new Multicall(calls)));
        } else if (operation instanceof Batch batch) {
            smaller.addAll(batch.updates());
            Area.withoutOne(batch.updates()).forEach(updates -> smaller.add(new Batch(updates)));
        }
        return smaller;
    }

    @Override
    public List<TableOperation> decided(List<TableOperation> operations, Profile profile) {
        return new TableForecast(new TableRules(profile), operations).decided();
    }

    @Override
    public Account<TableOperation> foretold(List<TableOperation> operations, Profile profile) {
        return new TableForecast(new TableRules(profile), operations).account();
    }

    @Override
    public Account<TableOperation> performed(
            List<TableOperation> operations, Probe probe, Profile profile, StepCheck check) throws ProbeException {
        return new TableTrial(probe, profile).run(operations, check);
    }

    @Override
    public String scenario(List<TableOperation> operations, Profile profile, String difference) {
        return TableScenario.of(operations, new TableRules(profile), difference);
    }

    @Override
    public int longest() {
        return multicallsOnly ? LONGEST / 2 : LONGEST;
    }

    @Override
    public Arbitrary<TableOperation> operation() {
        Arbitrary<TableOperation> batch =
                update().list().ofMinSize(1).ofMaxSize(MOST_IN_ONE).map(Batch::new);
        Arbitrary<TableOperation> multicall = Arbitraries.frequencyOf(Tuple.of(5, call()), Tuple.of(1, batch))
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_IN_ONE)
                .map(Multicall::new);
        if (multicallsOnly) {
            return multicall;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(12, call()),
                Tuple.of(6, store()),
                Tuple.of(1, page().map(page -> new Remap(page, Access.READ_ONLY, Route.STORE))),
                Tuple.of(2, page().map(page -> new Remap(page, Access.READ_ONLY, Route.UNFLUSHED))),
                Tuple.of(1, remap(Arbitraries.of(Route.STORE))),
                Tuple.of(1, Arbitraries.of(true, false).map(by -> new NewBase(TableTrial.ROOT, by))),
                Tuple.of(1, page().map(page -> new NewBase(page, true))),
                Tuple.of(2, batch),
                Tuple.of(2, multicall));
    }

    /** Pages, the top table and its L2. */
    private static Arbitrary<Integer> page() {
        return Arbitraries.integers().between(0, TableTrial.TOP);
    }

    /** Whatever one hypercall does. */
    private static Arbitrary<TableOperation> call() {
        Arbitrary<TableOperation> pin = Combinators.combine(
                        Arbitraries.integers().between(0, TableTrial.PAGES - 1), Arbitraries.of(1, 1, 2, 2, 3))
                .as(Pin::new);
        Arbitrary<TableOperation> pinRoot = Combinators.combine(
                        Arbitraries.of(TableTrial.ROOT, TableTrial.TOP), Arbitraries.of(1, 2, 3, 3))
                .as(Pin::new);
        Arbitrary<TableOperation> base = Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.of(TableTrial.ROOT, TableTrial.BOOT_ROOT)), Tuple.of(1, page()))
                .map(page -> new NewBase(page, false));
        return Arbitraries.frequencyOf(
                Tuple.of(6, remap(Arbitraries.of(Route.UPDATE_VA_MAPPING, Route.MMU_UPDATE))),
                Tuple.of(6, write()),
                Tuple.of(4, pin),
                Tuple.of(1, pinRoot),
                Tuple.of(2, page().map(Unpin::new)),
                Tuple.of(1, base),
                Tuple.of(1, Arbitraries.of(true, true, false).map(Assist::new)));
    }

    /** What one element of {@code mmu_update} does. */
    private static Arbitrary<TableOperation> update() {
        return Arbitraries.frequencyOf(Tuple.of(1, remap(Arbitraries.of(Route.MMU_UPDATE))), Tuple.of(2, write()));
    }

    private static Arbitrary<TableOperation> remap(Arbitrary<Route> route) {
        Arbitrary<Access> access = Arbitraries.of(
                Access.READ_ONLY,
                Access.READ_ONLY,
                Access.READ_ONLY,
                Access.READ_WRITE,
                Access.READ_WRITE,
                Access.NONE);
        return Combinators.combine(page(), access, route).as(Remap::new);
    }

    private static Arbitrary<TableOperation> write() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, writeTo(pages(), entry())),
                Tuple.of(2, writeTo(Arbitraries.of(TableTrial.TOP, TableTrial.BOOT_TOP, TableTrial.BOOT_TOP), entry())),
                Tuple.of(1, writeTo(Arbitraries.of(TableTrial.ROOT), rootEntry())));
    }

    private static Arbitrary<Integer> pages() {
        return Arbitraries.integers().between(0, TableTrial.PAGES - 1);
    }

    private static Arbitrary<TableOperation> writeTo(Arbitrary<Integer> table, Arbitrary<Mapping> entry) {
        return table.flatMap(to -> Combinators.combine(slotOf(to), entry)
                .as((slot, mapping) -> new WriteEntry(to, slot, placed(to, slot, mapping))));
    }

    private static Arbitrary<TableOperation> store() {
        Arbitrary<Store> by = Arbitraries.of(Store.class);
        return Arbitraries.frequencyOf(
                Tuple.of(6, storeTo(pages(), by, entry())),
                Tuple.of(1, storeTo(Arbitraries.of(TableTrial.TOP, TableTrial.BOOT_TOP), by, entry())),
                Tuple.of(1, storeTo(Arbitraries.of(TableTrial.ROOT), by, rootEntry())));
    }

    private static Arbitrary<TableOperation> storeTo(
            Arbitrary<Integer> table, Arbitrary<Store> by, Arbitrary<Mapping> value) {
        return table.flatMap(to -> Combinators.combine(slotOf(to), by, value)
                .as((slot, how, mapping) -> new StoreEntry(to, slot, how, placed(to, slot, mapping))));
    }

    private static Arbitrary<Integer> slotOf(int table) {
        return Arbitraries.of(TableTrial.slots(table));
    }

    /** Slot 3 of the top table never names a plain page: a guest could not run on that. */
    private static Mapping placed(int table, int slot, Mapping entry) {
        boolean plain = table == TableTrial.ROOT && slot == 3 && entry.target() >= 0 && entry.target() < TableTrial.TOP;
        return plain ? TableTrial.SLOT_OF_TOP : entry;
    }

    private static Arbitrary<Mapping> entry() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, TableTrial.BOOT_TOP);
        Arbitrary<Integer> target = Arbitraries.frequencyOf(Tuple.of(8, pages()), Tuple.of(1, any));
        Arbitrary<Mapping> usual =
                Combinators.combine(target, Arbitraries.of(true, false)).as(Mapping::of);
        Arbitrary<Integer> foreign = Arbitraries.frequencyOf(
                Tuple.of(4, any), Tuple.of(1, Arbitraries.of(Mapping.NO_FRAME, Mapping.HYPERVISOR)));
        Arbitrary<Integer> flags = Arbitraries.of(
                PageTableBits.PRESENT,
                PageTableBits.PRESENT | PageTableBits.RW,
                PageTableBits.RW,
                PageTableBits.PRESENT | PageTableBits.AVAIL,
                PageTableBits.PRESENT | PageTableBits.PWT | PageTableBits.PCD,
                PageTableBits.PRESENT | PageTableBits.GLOBAL,
                PageTableBits.PRESENT | PageTableBits.RW | PageTableBits.PSE);
        Arbitrary<Integer> top = Arbitraries.of(0, 0, Mapping.NX, RESERVED_TOP);
        Arbitrary<Mapping> odd = Combinators.combine(foreign, flags, top).as(Mapping::new);
        return Arbitraries.frequencyOf(
                Tuple.of(6, usual), Tuple.of(2, Arbitraries.just(Mapping.NONE)), Tuple.of(2, odd));
    }

    private static Arbitrary<Mapping> rootEntry() {
        Arbitrary<Integer> flags = Arbitraries.of(
                PageTableBits.PRESENT,
                PageTableBits.PRESENT,
                PageTableBits.PRESENT,
                PageTableBits.PRESENT | PageTableBits.AVAIL | PageTableBits.PWT | PageTableBits.PCD,
                PageTableBits.PRESENT | PageTableBits.RW,
                PageTableBits.PRESENT | PageTableBits.USER,
                0);
        Arbitrary<Integer> target =
                Arbitraries.frequencyOf(Tuple.of(4, pages()), Tuple.of(1, Arbitraries.of(7, 8, Mapping.NO_FRAME)));
        return Combinators.combine(target, flags, Arbitraries.of(0, 0, 0, 0, Mapping.NX))
                .as(Mapping::new);
    }
}

package org.ringone.reference.memory;

/**
 * The decisions that machine memory rests on, each replaceable: the reference's own by default.
 *
 * @param entries which entries a table may have
 * @param types who may use a frame as what
 * @param batches what batches tell their callers
 * @param stores which stores to page tables are emulated
 * @param flushes which TLBs a flush reaches
 * @param grants what a grant lets others do
 */
public record MemoryRules(
        EntryChecks entries,
        TypeRules types,
        BatchRules batches,
        StoreRules stores,
        FlushRules flushes,
        GrantRules grants) {

    /** The rules as the era has them. */
    public static MemoryRules reference() {
        return new MemoryRules(
                new EntryChecks(),
                new TypeRules(),
                new BatchRules(),
                new StoreRules(),
                new FlushRules(),
                new GrantRules());
    }

    public MemoryRules with(EntryChecks other) {
        return new MemoryRules(other, types, batches, stores, flushes, grants);
    }

    public MemoryRules with(TypeRules other) {
        return new MemoryRules(entries, other, batches, stores, flushes, grants);
    }

    public MemoryRules with(BatchRules other) {
        return new MemoryRules(entries, types, other, stores, flushes, grants);
    }

    public MemoryRules with(StoreRules other) {
        return new MemoryRules(entries, types, batches, other, flushes, grants);
    }

    public MemoryRules with(FlushRules other) {
        return new MemoryRules(entries, types, batches, stores, other, grants);
    }

    public MemoryRules with(GrantRules other) {
        return new MemoryRules(entries, types, batches, stores, flushes, other);
    }
}

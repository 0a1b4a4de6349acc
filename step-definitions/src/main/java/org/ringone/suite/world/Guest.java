package org.ringone.suite.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ringone.api.Profile;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Walk;
import org.ringone.suite.language.Constants;
import org.ringone.suite.language.Expression;
import org.ringone.suite.language.LanguageException;
import org.ringone.suite.language.Names;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.UpdateVaMapping;

/**
 * The guest kernel of one scenario: a probe with names for its pages and numbers. What the features call by a name, this
 * knows.
 */
public final class Guest implements Names {

    /** Present, accessed, dirty: what an ordinary mapping of the kernel has, read-only. */
    public static final int READ_ONLY = PageTableBits.PRESENT | PageTableBits.ACCESSED | PageTableBits.DIRTY;

    /** The same, writable. */
    public static final int READ_WRITE = READ_ONLY | PageTableBits.RW;

    private static final List<String> ORDINALS = List.of("first", "second");

    /** The probe runs user code in the first two and has its stack in the third. */
    private static final int USER_PAGES_OF_THE_PROBE = 3;

    private static final String START_INFO = "start_info.";

    private static final long FRAME_MASK = 0x000F_FFFF_FFFF_F000L;

    private Probe probe;
    private final Profile profile;
    private final Iterator<Page> free;
    private final Iterator<Page> freeForUsers;
    private final Page arguments;
    private final Page peephole;
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, Guest> neighbours = new HashMap<>();
    private Walk boot;

    public Guest(Probe probe, Profile profile) throws ProbeException {
        this.probe = probe;
        this.profile = profile;
        List<Page> scratch = probe.scratchPages();
        this.free = scratch.iterator();
        this.freeForUsers = probe.userPages().listIterator(USER_PAGES_OF_THE_PROBE);
        this.arguments = free.next();
        this.peephole = free.next();
        name("domid", probe.domain().id());
    }

    /** The guest kernels of a machine's domains. What is called {@code page} in one is {@code second.page} to the others. */
    static List<Guest> of(List<Probe> probes, Profile profile) throws ProbeException {
        List<Guest> guests = new ArrayList<>();
        for (Probe probe : probes) {
            guests.add(new Guest(probe, profile));
        }
        for (Guest guest : guests) {
            for (int i = 0; i < guests.size(); i++) {
                guest.neighbours.put(ORDINALS.get(i), guests.get(i));
            }
        }
        return List.copyOf(guests);
    }

    public Probe probe() {
        return probe;
    }

    /** Goes on with another client of the same probe, which has asked what the one before has. */
    public void continueWith(Probe newProbe) {
        probe = newProbe;
    }

    public Profile profile() {
        return profile;
    }

    /** The page in which structures for hypercalls are laid out. */
    public Page arguments() {
        return arguments;
    }

    /** A page whose address is used for a moment to try what can be mapped. */
    public Page peephole() {
        return peephole;
    }

    /** Names a page of the kernel that nothing else uses, mapped writable, all zeros. */
    public Page take(String name) throws ProbeException {
        return take(name, free);
    }

    /** Names a page that ring 3 may use, too. */
    public Page takeForUsers(String name) throws ProbeException {
        return take(name, freeForUsers);
    }

    private Page take(String name, Iterator<Page> from) throws ProbeException {
        if (!from.hasNext()) {
            throw new LanguageException("no page is left for '" + name + "'");
        }
        Page page = from.next();
        probe.fill(page.address(), AddressSpace.PAGE_SIZE, 0);
        if (pages.put(name, page) != null) {
            throw new LanguageException("two pages are called '" + name + "'");
        }
        return page;
    }

    /** Takes that many free pages that lie side by side, as they are; gives the address of the first. */
    public int reserve(int count) {
        int first = free.next().address();
        for (int number = 1; number < count; number++) {
            if (!free.hasNext() || free.next().address() != first + number * AddressSpace.PAGE_SIZE) {
                throw new LanguageException("there are no " + count + " pages left that lie side by side");
            }
        }
        return first;
    }

    /** Whether this is asked for the first time in this scenario. */
    boolean firstOfItsKind(String what) {
        return numbers.putIfAbsent(what, 1L) == null;
    }

    /** Gives a number a name. */
    public void name(String name, long number) {
        numbers.put(name, number);
    }

    /** The page of that name. */
    public Page page(String name) throws ProbeException {
        Neighbour neighbour = neighbour(name);
        if (neighbour != null) {
            return neighbour.guest().page(neighbour.name());
        }
        Page page = pages.get(name);
        if (page == null) {
            page = bootTable(name);
        }
        if (page == null) {
            throw new LanguageException("no page is called '" + name + "'");
        }
        return page;
    }

    /** Something that another domain's guest has a name for. */
    private record Neighbour(Guest guest, String name) {}

    /** What a name like {@code second.page} means; null when it is no such name. */
    private Neighbour neighbour(String name) {
        int dot = name.indexOf('.');
        Guest guest = dot < 0 || pages.containsKey(name) ? null : neighbours.get(name.substring(0, dot));
        return guest == null ? null : new Neighbour(guest, name.substring(dot + 1));
    }

    /** The pages that the scenario has named, by name. */
    Map<String, Page> pages() {
        return pages;
    }

    /** The boot tables that map the scratch pages, as found at the scenario's start. */
    Walk boot() throws ProbeException {
        if (boot == null) {
            boot = probe.walk(peephole.address());
        }
        return boot;
    }

    private Page bootTable(String name) throws ProbeException {
        return switch (name) {
            case "boot_l1" -> frame((int) (boot().l1Address() >>> AddressSpace.PAGE_SHIFT));
            case "boot_l2" -> frame((int) (boot().l2Address() >>> AddressSpace.PAGE_SHIFT));
            case "boot_l3" -> frame((int) (boot().l3Address() >>> AddressSpace.PAGE_SHIFT));
            default -> null;
        };
    }

    /** The page of the boot region that is this machine frame. */
    public Page frame(int mfn) throws ProbeException {
        int pfn = probe.read32(AddressSpace.MACH2PHYS_START + mfn * 4);
        int base = peephole.address() - (peephole.pfn() << AddressSpace.PAGE_SHIFT);
        return new Page(base + (pfn << AddressSpace.PAGE_SHIFT), pfn, mfn);
    }

    /** The machine address of the L1 entry that maps this address. */
    public long entryAddress(int address) throws ProbeException {
        Walk near = boot();
        int twoMib = 21;
        if (address >>> twoMib == peephole.address() >>> twoMib) {
            long index = address >>> AddressSpace.PAGE_SHIFT & 511;
            return (near.l1Address() & FRAME_MASK) + index * 8;
        }
        return probe.walk(address).l1Address();
    }

    /** The value of an expression. */
    public long evaluate(String expression) {
        return Expression.value(expression, this);
    }

    /** The low 32 bits of an expression. */
    public int word(String expression) {
        return (int) evaluate(expression);
    }

    @Override
    public OptionalLong value(String name) {
        OptionalLong own = ownValue(name);
        if (own.isPresent()) {
            return own;
        }
        Integer symbol = probe.symbols().get(name);
        return symbol == null ? OptionalLong.empty() : unsigned(symbol);
    }

    /** The value of a name that the scenario gave, or that the interface or the boot tables have; not of the probe's. */
    OptionalLong ownValue(String name) {
        if (numbers.containsKey(name)) {
            return OptionalLong.of(numbers.get(name));
        }
        if (pages.containsKey(name)) {
            return unsigned(pages.get(name).address());
        }
        if (name.equals("arguments")) {
            return unsigned(arguments.address());
        }
        Neighbour neighbour = neighbour(name);
        if (neighbour != null) {
            return neighbour.guest().value(neighbour.name());
        }
        OptionalInt shared = SharedInfoNames.offset(name);
        if (shared.isPresent()) {
            return unsigned(probe.sharedInfo() + shared.getAsInt());
        }
        try {
            Page table = bootTable(name);
            if (table != null) {
                return unsigned(table.address());
            }
            if (name.startsWith(START_INFO)) {
                return unsigned(StartFields.value(probe.startOfDay(), name.substring(START_INFO.length())));
            }
            OptionalLong frame = knownFrame(name);
            if (frame.isPresent()) {
                return frame;
            }
        } catch (ProbeException e) {
            throw new GuestFault(e);
        }
        return Constants.value(name);
    }

    /** Frames that are not the domain's, as far as a guest can know them. */
    private OptionalLong knownFrame(String name) throws ProbeException {
        return switch (name) {
            case "first_frame_beyond_memory" -> OptionalLong.of(call(Hypercall.MEMORY_OP, 2, 0) & 0xFFFF_FFFFL);
            case "empty_l2_slot" -> OptionalLong.of(new Tables(this).emptySlot(1));
            case "empty_l3_slot" -> OptionalLong.of(new Tables(this).emptySlot(2));
            case "highest_frame_number" -> OptionalLong.of(0xFF_FFFFL);
            case "hypervisor_frame" -> OptionalLong.of(hypervisorFrame());
            default -> OptionalLong.empty();
        };
    }

    /** A frame that the hypervisor maps in its own part of the address space, beyond the machine-to-physical table. */
    private long hypervisorFrame() throws ProbeException {
        int first = AddressSpace.MACH2PHYS_END >>> 21 & 511;
        int table = page("boot_l2").address();
        for (int slot = 511; slot >= first; slot--) {
            long entry = probe.read64(table + slot * 8);
            if ((entry & PageTableBits.PRESENT) != 0) {
                return (entry & FRAME_MASK) >>> AddressSpace.PAGE_SHIFT;
            }
        }
        int own = AddressSpace.MACH2PHYS_START >>> 21 & 511;
        return (probe.read64(table + own * 8) & FRAME_MASK) >>> AddressSpace.PAGE_SHIFT;
    }

    @Override
    public OptionalLong function(String function, String first, long... arguments) {
        try {
            return switch (function) {
                case "mfn" -> OptionalLong.of(frameOf(first, arguments[0]));
                case "pfn" -> OptionalLong.of(page(first).pfn());
                case "ma" ->
                    OptionalLong.of((frameOf(first, arguments[0]) << AddressSpace.PAGE_SHIFT)
                            + (arguments.length > 1 ? arguments[1] : 0));
                case "slot" ->
                    OptionalLong.of((frameOf(first, arguments[0]) << AddressSpace.PAGE_SHIFT) + arguments[1] * 8);
                case "handler" -> unsigned(probe.handler((int) arguments[0]));
                case "descriptor" ->
                    OptionalLong.of(Descriptors.segment(arguments[0], arguments[1], (int) arguments[2]));
                case "gate" -> OptionalLong.of(Descriptors.gate((int) arguments[0], arguments[1], (int) arguments[2]));
                case "pte" -> OptionalLong.of(entryAddress((int) arguments[0]));
                case "entry" ->
                    OptionalLong.of((frameOf(first, arguments[0]) << AddressSpace.PAGE_SHIFT)
                            | (arguments.length > 1 ? arguments[1] : 0));
                default -> OptionalLong.empty();
            };
        } catch (ProbeException e) {
            throw new GuestFault(e);
        }
    }

    private long frameOf(String name, long otherwise) throws ProbeException {
        if (pages.containsKey(name) || name.startsWith("boot_") || neighbour(name) != null) {
            return page(name).mfn() & 0xFFFF_FFFFL;
        }
        return otherwise;
    }

    private static OptionalLong unsigned(int value) {
        return OptionalLong.of(value & 0xFFFF_FFFFL);
    }

    /** Makes a hypercall with plain arguments. */
    public int call(Hypercall hypercall, int... arguments) throws ProbeException {
        return probe.hypercall(hypercall.number(), arguments);
    }

    /** Asks update_va_mapping for an entry and a flush of it; gives the result. */
    public int map(int address, long entry) throws ProbeException {
        return call(
                Hypercall.UPDATE_VA_MAPPING, address, (int) entry, (int) (entry >>> 32), UpdateVaMapping.UVMF_INVLPG);
    }

    /** Asks mmu_update for one entry of a table; gives the result. */
    public int update(long machineAddress, long entry) throws ProbeException {
        int element = arguments.address();
        probe.write(element, Bytes.quads(machineAddress, entry));
        return call(Hypercall.MMU_UPDATE, element, 1, 0, MmuUpdate.DOMID_SELF);
    }

    /** Whether a page can be mapped writable: tries it at an address that nothing else uses, and gives the result. */
    public int tryWritable(Page page) throws ProbeException {
        int result = map(peephole.address(), page.entry(READ_WRITE));
        must(map(peephole.address(), peephole.entry(READ_WRITE)), "mapping a page at its own address again");
        return result;
    }

    /** Takes a name away, for a page that is the guest's no more. */
    public void forget(String name) {
        pages.remove(name);
    }

    /** Maps a page of the scenario's own with these flags at its own address. Must work. */
    public void remap(Page page, long flags) throws ProbeException {
        must(map(page.address(), page.entry(flags)), "mapping a page of the guest's own otherwise");
    }

    /** What a set-up step needs to work. */
    public void must(int result, String what) {
        if (result < 0) {
            throw Violation.of(what + " works", new Answer.Returned(result, -1).toString());
        }
    }
}

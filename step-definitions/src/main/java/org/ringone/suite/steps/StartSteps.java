package org.ringone.suite.steps;

import io.cucumber.java.en.Then;
import java.util.Arrays;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Register;
import org.ringone.guest.Reply;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Answer;
import org.ringone.suite.world.BootRegion;
import org.ringone.suite.world.Construction;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.Refusal;
import org.ringone.suite.world.SymbolTable;
import org.ringone.suite.world.World;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.StartInfo;
import org.ringone.xen.XenVersion;

/** What a guest finds at its start: start_info, the layout, the first mappings. */
public final class StartSteps {

    private static final int PAGE = AddressSpace.PAGE_SIZE;

    private final World world;
    private final Construction construction;

    public StartSteps(World world, Construction construction) {
        this.world = world;
        this.construction = construction;
    }

    @Then("^start_info\\.(?!magic)(\\S+) is ((?!the ).+)$")
    public void field(String field, String expected) {
        world.act(guest ->
                compare("start_info." + field, guest.evaluate(expected), guest.evaluate("start_info." + field)));
    }

    @Then("start_info.{word} lies at a page's start in the boot region")
    public void page(String field) {
        world.act(guest -> {
            long address = guest.evaluate("start_info." + field);
            if (address % PAGE != 0 || !BootRegion.of(guest).mappings().containsKey(address)) {
                throw Violation.of("start_info." + field + " is a mapped page", String.format("%08x", address));
            }
        });
    }

    @Then("start_info.{word} names a page of the boot region that is all zeros")
    public void emptyPage(String field) {
        world.act(guest -> {
            Page page = guest.frame(guest.word("start_info." + field));
            requireOwn(guest, field, page);
            requireZeros(guest, page.address());
        });
    }

    @Then("start_info.{word} names a page of the boot region")
    public void framed(String field) {
        world.act(guest -> requireOwn(guest, field, guest.frame(guest.word("start_info." + field))));
    }

    private static void requireOwn(Guest guest, String field, Page page) throws Exception {
        int pages = guest.probe().startOfDay().nrPages();
        if (page.pfn() < 0 || page.pfn() >= pages || guest.probe().mfn(page.pfn()) != page.mfn()) {
            throw Violation.of("start_info." + field + " is one of the domain's frames", page.toString());
        }
    }

    @Then("start_info.shared_info is the machine address of a page that is none of the domain's own")
    public void sharedInfo() {
        world.act(guest -> {
            long address = guest.probe().startOfDay().sharedInfoMachineAddress() & 0xFFFF_FFFFL;
            if (address % PAGE != 0 || address == 0) {
                throw Violation.of("a page's machine address", String.format("%08x", address));
            }
            for (int pfn = 0; pfn < guest.probe().startOfDay().nrPages(); pfn++) {
                if (guest.probe().mfn(pfn) == address >>> AddressSpace.PAGE_SHIFT) {
                    throw Violation.of("no entry of mfn_list names shared_info", "entry " + pfn);
                }
            }
        });
    }

    @Then("start_info's command line is the first {int} characters of what was given")
    public void commandLine(int length) {
        world.act(guest -> {
            String given = construction.spec().commandLine();
            String expected = given.substring(0, Math.min(length, given.length()));
            String seen = guest.probe().startOfDay().commandLine();
            if (!seen.equals(expected)) {
                throw Violation.of("the command line \"" + expected + "\"", "\"" + seen + "\"");
            }
            byte[] info = guest.probe().startOfDay().startInfo();
            for (int i = StartInfo.CMD_LINE + expected.length(); i < StartInfo.CMD_LINE + 1024; i++) {
                compare("byte " + (i - StartInfo.CMD_LINE) + " of the command line", 0, info[i]);
            }
        });
    }

    @Then("the ramdisk is there, every byte of it")
    public void ramdisk() {
        world.act(guest -> {
            byte[] given = construction.spec().ramdisk();
            int length = guest.probe().startOfDay().modLen();
            byte[] expected = Arrays.copyOf(given, length);
            int piece = PAGE * 8;
            for (int at = 0; at < length; at += piece) {
                int size = Math.min(piece, length - at) & -4;
                if (size > 0) {
                    int seen = guest.probe().digest(guest.probe().startOfDay().modStart() + at, size);
                    compare("the digest of the ramdisk from byte " + at, digest(expected, at, size), seen);
                }
            }
            int rest = length & 3;
            byte[] tail = rest == 0
                    ? new byte[0]
                    : guest.probe().read(guest.probe().startOfDay().modStart() + length - rest, rest);
            if (!Arrays.equals(tail, Arrays.copyOfRange(expected, length - rest, length))) {
                throw Violation.of("the ramdisk's last bytes", Arrays.toString(tail));
            }
        });
    }

    /** What the probe's digest of these bytes is. */
    private static int digest(byte[] bytes, int from, int length) {
        int digest = 0;
        for (int i = from; i < from + length; i += 4) {
            int word = bytes[i] & 0xFF
                    | (bytes[i + 1] & 0xFF) << 8
                    | (bytes[i + 2] & 0xFF) << 16
                    | (bytes[i + 3] & 0xFF) << 24;
            digest = (Integer.rotateLeft(digest, 5) ^ word) * 0x9E3779B1;
        }
        return digest;
    }

    @Then("the boot region begins at {}")
    public void begins(String address) {
        world.act(guest -> compare(
                "the first address mapped",
                guest.evaluate(address),
                BootRegion.of(guest).first()));
    }

    @Then("the boot region ends at {}")
    public void ends(String address) {
        world.act(guest -> compare(
                "the end of what is mapped",
                guest.evaluate(address),
                BootRegion.of(guest).end()));
    }

    @Then("the boot elements lie in their order")
    public void order() {
        world.act(guest -> BootRegion.of(guest)
                .requireOrder(guest.evaluate("kernel_end"), construction.spec().ramdisk().length));
    }

    @Then("the boot region maps the domain's first frames one to one")
    public void oneToOne() {
        world.act(guest -> BootRegion.of(guest).requireOneToOne(guest.evaluate("virt_base")));
    }

    @Then("every page of the boot region is mapped read-write but the page tables")
    public void writable() {
        world.act(guest -> BootRegion.of(guest).requireWritableButTables());
    }

    @Then("a store to every page of the boot region but the page tables works")
    public void stores() {
        world.act(guest -> {
            BootRegion region = BootRegion.of(guest);
            int tables = guest.probe().startOfDay().ptBase();
            int behind = tables + guest.probe().startOfDay().nrPtFrames() * PAGE;
            touch(guest, (int) region.first(), tables);
            touch(guest, behind, (int) region.end());
        });
    }

    private void touch(Guest guest, int from, int to) throws Exception {
        world.runCode(
                guest,
                CodeRun.ring1("next:\n    add dword [esi], 0\n    add esi, 0x1000\n    cmp esi, edi\n    jne next\n")
                        .with(Register.ESI, from)
                        .with(Register.EDI, to));
        if (!(world.outcome() instanceof Outcome.Completed)) {
            throw Violation.of(
                    String.format("stores to the pages from %08x to %08x work", from, to),
                    world.answer().toString());
        }
    }

    @Then("a store to every boot page table faults with {}")
    public void refusedStores(String how) {
        world.act(guest -> {
            Refusal refusal = Refusal.of(how, guest.profile().era(), guest);
            for (int i = 0; i < guest.probe().startOfDay().nrPtFrames(); i++) {
                int table = guest.probe().startOfDay().ptBase() + i * PAGE;
                for (int at : new int[] {table, table + PAGE - 4}) {
                    world.runCode(guest, CodeRun.ring1("mov [esi], esi\n").with(Register.ESI, at));
                    refusal.require(world.answer());
                }
            }
        });
    }

    @Then("at the first instruction nothing was pending, every vcpu's mask was 1 and no channel was masked")
    public void quiet() {
        world.act(guest -> BootRegion.of(guest).requireQuietEvents());
    }

    @Then("every byte of the page at {} is 0")
    public void zeros(String address) {
        world.act(guest -> requireZeros(guest, guest.word(address)));
    }

    private static void requireZeros(Guest guest, int address) throws Exception {
        byte[] bytes = guest.probe().read(address, PAGE);
        for (int i = 0; i < PAGE; i++) {
            compare(String.format("byte %x of the page at %08x", i, address), 0, bytes[i]);
        }
    }

    @Then("the page at {} makes hypercalls")
    public void hypercallPage(String address) {
        world.act(guest -> {
            guest.probe().copy(guest.probe().symbol("hypercall_page"), guest.word(address), PAGE);
            int major = guest.probe().hypercall(Hypercall.XEN_VERSION.number(), XenVersion.VERSION) >>> 16;
            if (major < 3 || major > 4) {
                throw Violation.of("XENVER_version by slot 17 of that page", new Answer.Returned(major, -1).toString());
            }
        });
    }

    @Then("behind the kernel lies its symbol table")
    public void symbolTable() {
        world.act(guest -> SymbolTable.require(guest, construction.image().elf(), guest.evaluate("kernel_end")));
    }

    @Then("behind the kernel lies nothing")
    public void nothingBehind() {
        world.act(guest -> {
            long end = guest.evaluate("kernel_end");
            long list = guest.evaluate("start_info.mfn_list");
            compare("mfn_list", end + PAGE - 1 & -PAGE, list);
            if (list > end) {
                Reply rest = guest.probe().tryRead((int) end, (int) (list - end));
                if (!(rest instanceof Reply.Bytes bytes) || !zeros(bytes.bytes())) {
                    throw Violation.of("zeros behind the kernel", rest.toString());
                }
            }
        });
    }

    private static boolean zeros(byte[] bytes) {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static void compare(String what, long expected, long seen) {
        if (expected != seen) {
            throw Violation.of(String.format("%s is %x", what, expected), String.format("%x", seen));
        }
    }
}

package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import java.util.HexFormat;
import org.ringone.guest.Page;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Answer;
import org.ringone.suite.world.Bytes;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.TableUse;
import org.ringone.suite.world.Tables;
import org.ringone.suite.world.World;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.VmAssist;

/** What the guest has at the start of a case: pages, tables, assists. */
public final class PageSteps {

    private static final int ENTRIES = 512;
    private static final int LAST_GUEST_SLOT = (AddressSpace.VIRT_START >>> 21 & ENTRIES - 1) - 1;

    private final World world;

    public PageSteps(World world) {
        this.world = world;
    }

    @Given("a page {string}")
    public void page(String name) {
        world.act(guest -> guest.take(name));
    }

    @Given("a page {string} that ring 3 may use")
    public void userPage(String name) {
        world.act(guest -> guest.takeForUsers(name));
    }

    @Given("a page {string} mapped read-only")
    public void readOnlyPage(String name) {
        world.act(guest -> new Tables(guest).readOnly(guest.take(name)));
    }

    @Given("a page {string} made out as a(n) {level} table")
    public void prepared(String name, int level) {
        world.act(guest -> new Tables(guest).prepare(name, level));
    }

    @Given("a page {string} in use as a(n) {level} table")
    public void inUse(String name, int level) {
        world.act(guest -> {
            Tables tables = new Tables(guest);
            guest.must(tables.pin(tables.prepare(name, level), level), "pinning a table");
        });
    }

    @Given("a page {string} in use as a(n) {level} table by being {use}")
    public void inUseBy(String name, int level, TableUse use) {
        world.act(guest -> {
            Page table = new Tables(guest).prepare(name, level);
            guest.must(use.ask(guest, table, level), "the first use of a table");
        });
    }

    @Given("a page {string} right below the hypervisor's range")
    public void edge(String name) {
        world.act(guest -> {
            Tables tables = new Tables(guest);
            Page edge = guest.take(name);
            Page table = tables.prepare(name + ".table", 1);
            tables.write(table, ENTRIES - 1, edge.entry(Guest.READ_WRITE));
            long slot = guest.page("boot_l2").machine(LAST_GUEST_SLOT * 8);
            guest.must(tables.link(table, 1, slot), "a table for the last 2 MiB below the hypervisor");
        });
    }

    @Given("entry {int} of {string} is {}")
    public void entry(int slot, String table, String entry) {
        world.act(guest -> new Tables(guest).write(guest.page(table), slot, guest.evaluate(entry)));
    }

    @Given("{string} is also mapped writable at {string}")
    public void alsoMapped(String page, String window) {
        world.act(guest -> {
            Page at = guest.take(window);
            guest.must(guest.map(at.address(), guest.page(page).entry(Guest.READ_WRITE)), "a second mapping of a page");
        });
    }

    @Given("{string} is writable at its own address again")
    public void writableAgain(String name) {
        world.act(guest -> guest.remap(guest.page(name), Guest.READ_WRITE));
    }

    @Given("{string} is made read-only")
    public void madeReadOnly(String name) {
        world.act(guest -> new Tables(guest).readOnly(guest.page(name)));
    }

    @Given("{string} has been {use} as a(n) {level} table")
    public void hasBeen(String name, TableUse use, int level) {
        world.act(guest -> guest.must(use.ask(guest, guest.page(name), level), "the first use of a table"));
    }

    @Given("an address {string} that maps nothing")
    public void hole(String name) {
        world.act(guest -> guest.must(guest.map(guest.take(name).address(), 0), "taking a mapping away"));
    }

    @Given("an address {string} that maps {string} with {}")
    public void mappedAt(String window, String page, String flags) {
        world.act(guest -> {
            Page at = guest.take(window);
            guest.must(
                    guest.map(at.address(), guest.page(page).entry(guest.evaluate(flags))),
                    "a second mapping of a page");
        });
    }

    @Given("{string} holds {}")
    public void holds(String page, String value) {
        world.act(guest -> guest.probe().write(guest.page(page).address(), Bytes.quads(guest.evaluate(value))));
    }

    @Given("the 64 bits at {} become {}")
    public void become(String address, String value) {
        world.act(guest -> guest.probe().write(guest.word(address), Bytes.quads(guest.evaluate(value))));
    }

    @Given("every byte of {string} is {}")
    public void filled(String page, String value) {
        world.act(guest -> guest.probe().fill(guest.page(page).address(), 4096, guest.word(value)));
    }

    @Given("{string} stands for {}")
    public void standsFor(String name, String expression) {
        world.act(guest -> guest.name(name, guest.evaluate(expression)));
    }

    @Given("the bytes of {string} begin with {}")
    public void holdsBytes(String page, String bytes) {
        world.act(guest -> guest.probe()
                .write(guest.page(page).address(), HexFormat.ofDelimiter(" ").parseHex(bytes)));
    }

    @Given("the bit of port {} in {string} is clear")
    public void portBit(String port, String bitmap) {
        world.act(guest -> {
            int number = guest.word(port);
            int at = guest.page(bitmap).address() + number / 8;
            guest.probe().write8(at, guest.probe().read8(at) & ~(1 << number % 8));
        });
    }

    @Given("^the last 16 bytes of \"([^\"]+)\" are the element \\{(.+\\)), (.+)\\}$")
    public void lastElement(String page, String address, String value) {
        world.act(guest -> guest.probe()
                .write(guest.page(page).address() + 4080, Bytes.quads(guest.evaluate(address), guest.evaluate(value))));
    }

    @Given("{string} is made read-only for ring 3 and pinned as an L1 table")
    public void userTable(String name) {
        world.act(guest -> {
            Page page = guest.page(name);
            guest.remap(page, Guest.READ_ONLY | PageTableBits.USER);
            guest.must(new Tables(guest).pin(page, 1), "pinning a table");
        });
    }

    @Given("{int} pages {string} mapped read-only")
    public void readOnlyPages(int count, String name) {
        world.act(guest -> {
            for (int number = 1; number <= count; number++) {
                new Tables(guest).readOnly(guest.take(name + "." + number));
            }
        });
    }

    @Given("two pages {string} that lie side by side")
    public void twoPages(String name) {
        world.act(guest -> {
            Page first = guest.take(name);
            Page second = guest.take(name + ".second");
            if (second.address() != first.address() + 4096) {
                throw new IllegalStateException("the guest's free pages do not lie side by side");
            }
        });
    }

    @Given("the assist {word} is on")
    public void assist(String name) {
        world.act(guest -> guest.must(
                guest.call(Hypercall.VM_ASSIST, VmAssist.ENABLE, guest.word("VMASST_" + name)), "vm_assist"));
    }

    @Given("the guest has called {}")
    public void called(String call) {
        world.act(guest -> {
            world.call(guest, call);
            if (!(world.answer() instanceof Answer.Returned returned) || returned.result() < 0) {
                throw Violation.of(call + " works", world.answer().toString());
            }
        });
    }

    @Given("a frame {string} that was given back")
    public void givenBack(String name) {
        world.act(guest -> {
            Page page = guest.take(name + ".page");
            guest.must(guest.map(page.address(), 0), "taking a mapping away");
            guest.probe().write32(guest.peephole().address(), page.mfn());
            world.call(
                    guest,
                    "memory_op(XENMEM_DECREASE_RESERVATION, {"
                            + (guest.peephole().address() & 0xFFFF_FFFFL) + ", 1, 0, 0, u16 DOMID_SELF})");
            if (!(world.answer() instanceof Answer.Returned returned) || returned.result() != 1) {
                throw Violation.of("one page is given back", world.answer().toString());
            }
            guest.name(name, page.mfn() & 0xFFFF_FFFFL);
            guest.forget(name + ".page");
        });
    }
}

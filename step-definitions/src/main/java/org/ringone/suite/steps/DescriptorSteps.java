package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import java.util.List;
import org.ringone.guest.Page;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Bytes;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.Tables;
import org.ringone.suite.world.World;

/** The guest's descriptor tables. */
public final class DescriptorSteps {

    private static final int ENTRIES = 512;

    private final World world;

    public DescriptorSteps(World world) {
        this.world = world;
    }

    /** Rows of a slot and what it holds; the page is called "gdt". */
    @Given("the guest's GDT holds")
    public void gdt(List<List<String>> rows) {
        world.act(guest -> {
            Page page = filled(guest, "gdt", rows);
            world.call(guest, "set_gdt([mfn(gdt)], " + ENTRIES + ")");
            if (!world.returned(0)) {
                throw Violation.of(
                        "set_gdt of page " + page + " works", world.answer().toString());
            }
        });
    }

    /** Rows of a slot and what it holds; the page is called "ldt". */
    @Given("the guest's LDT of {int} entries holds")
    public void ldt(int entries, List<List<String>> rows) {
        world.act(guest -> {
            filled(guest, "ldt", rows);
            world.call(guest, "mmuext_op([{MMUEXT_SET_LDT, ldt, " + entries + "}])");
            if (!world.returned(0)) {
                throw Violation.of("MMUEXT_SET_LDT works", world.answer().toString());
            }
        });
    }

    /** A page of descriptors in no use yet. */
    @Given("a page {string} mapped read-only holds the descriptors")
    public void page(String name, List<List<String>> rows) {
        world.act(guest -> filled(guest, name, rows));
    }

    private static Page filled(Guest guest, String name, List<List<String>> rows) throws Exception {
        Page page = guest.take(name);
        int last = rows.stream().mapToInt(DescriptorSteps::slot).max().orElse(-1);
        long[] descriptors = new long[last + 1];
        for (List<String> row : rows) {
            descriptors[slot(row)] = guest.evaluate(row.get(1));
        }
        guest.probe().write(page.address(), Bytes.quads(descriptors));
        new Tables(guest).readOnly(page);
        return page;
    }

    private static int slot(List<String> row) {
        return Integer.parseInt(row.get(0));
    }
}

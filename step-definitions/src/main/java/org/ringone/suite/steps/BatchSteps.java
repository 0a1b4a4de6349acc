package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.UpdateList;
import org.ringone.suite.world.World;
import org.ringone.xen.AddressSpace;

/** Long lists of page-table updates, made in one hypercall or in many. */
public final class BatchSteps {

    private static final int ENTRY = 8;

    private final World world;
    private final Map<String, UpdateList> lists = new HashMap<>();

    public BatchSteps(World world) {
        this.world = world;
    }

    /** The number of the entry and its value are expressions of {@code n}, which counts the updates from 0. */
    @Given("a list {string} of {int} updates, the n-th of which makes entry {} of {string} {}")
    public void list(String name, int count, String slot, String table, String entry) {
        world.act(guest -> lists.put(name, UpdateList.write(guest, name, count, slot, guest.page(table), entry)));
    }

    @Given("update {int} of the list {string} has {}, too")
    public void also(int number, String name, String flags) {
        world.act(guest -> lists.get(name).or(guest, number, guest.evaluate(flags)));
    }

    @When("the updates of {string} are made by one mmu_update")
    public void atOnce(String name) {
        world.act(guest -> {
            world.note(guest);
            world.answered(lists.get(name).atOnce(guest));
        });
    }

    @When("the updates of {string} are made one by one")
    public void oneByOne(String name) {
        world.act(guest -> {
            world.note(guest);
            world.answered(lists.get(name).oneByOne(guest));
        });
    }

    @Then("the bytes of {string} are those of {string}")
    public void same(String page, String other) {
        world.act(guest -> {
            byte[] one = guest.probe().read(guest.page(page).address(), AddressSpace.PAGE_SIZE);
            byte[] two = guest.probe().read(guest.page(other).address(), AddressSpace.PAGE_SIZE);
            int at = Arrays.mismatch(one, two);
            if (at >= 0) {
                throw Violation.of(
                        "the bytes of " + page + " are those of " + other, "entry " + at / ENTRY + " differs");
            }
        });
    }
}

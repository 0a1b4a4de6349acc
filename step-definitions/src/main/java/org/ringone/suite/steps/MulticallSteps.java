package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ringone.guest.Page;
import org.ringone.suite.language.CallText;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Answer;
import org.ringone.suite.world.Bytes;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.World;
import org.ringone.xen.MulticallEntry;

/** Several hypercalls in one. */
public final class MulticallSteps {

    private static final int LAST_ENTRY = 4096 - 32;

    private final World world;
    private List<Integer> results = List.of();

    public MulticallSteps(World world) {
        this.world = world;
    }

    @Given("^the multicall list \"([^\"]+)\" has (\\w+)\\((.*), (.*)\\) and (\\w+)\\((.*), (.*)\\)$")
    public void list(String page, String number, String a, String b, String next, String c, String d) {
        world.act(guest -> {
            int at = guest.page(page).address();
            guest.probe().write(at, entry(guest, number, a, b));
            guest.probe().write(at + 32, entry(guest, next, c, d));
        });
    }

    @Given("^the multicall list \"([^\"]+)\" has (\\w+)\\((.*), (.*)\\) as the last entry of its page$")
    public void last(String page, String number, String a, String b) {
        world.act(guest -> guest.probe().write(guest.page(page).address() + LAST_ENTRY, entry(guest, number, a, b)));
    }

    private static byte[] entry(Guest guest, String number, String first, String second) {
        return Bytes.words(guest.word(number), 0x5A5A5A5A, guest.word(first), guest.word(second), 0, 0, 0, 0);
    }

    @When("the guest makes a multicall of")
    public void makes(List<String> texts) {
        world.act(guest -> {
            List<CallText> calls = new ArrayList<>();
            texts.forEach(text -> calls.add(CallText.parse(text, guest)));
            Page list = guest.take("the multicall list");
            world.multicall(guest, list, calls);
            List<Integer> seen = new ArrayList<>();
            for (int entry = 0; world.answer() instanceof Answer.Returned && entry < calls.size(); entry++) {
                seen.add(guest.probe().read32(list.address() + entry * MulticallEntry.SIZE + MulticallEntry.RESULT));
            }
            results = seen;
        });
    }

    /** The same calls one by one. What comes of the last is the answer. */
    @When("the guest makes single calls of")
    public void singly(List<String> texts) {
        world.act(guest -> {
            List<Integer> seen = new ArrayList<>();
            for (String text : texts) {
                world.call(guest, text);
                seen.add(world.answer() instanceof Answer.Returned returned ? returned.result() : null);
            }
            results = seen;
        });
    }

    @Then("the results are {}")
    public void results(String expected) {
        world.act(guest -> {
            List<String> values = Arrays.asList(expected.split(", "));
            for (int number = 1; number <= values.size(); number++) {
                compare(guest, number, values.get(number - 1));
            }
        });
    }

    @Then("result {int} is {}")
    public void result(int number, String expected) {
        world.act(guest -> compare(guest, number, expected));
    }

    private void compare(Guest guest, int number, String expected) {
        if (number > results.size()) {
            throw Violation.of(number + " results", results.size() + "; " + world.answer());
        }
        Integer seen = results.get(number - 1);
        if (seen == null || seen != guest.word(expected)) {
            throw Violation.of("the result of entry " + number + " is " + expected, String.valueOf(seen));
        }
    }
}

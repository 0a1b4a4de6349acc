package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import org.ringone.api.Counts;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Code;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.LongBatch;
import org.ringone.suite.world.LongBatch.Kind;
import org.ringone.suite.world.World;

/** Long batches with events in between, and what batches cost. */
public final class LongBatchSteps {

    private static final String COUNTER = "rounds_left";

    private final World world;
    private LongBatch batch;
    private List<LongBatch.Round> rounds = List.of();
    private int counted;
    private long entries;

    public LongBatchSteps(World world) {
        this.world = world;
    }

    /** Needs a clock {@code batch_clock} and the timer's event channel. */
    @Given("a multicall of {int} entries that pin a table and take the pin away in turns")
    public void multicall(int count) {
        world.act(guest -> batch = new LongBatch(guest, Kind.MULTICALL, count));
    }

    @Given("an mmuext_op of {int} elements that pin a table and take the pin away in turns")
    public void operations(int count) {
        world.act(guest -> batch = new LongBatch(guest, Kind.MMUEXT_OP, count));
    }

    @When("it is made with the timer's event at each of {int} moments from its start to its end")
    public void made(int moments) {
        world.act(guest -> {
            List<LongBatch.Round> made = new ArrayList<>();
            long duration = Math.max(1, batch.duration());
            for (int moment = 0; moment < moments; moment++) {
                made.add(batch.make(1 + duration * moment / moments));
            }
            rounds = made;
        });
    }

    /** What was not so has been said already. */
    @Then("every entry was performed once and in turn, and every event delivered once")
    public void once() {
        world.act(guest -> {
            if (rounds.isEmpty()) {
                throw Violation.of("the batch was made", world.answer().toString());
            }
        });
    }

    @Then("the event came in the middle of the batch at least once")
    public void inTheMiddle() {
        world.act(guest -> {
            if (rounds.stream().noneMatch(LongBatch.Round::inTheMiddle)) {
                throw Violation.of(
                                "an upcall at the instruction that makes the batch, which goes on afterwards",
                                "none in " + rounds.size() + " rounds")
                        .because("a batch is not interrupted for events", "the loop over its entries");
            }
        });
    }

    /** The code is performed in a loop, once not at all and once so many times; the difference counts. */
    @When("the entries into the hypervisor are counted for {int} rounds of")
    public void count(int times, String assembly) {
        world.act(guest -> {
            Counts counts = world.ability(Counts.class);
            guest.take(COUNTER);
            CodeRun code = Code.of(
                    guest,
                    1,
                    "next_round:\n cmp dword [" + COUNTER + "], 0\n je done\n dec dword [" + COUNTER + "]\n" + assembly
                            + "\n jmp next_round\n",
                    "");
            counted = times;
            entries = -counting(guest, counts, code, 0);
            entries += counting(guest, counts, code, times);
        });
    }

    private static long counting(Guest guest, Counts counts, CodeRun code, int times) throws Exception {
        guest.probe().write32(guest.page(COUNTER).address(), times);
        long before = counts.hypervisorEntries();
        Outcome outcome = guest.probe().run(code);
        long after = counts.hypervisorEntries();
        if (!(outcome instanceof Outcome.Completed)) {
            throw Violation.of("the code runs to its end", outcome.toString());
        }
        return after - before;
    }

    @Then("each round takes {int} entry/entries into the hypervisor")
    public void each(int expected) {
        world.act(guest -> {
            if (entries != (long) expected * counted) {
                throw Violation.of(
                        (long) expected * counted + " entries for " + counted + " rounds", String.valueOf(entries));
            }
        });
    }
}

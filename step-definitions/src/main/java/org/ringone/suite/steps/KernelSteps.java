package org.ringone.suite.steps;

import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Arrays;
import java.util.Locale;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Construction;
import org.ringone.suite.world.World;

/** Kernel images, good and bad, and what the domain builder makes of them. */
public final class KernelSteps {

    private static final int BEFORE_THE_VERDICT = 20_000;

    private final World world;
    private final Construction construction;

    public KernelSteps(World world, Construction construction) {
        this.world = world;
        this.construction = construction;
    }

    @When("a domain is built from a kernel with {}")
    public void built(String description) {
        construction.ask(description);
    }

    @Given("{int} times a domain was refused for a kernel with {}")
    public void refusedBefore(int times, String description) {
        construction.ask(description, times);
        refusal();
    }

    @Then("the builder refuses it")
    public void refused() {
        refusal();
    }

    @Then("the builder refuses it and speaks of {string}")
    public void refused(String alternatives) {
        String said = refusal().toLowerCase(Locale.ROOT);
        world.guarded(() -> {
            if (Arrays.stream(alternatives.split(" or "))
                    .noneMatch(word -> said.contains(word.toLowerCase(Locale.ROOT)))) {
                throw Violation.of("a message that speaks of " + alternatives, "\"" + said + "\"")
                        .because("the check that refused it is another one", "what is checked before this");
            }
        });
    }

    private String refusal() {
        StringBuilder said = new StringBuilder();
        world.guarded(() -> {
            said.append(construction
                    .refusal()
                    .orElseThrow(() -> Violation.of("the domain builder refuses the kernel", "the domain is built")));
            if (said.toString().isBlank()) {
                throw Violation.of("a message that says what is wrong", "a message without a word");
            }
        });
        return said.toString();
    }

    @Then("nothing is left of it")
    public void nothingLeft() {
        construction.requireNothingLeft();
    }

    @Then("the domain comes up")
    public void comesUp() {
        construction.comeUp();
        world.act(guest -> {
            if (!guest.probe().boot().complete()) {
                throw Violation.of("the probe comes up", guest.probe().boot().toString());
            }
        });
    }

    @Then("the domain comes up to stage {int} and stops in {word}")
    public void comesUp(int stage, String step) {
        construction.comeUp();
        world.act(guest -> {
            if (guest.probe().boot().stage() != stage
                    || !guest.probe().boot().step().equals(step)) {
                throw Violation.of(
                        "the probe comes up to stage " + stage + " and stops in " + step,
                        guest.probe().boot().toString());
            }
        });
    }

    @After(order = BEFORE_THE_VERDICT)
    public void close() {
        construction.close();
    }
}

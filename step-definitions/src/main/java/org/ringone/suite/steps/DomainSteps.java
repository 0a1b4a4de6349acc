package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import org.ringone.api.Budget;
import org.ringone.api.Exit;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Outcome;
import org.ringone.guest.Reply;
import org.ringone.suite.run.Arrangement;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Answer;
import org.ringone.suite.world.Code;
import org.ringone.suite.world.World;

/** The domains of the machine: which there are, which of them is spoken of, how it stands with them. */
public final class DomainSteps {

    /** Long enough to be sure that code which loops has been entered. */
    private static final Budget A_WHILE = new Budget(300_000, Duration.ofMillis(300));

    private final World world;

    public DomainSteps(World world) {
        this.world = world;
    }

    /** An ordinary domain with a kernel of its own. It waits until a step turns to it. */
    @Given("a second domain")
    public void second() {
        world.arrange(Arrangement::withSecondDomain);
    }

    /** Further vcpus wait to be started. */
    @Given("a domain of {int} vcpus")
    public void vcpus(int count) {
        world.arrange(arrangement -> arrangement.withVcpus(count));
    }

    @When("from here on the guest is the {domain} domain")
    public void turnTo(int domain) {
        world.turnTo(domain);
    }

    /** Code that leaves its vcpu no more: the domain does nothing else afterwards. */
    @When("the guest runs in ring {int} for ever")
    public void runsForEver(int ring, String assembly) {
        world.act(guest -> {
            CodeRun code = Code.of(guest, ring, assembly, "");
            world.labels(guest.probe().labels(code));
            Outcome outcome = guest.probe().within(A_WHILE).run(code);
            world.answered(new Answer.Ran(outcome));
            if (!(outcome instanceof Outcome.Silent)) {
                throw Violation.of("the code runs for ever", world.answer().toString());
            }
        });
    }

    @Then("the {domain} domain still runs")
    public void runs(int domain) {
        world.act(any -> {
            Exit exit = world.domain(domain).probe().domain().exit();
            if (!(exit instanceof Exit.Running)) {
                throw Violation.of("the domain runs", exit.describe());
            }
        });
    }

    @Then("the {domain} domain still answers")
    public void answers(int domain) {
        runs(domain);
        world.act(any -> {
            List<Command> nothing = List.of(new Command.Forget());
            Reply reply = world.domain(domain).probe().execute(nothing).get(0);
            if (!(reply instanceof Reply.Done)) {
                throw Violation.of("the domain's kernel answers", reply.toString());
            }
        });
    }

    @Then("the {domain} domain was killed")
    public void killed(int domain) {
        world.act(any -> {
            Exit exit = world.domain(domain).probe().domain().exit();
            if (!(exit instanceof Exit.Killed)) {
                throw Violation.of("the domain was killed", exit.describe());
            }
        });
    }
}

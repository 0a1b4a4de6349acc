package org.ringone.suite.steps;

import io.cucumber.java.After;
import io.cucumber.java.Before;
import org.ringone.suite.run.Applicability;
import org.ringone.suite.world.World;

/** Around each scenario: whether it applies at all, and whether its success was to be expected. */
public final class VerdictHooks {

    private final World world;

    public VerdictHooks(World world) {
        this.world = world;
    }

    @Before
    public void applies() {
        world.guarded(() -> Applicability.require(
                world.run().judged().tags(), world.run().session().profile()));
    }

    @After
    public void ends() {
        world.close();
        world.run().passed();
    }
}

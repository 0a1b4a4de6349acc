package org.ringone.properties;

import java.util.Locale;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.Store;

/**
 * How far a property looks: so many operations that guests really performed, from a seed. The report says how many there
 * were; a property that was tried on fewer than were asked for has failed.
 *
 * <p>The system property {@code ringone.operations} asks for more or fewer than 100,000, {@code ringone.seed} for other ones.
 */
public final class Effort implements AroundPropertyHook {

    /** The system property that says on how many operations each property is tried. */
    public static final String OPERATIONS = "ringone.operations";

    /** The system property that says which operations those are: any whole number. */
    public static final String SEED = "ringone.seed";

    private static final long ORDINARY_OPERATIONS = 100_000;
    private static final String ORDINARY_SEED = "1";

    /** Some operations are left out because the rules leave open what becomes of them. */
    private static final double SPARE = 1.15;

    /** Counts operations. */
    private static final class Tally {
        private long operations;
    }

    /** Counts operations that a guest performed for the property that is being tried. */
    public static void performed(int operations) {
        tally().get().operations += operations;
    }

    private static Store<Tally> tally() {
        return Store.getOrCreate(Tally.class, Lifespan.PROPERTY, Tally::new);
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        int each = context.findAnnotation(Operations.class).orElseThrow().each();
        long wanted = Long.getLong(OPERATIONS, ORDINARY_OPERATIONS);
        context.attributes().setTries(Math.toIntExact((long) Math.ceil(wanted * SPARE / each)));
        // The seed says all: what failed in an earlier run, perhaps of another hypervisor, is not tried first.
        context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
        context.attributes().setSeed(System.getProperty(SEED, ORDINARY_SEED));
        PropertyExecutionResult result = property.execute();
        long performed = tally().get().operations;
        String count = String.format(Locale.ROOT, "%,d", performed);
        context.reporter().publishValue("operations", count);
        if (result.status() == Status.SUCCESSFUL && performed < wanted) {
            return result.mapToFailed("only " + count + " operations were tried: " + wanted + " were asked for");
        }
        return result;
    }
}

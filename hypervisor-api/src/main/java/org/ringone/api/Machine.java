package org.ringone.api;

import java.util.List;
import java.util.Optional;

/**
 * The world under test: memory, processors and the domains on them. Used by one thread at a time.
 *
 * <p>Guest code runs only while somebody reads a {@link Console} of one of its domains.
 */
public interface Machine extends AutoCloseable {

    /**
     * Builds a domain and leaves it ready to run its first instruction.
     *
     * @throws DomainBuildException when the image or the request is not acceptable; nothing is left behind
     */
    Domain createDomain(DomainSpec spec) throws DomainBuildException;

    /** The domains created and not yet closed, dead ones included, in the order of creation. */
    List<Domain> domains();

    /**
     * An optional ability of this machine: {@link Snapshots}, {@link Traces}, {@link Counts}, {@link InjectsEvents}. A
     * scenario that needs one which is absent is <em>not applicable</em>.
     */
    default <A> Optional<A> ability(Class<A> ability) {
        return ability.isInstance(this) ? Optional.of(ability.cast(this)) : Optional.empty();
    }

    /** Powers off. Harmless when repeated. */
    @Override
    void close();
}

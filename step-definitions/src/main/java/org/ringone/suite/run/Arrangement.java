package org.ringone.suite.run;

/**
 * The domains that a scenario needs on its machine.
 *
 * @param vcpus virtual processors of the first domain; the probe lives on the first of them, the others wait to be started
 * @param secondDomain whether there is an ordinary domain with a probe of its own beside it
 */
public record Arrangement(int vcpus, boolean secondDomain) {

    /** What most scenarios need. */
    public static final Arrangement USUAL = new Arrangement(1, false);

    /** The same with so many vcpus. */
    public Arrangement withVcpus(int count) {
        return new Arrangement(count, secondDomain);
    }

    /** The same with a second domain. */
    public Arrangement withSecondDomain() {
        return new Arrangement(vcpus, true);
    }

    @Override
    public String toString() {
        String domains = vcpus == 1 ? "a domain" : "a domain of " + vcpus + " vcpus";
        return secondDomain ? domains + " and a second one" : domains;
    }
}

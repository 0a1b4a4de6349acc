package org.ringone.api;

import java.util.Objects;
import java.util.Set;

/**
 * What a hypervisor declares about itself. Expected values in the features are written per profile where they differ.
 *
 * @param era the release of Xen whose documented behaviour is claimed
 * @param host the machine the hypervisor itself runs on
 * @param privilege what the probe's domain is
 * @param features free words about abilities beyond the era, for tag expressions; empty when there are none
 */
public record Profile(Era era, Host host, Privilege privilege, Set<String> features) {

    public Profile {
        Objects.requireNonNull(era, "era");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(privilege, "privilege");
        features = Set.copyOf(features);
    }

    public Profile(Era era, Host host, Privilege privilege) {
        this(era, host, privilege, Set.of());
    }

    /** The releases whose behaviour was looked at, oldest first. */
    public enum Era {
        /** Xen 3.1 (May 2007), the hypervisor of the documented interface's own day. */
        XEN_3_1("3.1"),
        /** Xen 4.2, the last one that ran on 32-bit hosts. */
        XEN_4_2("4.2"),
        /** Xen 4.17, a modern one with 32-bit paravirtual guests built in. */
        XEN_4_17("4.17");

        private final String version;

        Era(String version) {
            this.version = version;
        }

        /** The version as people write it, for example {@code 3.1}. */
        public String version() {
            return version;
        }
    }

    /** The machine under the hypervisor. */
    public enum Host {
        /** A 32-bit host with physical address extension: the hypervisor shares the guest's 4 GiB. */
        PAE_32("32-bit PAE"),
        /** A 64-bit host: the hypervisor lives out of a 32-bit guest's reach. */
        X86_64("64-bit");

        private final String label;

        Host(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** What the probe's domain may do. */
    public enum Privilege {
        /** An ordinary guest domain: console and store rings, no hardware. */
        ORDINARY("ordinary domain"),
        /** The initial, privileged domain: console by hypercall, hardware allowed. */
        INITIAL("initial domain");

        private final String label;

        Privilege(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    @Override
    public String toString() {
        return "Xen " + era.version() + ", " + host.label() + " host, " + privilege.label();
    }
}

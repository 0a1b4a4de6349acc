package org.ringone.suite.run;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.ringone.api.Hypervisor;

/** The hypervisors on the class path. */
public final class Hypervisors {

    /** The system property that names the hypervisor to judge, where a suite does not name one itself. */
    public static final String PROPERTY = "ringone.hypervisor";

    private Hypervisors() {}

    /**
     * All of them.
     *
     * @throws IllegalArgumentException when one of them cannot be loaded; the message says which and why
     */
    public static List<Hypervisor> all() {
        List<Hypervisor> found = new ArrayList<>();
        try {
            ServiceLoader.load(Hypervisor.class).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException(
                    "a hypervisor on the class path cannot be loaded: " + e.getMessage()
                            + "\nIts class must be public with a public constructor without parameters, and named in"
                            + " META-INF/services/org.ringone.api.Hypervisor.",
                    e);
        }
        return found;
    }

    /**
     * The one with that name; with an empty name the one of {@link #PROPERTY}, or else the only one there is.
     *
     * @throws IllegalArgumentException when there is no such one; the message lists those there are
     */
    public static Hypervisor named(String name) {
        String wanted = name.isEmpty() ? System.getProperty(PROPERTY, "") : name;
        List<Hypervisor> all = all();
        List<Hypervisor> matching = all.stream()
                .filter(h -> wanted.isEmpty() || h.name().equals(wanted))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        String there = all.isEmpty()
                ? "there is none on the class path; a plug-in is found through a file"
                        + " META-INF/services/org.ringone.api.Hypervisor that names its class"
                : "there are " + all.stream().map(Hypervisor::name).sorted().collect(Collectors.joining(", "));
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "which hypervisor? Name one with -D" + PROPERTY + "=NAME: " + there + ".");
        }
        throw new IllegalArgumentException(
                matching.isEmpty()
                        ? "no hypervisor is called '" + wanted + "': " + there + "."
                        : matching.size() + " hypervisors are called '" + wanted + "': names must be unique.");
    }
}

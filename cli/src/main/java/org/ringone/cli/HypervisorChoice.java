package org.ringone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ringone.api.Hypervisor;
import org.ringone.external.CommandHypervisor;
import org.ringone.external.PluginProcess;
import org.ringone.faulty.Fault;
import org.ringone.faulty.Faults;
import org.ringone.suite.run.Hypervisors;

/** Finds the hypervisor that a command line names. */
final class HypervisorChoice {

    private static final String DEFAULT = "reference";

    /** Before a rule's id: the reference with that rule broken. */
    private static final String FAULTY = "faulty:";

    private HypervisorChoice() {}

    /**
     * The hypervisor of a plug-in in a JVM of its own when a class path is given; of a profile when the name is that of a
     * YAML file; of a Xen in an emulated machine when the name is that of a preset, a colon and the Xen's path; the
     * reference with a rule broken when it is {@code faulty:} and the rule's id; else the one of that name on our own class
     * path.
     *
     * @param name empty for the reference, or for the only one of the plug-in
     * @throws IllegalArgumentException when there is none such; the message says what to do
     */
    static Hypervisor of(String name, List<Path> plugIn) {
        if (!plugIn.isEmpty()) {
            return PluginProcess.open(plugIn, name, PluginProcess.PATIENCE);
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return CommandHypervisor.read(Path.of(name));
        }
        String[] preset = name.split(":", 2);
        if (CommandHypervisor.presets().contains(preset[0])) {
            if (preset.length < 2 || preset[1].isEmpty()) {
                throw new IllegalArgumentException(
                        name + " needs a Xen: --xen PATH, or " + preset[0] + ":PATH as its name");
            }
            return CommandHypervisor.xen(preset[0], Path.of(preset[1]));
        }
        if (name.startsWith(FAULTY)) {
            return faulty(name.substring(FAULTY.length()).toUpperCase(Locale.ROOT));
        }
        return Hypervisors.named(name.isEmpty() ? DEFAULT : name);
    }

    private static Hypervisor faulty(String rule) {
        return Faults.of(rule).stream()
                .findFirst()
                .map(Fault::hypervisor)
                .orElseThrow(() -> new IllegalArgumentException("there is no fault of a rule '" + rule + "'. There are "
                        + Faults.all().stream().map(Fault::rule).distinct().collect(Collectors.joining(", ")) + "."));
    }
}

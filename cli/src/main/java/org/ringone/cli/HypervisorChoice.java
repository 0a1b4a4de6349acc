package org.ringone.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Before a command line that boots a kernel. */
    private static final String COMMAND = "command:";

    /** Before a command line that serves a hypervisor. */
    private static final String SERVER = "server:";

    /** Before a class path with a plug-in on it; the hypervisor's name may follow behind a #. */
    private static final String PLUG_IN = "plug-in:";

    private static final Pattern BROKEN = Pattern.compile("([A-Za-z]+-\\d+)(?:\\.(\\d{1,4}))?");

    private HypervisorChoice() {}

    /**
     * The hypervisor of a plug-in in a JVM of its own when a class path is given; of a profile when the name is that of a
     * YAML file; of a Xen in an emulated machine when the name is that of a preset, a colon and the Xen's path; the
     * reference with a rule broken when it is {@code faulty:} and the rule's id, {@code faulty:PT-02.2} for the second of
     * several faults; a program when it is {@code command:} or {@code server:} and a command line; a plug-in when it is
     * {@code plug-in:} and a class path; else the one of that name on our own class path.
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
        if (name.startsWith(COMMAND)) {
            return CommandHypervisor.ofCommandLine(name.substring(COMMAND.length()));
        }
        if (name.startsWith(SERVER)) {
            return PluginProcess.served(name.substring(SERVER.length()));
        }
        if (name.startsWith(PLUG_IN)) {
            String[] named = name.substring(PLUG_IN.length()).split("#", 2);
            List<Path> path = Arrays.stream(named[0].split("[:;]"))
                    .filter(part -> !part.isEmpty())
                    .map(Path::of)
                    .toList();
            if (path.isEmpty()) {
                throw new IllegalArgumentException("plug-in: needs a class path behind it");
            }
            return PluginProcess.open(path, named.length < 2 ? "" : named[1], PluginProcess.PATIENCE);
        }
        return Hypervisors.named(name.isEmpty() ? DEFAULT : name);
    }

    /** Whether a name is a command line, which is none of a file whatever it looks like. */
    static boolean isCommand(String name) {
        return name.startsWith(COMMAND) || name.startsWith(SERVER);
    }

    /** Ends the processes that a hypervisor, which is not asked any more, is served by. */
    static void release(Hypervisor hypervisor) {
        if (hypervisor instanceof PluginProcess served) {
            served.close();
        }
    }

    private static Hypervisor faulty(String broken) {
        Matcher matcher = BROKEN.matcher(broken);
        List<Fault> faults = matcher.matches() ? Faults.of(matcher.group(1)) : List.of();
        int number = faults.isEmpty() || matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("there is no fault of a rule '" + broken + "'. There are "
                    + Faults.all().stream().map(Fault::rule).distinct().collect(Collectors.joining(", ")) + ".");
        }
        if (number < 1 || number > faults.size()) {
            throw new IllegalArgumentException(
                    "there is no fault '" + broken + "': of " + matcher.group(1) + " there are " + faults.size());
        }
        return faults.get(number - 1).hypervisor();
    }
}

package org.ringone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.api.Hypervisor;
import org.ringone.external.CommandHypervisor;
import org.ringone.external.PluginProcess;
import picocli.CommandLine.Option;

/** The options that say which hypervisor is judged. At most one of them may be given, but a plug-in has a name, too. */
final class HypervisorOptions {

    @Option(
            names = "--hypervisor",
            paramLabel = "NAME",
            defaultValue = "",
            description = {
                "Which hypervisor to judge: one on the class path; a profile in a YAML file; xen-qemu or xen-bochs,"
                        + " a Xen of yours in an emulated machine; faulty:RULE, the reference with that rule broken. Default:"
                        + " reference."
            })
    private String name;

    @Option(
            names = "--xen",
            paramLabel = "PATH",
            description =
                    "The Xen that xen-qemu or xen-bochs runs: xen or xen.gz, with 32-bit paravirtual guests built in.")
    private Path xen;

    @Option(
            names = "--hypervisor-command",
            paramLabel = "COMMAND",
            description = {
                "Judge a program: the command, with {image} where the kernel's path goes and {mib} where the memory's size goes,"
                        + " boots that kernel and has the guest's console on its standard input and output. 'my-hv --kernel"
                        + " {image} --memory {mib}'"
            })
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--server",
            paramLabel = "COMMAND",
            description = "Judge what that command serves on its standard input and output, as 'ringone serve' does.")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--plug-in",
            paramLabel = "PATH",
            split = "[:;]",
            description = "Judge a Java plug-in on that class path, in a JVM of its own.")
    private List<Path> plugIn = List.of();

    /**
     * The hypervisor that is meant.
     *
     * @throws IllegalArgumentException when there is none such; the message says what to do
     */
    Hypervisor hypervisor() {
        if (xen != null && !CommandHypervisor.presets().contains(name)) {
            throw new IllegalArgumentException("--xen goes with --hypervisor "
                    + String.join(" or --hypervisor ", CommandHypervisor.presets())
                    + (name.isEmpty() ? "" : ", not with " + name));
        }
        List<String> given = new ArrayList<>();
        if (!name.isEmpty() || !plugIn.isEmpty()) {
            given.add(plugIn.isEmpty() ? "--hypervisor " + name : "--plug-in");
        }
        if (command.isPresent()) {
            given.add("--hypervisor-command");
        }
        if (server.isPresent()) {
            given.add("--server");
        }
        if (given.size() > 1) {
            throw new IllegalArgumentException(
                    String.join(" and ", given) + " name different hypervisors: give one of them");
        }
        if (command.isPresent()) {
            return CommandHypervisor.ofCommandLine(command.get());
        }
        if (server.isPresent()) {
            return PluginProcess.served(server.get());
        }
        return HypervisorChoice.of(xen == null ? name : name + ":" + xen, plugIn);
    }
}

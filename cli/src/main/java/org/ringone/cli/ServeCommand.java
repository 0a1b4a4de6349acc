package org.ringone.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.ringone.external.PluginServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a hypervisor of ours to a suite in another process. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serves a hypervisor on standard input and output, for 'ringone run --server' in another process, perhaps on another"
                    + " machine. Ends when its input does."
        },
        footer = {"", "ringone run --server 'ssh there ringone serve --hypervisor reference-initial'"})
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--hypervisor",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Which one, as for 'ringone run'. Default: reference.")
    private String name;

    @Override
    public Integer call() {
        if (System.console() != null) {
            throw new UsageException(
                    "'ringone serve' speaks to a program on its standard input and output, and these are a"
                            + " terminal. It is started by a suite: ringone run --server 'ringone serve'");
        }
        return PluginServer.serve(() -> HypervisorChoice.of(name, List.of())) ? ExitCode.OK : ExitCode.USAGE;
    }
}

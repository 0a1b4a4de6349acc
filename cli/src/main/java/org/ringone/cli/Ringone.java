package org.ringone.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import org.ringone.cli.boot.AuditCommand;
import org.ringone.cli.boot.BootCommand;
import org.ringone.cli.export.ExportCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code ringone} command. */
@Command(
        name = "ringone",
        mixinStandardHelpOptions = true,
        versionProvider = Ringone.Version.class,
        description = "Judges hypervisors that run 32-bit paravirtual Xen guests, rule by rule.",
        subcommands = {
            RunCommand.class,
            BootCommand.class,
            AuditCommand.class,
            ExportCommand.class,
            RulesCommand.class,
            CompareCommand.class,
            LockstepCommand.class,
            ServeCommand.class,
            MatrixCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 all is well, 1 a rule is violated or two hypervisors differ,",
            "2 the list of deviations is wrong, 3 the hypervisor failed, 4 the suite failed,",
            "5 too little was judged,",
            "64 the command line or a file is wrong, 70 a fault of this program."
        })
public final class Ringone implements Runnable {

    @Spec
    private CommandSpec spec;

    private Ringone() {}

    public static void main(String[] arguments) {
        System.exit(execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** Runs one command line and gives its exit code. */
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Ringone())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, given) -> {
                    err.println("ringone: " + wrong.getMessage());
                    err.println("Try 'ringone " + commandPath(wrong) + "--help'.");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    if (thrown instanceof UsageException) {
                        err.println("ringone: " + thrown.getMessage());
                        return ExitCode.USAGE;
                    }
                    err.println("ringone: this is a fault of Ring One itself: " + thrown);
                    err.println("Please report it with the command line: " + String.join(" ", arguments));
                    if (Boolean.getBoolean("ringone.debug")) {
                        thrown.printStackTrace(err);
                    } else {
                        err.println("JAVA_TOOL_OPTIONS=-Dringone.debug=true shows where it happened.");
                    }
                    return ExitCode.INTERNAL;
                });
        return line.execute(arguments);
    }

    private static String commandPath(ParameterException wrong) {
        String[] names = wrong.getCommandLine().getCommandSpec().qualifiedName().split(" ");
        return names.length < 2 ? "" : String.join(" ", Arrays.copyOfRange(names, 1, names.length)) + " ";
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do; the commands are "
                        + String.join(", ", spec.subcommands().keySet()) + "");
    }

    /** The version from the jar, or what a build in place is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Ringone.class.getPackage().getImplementationVersion();
            return new String[] {"Ring One " + (version == null ? "(not packaged)" : version)};
        }
    }
}

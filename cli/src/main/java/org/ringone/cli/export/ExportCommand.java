package org.ringone.cli.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ringone.api.Profile;
import org.ringone.cli.UsageException;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a scenario as an image that performs itself. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a scenario as one bootable ELF image that performs it by itself and says PASS or FAIL on its console:"
                    + " for a debugger inside somebody's own hypervisor."
        })
public final class ExportCommand implements Callable<Integer> {

    private static final int SHOWN_CASES = 8;

    @Parameters(paramLabel = "SCENARIO", description = "The scenario's case id, for example PT-02.c.")
    private String scenario;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where the image goes.")
    private Path output;

    @Option(names = "--initial-domain", description = "Make it for the initial domain, not for an ordinary one.")
    private boolean initialDomain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Case wanted = wanted();
        Profile.Privilege privilege = initialDomain ? Profile.Privilege.INITIAL : Profile.Privilege.ORDINARY;
        try {
            Exported exported = Exporter.of(privilege, List.of(wanted)).export(wanted);
            Files.write(output, exported.elf());
            long notCompared = Exported.notCompared(exported.replay().steps());
            out.println(wanted.id() + " " + wanted.title());
            out.println(output + ": " + exported.elf().length + " bytes, "
                    + exported.replay().steps().size() + " steps"
                    + (notCompared == 0 ? "" : ", " + notCompared + " words of answers are not compared"));
            out.println("It passes on the reference. Try it there: ringone boot " + output + " --host 32"
                    + (exported.domain().vcpus() > 1
                            ? " --vcpus " + exported.domain().vcpus()
                            : "")
                    + (initialDomain ? " --initial-domain" : ""));
            out.printf(
                    "For a debugger: each step begins at %#x; a wrong answer leads to %#x.%n",
                    exported.stepAddress(), exported.failAddress());
            return 0;
        } catch (NotExportable e) {
            throw new UsageException(wanted.id() + " cannot be exported: " + e.getMessage(), e);
        } catch (IOException e) {
            throw UsageException.of("the image cannot be written to " + output, e);
        }
    }

    private Case wanted() {
        CaseIndex index = CaseIndex.load();
        return index.of(scenario).orElseThrow(() -> {
            List<String> near = index.cases().stream()
                    .map(Case::id)
                    .filter(id -> id.startsWith(scenario.replaceFirst("\\..*", "") + "."))
                    .sorted(Case.BY_ID)
                    .toList();
            return new UsageException("there is no scenario '" + scenario + "'. "
                    + (near.isEmpty()
                            ? "'ringone rules' lists the rules, 'ringone rules PT-02' the scenarios of one."
                            : "There are " + String.join(", ", near.subList(0, Math.min(SHOWN_CASES, near.size())))
                                    + (near.size() > SHOWN_CASES ? ", ..." : "") + "."));
        });
    }
}

package org.ringone.reports;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The last step of a run of PIT: writes the page of mutants and says whether every survivor is explained. */
public final class SurvivorsCheck {

    private SurvivorsCheck() {}

    /**
     * Argument: the top of the checkout.
     *
     * <p>Ends with code 0 when every survivor is explained, 1 when one is not or a reason is out of date, 2 when there is
     * nothing to read.
     */
    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0]), System.out));
    }

    static int run(Path checkout, PrintStream out) {
        try {
            Records none = new Records(List.of(), Optional.empty(), Optional.empty());
            Optional<Mutants> found = none.withMutants(checkout).mutants();
            if (found.isEmpty()) {
                out.println("PIT has left no result below " + checkout);
                return 2;
            }
            Mutants mutants = found.get();
            Path page = checkout.resolve("target/mutation/mutation.html");
            new MutationPage(mutants).write(page);
            out.println(
                    "Mutants: " + mutants.killed() + " of " + mutants.mutants().size() + " are noticed. Page: " + page);
            mutants.problems().forEach(out::println);
            return mutants.problems().isEmpty() ? 0 : 1;
        } catch (ReportException e) {
            out.println(e.getMessage());
            return 2;
        }
    }
}

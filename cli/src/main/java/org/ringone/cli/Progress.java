package org.ringone.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.ringone.suite.verdict.ScenarioListener;
import org.ringone.suite.verdict.ScenarioResult;

/** How far a command is: a bar on a terminal, a line now and then elsewhere. Called from several threads. */
interface Progress extends AutoCloseable {

    /** It begins and has that many things to do. */
    void started(int things);

    /**
     * One of them is done.
     *
     * @param label what came of it, as shown to people
     * @param noteworthy whether it is to be shown by name
     */
    void finished(String thing, String label, boolean noteworthy);

    @Override
    void close();

    /** The same as something that hears of scenarios. */
    default ScenarioListener ofScenarios() {
        return new ScenarioListener() {
            @Override
            public void runStarts(int scenarios) {
                started(scenarios);
            }

            @Override
            public void scenarioFinished(ScenarioResult scenario) {
                finished(
                        scenario.caseId() + " " + scenario.title(),
                        scenario.verdictInWords(),
                        scenario.verdict().failsTheRun());
            }
        };
    }

    /**
     * The form of progress on standard error that suits where it goes.
     *
     * @param task what is done, in a word
     * @param things what it is done to
     */
    static Progress to(boolean terminal, String task, String things) {
        PrintStream err = new PrintStream(System.err, true);
        return terminal ? new Bar(err, task) : new Lines(err, task, things);
    }

    /** A bar that is redrawn in place. */
    final class Bar implements Progress {

        private final PrintStream err;
        private final String task;
        private ProgressBar bar;

        Bar(PrintStream err, String task) {
            this.err = err;
            this.task = task;
        }

        @Override
        public synchronized void started(int things) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(things)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new ConsoleProgressBarConsumer(err))
                    .build();
        }

        @Override
        public synchronized void finished(String thing, String label, boolean noteworthy) {
            if (bar != null) {
                bar.step();
            }
        }

        @Override
        public synchronized void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }
    }

    /** Plain lines, about ten of them, and one for each scenario worth a name. */
    final class Lines implements Progress {

        private static final int STEPS = 10;

        private final PrintStream err;
        private final String task;
        private final String things;
        private int all;
        private int done;

        Lines(PrintStream err, String task, String things) {
            this.err = err;
            this.task = task;
            this.things = things;
        }

        @Override
        public synchronized void started(int count) {
            all = count;
            err.println(task + ": " + count + " " + things);
        }

        @Override
        public synchronized void finished(String thing, String label, boolean noteworthy) {
            done++;
            if (noteworthy) {
                err.println(label + ": " + thing);
            }
            if (all > 0 && done * STEPS / all != (done - 1) * STEPS / all) {
                err.println(done + " of " + all + " done");
            }
        }

        @Override
        public synchronized void close() {}
    }
}

package org.ringone.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far the run is: a bar on a terminal, a line now and then elsewhere. Called from several threads. */
interface Progress extends AutoCloseable {

    /** The run begins and has that many scenarios. */
    void started(int scenarios);

    /**
     * A scenario has ended.
     *
     * @param label its verdict, as shown to people
     * @param noteworthy whether it is to be shown by name
     */
    void finished(String scenario, String label, boolean noteworthy);

    @Override
    void close();

    /** The form of progress that suits where the output goes. */
    static Progress to(PrintStream err, boolean terminal) {
        return terminal ? new Bar(err) : new Lines(err);
    }

    /** A bar that is redrawn in place. */
    final class Bar implements Progress {

        private final PrintStream err;
        private ProgressBar bar;

        Bar(PrintStream err) {
            this.err = err;
        }

        @Override
        public synchronized void started(int scenarios) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Judging")
                    .setInitialMax(scenarios)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new ConsoleProgressBarConsumer(err))
                    .build();
        }

        @Override
        public synchronized void finished(String scenario, String label, boolean noteworthy) {
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
        private int scenarios;
        private int done;

        Lines(PrintStream err) {
            this.err = err;
        }

        @Override
        public synchronized void started(int count) {
            scenarios = count;
            err.println("Judging " + count + " scenarios");
        }

        @Override
        public synchronized void finished(String scenario, String label, boolean noteworthy) {
            done++;
            if (noteworthy) {
                err.println(label + ": " + scenario);
            }
            if (scenarios > 0 && done * STEPS / scenarios != (done - 1) * STEPS / scenarios) {
                err.println(done + " of " + scenarios + " done");
            }
        }

        @Override
        public synchronized void close() {}
    }
}

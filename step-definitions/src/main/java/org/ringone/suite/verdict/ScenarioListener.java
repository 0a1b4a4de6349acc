package org.ringone.suite.verdict;

import org.ringone.guest.Transcript;

/** Hears of scenarios while a run goes on; called from several threads when scenarios run in parallel. */
public interface ScenarioListener {

    /** The run is about to start that many scenarios. */
    default void runStarts(int scenarios) {}

    /** A scenario is about to start; gives the transcript that it is to be written down in. */
    default Transcript scenarioStarts(String caseId) {
        return new Transcript();
    }

    /** A scenario has its verdict. */
    void scenarioFinished(ScenarioResult result);
}

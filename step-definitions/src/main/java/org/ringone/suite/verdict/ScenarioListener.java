package org.ringone.suite.verdict;

/** Hears of scenarios while a run goes on; called from several threads when scenarios run in parallel. */
public interface ScenarioListener {

    /** The run is about to start that many scenarios. */
    default void runStarts(int scenarios) {}

    /** A scenario has its verdict. */
    void scenarioFinished(ScenarioResult result);
}

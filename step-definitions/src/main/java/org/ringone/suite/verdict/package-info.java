/** Verdicts of scenarios, rules and runs, and the lists of known deviations. */
package org.ringone.suite.verdict;

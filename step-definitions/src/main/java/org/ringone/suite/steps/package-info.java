/** The steps of the features: few, orthogonal, in the interface's words. */
package org.ringone.suite.steps;

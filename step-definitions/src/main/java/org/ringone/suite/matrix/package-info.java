/** The suite against things that are known to be wrong: whether each is caught, by which rules, and by how few. */
package org.ringone.suite.matrix;

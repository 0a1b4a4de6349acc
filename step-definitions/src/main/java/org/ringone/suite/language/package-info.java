/** The little language of the features: expressions over the interface's own words, hypercalls with their structures. */
package org.ringone.suite.language;

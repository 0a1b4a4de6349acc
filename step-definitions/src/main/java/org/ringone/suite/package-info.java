/** The suite as a library: what a plug-in's author, the command line and the reports use. */
package org.ringone.suite;

/**
 * Hypervisors outside this JVM: programs that boot a kernel and give its console on their standard input and output
 * ({@link org.ringone.external.CommandHypervisor}), and Java plug-ins that run in a JVM of their own
 * ({@link org.ringone.external.PluginProcess}).
 *
 * <p>Whatever such a child does (hangs, dies, floods, lies), it stays its own failure: every wait here is bounded, and no
 * child outlives this JVM's orderly end.
 */
package org.ringone.external;

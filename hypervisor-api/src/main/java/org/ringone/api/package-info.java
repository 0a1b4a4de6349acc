/**
 * The plug-in contract: what a hypervisor must offer so that the suite can judge it.
 *
 * <p>A plug-in author writes one class that implements {@link org.ringone.api.Hypervisor}, one line in
 * {@code META-INF/services/org.ringone.api.Hypervisor}, and one JUnit suite class.
 */
package org.ringone.api;

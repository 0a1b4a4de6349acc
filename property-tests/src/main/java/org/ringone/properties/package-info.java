/**
 * Properties: random sequences of operations on page tables, descriptors and events, performed by a guest through the same
 * seam as the scenarios and
 * compared with models that share nothing with any hypervisor.
 */
package org.ringone.properties;

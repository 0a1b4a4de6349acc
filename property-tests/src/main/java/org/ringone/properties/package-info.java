/**
 * Properties: random updates of page tables and of descriptors, made by a guest through the same seam as the scenarios and
 * compared with models that share nothing with any hypervisor.
 */
package org.ringone.properties;

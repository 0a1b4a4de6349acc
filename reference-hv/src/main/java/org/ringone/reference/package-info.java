/**
 * The reference hypervisor: Xen 3.1 on a 32-bit PAE host, written to be read.
 *
 * <p>One class per concern, each named by the interface's own words; the id of a rule stands in the documentation of the
 * method that upholds it. Every decision that can be got wrong sits in a small collaborator of {@link
 * org.ringone.reference.ReferenceParts}, so that a variant with one fault replaces one collaborator.
 */
package org.ringone.reference;

/**
 * Machine memory as the hypervisor keeps it: who owns each frame, what it is used as and how often, the page tables of guests
 * and every hypercall that changes them.
 *
 * <p>The one truth is {@link org.ringone.reference.memory.FrameTable}; all of it can be recomputed from page tables, pins and
 * processors, and tests do so.
 */
package org.ringone.reference.memory;

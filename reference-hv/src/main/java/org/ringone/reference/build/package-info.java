/**
 * The domain builder: reads a kernel image and what its notes ask for, lays out and fills the memory that the guest finds at its
 * first instruction. Images come from anybody: whatever is wrong with one is named, and nothing is left behind.
 */
package org.ringone.reference.build;

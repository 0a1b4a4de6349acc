/** Figures: how fast the emulator, the probe and the suite are. Never part of a test. */
package org.ringone.benchmarks;

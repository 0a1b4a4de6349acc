/**
 * Binary floating-point arithmetic in integers, shared by the x87 unit and SSE: numbers taken apart, the four operations and the square
 * root as exact results with a sticky bit, and rounding to a format with its exceptions. Nothing here allocates while it computes.
 */
package org.ringone.emulator.real;

/**
 * The vocabulary of the public 32-bit x86 paravirtual interface of Xen 3.1: numbers, bits and byte offsets. No behaviour.
 */
package org.ringone.xen;

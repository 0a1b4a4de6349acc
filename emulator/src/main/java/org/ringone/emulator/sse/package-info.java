/** MMX, SSE and SSE2: registers, the control and status word, and the instructions, a class per family. */
package org.ringone.emulator.sse;

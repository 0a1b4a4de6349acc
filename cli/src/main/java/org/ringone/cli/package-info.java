/** The {@code ringone} command. Everything it can do is done by the other modules; here it is only asked for and shown. */
package org.ringone.cli;

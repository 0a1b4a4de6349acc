/** Scenarios as bootable images that perform themselves: recorded on several references, compared, made independent of each. */
package org.ringone.cli.export;

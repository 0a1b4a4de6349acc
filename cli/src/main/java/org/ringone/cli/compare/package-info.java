/** What the guests of two hypervisors saw in the same scenario, held against each other. */
package org.ringone.cli.compare;

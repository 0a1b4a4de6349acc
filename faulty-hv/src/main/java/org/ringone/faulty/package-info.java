/**
 * Hypervisors with one fault each: the reference with one collaborator replaced. They prove that the suite can fail: each is
 * caught by the scenarios of the rule that it breaks.
 */
package org.ringone.faulty;

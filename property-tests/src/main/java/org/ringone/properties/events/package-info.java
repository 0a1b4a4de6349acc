/** Random interleavings of events with what a guest does about them, and the model that foretells what a hypervisor makes of them. */
package org.ringone.properties.events;

/** Random sequences of descriptor operations and the model that foretells what a hypervisor makes of them. */
package org.ringone.properties.descriptors;

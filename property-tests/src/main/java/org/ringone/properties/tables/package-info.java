/** Random sequences of page-table operations and the model that foretells what a hypervisor makes of them. */
package org.ringone.properties.tables;

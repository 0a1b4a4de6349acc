package org.ringone.properties.tables;

/** The reference hypervisor under {@link PageTableProperties}. */
class ReferencePageTableProperties extends PageTableProperties {}

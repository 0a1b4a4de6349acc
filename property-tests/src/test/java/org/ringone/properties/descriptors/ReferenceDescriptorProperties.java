package org.ringone.properties.descriptors;

/** The reference hypervisor under {@link DescriptorProperties}. */
class ReferenceDescriptorProperties extends DescriptorProperties {}

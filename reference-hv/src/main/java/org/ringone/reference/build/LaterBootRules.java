package org.ringone.reference.build;

/**
 * The domain builder as kernels of later years meet it: by Xen 4.2 an initial domain, too, may require features, as long as the
 * kernel does not want to run in ring 0 or to have its frames translated.
 */
public final class LaterBootRules extends BootRules {

    @Override
    public boolean requirementMet(String name, boolean initialDomain) {
        Feature feature = Feature.named(name);
        return feature != Feature.AUTO_TRANSLATED_PHYSMAP
                && !(initialDomain && feature == Feature.SUPERVISOR_MODE_KERNEL);
    }

    @Override
    public String whyNot(boolean initialDomain) {
        return ", which this hypervisor does not have";
    }
}

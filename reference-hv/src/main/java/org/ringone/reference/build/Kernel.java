package org.ringone.reference.build;

import org.ringone.api.DomainBuildException;
import org.ringone.xen.AddressSpace;

/**
 * A kernel image that is fit to be loaded, and where its parts go. Virtual addresses, each below 2^32.
 *
 * @param image the file
 * @param base the address that pseudo-physical address 0 is mapped at
 * @param start the first byte of the kernel
 * @param end behind its last byte
 * @param entry the first instruction (BOOT-05)
 * @param hypercallPage where the hypercall page is wanted; {@link Wishes#UNSET} for nowhere
 * @param extendedCr3 whether the kernel knows the form of CR3 that reaches above 4 GiB
 * @param symbolTable whether it wants its symbol table behind it
 */
record Kernel(
        ElfImage image,
        long base,
        long start,
        long end,
        long entry,
        long hypercallPage,
        boolean extendedCr3,
        boolean symbolTable) {

    /** Reads an image and checks that this hypervisor can give what it asks for. */
    static Kernel read(byte[] file, boolean initialDomain, BootRules rules) throws DomainBuildException {
        ElfImage image = ElfImage.read(file, rules);
        Wishes wishes = new Wishes(rules);
        if (XenNotes.read(image, wishes) == 0 && !XenGuestSection.read(image, wishes) && rules.needsWishes()) {
            throw new DomainBuildException(
                    "not a Xen kernel: the image has neither ELF notes of owner \"Xen\" nor a section "
                            + "__xen_guest; give it at least the notes XEN_VERSION, LOADER and PAE_MODE");
        }
        checkCompatible(wishes, initialDomain, rules);
        return place(image, wishes, rules);
    }

    /** BOOT-01, BOOT-03, BOOT-04, BOOT-15: whether the kernel and this hypervisor fit. */
    private static void checkCompatible(Wishes wishes, boolean initialDomain, BootRules rules)
            throws DomainBuildException {
        if (!rules.loaderFits(wishes.loader, wishes.guestOs)) {
            throw new DomainBuildException(
                    "the kernel wants the loader \"" + wishes.loader + "\"; this is the loader \"generic\"");
        }
        if (!rules.interfaceOffered(wishes.xenVersion)) {
            throw new DomainBuildException("the kernel is for the interface \"" + wishes.xenVersion
                    + "\"; this hypervisor has \"xen-3.0\" (note XEN_VERSION)");
        }
        if (!rules.paeFits(wishes.pae != Wishes.Pae.NO)) {
            throw new DomainBuildException(
                    "the kernel does not run with PAE, this hypervisor does not run without (note PAE_MODE: \"yes\" or "
                            + "\"bimodal\")");
        }
        for (String feature : wishes.required) {
            if (!rules.requirementMet(feature, initialDomain)) {
                throw new DomainBuildException(
                        "the kernel requires the feature " + feature + rules.whyNot(initialDomain));
            }
        }
        long start = Integer.toUnsignedLong(AddressSpace.VIRT_START);
        if (wishes.hypervisorStartLow != Wishes.UNSET && wishes.hypervisorStartLow > start) {
            throw new DomainBuildException("the kernel wants all memory below "
                    + ElfImage.hex(wishes.hypervisorStartLow) + " for itself; the hypervisor's begins at "
                    + ElfImage.hex(start) + " (note HV_START_LOW)");
        }
    }

    private static Kernel place(ElfImage image, Wishes wishes, BootRules rules) throws DomainBuildException {
        if (wishes.paddrOffset != Wishes.UNSET && wishes.virtBase == Wishes.UNSET) {
            throw new DomainBuildException("PADDR_OFFSET is given without VIRT_BASE");
        }
        long base = wishes.virtBase == Wishes.UNSET ? 0 : wishes.virtBase;
        long paddrOffset = wishes.paddrOffset;
        if (paddrOffset == Wishes.UNSET) {
            paddrOffset = wishes.fromNotes ? 0 : base;
        }
        long start = image.start() + base - paddrOffset;
        long end = image.end() + base - paddrOffset;
        long entry = rules.entry(wishes.entry, image.entry());
        if (start < base || end > Integer.toUnsignedLong(AddressSpace.VIRT_START)) {
            throw new DomainBuildException("the kernel would lie at " + ElfImage.hex(start) + " to " + ElfImage.hex(end)
                    + ", which is not between VIRT_BASE " + ElfImage.hex(base) + " and the hypervisor at 0xf5800000"
                    + " (notes VIRT_BASE, PADDR_OFFSET)");
        }
        if (!rules.entryInside(entry, start, end)) {
            throw new DomainBuildException("the entry point " + ElfImage.hex(entry) + " lies outside the kernel, "
                    + ElfImage.hex(start) + " to " + ElfImage.hex(end));
        }
        return new Kernel(
                image, base, start, end, entry, wishes.hypercallPage, wishes.pae.extendedCr3(), wishes.symbolTable);
    }
}

package org.ringone.reference.build;

import org.ringone.api.DomainBuildException;

/** BOOT-02: reads the older {@code __xen_guest} section: {@code NAME=value} separated by commas. */
final class XenGuestSection {

    private static final String NAME = "__xen_guest";

    private XenGuestSection() {}

    /** @return whether the image has such a section */
    static boolean read(ElfImage image, Wishes wishes) throws DomainBuildException {
        ElfImage.Section section = image.section(NAME);
        if (section == null) {
            return false;
        }
        var contents = image.contents(section);
        String text = ElfImage.text(contents, 0, contents.limit());
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            read(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1), wishes);
        }
        return true;
    }

    private static void read(String name, String value, Wishes wishes) throws DomainBuildException {
        switch (name) {
            case "LOADER" -> wishes.loader = value;
            case "GUEST_OS" -> wishes.guestOs = value;
            case "GUEST_VER" -> wishes.guestVersion = value;
            case "XEN_VER" -> wishes.xenVersion = value;
            case "PAE" -> paeMode(value, wishes);
            case "BSD_SYMTAB" -> wishes.symbolTable = true;
            case "VIRT_BASE" -> wishes.virtBase = number(name, value);
            case "VIRT_ENTRY" -> wishes.entry = number(name, value);
            case "ELF_PADDR_OFFSET" -> wishes.paddrOffset = number(name, value);
            case "HYPERCALL_PAGE" -> // in pages from VIRT_BASE, which stands before it
                wishes.hypercallPage = (number(name, value) << 12) + Math.max(wishes.virtBase, 0);
            case "FEATURES" -> wishes.features(value);
            default -> {
                // unknown names: ignored
            }
        }
    }

    private static void paeMode(String value, Wishes wishes) {
        if (value.equals("yes[extended-cr3]")) {
            wishes.pae = Wishes.Pae.EXTENDED_CR3;
        } else if (value.startsWith("yes")) {
            wishes.pae = Wishes.Pae.YES;
        }
    }

    /** A number as C writes it: decimal, 0x hexadecimal or 0 octal. */
    private static long number(String name, String value) throws DomainBuildException {
        try {
            long number = Long.decode(value.strip());
            if (number >>> 32 == 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new DomainBuildException("\"" + value + "\" is no number for " + name + " in section " + NAME, e);
        }
        throw new DomainBuildException(
                value + " is no address of a 32-bit kernel, for " + name + " in section " + NAME);
    }
}

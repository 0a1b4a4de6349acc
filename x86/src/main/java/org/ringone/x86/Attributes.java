package org.ringone.x86;

import java.util.List;
import java.util.Locale;

/** The attributes of a row: the last column of the table. */
record Attributes(
        String meaning,
        List<String> aliases,
        boolean quiet,
        boolean lockable,
        boolean string,
        int written,
        int undefined,
        int tested,
        int undefinedBeyond,
        Privilege privilege,
        boolean protectedModeOnly,
        Branch branch,
        boolean anyMod,
        String extension) {

    static Attributes of(String text) {
        String meaning = null;
        List<String> aliases = List.of();
        boolean quiet = false;
        boolean lockable = false;
        boolean string = false;
        int written = 0;
        int undefined = 0;
        int tested = 0;
        int undefinedBeyond = 0;
        Privilege privilege = Privilege.NONE;
        boolean protectedModeOnly = false;
        Branch branch = Branch.NONE;
        boolean anyMod = false;
        String extension = "386";
        for (String word : text.isBlank() ? new String[0] : text.trim().split("\\s+")) {
            int colon = word.indexOf(':') + 1;
            String value = word.substring(colon);
            switch (word.substring(0, colon == 0 ? word.length() : colon)) {
                case "is:" -> meaning = value;
                case "also:" -> aliases = List.of(value.split(","));
                case "quiet" -> quiet = true;
                case "lock" -> lockable = true;
                case "string" -> string = true;
                case "w:" -> written = Flag.mask(value);
                case "u:" -> undefined = Flag.mask(value);
                case "t:" -> tested = Flag.mask(value);
                case "over:" -> undefinedBeyond = Flag.mask(value);
                case "cpl0" -> privilege = Privilege.CPL0;
                case "iopl" -> privilege = Privilege.IOPL;
                case "pe" -> protectedModeOnly = true;
                case "b:" -> branch = Branch.valueOf(value.toUpperCase(Locale.ROOT));
                case "anymod" -> anyMod = true;
                case "isa:" -> extension = value;
                default -> throw new IllegalArgumentException("no such attribute: " + word);
            }
        }
        return new Attributes(
                meaning,
                aliases,
                quiet,
                lockable,
                string,
                written,
                undefined,
                tested,
                undefinedBeyond,
                privilege,
                protectedModeOnly,
                branch,
                anyMod,
                extension);
    }
}

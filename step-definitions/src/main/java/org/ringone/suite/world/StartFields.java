package org.ringone.suite.world;

import org.ringone.guest.StartOfDay;
import org.ringone.suite.language.LanguageException;

/** The fields of start_info, and registers at the first instruction, by name. */
final class StartFields {

    private StartFields() {}

    /** A field of start_info, as {@code xen.h} calls it. */
    static int value(StartOfDay start, String field) {
        return switch (field) {
            case "nr_pages" -> start.nrPages();
            case "shared_info" -> start.sharedInfoMachineAddress();
            case "flags" -> start.flags();
            case "store_mfn" -> start.storeMfn();
            case "store_evtchn" -> start.storePort();
            case "console.domU.mfn", "console.dom0.info_off" -> start.consoleMfn();
            case "console.domU.evtchn", "console.dom0.info_size" -> start.consolePort();
            case "pt_base" -> start.ptBase();
            case "nr_pt_frames" -> start.nrPtFrames();
            case "mfn_list" -> start.mfnList();
            case "mod_start" -> start.modStart();
            case "mod_len" -> start.modLen();
            case "esi" -> start.startInfoAddress();
            case "esp" -> start.registers().esp();
            default -> throw new LanguageException("start_info has no field " + field);
        };
    }
}

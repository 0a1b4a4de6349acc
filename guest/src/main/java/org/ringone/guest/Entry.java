package org.ringone.guest;

/** One entry of the hypervisor into the guest kernel, as the probe's handlers logged it. */
public sealed interface Entry permits Trap, Upcall, Failsafe {

    /** The position in the order of all entries since the log was cleared, from 0. */
    int order();

    /** The return frame as pushed. */
    SavedFrame frame();

    /** The registers of the interrupted code. */
    Registers registers();

    /** How the handler found things in its first instruction. */
    EntryState entry();
}

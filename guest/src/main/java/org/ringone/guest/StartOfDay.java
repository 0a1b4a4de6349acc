package org.ringone.guest;

import java.util.Arrays;

/**
 * What the probe found in its first instruction, before it changed anything.
 *
 * @param registers the general and data segment registers and the flags
 * @param eip the address of the first instruction that was executed
 * @param cs the code selector
 * @param ss the stack selector
 * @param cr0 what SMSW gave, 32 bits; bits 16 up are as the processor pleases
 * @param startInfo the start_info structure, 1104 bytes
 * @param sharedInfo the shared_info page as it was when the probe first mapped it, before any change: up to
 *     the end of the event mask bits; zeros below stage 3
 */
public record StartOfDay(Registers registers, int eip, int cs, int ss, int cr0, byte[] startInfo, byte[] sharedInfo) {

    /** The address of start_info: ESI at entry. */
    public int startInfoAddress() {
        return registers.esi();
    }

    /** start_info.magic up to its NUL. */
    public String magic() {
        return Little.string(startInfo, 0, 32);
    }

    /** The number of pages of the domain. */
    public int nrPages() {
        return Little.word(startInfo, 32);
    }

    /** The machine address of shared_info. */
    public int sharedInfoMachineAddress() {
        return Little.word(startInfo, 36);
    }

    /** The SIF_ flags: 1 privileged, 2 initial domain. */
    public int flags() {
        return Little.word(startInfo, 40);
    }

    /** Whether this is the initial domain. */
    public boolean initialDomain() {
        return (flags() & 2) != 0;
    }

    public int storeMfn() {
        return Little.word(startInfo, 44);
    }

    public int storePort() {
        return Little.word(startInfo, 48);
    }

    /** The frame of the console ring (ordinary domain), or the offset of the console information (initial domain). */
    public int consoleMfn() {
        return Little.word(startInfo, 52);
    }

    /** The console's event channel (ordinary domain), or the size of the console information (initial domain). */
    public int consolePort() {
        return Little.word(startInfo, 56);
    }

    /** The virtual address of the boot page directory (for PAE the L3). */
    public int ptBase() {
        return Little.word(startInfo, 60);
    }

    /** The number of boot page-table frames. */
    public int nrPtFrames() {
        return Little.word(startInfo, 64);
    }

    /** The virtual address of the list of machine frames by pseudo-physical frame. */
    public int mfnList() {
        return Little.word(startInfo, 68);
    }

    public int modStart() {
        return Little.word(startInfo, 72);
    }

    public int modLen() {
        return Little.word(startInfo, 76);
    }

    /** The command line up to its NUL, at most 1024 bytes. */
    public String commandLine() {
        return Little.string(startInfo, 80, 1024);
    }

    @Override
    public byte[] startInfo() {
        return startInfo.clone();
    }

    @Override
    public byte[] sharedInfo() {
        return sharedInfo.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StartOfDay that
                && registers.equals(that.registers)
                && eip == that.eip
                && cs == that.cs
                && ss == that.ss
                && cr0 == that.cr0
                && Arrays.equals(startInfo, that.startInfo)
                && Arrays.equals(sharedInfo, that.sharedInfo);
    }

    @Override
    public int hashCode() {
        return registers.hashCode() * 31 + Arrays.hashCode(startInfo);
    }
}

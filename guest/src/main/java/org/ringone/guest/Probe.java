package org.ringone.guest;

import java.util.List;
import java.util.Map;
import org.ringone.api.Budget;
import org.ringone.api.Domain;

/**
 * The client of a probe running in a domain: every command is one or more frames on the guest's console.
 *
 * <p>All methods throw a {@link ProbeException} when the probe cannot answer; none hangs, whatever the console says. One
 * thread at a time.
 */
public final class Probe {

    private Probe() {}

    /**
     * Waits until the probe in a domain just created, or one already up, serves commands.
     *
     * @param image the image that the domain was built from
     * @param budget for each wait for an answer
     * @throws ProbeException also when the probe stopped at a stage too low to serve; the message says where
     */
    public static Probe attach(Domain domain, ProbeImage image, Budget budget, Transcript transcript)
            throws ProbeException {
        throw new ProbeException(ProbeException.Kind.SILENT, "the probe does not answer");
    }

    /**
     * A client for the same probe in another copy of the machine: {@code domain} is the domain as it was when a snapshot
     * was taken just now, while this client waited for no answer.
     */
    public Probe onto(Domain domain, Transcript transcript) {
        throw new IllegalStateException("not attached");
    }

    public Domain domain() {
        throw new IllegalStateException("not attached");
    }

    /** How far the probe came up. */
    public BootReport boot() {
        throw new IllegalStateException("not attached");
    }

    /** What the probe found in its first instruction. */
    public StartOfDay startOfDay() throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The addresses of the probe's symbols. */
    public Map<String, Integer> symbols() {
        throw new IllegalStateException("not attached");
    }

    /** The address of a symbol of the probe. */
    public int symbol(String name) {
        throw new IllegalStateException("not attached");
    }

    /** Performs commands in order in one exchange. A command cut short by a trap does not stop the later ones. */
    public List<Reply> execute(List<Command> commands) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** Makes a hypercall and gives EAX. */
    public int hypercall(int number, int... arguments) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** Makes a hypercall that may also end in a callback or with the domain. */
    public Outcome call(int number, int... arguments) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** Runs code. An end of the domain and silence are outcomes, a failed hypervisor is an exception. */
    public Outcome run(CodeRun run) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** Reads memory that must be readable. */
    public byte[] read(int address, int length) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    public int read8(int address) throws ProbeException {
        return read(address, 1)[0] & 0xFF;
    }

    public int read32(int address) throws ProbeException {
        return Little.word(read(address, 4), 0);
    }

    public long read64(int address) throws ProbeException {
        return Little.quad(read(address, 8), 0);
    }

    /** Reads memory; gives {@link Reply.Bytes} or, when the access faulted, {@link Reply.Interrupted}. */
    public Reply tryRead(int address, int length) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** Stores bytes that must be writable. */
    public void write(int address, byte... bytes) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    public void write8(int address, int value) throws ProbeException {
        write(address, (byte) value);
    }

    public void write32(int address, int value) throws ProbeException {
        byte[] bytes = new byte[4];
        Little.word(bytes, 0, value);
        write(address, bytes);
    }

    /** Stores bytes; gives {@link Reply.Done} or, when the access faulted, {@link Reply.Interrupted}. */
    public Reply tryWrite(int address, byte... bytes) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    public void fill(int address, int length, int value) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    public void copy(int to, int from, int length) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** A digest of memory: equal digests before and after mean, for a test's purpose, that nothing changed. */
    public int digest(int address, int length) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The entries into the guest kernel since the log was cleared: it holds the last 64 outside of runs. */
    public List<Entry> log() throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    public void clearLog() throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The scratch pages: {@link ProbeImage#SCRATCH_PAGES} pages that the probe itself never touches, mapped writable. */
    public List<Page> scratchPages() throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The pages that ring 3 may read, write and execute and that the probe itself never touches. */
    public List<Page> userPages() throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The machine frame of a pseudo-physical frame, from the mfn list. */
    public int mfn(int pfn) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The pseudo-physical frame and page of an address in the boot mapping. */
    public Page page(int address) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** Walks the boot page tables. */
    public Walk walk(int address) throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The address of shared_info, mapped since stage 3. */
    public int sharedInfo() {
        throw new IllegalStateException("not attached");
    }

    /** Masks (1) or unmasks (0) events by a plain store to evtchn_upcall_mask, as guests do. */
    public void mask(int value) throws ProbeException {
        write8(sharedInfo() + 1, value);
    }

    /** Sets the probe's own trap table, callbacks and kernel stack again, after a test has changed them. */
    public void restoreHandlers() throws ProbeException {
        throw new IllegalStateException("not attached");
    }

    /** The address of the probe's handler for a vector, for trap tables of a test's own. */
    public int handler(int vector) {
        throw new IllegalStateException("not attached");
    }

    /** The console output that was not the probe's frames: boot messages, the hypervisor's log lines. */
    public List<String> consoleLines() {
        throw new IllegalStateException("not attached");
    }

    public Transcript transcript() {
        throw new IllegalStateException("not attached");
    }
}

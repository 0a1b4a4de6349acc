package org.ringone.guest;

import java.util.List;
import java.util.Map;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.guest.ProbeException.Kind;
import org.ringone.xen.Hypercall;
import org.ringone.xen.SharedInfo;
import org.ringone.xen.VcpuOp;

/**
 * The client of a probe running in a domain: every command is one or more frames on the guest's console.
 *
 * <p>All methods throw a {@link ProbeException} when the probe cannot answer; none hangs, whatever the console says. One
 * thread at a time.
 */
public final class Probe {

    private final ProbeImage image;
    private final Budget budget;
    private final Transcript transcript;
    private final Link link;
    private final Performer performer;
    private final BootReport boot;
    private final GuestPages pages;
    private StartOfDay startOfDay;

    private Probe(ProbeImage image, Budget budget, Transcript transcript, Link link, BootReport boot, Probe like) {
        this.image = image;
        this.budget = budget;
        this.transcript = transcript;
        this.link = link;
        this.boot = boot;
        this.performer = new Performer(link, image.program(), boot.stage(), budget, transcript);
        this.pages = new GuestPages(this, like == null ? null : like.pages);
        this.startOfDay = like == null ? null : like.startOfDay;
        transcript.detail(new Transcript.Attached(image, boot));
    }

    /**
     * Waits until the probe in a domain just created, or one already up, serves commands. A probe that stopped at a lower
     * stage serves too: see {@link #boot()}.
     *
     * @param image the image that the domain was built from
     * @param budget for each wait for an answer
     * @throws ProbeException when it does not; {@link ProbeException#boot()} says how far it came
     */
    public static Probe attach(Domain domain, ProbeImage image, Budget budget, Transcript transcript)
            throws ProbeException {
        Link link = new Link(domain, 0);
        BootReport boot = new Boot(link, image, budget).await();
        for (String line : link.newLines()) {
            transcript.add(new Transcript.ConsoleLine(line));
        }
        return new Probe(image, budget, transcript, link, boot, null);
    }

    /**
     * A client for the same probe in another copy of the machine: {@code domain} is the domain as it was when a snapshot
     * was taken, while this client waited for no answer and since when it has asked nothing.
     */
    public Probe onto(Domain domain, Transcript newTranscript) {
        return new Probe(image, budget, newTranscript, new Link(domain, link.id()), boot, this);
    }

    /** The same client with another budget for each wait. */
    public Probe within(Budget newBudget) {
        return new Probe(image, newBudget, transcript, link, boot, this);
    }

    public Domain domain() {
        return link.domain();
    }

    /** How far the probe came up. */
    public BootReport boot() {
        return boot;
    }

    /** What the probe found in its first instruction. */
    public StartOfDay startOfDay() throws ProbeException {
        if (startOfDay == null) {
            startOfDay = pages.startOfDay();
        }
        return startOfDay;
    }

    /** The addresses of the probe's symbols. */
    public Map<String, Integer> symbols() {
        return image.symbols();
    }

    /** The address of a symbol of the probe. */
    public int symbol(String name) {
        return image.symbol(name);
    }

    /** The labels of code that is to run, {@code done} included. */
    public Map<String, Integer> labels(CodeRun run) {
        return CodePlacement.of(run, image.program(), boot.stage()).labels();
    }

    /**
     * Performs commands in order, in as few exchanges as they fit in, and gives a reply for each. A command cut short by a
     * trap does not stop the later ones.
     */
    public List<Reply> execute(List<Command> commands) throws ProbeException {
        return performer.perform(commands);
    }

    /** Performs one command. */
    public Reply execute(Command command) throws ProbeException {
        return performer.perform(List.of(command)).get(0);
    }

    /** Makes a hypercall that must come back and gives EAX. */
    public int hypercall(int number, int... arguments) throws ProbeException {
        return value(Command.hypercall(number, arguments));
    }

    /**
     * Performs a command that may end the domain or never come back: those are {@link Reply.Ended} and {@link Reply.Silent}.
     */
    public Reply attempt(Command command) throws ProbeException {
        try {
            return execute(command);
        } catch (ProbeException e) {
            return switch (e.kind()) {
                case DOMAIN_ENDED -> new Reply.Ended(e.exit());
                case SILENT -> new Reply.Silent();
                default -> throw e;
            };
        }
    }

    /**
     * Makes a hypercall that may come back, be cut short by a trap or callback, end the domain, or never come back. Never an
     * {@link Outcome.Completed}.
     */
    public Outcome call(int number, int... arguments) throws ProbeException {
        Reply reply = attempt(Command.hypercall(number, arguments));
        if (reply instanceof Reply.Value value) {
            return new Outcome.Returned(value.value());
        }
        if (reply instanceof Reply.Interrupted cut) {
            List<Entry> log = List.of(cut.entry());
            if (cut.entry() instanceof Failsafe failsafe) {
                return new Outcome.FailedSafe(failsafe, log, List.of());
            }
            if (cut.entry() instanceof Trap trap) {
                return new Outcome.Trapped(trap, log, List.of());
            }
        }
        return reply instanceof Reply.Ended ended ? new Outcome.DomainEnded(ended.exit()) : new Outcome.Silent();
    }

    /** Runs code. An end of the domain and silence are outcomes, a failed hypervisor is an exception. */
    public Outcome run(CodeRun run) throws ProbeException {
        Reply reply = attempt(new Command.Run(run));
        if (reply instanceof Reply.Ran ran) {
            return ran.outcome();
        }
        if (reply instanceof Reply.Ended ended) {
            return new Outcome.DomainEnded(ended.exit());
        }
        if (reply instanceof Reply.Silent) {
            return new Outcome.Silent();
        }
        throw trapped(new Command.Run(run), reply);
    }

    /**
     * Puts code where {@link CodeRun#at} says without running it, for other code to call.
     *
     * @return its labels
     */
    public Map<String, Integer> place(CodeRun code) throws ProbeException {
        CodePlacement placed = CodePlacement.of(code, image.program(), boot.stage());
        write(placed.address(), placed.bytes());
        return placed.labels();
    }

    /**
     * Starts a further vcpu: puts its program and context in place, VCPUOP_initialise, VCPUOP_up.
     *
     * @return 0, or what the first of the two calls that failed returned
     */
    public int startVcpu(VcpuStart start) throws ProbeException {
        prepareVcpu(start);
        int result = hypercall(Hypercall.VCPU_OP.number(), VcpuOp.INITIALISE, start.number(), start.context());
        return result != 0 ? result : hypercall(Hypercall.VCPU_OP.number(), VcpuOp.UP, start.number(), 0);
    }

    /**
     * Puts the program and the context of a further vcpu in place.
     *
     * @return the program's labels
     */
    public Map<String, Integer> prepareVcpu(VcpuStart start) throws ProbeException {
        Map<String, Integer> labels = place(start.program(sharedInfo()));
        int base = page(startOfDay().ptBase()).mfn();
        fill(start.results(), VcpuResults.SIZE, 0);
        write(start.context(), start.context(labels, base, symbol("flat_cs"), symbol("flat_ds")));
        return labels;
    }

    /** What a further vcpu has told so far. */
    public VcpuResults results(VcpuStart start) throws ProbeException {
        return VcpuResults.of(read(start.results(), VcpuResults.SIZE));
    }

    /** Reads memory that must be readable. */
    public byte[] read(int address, int length) throws ProbeException {
        byte[] all = new byte[length];
        for (int at = 0; at < length; at += Command.MOST_BYTES) {
            Command command = new Command.Read(address + at, Math.min(Command.MOST_BYTES, length - at));
            Reply reply = execute(command);
            if (!(reply instanceof Reply.Bytes read)) {
                throw trapped(command, reply);
            }
            System.arraycopy(read.bytes(), 0, all, at, read.bytes().length);
        }
        return all;
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
        return execute(new Command.Read(address, length));
    }

    /** Stores bytes that must be writable. Long runs of zeros are not sent. */
    public void write(int address, byte... bytes) throws ProbeException {
        List<Command> stores = Stores.of(address, bytes);
        List<Reply> replies = execute(stores);
        for (int i = 0; i < replies.size(); i++) {
            if (!(replies.get(i) instanceof Reply.Done)) {
                throw trapped(stores.get(i), replies.get(i));
            }
        }
    }

    public void write8(int address, int value) throws ProbeException {
        write(address, (byte) value);
    }

    public void write32(int address, int value) throws ProbeException {
        done(Command.words(address, value));
    }

    public void write64(int address, long value) throws ProbeException {
        done(Command.words(address, (int) value, (int) (value >>> 32)));
    }

    /** Stores bytes; gives {@link Reply.Done} or, when the access faulted, {@link Reply.Interrupted}. */
    public Reply tryWrite(int address, byte... bytes) throws ProbeException {
        return execute(new Command.Write(address, bytes));
    }

    public void fill(int address, int length, int value) throws ProbeException {
        done(new Command.Fill(address, length, value));
    }

    public void copy(int to, int from, int length) throws ProbeException {
        done(new Command.Copy(to, from, length));
    }

    /** A digest of memory: equal digests before and after mean, for a test's purpose, that nothing changed. */
    public int digest(int address, int length) throws ProbeException {
        return value(new Command.Digest(address, length));
    }

    /** The same for a page table at {@code address}, leaving out the accessed and dirty bits of its entries. */
    public int tableDigest(int address) throws ProbeException {
        return value(new Command.TableDigest(address));
    }

    /** The entries into the guest kernel since the log was cleared, oldest first: at most the last 256. */
    public List<Entry> log() throws ProbeException {
        return performer.log(0, read32(symbol("log_count")));
    }

    public void clearLog() throws ProbeException {
        done(new Command.Forget());
    }

    /** The scratch pages: {@link ProbeImage#SCRATCH_PAGES} pages that the probe itself never touches, mapped writable. */
    public List<Page> scratchPages() throws ProbeException {
        return pages.at("scratch_pages", ProbeImage.SCRATCH_PAGES);
    }

    /**
     * {@link ProbeImage#SPARE_PAGES} more such pages, meant to be unmapped (update_va_mapping with 0) so that their addresses
     * are free and have an L1 table.
     */
    public List<Page> sparePages() throws ProbeException {
        return pages.at("spare_pages", ProbeImage.SPARE_PAGES);
    }

    /** The pages that ring 3 may read, write and execute: two of code, one of stack, the others the probe never touches. */
    public List<Page> userPages() throws ProbeException {
        return pages.at("user_pages", ProbeImage.USER_PAGES);
    }

    /** The machine frame of a pseudo-physical frame, from the mfn list. */
    public int mfn(int pfn) throws ProbeException {
        return pages.mfn(pfn);
    }

    /** The page of an address in the boot mapping. */
    public Page page(int address) throws ProbeException {
        return pages.page(address);
    }

    /**
     * Walks the boot page tables to an address. Tables are read through the boot mapping of their frames, so every table on
     * the way must be a frame of the domain that the boot mapping covers.
     */
    public Walk walk(int address) throws ProbeException {
        return pages.walk(startOfDay().ptBase(), address);
    }

    /** The same from another L3 table, which lies at {@code base}. */
    public Walk walk(int base, int address) throws ProbeException {
        return pages.walk(base, address);
    }

    /** The address of shared_info, mapped since stage 3. */
    public int sharedInfo() {
        return symbol("shared_info");
    }

    /** Stores to evtchn_upcall_mask, as guests do: 1 masks, 0 unmasks. */
    public void mask(int value) throws ProbeException {
        write8(sharedInfo() + SharedInfo.UPCALL_MASK, value);
    }

    /** Sets the probe's own trap table, callbacks and kernel stack again, after a test has changed them. */
    public void restoreHandlers() throws ProbeException {
        int result = value(new Command.Home());
        if (result != 0) {
            throw failure(Kind.TRAPPED, "the probe's own handlers were refused with " + result);
        }
    }

    /** The address of the probe's handler for a vector, for trap tables of a test's own. */
    public int handler(int vector) {
        return symbol("trap_stubs") + vector * 16;
    }

    /** The address of the probe's event callback. */
    public int upcallHandler() {
        return symbol("upcall_entry");
    }

    /** The address of the probe's failsafe callback. */
    public int failsafeHandler() {
        return symbol("failsafe_entry");
    }

    /** The console output that was not the probe's frames: boot messages, the hypervisor's log lines. */
    public List<String> consoleLines() {
        return link.lines();
    }

    public Transcript transcript() {
        return transcript;
    }

    ProbeImage image() {
        return image;
    }

    private void done(Command command) throws ProbeException {
        Reply reply = execute(command);
        if (!(reply instanceof Reply.Done)) {
            throw trapped(command, reply);
        }
    }

    private int value(Command command) throws ProbeException {
        Reply reply = execute(command);
        if (reply instanceof Reply.Value value) {
            return value.value();
        }
        throw trapped(command, reply);
    }

    private ProbeException trapped(Command command, Reply reply) {
        return failure(Kind.TRAPPED, Wording.command(command) + " was cut short: " + Wording.reply(reply, false));
    }

    private ProbeException failure(Kind kind, String message) {
        return link.failure(kind, message);
    }
}

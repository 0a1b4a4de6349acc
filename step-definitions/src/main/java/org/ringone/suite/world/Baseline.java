package org.ringone.suite.world;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.guest.Reply;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.Hypercall;
import org.ringone.xen.UpdateVaMapping;

/**
 * What a refusal must leave as it is: the bytes of the boot tables and of every page that the scenario named, and which
 * of them can be mapped writable. The accessed and dirty bits, which the processor sets by itself, are not looked at.
 */
final class Baseline {

    private static final int LIST = 0x800;

    /** Digests the pages whose addresses are at ESI, ECX of them, and puts the digests in place of the addresses. */
    private static final String DIGEST = """
            digest_page:
                mov edi, [esi]
                xor edx, edx
                mov ebx, 512
            digest_entry:
                mov eax, [edi]
                and eax, 0xFFFFFF9F
                rol edx, 5
                xor edx, eax
                mov eax, [edi+4]
                rol edx, 7
                add edx, eax
                add edi, 8
                dec ebx
                jnz digest_entry
                mov [esi], edx
                add esi, 4
                dec ecx
                jnz digest_page
            """;

    private record Seen(int digest, boolean writable) {}

    private final Guest guest;
    private final Map<String, Page> watched;
    private final Map<String, Seen> before;

    private Baseline(Guest guest, Map<String, Page> watched) throws ProbeException {
        this.guest = guest;
        this.watched = watched;
        this.before = look();
    }

    /** Notes how things are. */
    static Baseline of(Guest guest) throws ProbeException {
        Map<String, Page> watched = new LinkedHashMap<>();
        for (String table : List.of("boot_l1", "boot_l2", "boot_l3")) {
            watched.put(table, guest.page(table));
        }
        for (Map.Entry<String, Page> named : guest.pages().entrySet()) {
            if ((guest.probe().walk(named.getValue().address()).l1() & 1) != 0) {
                watched.put(named.getKey(), named.getValue());
            }
        }
        return new Baseline(guest, watched);
    }

    /**
     * Checks that things are as they were.
     *
     * @throws Violation when they are not
     */
    void require() throws ProbeException {
        Map<String, Seen> now = look();
        for (String name : watched.keySet()) {
            Seen was = before.get(name);
            Seen is = now.get(name);
            if (was.writable() != is.writable()) {
                throw Violation.of(
                                name + " " + mappable(was) + ", as before what was refused",
                                name + " " + mappable(is) + " now")
                        .because(
                                "a reference that was taken while the request was checked was not given back, or a"
                                        + " page was given a type before the check failed",
                                "the path that undoes a half-done request");
            }
            if (was.digest() != is.digest()) {
                throw Violation.of("the bytes of " + name + " are as before what was refused", "they have changed")
                        .because("an entry was written before it was checked", "the order of check and store");
            }
        }
    }

    private static String mappable(Seen seen) {
        return seen.writable() ? "can be mapped writable" : "cannot be mapped writable";
    }

    private Map<String, Seen> look() throws ProbeException {
        int list = guest.arguments().address() + LIST;
        List<Page> pages = List.copyOf(watched.values());
        ByteBuffer addresses = Bytes.buffer(pages.size() * 4);
        pages.forEach(page -> addresses.putInt(page.address()));
        guest.probe().write(list, addresses.array());
        Outcome outcome =
                guest.probe().run(CodeRun.ring1(DIGEST).with(Register.ESI, list).with(Register.ECX, pages.size()));
        if (!(outcome instanceof Outcome.Completed)) {
            throw Violation.of("the guest's own pages can be read", new Answer.Ran(outcome).toString());
        }
        ByteBuffer digests = Bytes.of(guest.probe().read(list, pages.size() * 4));
        List<Reply> tries = guest.probe().execute(attempts(pages));
        Map<String, Seen> seen = new LinkedHashMap<>();
        int index = 0;
        for (String name : watched.keySet()) {
            boolean writable = tries.get(index++) instanceof Reply.Value value && value.value() == 0;
            seen.put(name, new Seen(digests.getInt(), writable));
        }
        return seen;
    }

    /** Tries to map each page writable at the peephole, and at last maps the peephole as it was. */
    private List<Command> attempts(List<Page> pages) {
        List<Command> commands = new ArrayList<>();
        pages.forEach(page -> commands.add(attempt(page)));
        commands.add(attempt(guest.peephole()));
        return commands;
    }

    private Command attempt(Page page) {
        long entry = page.entry(Guest.READ_WRITE);
        return new Command.Hypercall(
                Hypercall.UPDATE_VA_MAPPING.number(),
                List.of(guest.peephole().address(), (int) entry, (int) (entry >>> 32), UpdateVaMapping.UVMF_INVLPG));
    }
}

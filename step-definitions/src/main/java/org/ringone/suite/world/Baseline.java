package org.ringone.suite.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringone.guest.Command;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Reply;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.UpdateVaMapping;

/**
 * What a refusal must leave as it is: the bytes of the boot tables and of every page that the scenario named, and which
 * of them can be mapped writable. The accessed and dirty bits of the boot tables, which the processor sets by itself, are
 * not looked at.
 */
final class Baseline {

    private static final List<String> BOOT_TABLES = List.of("boot_l1", "boot_l2", "boot_l3");

    private record Seen(Reply digest, boolean writable) {}

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
        for (String table : BOOT_TABLES) {
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
     * @param mayHaveOtherBytes names of pages whose bytes are not looked at
     * @throws Violation when they are not
     */
    void require(Set<String> mayHaveOtherBytes) throws ProbeException {
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
            if (!mayHaveOtherBytes.contains(name) && !was.digest().equals(is.digest())) {
                throw Violation.of("the bytes of " + name + " are as before what was refused", "they have changed")
                        .because("an entry was written before it was checked", "the order of check and store");
            }
        }
    }

    private static String mappable(Seen seen) {
        return seen.writable() ? "can be mapped writable" : "cannot be mapped writable";
    }

    private Map<String, Seen> look() throws ProbeException {
        List<Page> pages = List.copyOf(watched.values());
        List<Command> commands = new ArrayList<>();
        watched.forEach((name, page) -> commands.add(digest(name, page)));
        pages.forEach(page -> commands.add(attempt(page)));
        commands.add(attempt(guest.peephole()));
        List<Reply> replies = guest.probe().execute(commands);
        Map<String, Seen> seen = new LinkedHashMap<>();
        int index = 0;
        for (String name : watched.keySet()) {
            boolean writable = replies.get(pages.size() + index) instanceof Reply.Value value && value.value() == 0;
            seen.put(name, new Seen(replies.get(index++), writable));
        }
        return seen;
    }

    private static Command digest(String name, Page page) {
        return BOOT_TABLES.contains(name)
                ? new Command.TableDigest(page.address())
                : new Command.Digest(page.address(), AddressSpace.PAGE_SIZE);
    }

    /** Tries to map a page writable at the peephole. */
    private Command attempt(Page page) {
        long entry = page.entry(Guest.READ_WRITE);
        return new Command.Hypercall(
                Hypercall.UPDATE_VA_MAPPING.number(),
                List.of(guest.peephole().address(), (int) entry, (int) (entry >>> 32), UpdateVaMapping.UVMF_INVLPG));
    }
}

package org.ringone.guest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;

/** Commands, replies and entries in words, for people who know the interface. */
final class Wording {

    private static final int SHOWN_BYTES = 32;
    private static final String[] VECTORS = {
        "#DE",
        "#DB",
        "NMI",
        "#BP",
        "#OF",
        "#BR",
        "#UD",
        "#NM",
        "#DF",
        "vector 9",
        "#TS",
        "#NP",
        "#SS",
        "#GP",
        "#PF",
        "vector 15",
        "#MF",
        "#AC",
        "#MC",
        "#XF"
    };

    private Wording() {}

    static String exchange(Command command, Reply reply) {
        return command(command) + " = " + reply(reply, command instanceof Command.Hypercall);
    }

    static String command(Command command) {
        if (command instanceof Command.Read c) {
            return "read " + hex(c.address()) + ", " + c.length() + " bytes";
        }
        if (command instanceof Command.Write c) {
            return "write " + hex(c.address()) + ": " + bytes(c.bytes());
        }
        if (command instanceof Command.Fill c) {
            return "fill " + hex(c.address()) + ", " + c.length() + " bytes with " + hex(c.value());
        }
        if (command instanceof Command.Copy c) {
            return "copy " + c.length() + " bytes from " + hex(c.from()) + " to " + hex(c.to());
        }
        if (command instanceof Command.Digest c) {
            return "digest of " + hex(c.address()) + ", " + c.length() + " bytes";
        }
        if (command instanceof Command.TableDigest c) {
            return "digest of the table at " + hex(c.address());
        }
        if (command instanceof Command.Hypercall c) {
            return c.arguments().stream()
                    .map(Wording::hex)
                    .collect(Collectors.joining(", ", hypercall(c.number()) + "(", ")"));
        }
        if (command instanceof Command.Run c) {
            return run(c.run());
        }
        return command.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String hypercall(int number) {
        Hypercall known = Hypercall.of(number);
        return known == null ? "hypercall " + number : known.name().toLowerCase(Locale.ROOT);
    }

    private static String run(CodeRun run) {
        StringBuilder text = new StringBuilder("run at ring ").append(run.ring());
        for (Map.Entry<Register, Integer> e : run.registers().entrySet()) {
            text.append(", ").append(e.getKey()).append(' ').append(hex(e.getValue()));
        }
        run.mask().ifPresent(mask -> text.append(", event mask ").append(mask));
        if (run.entersByHypercallIret()) {
            text.append(", entered by the iret hypercall");
        }
        for (Handling h : run.handlings()) {
            text.append(", surviving ").append(h.times()).append(" times ").append(source(h.source()));
            if (h.hookAt() > 0) {
                text.append(" (in number ").append(h.hookAt()).append(": ");
                text.append(h.hook().stream().map(Wording::command).collect(Collectors.joining("; ")));
                text.append(')');
            }
        }
        text.append(":\n");
        run.assembly()
                .stripTrailing()
                .lines()
                .forEach(
                        line -> text.append("    ").append(line.stripTrailing()).append('\n'));
        return text.append("   ").toString();
    }

    static String reply(Reply reply, boolean result) {
        if (reply instanceof Reply.Bytes r) {
            return bytes(r.bytes());
        }
        if (reply instanceof Reply.Value r) {
            return result ? result(r.value()) : hex(r.value());
        }
        if (reply instanceof Reply.Interrupted r) {
            return entry(r.entry());
        }
        if (reply instanceof Reply.Ran r) {
            return outcome(r.outcome());
        }
        return "done";
    }

    private static String result(int value) {
        if (value < 0 && value > -200) {
            for (Errno errno : Errno.values()) {
                if (errno.number() == -value) {
                    return "-" + errno.name();
                }
            }
            return Integer.toString(value);
        }
        return value >= 0 && value < 10 ? Integer.toString(value) : hex(value);
    }

    static String outcome(Outcome outcome) {
        String log = log(outcome.log());
        if (outcome instanceof Outcome.Completed o) {
            return "completed, mask " + o.mask() + ", " + registers(o.registers()) + log;
        }
        if (outcome instanceof Outcome.Returned o) {
            return "returned " + result(o.eax());
        }
        if (outcome instanceof Outcome.DomainEnded o) {
            return "the domain ended: " + o.exit();
        }
        if (outcome instanceof Outcome.Silent) {
            return "silence";
        }
        return "ended by the last of" + log;
    }

    private static String log(List<Entry> log) {
        return log.stream().map(e -> "\n      " + entry(e)).collect(Collectors.joining());
    }

    static String entry(Entry entry) {
        String what;
        if (entry instanceof Trap t) {
            what = source(t.vector())
                    + (t.error().isPresent() ? "(" + hex(t.error().getAsInt()) + ")" : "")
                    + (t.vector() == 14 ? " cr2 " + hex(t.cr2()) : "");
        } else if (entry instanceof Failsafe f) {
            what = "failsafe callback, ds " + hex(f.ds()) + " es " + hex(f.es()) + " fs " + hex(f.fs()) + " gs "
                    + hex(f.gs());
        } else {
            what = "event upcall " + ((Upcall) entry).count();
        }
        SavedFrame f = entry.frame();
        String outer = f.fromOuterRing() ? " esp " + hex(f.esp()) + " ss " + hex(f.ssSlot()) : "";
        EntryState s = entry.entry();
        return what + " at " + hex(f.csSlot()) + ":" + hex(f.eip()) + " eflags " + hex(f.eflags()) + outer
                + "; handler cs "
                + hex(s.cs()) + " ss " + hex(s.ss()) + " eflags " + hex(s.eflags()) + " mask " + s.mask() + " pending "
                + s.pending() + "; " + registers(entry.registers());
    }

    static String source(int source) {
        if (source == Handling.UPCALL) {
            return "event upcall";
        }
        if (source == Handling.FAILSAFE) {
            return "failsafe callback";
        }
        return source < VECTORS.length ? VECTORS[source] : "vector " + hex(source);
    }

    private static String registers(Registers r) {
        return String.format(
                "eax %x ecx %x edx %x ebx %x esp %x ebp %x esi %x edi %x eflags %x ds %x es %x fs %x gs %x",
                r.eax(),
                r.ecx(),
                r.edx(),
                r.ebx(),
                r.esp(),
                r.ebp(),
                r.esi(),
                r.edi(),
                r.eflags(),
                r.ds(),
                r.es(),
                r.fs(),
                r.gs());
    }

    private static String bytes(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        if (bytes.length % 4 == 0 && bytes.length <= SHOWN_BYTES) {
            for (int i = 0; i < bytes.length; i += 4) {
                text.append(i == 0 ? "" : " ").append(String.format("%08x", Little.word(bytes, i)));
            }
            return text.append(" (words)").toString();
        }
        for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES); i++) {
            text.append(i == 0 ? "" : " ").append(String.format("%02x", bytes[i]));
        }
        return bytes.length <= SHOWN_BYTES ? text.toString() : text + " ... (" + bytes.length + " bytes)";
    }

    static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}

package org.ringone.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.ringone.x86.Assembler;
import org.ringone.x86.Assembly;
import org.ringone.x86.AssemblyException;
import org.ringone.xen.ElfNotes;

/**
 * A guest kernel: the paravirtual operations of a kernel for this interface, as assembly text. {@link #right()} does all as
 * the interface wants it; {@link #but} puts one operation that does it wrong in place of the right one. Immutable.
 *
 * <p>An operation is what stands in the text from a line {@code ; operation NAME} to the next empty line.
 */
public final class GuestKernel {

    private static final List<String> PARTS = List.of(
            "hypercalls",
            "interrupts",
            "multicalls",
            "pagetables",
            "segments",
            "traps",
            "control",
            "callbacks",
            "start",
            "memory");

    private static final String MARK = "; operation ";

    /** What the kernel knows of the probe that it lives with. */
    private static final List<String> OF_THE_PROBE = List.of("hypercall_page", "shared_info", "start_info");

    private static final int PAGE = 4096;
    private static final int UPCALL_PENDING = 0;
    private static final int UPCALL_MASK = 1;

    private static final GuestKernel RIGHT = new GuestKernel(Map.of());

    private record Place(int virtBase, int origin) {}

    private final Map<String, String> replaced;
    private final Map<Place, KernelProgram> assembled = new ConcurrentHashMap<>();

    private GuestKernel(Map<String, String> replaced) {
        this.replaced = Map.copyOf(replaced);
    }

    /** The kernel that does everything right. */
    public static GuestKernel right() {
        return RIGHT;
    }

    /** The same kernel, but for one operation. */
    public GuestKernel but(WrongGuest wrong) {
        if (!operations().contains(wrong.operation())) {
            throw new IllegalArgumentException(
                    "the guest kernel has no operation '" + wrong.operation() + "': it has " + operations());
        }
        Map<String, String> more = new HashMap<>(replaced);
        more.put(wrong.operation(), wrong.assembly());
        return new GuestKernel(more);
    }

    /** The names of all operations. */
    public static Set<String> operations() {
        return Source.OPERATIONS.keySet();
    }

    /**
     * The program, assembled to lie at an address beside the standard probe.
     *
     * @param image the probe that it lives with
     * @param origin where it is to lie: a page's start in the boot mapping
     */
    public KernelProgram at(ProbeImage image, int origin) {
        return assembled.computeIfAbsent(
                new Place(image.virtBase(), origin), place -> assemble(image, origin, image.symbol("trap_stubs")));
    }

    /**
     * The kernel as an image of its own, with a symbol table: it starts, does what kernels do by each of its operations, and
     * switches off. For audits of guests.
     */
    public ProbeImage exercised() {
        ProbeImage image = ProbeImage.standard();
        int origin = image.symbol("memory_end");
        int behind = origin + pages(image) * PAGE;
        KernelProgram kernel = assemble(image, origin, behind); // the exercise begins with the stubs of exceptions
        Map<String, Integer> known = new HashMap<>(kernel.symbols());
        known.putAll(surroundings(image, behind));
        try {
            Assembly exercise = Assembler.assemble(Source.part("exercise"), known, behind);
            int end = exercise.symbols().get("exercise_memory_end");
            byte[] bytes = Arrays.copyOf(kernel.bytes(), behind - origin + exercise.bytes().length);
            System.arraycopy(exercise.bytes(), 0, bytes, behind - origin, exercise.bytes().length);
            Map<String, Integer> names = new TreeMap<>(kernel.symbols());
            names.putAll(exercise.symbols());
            names.values().removeIf(value -> value < origin || value >= end); // constants are no addresses
            names.keySet().removeIf(name -> name.indexOf('.') >= 0); // nor are local labels worth a name
            return ProbeImage.builder()
                    .note(ElfNotes.ENTRY, exercise.symbols().get("exercise_entry"))
                    .extraSegment(origin, bytes, end - origin)
                    .symbolTable(names)
                    .build();
        } catch (AssemblyException e) {
            throw new IllegalArgumentException("the exercise cannot be assembled: " + e.getMessage(), e);
        }
    }

    /** How many pages it takes wherever it lies, its memory included. */
    public int pages(ProbeImage image) {
        KernelProgram program = at(image, image.symbol("memory_end"));
        return (program.symbol("kernel_memory_end") - program.origin()) / PAGE;
    }

    /** What the kernel knows of where it lives. */
    private static Map<String, Integer> surroundings(ProbeImage image, int trapStubs) {
        Map<String, Integer> symbols = new HashMap<>();
        OF_THE_PROBE.forEach(name -> symbols.put(name, image.symbol(name)));
        symbols.put("probe_entry", image.symbol("entry"));
        symbols.put("virt_base", image.virtBase());
        symbols.put("evtchn_upcall_pending", image.symbol("shared_info") + UPCALL_PENDING);
        symbols.put("evtchn_upcall_mask", image.symbol("shared_info") + UPCALL_MASK);
        symbols.put("trap_stubs", trapStubs);
        return symbols;
    }

    private KernelProgram assemble(ProbeImage image, int origin, int trapStubs) {
        try {
            Assembly assembly = Assembler.assemble(source(), surroundings(image, trapStubs), origin);
            return new KernelProgram(origin, assembly.bytes(), assembly.symbols());
        } catch (AssemblyException e) {
            throw new IllegalArgumentException("the guest kernel cannot be assembled: " + e.getMessage(), e);
        }
    }

    private String source() {
        StringBuilder text = new StringBuilder();
        for (String piece : Source.PIECES) {
            String name = Source.nameOf(piece);
            text.append(replaced.getOrDefault(name, piece)).append("\n\n");
        }
        return text.toString();
    }

    /** The right kernel's text, cut at empty lines. */
    private static final class Source {
        static final List<String> PIECES = List.of(read().split("\n{2,}"));
        static final Map<String, String> OPERATIONS = new LinkedHashMap<>();

        static {
            for (String piece : PIECES) {
                String name = nameOf(piece);
                if (!name.isEmpty() && OPERATIONS.put(name, piece) != null) {
                    throw new IllegalStateException("the guest kernel has the operation " + name + " twice");
                }
            }
        }

        private Source() {}

        /** The operation that a piece of the text is; empty for other pieces. */
        static String nameOf(String piece) {
            return piece.startsWith(MARK)
                    ? piece.lines().findFirst().orElseThrow().substring(MARK.length())
                    : "";
        }

        private static String read() {
            StringBuilder text = new StringBuilder();
            PARTS.forEach(part -> text.append(part(part)).append("\n\n"));
            return text.toString();
        }

        static String part(String name) {
            try (InputStream in = GuestKernel.class.getResourceAsStream("kernel/" + name + ".asm")) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException("the guest kernel's part " + name + " cannot be read", e);
            }
        }
    }
}

package org.ringone.suite.world;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ringone.api.DomainSpec;
import org.ringone.guest.ProbeImage;
import org.ringone.suite.language.Constants;
import org.ringone.suite.language.Expression;
import org.ringone.suite.language.LanguageException;
import org.ringone.suite.language.Names;
import org.ringone.xen.ElfNotes;

/**
 * A kernel image and the domain to be built from it, as a feature describes them: by how they differ from the probe's own.
 * Differences are separated by commas, for example {@code XEN_VERSION = "xen-3.1"}, {@code no LOADER},
 * {@code p_memsz(0) = 0x10000000}, {@code a ramdisk of 5000 bytes}.
 */
public final class KernelDescription implements Names {

    private static final Pattern BUILT_FOR = Pattern.compile("built for (.+)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern ASSIGNED = Pattern.compile("([A-Za-z_]+(?:\\(\\d+\\))?) *= *(?:u(\\d+) )?(.+)");
    private static final Pattern WITHOUT_NOTE = Pattern.compile("no ([A-Z_]+)");
    private static final Pattern NOTE = Pattern.compile("a note (\\w+) of \"([^\"]*)\" with \"([^\"]*)\"");
    private static final Pattern SECTION_ITEM = Pattern.compile("section ([A-Za-z_]+) *= *\"([^\"]*)\"");
    private static final Pattern SECTION_WITHOUT = Pattern.compile("section without ([A-Z_]+)");
    private static final Pattern SEGMENT = Pattern.compile("a segment of (.+) bytes at (.+)");
    private static final Pattern SEGMENT_MEMORY = Pattern.compile("(.+) bytes of memory for its segment");
    private static final Pattern CUT = Pattern.compile("cut to (.+) bytes");
    private static final Pattern MEMORY = Pattern.compile("(.+) MiB");
    private static final Pattern RAMDISK = Pattern.compile("a ramdisk of (.+) bytes");
    private static final Pattern VCPUS = Pattern.compile("(.+) vcpus");
    private static final Pattern COMMAND_LINE = Pattern.compile("the command line \"([^\"]*)\"");
    private static final Pattern LONG_COMMAND_LINE = Pattern.compile("a command line of (.+) characters");

    private final ProbeImage.Builder builder;
    private final Map<String, String> section = new LinkedHashMap<>();
    private final List<BiConsumer<ProbeImage.Builder, ElfFields>> patches = new ArrayList<>();
    private ElfFields fields;
    private int fileSize;
    private int memoryMib;
    private String commandLine = "";
    private byte[] ramdisk = new byte[0];
    private int vcpus = 1;

    private KernelDescription(int virtBase) {
        builder = ProbeImage.builder(virtBase);
    }

    /** Reads a description. */
    public static KernelDescription parse(String text) {
        List<String> differences = Arrays.stream(text.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                .map(String::strip)
                .toList();
        int base = ProbeImage.VIRT_BASE;
        for (String difference : differences) {
            Matcher matcher = BUILT_FOR.matcher(difference);
            if (matcher.matches()) {
                base = (int) Long.decode(matcher.group(1)).longValue();
            }
        }
        KernelDescription description = new KernelDescription(base);
        differences.forEach(description::apply);
        return description;
    }

    /** The image. */
    public ProbeImage image() {
        if (!section.isEmpty()) {
            builder.guestSection(section.entrySet().stream()
                    .map(item -> item.getKey() + "=" + item.getValue())
                    .collect(Collectors.joining(",")));
        }
        byte[] whole = builder.build().elf();
        fields = new ElfFields(whole);
        fileSize = whole.length;
        patches.forEach(patch -> patch.accept(builder, fields));
        return builder.build();
    }

    /** The domain, in place of one that would be usual. */
    public DomainSpec domain(DomainSpec usual) {
        return new DomainSpec(
                usual.image(),
                memoryMib == 0 ? usual.memoryMib() : memoryMib,
                commandLine,
                ramdisk,
                vcpus,
                usual.privileged());
    }

    private void apply(String difference) {
        if (difference.equals("nothing special")
                || BUILT_FOR.matcher(difference).matches()) {
            return;
        }
        if (!ofTheFile(difference) && !ofTheNotes(difference) && !ofTheDomain(difference)) {
            throw new LanguageException("'" + difference + "' says nothing of a kernel image or a domain");
        }
    }

    private boolean ofTheNotes(String difference) {
        Matcher matcher = WITHOUT_NOTE.matcher(difference);
        if (matcher.matches()) {
            builder.withoutNote(type(matcher.group(1)));
            return true;
        }
        matcher = NOTE.matcher(difference);
        if (matcher.matches()) {
            builder.extraNote(matcher.group(2), type(matcher.group(1)), text(matcher.group(3)));
            return true;
        }
        matcher = ASSIGNED.matcher(difference);
        if (matcher.matches()) {
            note(type(matcher.group(1)), matcher.group(2), matcher.group(3));
            return true;
        }
        return false;
    }

    private void note(int type, String bits, String value) {
        Matcher quoted = QUOTED.matcher(value);
        if (quoted.matches()) {
            builder.note(type, quoted.group(1));
            return;
        }
        long number = Expression.value(value, this);
        byte[] bytes = new byte[bits == null ? 4 : Integer.parseInt(bits) / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number >>> 8 * i);
        }
        builder.withoutNote(type).extraNote("Xen", type, bytes);
    }

    private boolean ofTheFile(String difference) {
        switch (difference) {
            case "no notes" -> builder.withoutNotes();
            case "a __xen_guest section" -> standardSection();
            case "a symbol table" -> builder.symbolTable();
            default -> {
                return sectionItem(difference) || segment(difference) || patch(difference);
            }
        }
        return true;
    }

    private void standardSection() {
        for (String item : builder.standardGuestSection().split(",")) {
            int equals = item.indexOf('=');
            section.put(item.substring(0, equals), item.substring(equals + 1));
        }
    }

    private boolean sectionItem(String difference) {
        Matcher matcher = SECTION_ITEM.matcher(difference);
        if (matcher.matches()) {
            section.put(matcher.group(1), matcher.group(2));
            return true;
        }
        matcher = SECTION_WITHOUT.matcher(difference);
        if (matcher.matches()) {
            section.remove(matcher.group(1));
            return true;
        }
        return false;
    }

    private boolean segment(String difference) {
        Matcher matcher = SEGMENT.matcher(difference);
        if (matcher.matches()) {
            int size = number(matcher.group(1));
            byte[] bytes = new byte[Math.min(size, 4096)];
            Arrays.fill(bytes, (byte) 0x5A);
            builder.extraSegment(number(matcher.group(2)), bytes, size);
            return true;
        }
        matcher = SEGMENT_MEMORY.matcher(difference);
        if (matcher.matches()) {
            builder.segmentMemory(number(matcher.group(1)));
            return true;
        }
        return false;
    }

    /** Changes of the finished file, whose own values they may name. */
    private boolean patch(String difference) {
        Matcher cut = CUT.matcher(difference);
        if (cut.matches()) {
            patches.add((image, file) -> image.truncate(number(cut.group(1))));
            return true;
        }
        Matcher field = ASSIGNED.matcher(difference);
        if (field.matches() && ElfFields.names(field.group(1))) {
            patches.add((image, file) -> image.patch(
                    file.offset(field.group(1)), file.bytes(field.group(1), Expression.value(field.group(3), this))));
            return true;
        }
        return false;
    }

    private boolean ofTheDomain(String difference) {
        Matcher matcher = MEMORY.matcher(difference);
        if (matcher.matches()) {
            memoryMib = number(matcher.group(1));
            return true;
        }
        matcher = RAMDISK.matcher(difference);
        if (matcher.matches()) {
            ramdisk = pattern(number(matcher.group(1)));
            return true;
        }
        matcher = VCPUS.matcher(difference);
        if (matcher.matches()) {
            vcpus = number(matcher.group(1));
            return true;
        }
        matcher = COMMAND_LINE.matcher(difference);
        if (matcher.matches()) {
            commandLine = matcher.group(1);
            return true;
        }
        matcher = LONG_COMMAND_LINE.matcher(difference);
        if (matcher.matches()) {
            commandLine = letters(number(matcher.group(1)));
            return true;
        }
        return false;
    }

    /** Bytes that tell their own place, so that a ramdisk that was moved or mixed up is seen. */
    public static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >>> 8) * 17 + (i >>> 16) * 5 + 1);
        }
        return bytes;
    }

    private static String letters(int size) {
        StringBuilder text = new StringBuilder(size);
        for (int i = 0; i < size; i++) {
            text.append((char) ('a' + i % 26));
        }
        return text.toString();
    }

    private int number(String expression) {
        return (int) Expression.value(expression, this);
    }

    private int type(String note) {
        try {
            return Character.isDigit(note.charAt(0))
                    ? (int) Long.decode(note).longValue()
                    : ElfNotes.class.getField(note).getInt(null);
        } catch (ReflectiveOperationException e) {
            throw new LanguageException("no ELF note of Xen's is called " + note);
        }
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public OptionalLong value(String name) {
        if (name.equals("file_size")) {
            return OptionalLong.of(fileSize);
        }
        if (ElfFields.names(name)) {
            return fields.value(name, 0);
        }
        OptionalLong constant = Constants.value(name);
        return constant.isPresent() ? constant : OptionalLong.of(builder.symbol(name) & 0xFFFF_FFFFL);
    }

    @Override
    public OptionalLong function(String function, String first, long... arguments) {
        return fields == null ? OptionalLong.empty() : fields.value(function, (int) arguments[0]);
    }
}

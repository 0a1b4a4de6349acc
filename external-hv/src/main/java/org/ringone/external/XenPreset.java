package org.ringone.external;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ringone.api.Budget;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.api.Profile.Host;

/** A profile that comes along: any Xen, in an emulated machine, the probe being its initial domain. */
enum XenPreset {
    /** In QEMU without hardware acceleration; saved machines. */
    QEMU("xen-qemu", Set.of(Host.PAE_32, Host.X86_64), List.of("qemu-system-x86_64"), List.of(), "qemu-system-x86"),

    /** In Bochs, whose processor checks what QEMU's does not; 32-bit Xens, booted for each scenario. */
    BOCHS(
            "xen-bochs",
            Set.of(Host.PAE_32),
            List.of("bochs", "grub-mkrescue", "xorriso", "script"),
            List.of(
                    "/usr/lib/grub/i386-pc/multiboot.mod",
                    "/usr/share/bochs/BIOS-bochs-latest",
                    "/usr/share/bochs/VGABIOS-lgpl-latest"),
            "bochs bochs-term bochsbios vgabios grub-common grub-pc-bin xorriso mtools bsdutils");

    /** What QEMU's processor gets wrong in long mode only. */
    private static final Set<String> LONG_MODE_ONLY = Set.of("lacks-int-n-error-code", "lacks-null-ss-check");

    private static final Pattern BANNER = Pattern.compile("Xen version (\\d{1,3})\\.(\\d{1,3})(\\S{0,40}) ");

    /** No console says more before it says its version. */
    private static final int BANNER_WITHIN = 1 << 16;

    private static final Duration MOMENT = Duration.ofMillis(200);

    private final String word;
    private final Set<Host> hosts;
    private final List<String> programs;
    private final List<String> files;
    private final String packages;

    XenPreset(String word, Set<Host> hosts, List<String> programs, List<String> files, String packages) {
        this.word = word;
        this.hosts = hosts;
        this.programs = programs;
        this.files = files;
        this.packages = packages;
    }

    /** What command lines call it. */
    String word() {
        return word;
    }

    static Optional<XenPreset> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }

    /**
     * The profile of a Xen. Starts it once to hear which version it is.
     *
     * @throws IllegalArgumentException when that cannot be had; the message says what to do
     */
    CommandProfile of(Path xen) {
        XenImage image = XenImage.read(xen);
        if (!hosts.contains(image.host())) {
            throw new IllegalArgumentException(word + " takes a Xen for "
                    + hosts.stream().map(Host::label).collect(Collectors.joining(" or ")) + " hosts, and " + xen
                    + " is one for " + image.host().label() + " hosts; 4.2 is the last that was made for 32-bit ones");
        }
        needsInstalled();
        CommandProfile unnamed = CommandProfileReader.read(
                yaml(), word, variable -> variable.equals("XEN") ? kept(image).toString() : null);
        Matcher banner = banner(unnamed, xen);
        Era era = era(Integer.parseInt(banner.group(1)), Integer.parseInt(banner.group(2)));
        Set<String> features = new TreeSet<>(unnamed.profile().features());
        if (this == QEMU && image.host() == Host.X86_64) {
            features.addAll(LONG_MODE_ONLY);
        }
        return unnamed.called(
                word.replace("xen-", "xen-" + era.version() + "-"),
                "Xen " + banner.group(1) + "." + banner.group(2) + banner.group(3) + " in " + machine(),
                new Profile(era, image.host(), unnamed.profile().privilege(), features));
    }

    private String machine() {
        return this == QEMU ? "QEMU" : "Bochs";
    }

    /** The era whose documented behaviour comes nearest: 3.1 calls itself 3.0 up to its release. */
    private static Era era(int major, int minor) {
        if (major < 4) {
            return Era.XEN_3_1;
        }
        return major == 4 && minor <= 2 ? Era.XEN_4_2 : Era.XEN_4_17;
    }

    private void needsInstalled() {
        List<String> missing = programs.stream().filter(p -> !onPath(p)).collect(Collectors.toList());
        files.stream().filter(f -> !Files.exists(Path.of(f))).forEach(missing::add);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(word + " needs " + String.join(", ", missing)
                    + ", which is not here; on Debian and Ubuntu: apt install " + packages);
        }
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private String yaml() {
        try (InputStream in = XenPreset.class.getResourceAsStream(word + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image as QEMU wants it, not compressed, in a file that lives as long as this JVM. */
    private static Path kept(XenImage image) {
        try {
            Path file = Files.createTempFile("ringone-xen-", "");
            file.toFile().deleteOnExit();
            return Files.write(file, image.bytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("the decompressed Xen cannot be kept: " + e.getMessage(), e);
        }
    }

    /** Starts Xen with something that is no kernel: it says its version first. */
    private static Matcher banner(CommandProfile profile, Path xen) {
        StringBuilder said = new StringBuilder();
        CommandDomain domain = new CommandDomain(profile, DomainSpec.of(new byte[64], 32, true));
        try {
            long deadline = System.nanoTime() + profile.patience().toNanos();
            while (System.nanoTime() < deadline && said.length() < BANNER_WITHIN) {
                byte[] more = domain.read(new Budget(1, MOMENT));
                said.append(new String(more, StandardCharsets.ISO_8859_1));
                Matcher banner = BANNER.matcher(said);
                if (banner.find()) {
                    return banner;
                }
                if (more.length == 0 && !(domain.exit() instanceof Exit.Running)) {
                    break;
                }
            }
            throw new IllegalArgumentException(
                    "the Xen at " + xen + " does not say which version it is." + domain.said());
        } finally {
            domain.close();
        }
    }
}

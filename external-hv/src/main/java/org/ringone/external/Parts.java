package org.ringone.external;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.ringone.api.Budget;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Profile;

/** How the vocabulary of the plug-in contract is written into messages, and read from them with distrust. */
final class Parts {

    private static final int MOST_FEATURES = 1000;

    private Parts() {}

    static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a part claims a length of " + Integer.toUnsignedString(length) + " bytes");
        }
        return in.readNBytes(length);
    }

    static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    static void profile(DataOutputStream out, Profile profile) throws IOException {
        out.writeByte(profile.era().ordinal());
        out.writeByte(profile.host().ordinal());
        out.writeByte(profile.privilege().ordinal());
        out.writeInt(profile.features().size());
        for (String feature : profile.features()) {
            text(out, feature);
        }
    }

    static Profile profile(DataInputStream in) throws IOException {
        Profile.Era era = one(Profile.Era.values(), in.readUnsignedByte());
        Profile.Host host = one(Profile.Host.values(), in.readUnsignedByte());
        Profile.Privilege privilege = one(Profile.Privilege.values(), in.readUnsignedByte());
        int count = count(in, MOST_FEATURES);
        Set<String> features = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            features.add(text(in));
        }
        return new Profile(era, host, privilege, features);
    }

    /** @param before the ramdisk of the machine's domain before, which need not be sent again */
    static void spec(DataOutputStream out, DomainSpec spec, byte[] before) throws IOException {
        out.writeInt(spec.memoryMib());
        out.writeInt(spec.vcpus());
        out.writeBoolean(spec.privileged());
        text(out, spec.commandLine());
        bytes(out, spec.image());
        boolean same = Arrays.equals(spec.ramdisk(), before);
        out.writeBoolean(same);
        if (!same) {
            bytes(out, spec.ramdisk());
        }
    }

    static DomainSpec spec(DataInputStream in, byte[] before) throws IOException {
        int mib = in.readInt();
        int vcpus = in.readInt();
        boolean privileged = in.readBoolean();
        String commandLine = text(in);
        byte[] image = bytes(in);
        byte[] ramdisk = in.readBoolean() ? before : bytes(in);
        return new DomainSpec(image, mib, commandLine, ramdisk, vcpus, privileged);
    }

    static void budget(DataOutputStream out, Budget budget) throws IOException {
        out.writeLong(budget.instructions());
        out.writeLong(budget.wallClock().toNanos());
    }

    static Budget budget(DataInputStream in) throws IOException {
        return new Budget(in.readLong(), Duration.ofNanos(in.readLong()));
    }

    static void exit(DataOutputStream out, Exit exit) throws IOException {
        if (exit instanceof Exit.ShutDown shutDown) {
            out.writeByte(1);
            out.writeByte(shutDown.reason().ordinal());
        } else if (exit instanceof Exit.Killed killed) {
            out.writeByte(2);
            text(out, killed.detail());
        } else if (exit instanceof Exit.HypervisorFailed failed) {
            out.writeByte(3);
            text(out, failed.detail());
        } else {
            out.writeByte(0);
        }
    }

    static Exit exit(DataInputStream in) throws IOException {
        int form = in.readUnsignedByte();
        return switch (form) {
            case 0 -> new Exit.Running();
            case 1 -> new Exit.ShutDown(one(Exit.Reason.values(), in.readUnsignedByte()));
            case 2 -> new Exit.Killed(text(in));
            case 3 -> new Exit.HypervisorFailed(text(in));
            default -> throw new IOException("there is no exit number " + form);
        };
    }

    static <E> E one(E[] all, int ordinal) throws IOException {
        if (ordinal >= all.length) {
            throw new IOException("there is no number " + ordinal + " among " + all.length);
        }
        return all[ordinal];
    }

    /** How many of the bytes that were offered to a guest it took. */
    static int taken(DataInputStream in, int offered) throws IOException {
        int taken = in.readInt();
        if (taken < 0 || taken > offered) {
            throw new IOException("a guest took " + taken + " of " + offered + " bytes");
        }
        return taken;
    }

    /** A count of things that follow. */
    static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException("a list claims " + Integer.toUnsignedString(count) + " entries");
        }
        return count;
    }
}

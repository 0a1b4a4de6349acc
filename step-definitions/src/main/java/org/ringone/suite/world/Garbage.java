package org.ringone.suite.world;

import java.util.SplittableRandom;
import org.ringone.guest.CodeRun;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.MmuUpdate;

/**
 * What a hostile guest makes up: numbers that sound right, addresses and frames that mean something to somebody, and noise. The
 * same seed gives the same garbage.
 */
public final class Garbage {

    private static final int[] BOUNDS = {
        AddressSpace.VIRT_START,
        AddressSpace.VIRT_START - 4,
        AddressSpace.MACH2PHYS_END,
        0xFC000000,
        0xFFFFF000,
        0xFFFFFFFC,
        0x80000000,
        0x7FFFFFFF,
        MmuUpdate.DOMID_SELF
    };
    private static final int[] SELECTORS = {0, 3, 0xE008, 0xE010, 0xE019, 0xE021, 0xE02B, 0xE033, 0x000B, 0x000F};
    private static final int STRUCTURE_WORDS = 48;

    private final SplittableRandom random;

    public Garbage(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A number below a bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Some word. */
    public int word(Guest guest) throws ProbeException {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> random.nextInt(12);
            case 3 -> -random.nextInt(4);
            case 4 -> BOUNDS[random.nextInt(BOUNDS.length)];
            case 5 -> SELECTORS[random.nextInt(SELECTORS.length)];
            case 6 -> guest.arguments().address() + 4 * random.nextInt(STRUCTURE_WORDS);
            case 7 -> frame(guest);
            case 8 -> frame(guest) << AddressSpace.PAGE_SHIFT | random.nextInt(0x400);
            default -> random.nextInt();
        };
    }

    private int frame(Guest guest) throws ProbeException {
        return switch (random.nextInt(5)) {
            case 0 -> guest.page("boot_l1").mfn();
            case 1 -> guest.page("boot_l2").mfn();
            case 2 -> guest.page("boot_l3").mfn();
            case 3 -> guest.arguments().mfn();
            default -> random.nextInt(1 << 16);
        };
    }

    /** Structures for a hypercall, as far as noise can be one. */
    public byte[] structures(Guest guest) throws ProbeException {
        int[] words = new int[STRUCTURE_WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = word(guest);
        }
        return Bytes.words(words);
    }

    /** Arguments of a hypercall; as often as not one of them points to the structures. */
    public int[] arguments(Guest guest) throws ProbeException {
        int[] arguments = new int[6];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = word(guest);
        }
        if (random.nextBoolean()) {
            arguments[random.nextInt(3)] = guest.arguments().address();
        }
        return arguments;
    }

    /** Code of so many random bytes, with random registers. */
    public CodeRun code(Guest guest, int ring, int size) throws ProbeException {
        StringBuilder text = new StringBuilder("db 0x90");
        for (int i = 0; i < size; i++) {
            text.append(", ").append(random.nextInt(256));
        }
        text.append('\n');
        CodeRun run = ring == 1 ? CodeRun.ring1(text.toString()) : CodeRun.ring3(text.toString());
        for (Register register : new Register[] {
            Register.EAX, Register.ECX, Register.EDX, Register.EBX, Register.EBP, Register.ESI, Register.EDI
        }) {
            run = run.with(register, word(guest));
        }
        return run;
    }
}

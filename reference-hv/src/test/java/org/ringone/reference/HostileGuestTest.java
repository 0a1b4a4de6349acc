package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.reference.memory.Invariants;
import org.ringone.reference.memory.PageType;

/** SAFE-03: whatever a guest does, the hypervisor neither throws nor hangs, and its counts stay right. */
class HostileGuestTest {

    private static final long BUDGET = 300_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomHypercalls(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            BootedGuest guest = random.nextBoolean() ? BootedGuest.ordinary() : BootedGuest.initial();
            Vcpu v = guest.vcpu();
            int scratch = guest.probe.symbol("scratch_pages");
            for (int call = 0; call < 60 && guest.domain.running(); call++) {
                fillScratch(guest, scratch, random);
                int number = random.nextInt(40);
                for (int register = 0; register < 8; register++) {
                    v.state.r[register] = argument(guest, scratch, random);
                }
                v.state.r[Vcpu.ESP] = scratch + 4096 + 4 * random.nextInt(512);
                v.state.r[Vcpu.EAX] = number;
                guest.machine.hypercalls.enter(v);
                v.parts().guestReturn.leave(v);
                guest.machine.machineMemory.settle();
            }
            guest.machine.run(guest.domain, BUDGET);
            checkCounts(guest);
            guest.domain.close();
            assertThat(guest.machine.domains()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void randomInstructions(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            BootedGuest guest = BootedGuest.ordinary();
            Vcpu v = guest.vcpu();
            int scratch = guest.probe.symbol(random.nextBoolean() ? "scratch_pages" : "user_pages");
            byte[] code = new byte[4096];
            random.nextBytes(code);
            for (int i = 0; i < 200; i++) {
                code[random.nextInt(4096)] = INTERESTING[random.nextInt(INTERESTING.length)];
            }
            v.parts().guestCopy.write(v, scratch, code, 0, code.length);
            for (int register = 0; register < 8; register++) {
                v.state.r[register] = argument(guest, scratch, random);
            }
            v.state.eip = scratch + random.nextInt(64);
            if (random.nextInt(3) == 0) {
                v.setSelector(Vcpu.CS, 0xE02B);
                v.setSelector(Vcpu.SS, 0xE033);
            }
            guest.machine.run(guest.domain, BUDGET);
            checkCounts(guest);
            guest.domain.close();
        }
    }

    /** Prefixes, port and system instructions, INT n, far transfers. */
    private static final byte[] INTERESTING = {
        0x0F,
        0x66,
        0x67,
        (byte) 0xF0,
        (byte) 0xF3,
        (byte) 0xCD,
        (byte) 0x82,
        (byte) 0x80,
        0x20,
        0x22,
        0x6C,
        0x6E,
        (byte) 0xE4,
        (byte) 0xFA,
        (byte) 0xFB,
        (byte) 0xCF,
        (byte) 0xCB,
        (byte) 0x9A,
        (byte) 0xEA,
        0x65,
        0x0B,
        0x01,
        (byte) 0x8E
    };

    private static int argument(BootedGuest guest, int scratch, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextInt(40);
            case 2, 3, 4 -> scratch + 4 * random.nextInt(1024);
            case 5 -> 0xF5800000 - random.nextInt(64);
            case 6 -> guest.vcpu().baseMfn << random.nextInt(2) * 12;
            default -> random.nextInt();
        };
    }

    private static void fillScratch(BootedGuest guest, int scratch, Random random) {
        for (int i = 0; i < 64; i++) {
            guest.vcpu()
                    .parts()
                    .guestCopy
                    .write32(guest.vcpu(), scratch + 4 * random.nextInt(2048), argument(guest, scratch, random));
        }
    }

    private static void checkCounts(BootedGuest guest) {
        List<Invariants.Use> descriptors = new ArrayList<>();
        for (int mfn : guest.vcpu().gdtFrames) {
            if (mfn >= 0) {
                descriptors.add(new Invariants.Use(mfn, PageType.GDT));
            }
        }
        for (int mfn : guest.vcpu().ldtFrames) {
            if (mfn >= 0) {
                descriptors.add(new Invariants.Use(mfn, PageType.LDT));
            }
        }
        assertThat(Invariants.violations(guest.machine.machineMemory, new int[] {guest.vcpu().baseMfn}, descriptors))
                .isEmpty();
    }
}

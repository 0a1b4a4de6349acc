package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ringone.api.DomainSpec;
import org.ringone.api.Snapshots.Snapshot;
import org.ringone.guest.ProbeImage;
import org.ringone.reference.memory.FrameTable;
import org.ringone.reference.memory.PageType;

/** Forks of a machine run in threads of their own and share nothing that changes. */
class ForkedMachinesTest {

    private static final long DATA = 0x0040_B200_0000_0FFFL;

    /** Waits in each check until another machine is in one, too: each must still have its own descriptor before it. */
    private static final class MeetingChecks extends DescriptorChecks {
        private final CyclicBarrier both = new CyclicBarrier(2);

        @Override
        public boolean check(Descriptor d) {
            if (!d.present()) {
                return true;
            }
            long mine = d.bits();
            try {
                both.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("no other machine checks a descriptor", e);
            }
            return d.bits() == mine;
        }
    }

    @Test
    void twoForksCheckDescriptorsAtOnce() throws Exception {
        ReferenceParts.Builder parts = new ReferenceParts.Builder();
        parts.descriptorChecks = new MeetingChecks();
        ReferenceMachine machine = new ReferenceMachine(parts.build());
        machine.createDomain(DomainSpec.of(ProbeImage.standard().elf(), 32, false));
        Snapshot snapshot = machine.snapshot();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> accepted =
                    List.of(threads.submit(() -> accepts(snapshot, 1)), threads.submit(() -> accepts(snapshot, 2)));
            for (Future<Boolean> each : accepted) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whether a fork takes a page with one descriptor, whose base is that, for a GDT page. */
    private static boolean accepts(Snapshot snapshot, int base) {
        ReferenceMachine fork = (ReferenceMachine) snapshot.resume();
        GuestDomain domain = (GuestDomain) fork.domains().get(0);
        FrameTable frames = fork.machineMemory.frames();
        int mfn = fork.memory.frames() - 1;
        while (frames.owner(mfn) != domain.id() || frames.typeCount(mfn) != 0) {
            mfn--;
        }
        fork.memory.write64((long) mfn << 12, DATA | (long) base << 16);
        return fork.frameTypes().getPageAndType(mfn, domain.id(), PageType.GDT);
    }
}

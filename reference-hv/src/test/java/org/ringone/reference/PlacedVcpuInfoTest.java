package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Profile;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.SharedInfo;
import org.ringone.xen.VcpuOp;

/** Where a vcpu's information lies when the guest has placed it. */
class PlacedVcpuInfoTest {

    private static final int OFFSET = 0x140;

    private ReferenceMachine machine;
    private Domain domain;
    private Probe probe;
    private Page page;
    private Page structure;

    @BeforeEach
    void boot() throws Exception {
        machine = new ReferenceHypervisor("reference", Profile.Privilege.ORDINARY, ReferenceParts.on64BitHost(), 64)
                .start();
        ProbeImage image = ProbeImage.standard();
        domain = machine.createDomain(new DomainSpec(image.elf(), 32, "", new byte[0], 2, false));
        probe = Probe.attach(domain, image, BootedGuest.BUDGET, new Transcript());
        page = probe.scratchPages().get(0);
        structure = probe.scratchPages().get(1);
    }

    private int place(int vcpu, int mfn, int offset) throws Exception {
        int[] words = {mfn, 0, offset, 0};
        for (int i = 0; i < words.length; i++) {
            probe.write32(structure.address() + 4 * i, words[i]);
        }
        return probe.hypercall(Hypercall.VCPU_OP.number(), VcpuOp.REGISTER_VCPU_INFO, vcpu, structure.address());
    }

    @Test
    void maskEventsAndTimeLieThereFromThenOn() throws Exception {
        int old = probe.sharedInfo();
        int upcallMask = probe.read8(old + SharedInfo.UPCALL_MASK);
        int version = probe.read32(old + SharedInfo.TIME_VERSION);
        assertThat(place(0, page.mfn(), OFFSET)).isZero();
        int now = page.address() + OFFSET;
        assertThat(probe.read8(now + SharedInfo.UPCALL_MASK)).isEqualTo(upcallMask);
        assertThat(probe.read8(now + SharedInfo.UPCALL_PENDING)).isEqualTo(1);
        assertThat(probe.read32(now + SharedInfo.PENDING_SEL)).isEqualTo(-1);
        probe.run(CodeRun.ring1("mov ecx, 30000000\n l: loop l"));
        assertThat(probe.read32(now + SharedInfo.TIME_VERSION)).isNotEqualTo(version);
        assertThat(probe.read32(old + SharedInfo.TIME_VERSION)).isEqualTo(version);
    }

    @Test
    void itIsDoneOnceAndForOthersThatAreDown() throws Exception {
        assertThat(place(0, page.mfn(), OFFSET)).isZero();
        assertThat(place(0, page.mfn(), OFFSET)).isEqualTo(Errno.EINVAL.result());
        assertThat(place(1, page.mfn(), OFFSET + SharedInfo.VCPU_INFO_SIZE)).isZero();
        assertThat(place(2, page.mfn(), 0)).isEqualTo(Errno.ENOENT.result());
    }

    @ParameterizedTest
    @CsvSource({"4033", "4096", "-1", "-64"})
    void itMayNotReachBeyondThePage(int offset) throws Exception {
        assertThat(place(0, page.mfn(), offset)).isEqualTo(Errno.EINVAL.result());
        assertThat(place(0, page.mfn(), 4032)).isZero();
    }

    @Test
    void itLiesInAWritablePageOfTheDomainsOwn() throws Exception {
        int table = (int) (probe.walk(page.address()).l1Address() >>> 12);
        assertThat(place(0, table, 0)).isEqualTo(Errno.EINVAL.result());
        assertThat(place(0, -1, 0)).isEqualTo(Errno.EINVAL.result());
        assertThat(probe.hypercall(Hypercall.VCPU_OP.number(), VcpuOp.REGISTER_VCPU_INFO, 0, 0xF6800000))
                .isEqualTo(Errno.EFAULT.result());
    }

    @Test
    void aForkKeepsItAndADeadDomainGivesThePageBack() throws Exception {
        assertThat(place(0, page.mfn(), OFFSET)).isZero();
        ReferenceMachine fork = (ReferenceMachine) machine.snapshot().resume();
        GuestDomain forked = (GuestDomain) fork.domains().get(0);
        assertThat(forked.shared.placedIn(0)).isEqualTo(page.mfn());
        int free = fork.machineMemory.frames().frames();
        forked.close();
        assertThat(fork.domains()).isEmpty();
        Domain next = fork.createDomain(DomainSpec.of(ProbeImage.standard().elf(), 32, false));
        assertThat(Probe.attach(next, ProbeImage.standard(), BootedGuest.BUDGET, new Transcript())
                        .boot()
                        .complete())
                .isTrue();
        assertThat(fork.machineMemory.frames().frames()).isEqualTo(free);
    }

    @Test
    void theEraDoesNotHaveIt() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        assertThat(guest.probe.hypercall(Hypercall.VCPU_OP.number(), VcpuOp.REGISTER_VCPU_INFO, 0, 0))
                .isEqualTo(Errno.ENOSYS.result());
    }
}

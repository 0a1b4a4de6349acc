package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.xen.Errno;
import org.ringone.xen.SharedInfo;

/** The hypercalls that control the machine: refused to an ordinary domain, and what an initial one may do with them. */
class ControlHypercallsTest {

    private static final int PLATFORM_OP = 7;
    private static final int HVM_OP = 34;
    private static final int SYSCTL = 35;
    private static final int DOMCTL = 36;
    private static final int KEXEC_OP = 37;
    private static final int BAD = 0xF6800000;

    @ParameterizedTest
    @CsvSource({"7", "35", "36", "37"})
    void anOrdinaryDomainMayNot(int hypercall) throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        assertThat(guest.probe.hypercall(hypercall, BAD, BAD)).isEqualTo(Errno.EPERM.result());
    }

    @ParameterizedTest
    @CsvSource({"7, 0x03000001, 99", "35, 3, 1", "36, 5, 1"})
    void anInitialDomainFindsOnlyWhatIsThere(int hypercall, String version, int command) throws Exception {
        BootedGuest guest = BootedGuest.initial();
        int page = guest.probe.symbol("scratch_pages");
        guest.probe.write32(page, command);
        guest.probe.write32(page + 4, Long.decode(version).intValue() + 1);
        assertThat(guest.probe.hypercall(hypercall, page)).isEqualTo(Errno.EACCES.result());
        guest.probe.write32(page + 4, Long.decode(version).intValue());
        assertThat(guest.probe.hypercall(hypercall, page)).isEqualTo(Errno.ENOSYS.result());
        assertThat(guest.probe.hypercall(hypercall, BAD)).isEqualTo(Errno.EFAULT.result());
    }

    @Test
    void anInitialDomainSetsTheClockOnTheWall() throws Exception {
        BootedGuest guest = BootedGuest.initial();
        int page = guest.probe.symbol("scratch_pages");
        int clock = guest.probe.sharedInfo() + SharedInfo.WC_VERSION;
        int version = guest.probe.read32(clock);
        int[] words = {17, 0x03000001, 2_000_000_000, 250_000_000, 750_000_000, 0};
        for (int i = 0; i < words.length; i++) {
            guest.probe.write32(page + 4 * i, words[i]);
        }
        assertThat(guest.probe.hypercall(PLATFORM_OP, page)).isZero();
        assertThat(guest.probe.read32(clock)).isEqualTo(version + 2);
        assertThat(guest.probe.read32(guest.probe.sharedInfo() + SharedInfo.WC_SEC))
                .isEqualTo(1_999_999_999);
        assertThat(guest.probe.read32(guest.probe.sharedInfo() + SharedInfo.WC_NSEC))
                .isEqualTo(500_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        // command, domain, parameter, ordinary, initial
        "0, 0x7FF0, 0, EINVAL, EINVAL",
        "1, 0x7FF0, 6, EINVAL, EINVAL",
        "1, 0x7FF0, 7, EINVAL, EINVAL",
        "1, 99, 0, EPERM, ESRCH",
        "2, 0x7FF0, 0, EPERM, ESRCH",
        "4, 99, 0, EPERM, ESRCH",
        "5, 0, 0, ENOSYS, ENOSYS",
        "-1, 0, 0, ENOSYS, ENOSYS"
    })
    void nobodyHasParametersOfFullyVirtualDomains(
            int command, String domain, int parameter, Errno ordinary, Errno initial) throws Exception {
        for (BootedGuest guest : new BootedGuest[] {BootedGuest.ordinary(), BootedGuest.initial()}) {
            int page = guest.probe.symbol("scratch_pages");
            guest.probe.write32(page, Integer.decode(domain));
            guest.probe.write32(page + 4, parameter);
            Errno expected = guest.domain.privileged() ? initial : ordinary;
            assertThat(guest.probe.hypercall(HVM_OP, command, page)).isEqualTo(expected.result());
        }
    }

    @Test
    void noMemoryIsSetAsideForAnotherKernel() throws Exception {
        assertThat(BootedGuest.initial().probe.hypercall(KEXEC_OP, 0, BAD)).isEqualTo(Errno.EINVAL.result());
        assertThat(BootedGuest.initial().probe.hypercall(SYSCTL, BAD)).isEqualTo(Errno.EFAULT.result());
        assertThat(BootedGuest.initial().probe.hypercall(DOMCTL, BAD)).isEqualTo(Errno.EFAULT.result());
    }
}

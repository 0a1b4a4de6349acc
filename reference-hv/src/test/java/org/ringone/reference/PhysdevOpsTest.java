package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.xen.Errno;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;

/** physdev_op and physical interrupts on a machine that has none, in both forms of the hypercall. */
class PhysdevOpsTest {

    @ParameterizedTest
    @CsvSource({
        // command, first word, ordinary, initial
        "4, 0, 0, 0",
        "5, 9, 0, 0",
        "5, 255, 0, 0",
        "5, 256, EINVAL, EINVAL",
        "5, -1, EINVAL, EINVAL",
        "6, 3, 0, 0",
        "6, 4, EINVAL, EINVAL",
        "8, 0, EPERM, EINVAL",
        "9, 0, EPERM, EINVAL",
        "10, 9, EPERM, EINVAL",
        "11, 0, ENOSYS, ENOSYS",
        "12, 9, 0, 0",
        "12, 256, EINVAL, EINVAL",
        "12, -1, EINVAL, EINVAL",
        "13, 0, ENOSYS, ENOSYS",
        "0, 0, ENOSYS, ENOSYS"
    })
    void commandsGiveWhatTheEraGives(int command, int word, String ordinary, String initial) throws Exception {
        for (BootedGuest guest : new BootedGuest[] {BootedGuest.ordinary(), BootedGuest.initial()}) {
            String expected = guest.domain.privileged() ? initial : ordinary;
            int result = expected.equals("0") ? 0 : Errno.valueOf(expected).result();
            int page = guest.probe.symbol("scratch_pages");
            guest.probe.write32(page, command);
            guest.probe.write32(page + 4, word);
            assertThat(guest.probe.hypercall(Hypercall.PHYSDEV_OP.number(), command, page + 4))
                    .as("the new form")
                    .isEqualTo(result);
            assertThat(guest.probe.hypercall(Hypercall.PHYSDEV_OP_COMPAT.number(), page))
                    .as("the old form")
                    .isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, EPERM, EINVAL", "255, EPERM, EINVAL", "256, EINVAL, EINVAL", "-1, EINVAL, EINVAL"})
    void physicalInterruptsAreNotThereToBind(int interrupt, Errno ordinary, Errno initial) throws Exception {
        for (BootedGuest guest : new BootedGuest[] {BootedGuest.ordinary(), BootedGuest.initial()}) {
            int page = guest.probe.symbol("scratch_pages");
            guest.probe.write32(page, interrupt);
            guest.probe.write32(page + 4, 0);
            assertThat(guest.probe.hypercall(Hypercall.EVENT_CHANNEL_OP.number(), EventChannelOp.BIND_PIRQ, page))
                    .isEqualTo((guest.domain.privileged() ? initial : ordinary).result());
        }
    }
}

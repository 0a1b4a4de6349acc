package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.memory.World.BASE;
import static org.ringone.reference.memory.World.EINVAL;
import static org.ringone.reference.memory.World.SELF;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringone.xen.Errno;
import org.ringone.xen.GrantTableOp;

/** Grants of a domain to itself: what one domain sees of the table, of mappings, copies and transfers. */
class GrantOpsTest {

    private static final int WINDOW = 0x1000;
    private static final int PAGE = BASE + 0x20000;
    private static final int OTHER = BASE + 0x21000;
    private static final int OWN = 1;
    private static final int REF = 600;
    private static final int PERMIT = GrantTableOp.GTF_PERMIT_ACCESS;

    private final World world = new World();
    private final MachineMemory machine = world.machine;
    private final GrantOps operations = new GrantOps(machine);
    private final GrantTable table = world.domain.memory().grants();
    private final int page = world.mfn(PAGE);

    @AfterEach
    void countsAgree() {
        assertThat(world.violations()).isEmpty();
    }

    private ByteBuffer window() {
        return ByteBuffer.wrap(world.caller.window).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int call(int command, int... words) {
        world.caller.store(WINDOW, words);
        return operations.call(world.caller, command, WINDOW, 1);
    }

    private void grant(int ref, int flags, int domid, int mfn) {
        long at = ((long) table.frames()[ref / 512] << 12) + ref % 512 * 8;
        machine.ram().write16(at, flags);
        machine.ram().write16(at + 2, domid);
        machine.ram().write32(at + 4, mfn);
    }

    private int map(int flags, int ref, int domid, int linear) {
        assertThat(call(GrantTableOp.MAP_GRANT_REF, linear, 0, flags, ref, domid, 0, 0, 0))
                .isZero();
        return window().getShort(18);
    }

    private int unmap(int linear, int handle) {
        assertThat(call(GrantTableOp.UNMAP_GRANT_REF, linear, 0, 0, 0, handle, 0))
                .isZero();
        return window().getShort(20);
    }

    private int copy(
            int from, int fromDomain, int fromOffset, int to, int toDomain, int toOffset, int length, int flags) {
        assertThat(call(
                        GrantTableOp.COPY,
                        from,
                        fromOffset << 16 | fromDomain,
                        to,
                        toOffset << 16 | toDomain,
                        flags << 16 | length,
                        0))
                .isZero();
        return window().getShort(20);
    }

    @Test
    void theTableIsAsLongAsAskedFor() {
        assertThat(call(GrantTableOp.QUERY_SIZE, SELF, 0, 0, 0)).isZero();
        assertThat(window().getInt(4)).isEqualTo(4);
        assertThat(window().getInt(8)).isEqualTo(32);
        assertThat(call(GrantTableOp.SETUP_TABLE, SELF, 6, 0, PAGE)).isZero();
        assertThat(window().getShort(8)).isEqualTo((short) GrantTableOp.OKAY);
        assertThat(window().getInt(4)).isEqualTo(6);
        assertThat(table.frames()).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(world.caller.load(PAGE + 4 * i)).isEqualTo(table.frames()[i]);
        }
    }

    @Test
    void whatIsAskedWronglyIsRefused() {
        call(GrantTableOp.SETUP_TABLE, SELF, 33, 0, PAGE);
        assertThat(window().getShort(8)).isEqualTo((short) GrantTableOp.GENERAL_ERROR);
        call(GrantTableOp.SETUP_TABLE, 0, 1, 0, PAGE);
        assertThat(window().getShort(8)).isEqualTo((short) GrantTableOp.PERMISSION_DENIED);
        call(GrantTableOp.QUERY_SIZE, 5, 0, 0, 0);
        assertThat(window().getShort(12)).isEqualTo((short) GrantTableOp.PERMISSION_DENIED);
        assertThat(operations.call(world.caller, GrantTableOp.QUERY_SIZE, WINDOW, 2))
                .isEqualTo(EINVAL);
        assertThat(operations.call(world.caller, GrantTableOp.COPY, WINDOW, 513))
                .isEqualTo(EINVAL);
        assertThat(operations.call(world.caller, GrantTableOp.COPY, 0xF57FFFF0, 1))
                .isEqualTo(Errno.EFAULT.result());
        assertThat(operations.call(world.caller, 3, WINDOW, 1)).isEqualTo(Errno.ENOSYS.result());
        assertThat(operations.call(world.caller, 8, WINDOW, 1)).isEqualTo(Errno.ENOSYS.result());
        assertThat(table.frames()).hasSize(4);
    }

    @Test
    void aGrantIsMappedAndUnmapped() {
        grant(REF, PERMIT, OWN, page);
        int references = machine.frames().references(page);
        assertThat(map(GrantTableOp.HOST_MAP, REF, OWN, OTHER)).isEqualTo(GrantTableOp.OKAY);
        int handle = window().getInt(20);
        assertThat(window().getLong(24)).isEqualTo((long) page << 12);
        assertThat(world.mfn(OTHER)).isEqualTo(page);
        assertThat(table.flags(REF)).isEqualTo(PERMIT | GrantTableOp.GTF_READING | GrantTableOp.GTF_WRITING);
        assertThat(world.violations()).isEmpty();
        assertThat(unmap(PAGE + 0x5000, handle)).as("not mapped there").isEqualTo(GrantTableOp.GENERAL_ERROR);
        assertThat(unmap(OTHER, handle)).isEqualTo(GrantTableOp.OKAY);
        assertThat(world.mfn(OTHER)).isZero();
        assertThat(table.flags(REF)).isEqualTo(PERMIT);
        assertThat(machine.frames().references(page)).isEqualTo(references);
        assertThat(unmap(OTHER, handle)).as("twice").isEqualTo(GrantTableOp.BAD_HANDLE);
    }

    @Test
    void aReadOnlyGrantIsMappedReadOnlyOnly() {
        grant(REF, PERMIT | GrantTableOp.GTF_READONLY, OWN, page);
        assertThat(map(GrantTableOp.HOST_MAP, REF, OWN, OTHER)).isEqualTo(GrantTableOp.GENERAL_ERROR);
        assertThat(world.mfn(OTHER)).isNotEqualTo(page);
        assertThat(map(GrantTableOp.HOST_MAP | GrantTableOp.READONLY, REF, OWN, OTHER))
                .isEqualTo(GrantTableOp.OKAY);
        assertThat(machine.tables().l1Entry(world.caller.baseMfn(), OTHER) & 2).isZero();
        assertThat(table.flags(REF) & GrantTableOp.GTF_WRITING).isZero();
        assertThat(unmap(OTHER, window().getInt(20))).isEqualTo(GrantTableOp.OKAY);
    }

    @Test
    void aMappingNeedsAGrantAndAPlace() {
        grant(REF, PERMIT, OWN, page);
        grant(REF + 1, 0, OWN, page);
        grant(REF + 2, PERMIT, 9, page);
        grant(REF + 3, PERMIT, OWN, world.caller.baseMfn());
        assertThat(map(0, REF, OWN, OTHER)).isEqualTo(GrantTableOp.BAD_GNTREF);
        assertThat(map(GrantTableOp.HOST_MAP, 4 * 512, OWN, OTHER)).isEqualTo(GrantTableOp.BAD_GNTREF);
        assertThat(map(GrantTableOp.HOST_MAP, REF, 77, OTHER)).isEqualTo(GrantTableOp.BAD_DOMAIN);
        assertThat(map(GrantTableOp.HOST_MAP, REF + 1, OWN, OTHER)).isEqualTo(GrantTableOp.GENERAL_ERROR);
        assertThat(map(GrantTableOp.HOST_MAP, REF + 2, OWN, OTHER)).isEqualTo(GrantTableOp.GENERAL_ERROR);
        assertThat(map(GrantTableOp.HOST_MAP, REF + 3, OWN, OTHER))
                .as("a table")
                .isEqualTo(GrantTableOp.GENERAL_ERROR);
        assertThat(map(GrantTableOp.HOST_MAP, REF, OWN, 0xF5800000)).isEqualTo(GrantTableOp.GENERAL_ERROR);
        assertThat(table.flags(REF)).isEqualTo(PERMIT);
        assertThat(world.mfn(OTHER)).isNotEqualTo(page);
    }

    @Test
    void copiesStayInTheirPagesAndAsGranted() {
        grant(REF, PERMIT | GrantTableOp.GTF_READONLY, OWN, page);
        int other = world.mfn(OTHER);
        machine.ram().write32(((long) page << 12) + 0x10, 0x12345678);
        assertThat(copy(REF, OWN, 0x10, other, SELF, 0xFFC, 4, GrantTableOp.SOURCE_GREF))
                .isEqualTo(GrantTableOp.OKAY);
        assertThat(machine.ram().read32(((long) other << 12) + 0xFFC)).isEqualTo(0x12345678);
        assertThat(table.flags(REF)).isEqualTo(PERMIT | GrantTableOp.GTF_READONLY);
        assertThat(copy(REF, OWN, 0, other, SELF, 0xFFD, 4, GrantTableOp.SOURCE_GREF))
                .isEqualTo(GrantTableOp.BAD_COPY_ARG);
        assertThat(copy(page, OWN, 0, other, SELF, 0, 4, 0)).isEqualTo(GrantTableOp.PERMISSION_DENIED);
        assertThat(copy(other, SELF, 0, REF, OWN, 0, 4, GrantTableOp.DEST_GREF)).isEqualTo(GrantTableOp.GENERAL_ERROR);
        assertThat(copy(other, SELF, 0, world.caller.baseMfn(), SELF, 0, 4, 0)).isEqualTo(GrantTableOp.GENERAL_ERROR);
    }

    @Test
    void aFrameInUseIsNotGivenAway() {
        assertThat(call(GrantTableOp.TRANSFER, page, OWN, REF, 0)).isZero();
        assertThat(window().getShort(12)).isEqualTo((short) GrantTableOp.BAD_PAGE);
        assertThat(machine.frames().owner(page)).isEqualTo(OWN);
        assertThat(call(GrantTableOp.TRANSFER, table.frames()[0], OWN, REF, 0)).isZero();
        assertThat(window().getShort(12)).isEqualTo((short) GrantTableOp.BAD_PAGE);
        assertThat(call(GrantTableOp.TRANSFER, -1, OWN, REF, 0)).isZero();
        assertThat(window().getShort(12)).isEqualTo((short) GrantTableOp.BAD_PAGE);
    }
}

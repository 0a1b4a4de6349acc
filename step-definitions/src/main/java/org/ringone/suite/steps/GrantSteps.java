package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.suite.world.Bytes;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.World;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.GrantTableOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuUpdate;

/** Memory that domains share: the table in which a domain grants it, 512 entries of 8 bytes in its first page. */
public final class GrantSteps {

    /** Where the list of frames lies, behind the structure. */
    private static final int LIST = 64;

    private static final int STATUS = 8;

    private final World world;

    public GrantSteps(World world) {
        this.world = world;
    }

    @Given("the grant table {string}")
    public void table(String name) {
        world.act(guest -> {
            Page at = guest.take(name);
            long frame = firstFrame(guest) & 0xFFFF_FFFFL;
            guest.must(
                    guest.map(at.address(), frame << AddressSpace.PAGE_SHIFT | Guest.READ_WRITE),
                    "mapping the first frame of the grant table");
        });
    }

    private static int firstFrame(Guest guest) throws ProbeException {
        int structure = guest.arguments().address();
        guest.probe().write(structure, Bytes.words(MmuUpdate.DOMID_SELF, 1, 0, structure + LIST));
        guest.must(
                guest.call(Hypercall.GRANT_TABLE_OP, GrantTableOp.SETUP_TABLE, structure, 1), "GNTTABOP_setup_table");
        guest.must((short) guest.probe().read32(structure + STATUS), "setting up the grant table");
        return guest.probe().read32(structure + LIST);
    }
}

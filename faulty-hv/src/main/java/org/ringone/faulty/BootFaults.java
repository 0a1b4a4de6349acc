package org.ringone.faulty;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ringone.api.DomainSpec;
import org.ringone.reference.PrivilegedInstructions;
import org.ringone.reference.StartState;
import org.ringone.reference.Vcpu;
import org.ringone.reference.build.BuiltDomain;

/** Faults of booting (area BOOT). */
final class BootFaults {

    private static final int DS = 3;
    private static final int FLAT_RING3_DS = 0xE033;
    private static final int HEADER_ENTRY = 24;

    private BootFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "BOOT-05",
                        "starts at the ELF header's entry whatever the note says",
                        parts -> parts.startState = new StartState() {
                            @Override
                            protected int entry(DomainSpec spec, BuiltDomain built) {
                                return ByteBuffer.wrap(spec.image())
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .getInt(HEADER_ENTRY);
                            }
                        }),
                Fault.of(
                        "BOOT-06",
                        "shows a CR0 without paging",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            protected int readControl(Vcpu v, int register) {
                                int value = super.readControl(v, register);
                                return register == 0 ? value & 0x7FFFFFFF : value;
                            }
                        }),
                Fault.of(
                        "BOOT-07",
                        "starts with the user's data segment in DS",
                        parts -> parts.startState = new StartState() {
                            @Override
                            protected void segments(Vcpu v) {
                                super.segments(v);
                                v.setSelector(DS, FLAT_RING3_DS);
                            }
                        }),
                Fault.of(
                        "BOOT-08",
                        "names another architecture in start_info's magic",
                        parts -> parts.startState = new StartState() {
                            @Override
                            protected int startInfo(Vcpu v, BuiltDomain built) {
                                byte[] magic = "xen-3.0-x86_64\0\0".getBytes(StandardCharsets.US_ASCII);
                                v.cpu().mmu().write(built.startInfo(), magic, 0, magic.length, false);
                                return super.startInfo(v, built);
                            }
                        }));
    }
}

package org.ringone.faulty;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ringone.api.DomainSpec;
import org.ringone.emulator.InterruptKind;
import org.ringone.reference.PrivilegedInstructions;
import org.ringone.reference.SharedInfoView;
import org.ringone.reference.SoftwareInterrupts;
import org.ringone.reference.StartState;
import org.ringone.reference.Vcpu;
import org.ringone.reference.VersionInfo;
import org.ringone.reference.build.BootRules;
import org.ringone.reference.build.BuiltDomain;
import org.ringone.reference.memory.EntryChecks;
import org.ringone.reference.memory.MemoryRules;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.StartInfo;
import org.ringone.xen.XenVersion;

/** Faults of booting (area BOOT). */
final class BootFaults {

    private static final int DS = 3;
    private static final int FLAT_RING3_DS = 0xE033;
    private static final int HEADER_ENTRY = 24;
    private static final int LAST_SLOT = 511;

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
                        }),
                Fault.of(
                        "BOOT-09",
                        "counts one page too many",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int startInfo(int offset, int value) {
                                return offset == StartInfo.NR_PAGES ? value + 1 : value;
                            }
                        }),
                Fault.of(
                        "BOOT-09",
                        "says nothing of the ramdisk's size",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int startInfo(int offset, int value) {
                                return offset == StartInfo.MOD_LEN ? 0 : value;
                            }
                        }),
                Fault.of(
                        "BOOT-09",
                        "keeps only 256 bytes of the command line",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public String commandLine(String given) {
                                return given.substring(0, Math.min(255, given.length()));
                            }
                        }),
                Fault.of(
                        "BOOT-09",
                        "names a channel for the store that is not open",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int startInfo(int offset, int value) {
                                return offset == StartInfo.STORE_EVTCHN ? 3 : value;
                            }
                        }),
                Fault.of(
                        "BOOT-10",
                        "leaves less than 512 KiB free",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int slack() {
                                return 256 << 10;
                            }
                        }),
                Fault.of(
                        "BOOT-10",
                        "starts with a stack pointer below its stack",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int stackPointer(int end) {
                                return end - 3 * AddressSpace.PAGE_SIZE;
                            }
                        }),
                Fault.of(
                        "BOOT-11",
                        "lists the last frames in the wrong order",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int listed(int pfn, int mfn) {
                                return pfn >= 0x1E00 ? mfn ^ 1 : mfn;
                            }
                        }),
                Fault.of(
                        "BOOT-11",
                        "lets the guest write the machine-to-physical table",
                        parts -> parts.memoryRules = MemoryRules.reference().with(new EntryChecks() {
                            @Override
                            public int machineToPhysical() {
                                return super.machineToPhysical() | PageTableBits.RW;
                            }
                        })),
                Fault.of(
                        "BOOT-12",
                        "maps the frame list read-only",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int mapping(boolean pageTable, boolean frameList) {
                                return super.mapping(pageTable || frameList, frameList);
                            }
                        }),
                Fault.of(
                        "BOOT-14",
                        "masks events of the first vcpu only",
                        parts -> parts.startState = new StartState() {
                            @Override
                            protected void events(SharedInfoView shared) {
                                shared.setUpcallMask(0, 1);
                            }
                        }),
                Fault.of(
                        "BOOT-14",
                        "starts with an event pending",
                        parts -> parts.startState = new StartState() {
                            @Override
                            protected void events(SharedInfoView shared) {
                                super.events(shared);
                                shared.testAndSetPending(1);
                            }
                        }),
                Fault.of(
                        "BOOT-13",
                        "calls the next one from the last slot in use",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public int hypercall(int slot) {
                                return slot == 33 ? slot + 1 : slot;
                            }
                        }),
                Fault.of(
                        "BOOT-13",
                        "takes hypercalls from ring 3",
                        parts -> parts.softwareInterrupts = new SoftwareInterrupts() {
                            @Override
                            public boolean isHypercall(Vcpu v, InterruptKind kind) {
                                return kind == InterruptKind.INT_N;
                            }
                        }),
                Fault.of(
                        "BOOT-15",
                        "says that its range begins behind the machine-to-physical table",
                        parts -> parts.versionInfo = new VersionInfo() {
                            @Override
                            public int operation(Vcpu v, int command, int argument) {
                                int result = super.operation(v, command, argument);
                                if (command == XenVersion.PLATFORM_PARAMETERS && result == 0) {
                                    byte[] end = {0, 0, (byte) 0x80, (byte) 0xF6}; // MACH2PHYS_END
                                    v.cpu().mmu().write(argument, end, 0, end.length, false);
                                }
                                return result;
                            }
                        }),
                Fault.of(
                        "BOOT-15",
                        "lets the guest have the last slot",
                        parts -> parts.memoryRules = MemoryRules.reference().with(new EntryChecks() {
                            @Override
                            public boolean guestSlot(int xenL2Slot) {
                                return super.guestSlot(xenL2Slot) || xenL2Slot == LAST_SLOT;
                            }
                        })),
                Fault.of(
                        "BOOT-18",
                        "says that it has writable page tables",
                        parts -> parts.versionInfo = new VersionInfo() {
                            @Override
                            protected int featureBits(Vcpu v) {
                                return super.featureBits(v) | 1 << XenVersion.FEATURE_WRITABLE_PAGE_TABLES;
                            }
                        }),
                Fault.of(
                        "BOOT-18",
                        "says nothing of page directories above 4 GiB",
                        parts -> parts.versionInfo = new VersionInfo() {
                            @Override
                            protected int featureBits(Vcpu v) {
                                return 0;
                            }
                        }));
    }
}

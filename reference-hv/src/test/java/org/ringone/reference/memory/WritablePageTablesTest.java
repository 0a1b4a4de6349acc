package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuConfig;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.InterruptKind;
import org.ringone.emulator.TrapSink;
import org.ringone.reference.build.TestKernel;
import org.ringone.x86.Assembler;
import org.ringone.x86.AssemblyException;

/** Real instructions, run in ring 1 on the guest's own tables, that store to entries of its first L1. */
class WritablePageTablesTest implements TrapSink {

    private static final int PAGE = World.BASE + 0x20000;
    private static final int CODE = TestKernel.START;

    private final World world = new World();
    private final MachineMemory machine = world.machine;
    private WritablePageTables tables = new WritablePageTables(machine);
    private final Cpu cpu = new Cpu(machine.ram(), CpuConfig.standard(), this);
    private final CpuState state = cpu.state();

    /** Where the guest sees the L1 entry of {@link #PAGE}, read-only. */
    private int entry;

    private long before;
    private int faults;
    private int errorCode;
    private int emulated;

    @BeforeEach
    void ringOne() {
        entry = world.domain.stack() - 3 * 0x1000 + (PAGE >>> 12 & 0x1FF) * 8;
        assertThat(machine.tables().l1EntryAddress(world.caller.baseMfn(), PAGE))
                .isEqualTo((long) world.mfn(entry) << 12 | entry & 0xFFF);
        before = read();
        cpu.control().cr4(CpuState.CR4_PAE);
        cpu.control().cr0(CpuState.CR0_PE | CpuState.CR0_PG | CpuState.CR0_WP);
        cpu.control().cr3(world.caller.baseMfn() << 12);
        cpu.segmentation().set(CpuState.CS, 0xE019, 0x00CFBA000000FFFFL | 1L << 40);
        for (int register : new int[] {CpuState.ES, CpuState.SS, CpuState.DS, CpuState.FS, CpuState.GS}) {
            cpu.segmentation().set(register, 0xE021, 0x00CFB2000000FFFFL | 1L << 40);
        }
        cpu.segmentation().cpl(1);
        state.r[CpuState.ESP] = World.BASE + 0x30000;
        world.machine.domain(1).setAssist(Assist.WRITABLE_PAGETABLES, true);
    }

    @AfterEach
    void countsAgree() {
        assertThat(world.violations()).isEmpty();
    }

    @Override
    public void exception(Cpu of, int vector, int code) {
        if (vector == 14 && tables.storeFault(world.caller, of, of.state().cr2, code)) {
            emulated++;
            return;
        }
        faults++;
        errorCode = code;
        of.requestStop();
    }

    @Override
    public void interrupt(Cpu of, int vector, InterruptKind kind, int start) {
        of.requestStop(); // the end of the code: INT3
    }

    private long read() {
        return machine.ram().read64((long) world.mfn(entry) << 12 | entry & 0xFFF);
    }

    private void run(String code) {
        faults = 0;
        emulated = 0;
        try {
            byte[] bytes = Assembler.assemble(
                            "bits 32\n" + code.replace(";", "\n") + "\nint3\n", Map.of("pte", entry), CODE)
                    .bytes();
            machine.ram().write((long) world.mfn(CODE) << 12, bytes, 0, bytes.length);
        } catch (AssemblyException e) {
            throw new AssertionError(e);
        }
        state.eip = CODE;
        cpu.run(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mov byte [pte], 0x61",
                "mov word [pte], ax",
                "mov dword [pte], eax",
                "xchg [pte], eax",
                "lock and dword [pte], 0xFFFFFFFD",
                "lock btr dword [pte], 1",
                "and byte [pte], 0xFD",
                "mov ecx, eax; mov eax, [pte]; lock cmpxchg [pte], ecx",
                "mov ebx, eax; mov eax, [pte]; mov edx, [pte+4]; mov ecx, edx; lock cmpxchg8b [pte]",
                "mov edi, pte; stosd",
                "mov edi, pte; mov ecx, 1; rep stosd",
                "mov dword [0xC0020800], eax; mov esi, 0xC0020800; mov edi, pte; movsd",
                "mov esp, pte+4; push eax"
            })
    void storesThatMakeAValidEntryTakeEffect(String code) {
        long wanted = before & ~2L; // read-only from now on
        state.r[CpuState.EAX] = (int) wanted;
        run(code);
        assertThat(faults).isZero();
        assertThat(emulated).isEqualTo(1);
        assertThat(read() & ~0x60L).isEqualTo(wanted & ~0x60L);
        assertThat(machine.frames().typeCount(world.mfn(PAGE))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mov [pte], eax",
                "xchg [pte], eax",
                "mov edi, pte; mov ecx, 3; rep stosd",
                "or dword [pte], 0x100",
                "lock bts dword [pte], 8",
                "add dword [pte], 0x7F000000",
                "mov dword [pte+4], 0x1000"
            })
    void storesThatMakeAnInvalidEntryFaultAndChangeNothing(String code) {
        state.r[CpuState.EAX] = world.caller.baseMfn() << 12 | 3;
        state.r[CpuState.EDI] = 0;
        int flags = state.eflags();
        run(code);
        assertThat(faults).isOne();
        assertThat(errorCode).isEqualTo(3);
        assertThat(emulated).isZero();
        assertThat(state.cr2 & ~7).isEqualTo(entry);
        assertThat(read() & ~0x60L).isEqualTo(before & ~0x60L);
        assertThat(state.r[CpuState.EAX]).isEqualTo(world.caller.baseMfn() << 12 | 3);
        assertThat(state.eflags() & 0x8D5).isEqualTo(flags & 0x8D5);
    }

    @Test
    void anEntryWrittenInTwoHalvesTakesEffect() {
        int other = world.mfn(PAGE + 0x1000);
        state.r[CpuState.EAX] = other << 12 | 0x61;
        run("mov dword [pte], 0; mov dword [pte+4], 0x80000000; mov [pte], eax");
        assertThat(faults).isZero();
        assertThat(read()).isEqualTo(PageTableEntry.of(other, 0x61) | 1L << 63);
    }

    @Test
    void misalignedStoresFault() {
        run("mov dword [pte+2], 0");
        assertThat(faults).isOne();
        run("mov word [pte+7], ax");
        assertThat(faults).isOne();
        assertThat(read() & ~0x60L).isEqualTo(before & ~0x60L);
    }

    @Test
    void repeatedStoresGoOnEntryByEntry() {
        long next = machine.tables().l1EntryAddress(world.caller.baseMfn(), PAGE + 0x1000);
        run("xor eax, eax; mov edi, pte; mov ecx, 4; rep stosd");
        assertThat(faults).isZero();
        assertThat(emulated).isEqualTo(4);
        assertThat(state.r[CpuState.ECX]).isZero();
        assertThat(state.r[CpuState.EDI]).isEqualTo(entry + 16);
        assertThat(machine.ram().read64(next)).isZero();
    }

    @Test
    void withoutTheAssistOrForOtherTablesStoresFault() {
        world.machine.domain(1).setAssist(Assist.WRITABLE_PAGETABLES, false);
        run("mov dword [pte], 0");
        assertThat(faults).isOne();
        world.machine.domain(1).setAssist(Assist.WRITABLE_PAGETABLES, true);
        state.r[CpuState.EBX] = (entry & ~0xFFF) - 0x1000; // the L2
        run("mov eax, [ebx+24]; mov [ebx+24], eax");
        assertThat(faults).isOne();
        state.r[CpuState.EBX] = (entry & ~0xFFF) - 0x2000; // the L3
        run("mov eax, [ebx]; mov [ebx], eax");
        assertThat(faults).isOne();
        cpu.segmentation().cpl(3);
        run("mov dword [pte], 0");
        assertThat(faults).isOne();
    }

    @Test
    void anUpperHalfThatInvalidatesClearsPresentWhereTheRulesSaySo() {
        run("mov dword [pte+4], 0x1000");
        assertThat(faults).as("as 3.1.0").isOne();
        StoreRules later = new StoreRules() {
            @Override
            public boolean upperHalfClearsPresent() {
                return true;
            }
        };
        tables = new WritablePageTables(machine, later);
        run("mov eax, 0x1000; xchg [pte+4], eax");
        assertThat(faults).as("an exchange").isOne();
        run("mov dword [pte+4], 0x1000");
        assertThat(faults).isZero();
        assertThat(read() & ~0x60L).isEqualTo(0x1000L << 32 | before & 0xFFFFFF9EL);
    }
}

package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Profile;
import org.ringone.guest.GuestKernel;
import org.ringone.reference.GuestObserver;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.VcpuView;

/** Listening changes nothing, and what is heard is exact. */
class ObservationTest {

    private static final Budget BUDGET = new Budget(1_000_000, java.time.Duration.ofDays(1));

    private record Ran(long retired, long time, long entries, Exit exit, List<String> trace) {}

    private static Ran run(byte[] image, GuestObserver observer) throws Exception {
        ReferenceHypervisor hypervisor =
                new ReferenceHypervisor("reference", Profile.Privilege.ORDINARY, ReferenceParts.on64BitHost(), 24);
        try (ReferenceMachine machine = hypervisor.start()) {
            Domain domain = machine.createDomain(DomainSpec.of(image, 8, false));
            if (observer != null) {
                machine.observe(domain, observer);
            }
            for (int i = 0; i < 20 && domain.exit() instanceof Exit.Running; i++) {
                domain.console().read(BUDGET);
            }
            return new Ran(
                    machine.instructionsRetired(),
                    machine.systemTime(),
                    machine.hypervisorEntries(),
                    domain.exit(),
                    machine.drainTrace());
        }
    }

    @Test
    void aRunThatIsListenedToIsTheSameRun() throws Exception {
        byte[] image = GuestKernel.right().exercised().elf();
        assertThat(run(image, new org.ringone.cli.audit.GuestAudit())).isEqualTo(run(image, null));
    }

    @Test
    void auditsOfTheSameKernelAreTheSame() throws Exception {
        byte[] image = GuestKernel.right().exercised().elf();
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        run(image, listener(one));
        run(image, listener(other));
        assertThat(one).isEqualTo(other).hasSizeGreaterThan(1000);
    }

    private static GuestObserver listener(List<String> heard) {
        return new GuestObserver() {
            @Override
            public void entered(VcpuView v) {
                heard.add("entered " + v.retired() + " " + v.eip());
            }

            @Override
            public void vcpuInfoWritten(VcpuView v, int start) {
                heard.add("written " + v.retired() + " " + start + " " + v.masked());
            }

            @Override
            public void identifying(VcpuView v) {
                heard.add("cpuid " + v.eip());
            }
        };
    }

    @Test
    void aStoreToTheMaskIsHeardAtItsInstructionBetweenOthers() throws Exception {
        // shared_info replaces the page for data; two stores in one stretch of code without an entry
        String code = """
                mov edi, esi
                mov ebx, data
                mov ecx, [edi + 36]
                or ecx, 3
                xor edx, edx
                xor esi, esi
                mov eax, 14
                int 0x82
                nop
                mov byte [data + 1], 0
                nop
                nop
                mov byte [data + 1], 1
                cpuid
                ud2
                """;
        List<String> heard = new ArrayList<>();
        List<Long> retired = new ArrayList<>();
        GuestObserver observer = new GuestObserver() {
            private boolean masked = true;

            @Override
            public void vcpuInfoWritten(VcpuView v, int start) {
                if (masked != v.masked()) {
                    masked = v.masked();
                    heard.add(v.instructionAt(start));
                    retired.add(v.retired());
                }
            }

            @Override
            public void identifying(VcpuView v) {
                heard.add(v.instructionAt(v.eip() - 2));
            }
        };
        run(SmallKernel.of(code), observer);
        assertThat(heard).containsExactly("mov byte [0x102001], 0", "mov byte [0x102001], 1", "cpuid");
        assertThat(retired.get(0)).isEqualTo(10);
        assertThat(retired.get(1)).isEqualTo(13);
    }
}

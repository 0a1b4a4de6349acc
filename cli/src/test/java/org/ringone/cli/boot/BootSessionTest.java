package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Profile;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.ReferenceParts;

class BootSessionTest {

    private static final int MIB = 8;
    /** Long enough for any machine; only the guest that is meant to run out of time does. */
    private static final long PATIENCE = 120;

    private static final String SHUT_DOWN = """
            mov dword [data], %d
            mov ebx, 2
            mov ecx, data
            mov eax, 29
            int 0x82
            """;

    private static Booted boot(String code) throws Exception {
        return Booted.of(SmallKernel.of(code), "", MIB, PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"0, power off", "1, reboot", "2, suspend", "3, crash"})
    void theReasonOfAShutdownIsTheExitCode(int reason, String words) throws Exception {
        Ending ending = boot(String.format(SHUT_DOWN, reason)).ending();
        assertThat(ending.exitCode()).isEqualTo(reason);
        assertThat(ending.words()).contains(words);
    }

    @Test
    void aCrashIsToldWithRegistersStackAndTheLastInstructions() throws Exception {
        Booted booted =
                boot("mov esi, 0x12345678\nmov ecx, 3\nagain: loop again\npush esi\n" + String.format(SHUT_DOWN, 3));
        assertThat(booted.postMortem())
                .contains("esi 12345678")
                .contains("Stack:\n  12345678")
                .containsSubsequence("loop", "loop", "loop", "push esi", "mov ebx, 2", "mov ecx, 0x102000", "int 0x82");
    }

    @Test
    void aGuestWithoutAHandlerIsKilled() throws Exception {
        Booted booted = boot("mov edx, 0x80000000\nud2");
        assertThat(booted.ending().exitCode()).isEqualTo(4);
        assertThat(booted.ending().words()).contains("no handler");
        assertThat(booted.postMortem()).contains("edx 80000000").contains("ud2");
    }

    @Test
    void aFaultOnItsOwnStackKillsTheGuestOnly() throws Exception {
        Booted booted = boot("mov esp, 0xF0000010\npush eax");
        assertThat(booted.ending().exitCode()).isEqualTo(4);
        assertThat(booted.postMortem()).contains("Its stack cannot be read.");
    }

    @Test
    void aGuestThatNothingWillWakeEndsTheSession() throws Exception {
        // its periodic timer stopped, it blocks
        Booted booted = boot("""
                mov ebx, 7
                xor ecx, ecx
                xor edx, edx
                mov eax, 24
                int 0x82
                mov ebx, 1
                xor ecx, ecx
                mov eax, 29
                int 0x82
                ud2
                """);
        assertThat(booted.ending()).isEqualTo(Ending.SLEEPS);
    }

    @Test
    void aGuestThatSpinsIsStoppedWhenItsTimeIsOver() throws Exception {
        Booted booted = Booted.of(SmallKernel.of("cli_forever: jmp cli_forever"), "", MIB, 1);
        assertThat(booted.ending().exitCode()).isEqualTo(124);
    }

    @Test
    void aFloodOnTheConsoleComesThroughAndEnds() throws Exception {
        // as the initial domain, by console_io
        String code = """
                mov edi, data
                mov ecx, 1024
                mov al, 'x'
                rep stosb
                mov esi, 200
                more:
                xor ebx, ebx
                mov ecx, 1024
                mov edx, data
                mov eax, 18
                int 0x82
                dec esi
                jnz more
                """ + String.format(SHUT_DOWN, 0);
        Booted booted = Booted.of(DomainSpec.of(SmallKernel.of(code, SmallKernel.HIGH), MIB, true), "", PATIENCE);
        assertThat(booted.ending().exitCode()).isZero();
        assertThat(booted.output()).hasSizeGreaterThan(1024).matches("x+");
    }

    @Test
    void whatIsTypedReachesTheGuest() throws Exception {
        // reads one byte by console_io and shuts down with it as the reason
        String code = """
                wait:
                mov ebx, 1
                mov ecx, 1
                mov edx, data + 4
                mov eax, 18
                int 0x82
                test eax, eax
                jz wait
                movzx eax, byte [data + 4]
                sub eax, '0'
                mov [data], eax
                mov ebx, 2
                mov ecx, data
                mov eax, 29
                int 0x82
                """;
        Booted booted = Booted.of(DomainSpec.of(SmallKernel.of(code, SmallKernel.HIGH), MIB, true), "1", PATIENCE);
        assertThat(booted.ending().exitCode()).isEqualTo(1);
    }

    @Test
    void aHypercallThatMakesWayIsNotTriedAgainWhileNothingElseHappens() throws Exception {
        // 100 times a multicall of 60 entries that are dear; only the first 60 entries are ever looked at
        String code = """
                mov edi, data
                mov ecx, 60
                entries:
                mov dword [edi], 26
                mov dword [edi + 8], data + 0x800
                mov dword [edi + 12], 1
                mov dword [edi + 16], 0
                mov dword [edi + 20], 0x7FF0
                add edi, 32
                loop entries
                mov dword [data + 0x800], 6
                mov ebp, 100
                again:
                mov ebx, data
                mov ecx, 60
                mov eax, 13
                int 0x82
                dec ebp
                jnz again
                """ + String.format(SHUT_DOWN, 0);
        long[] retired = new long[2];
        int runs = 0;
        for (int i = 0; i < 2; i++) {
            ReferenceHypervisor hypervisor = new ReferenceHypervisor(
                    "reference", Profile.Privilege.ORDINARY, ReferenceParts.on64BitHost(), MIB + 16);
            try (ReferenceMachine machine = hypervisor.start()) {
                Domain domain = machine.createDomain(DomainSpec.of(SmallKernel.of(code), MIB, false));
                Budget budget = new Budget(i == 0 ? 1_000_000_000 : 5_000, Duration.ofDays(1));
                for (runs = 0; domain.exit() instanceof Exit.Running && runs < 10_000; runs++) {
                    domain.console().read(budget);
                }
                assertThat(domain.exit()).isInstanceOf(Exit.ShutDown.class);
                retired[i] = machine.instructionsRetired();
            }
        }
        assertThat(runs).isGreaterThan(100);
        assertThat(retired[1]).isBetween(retired[0], retired[0] + runs);
    }

    @Test
    void aRamdiskThatDoesNotFitIsRefused() {
        DomainSpec spec = DomainSpec.of(SmallKernel.of("ud2"), MIB, false).withRamdisk(new byte[16 << 20]);
        assertThatThrownBy(() -> Booted.of(spec, "", PATIENCE))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("MiB");
    }
}

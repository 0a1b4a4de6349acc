package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.cli.audit.RuleFinding.Verdict;

/** Audits of kernels that nobody meant well with. */
class AuditTest {

    private static final int MIB = 8;

    @Test
    void unknownHypercallsAndOperationsAreCountedLikeOthers() throws Exception {
        Audited audited = Audited.of(SmallKernel.of("""
                        mov eax, 60
                        int 0x82
                        mov eax, -1
                        int 0x82
                        mov eax, 29
                        mov ebx, 0x7FFFFFFF
                        int 0x82
                        mov eax, 32
                        mov ebx, -1
                        int 0x82
                        mov eax, 1
                        mov ebx, data
                        mov ecx, -1
                        xor edx, edx
                        int 0x82
                        mov eax, 13
                        mov ebx, data
                        mov ecx, -1
                        int 0x82
                        ud2
                        """), "", MIB);
        assertThat(audited.ending().exitCode()).isEqualTo(4);
        assertThat(audited.verdicts().values()).doesNotContain(Verdict.BROKEN);
    }

    @Test
    void aKernelThatDoesNothingExercisesNothing() throws Exception {
        Audited audited = Audited.of(SmallKernel.of("ud2"), "", MIB);
        assertThat(audited.verdicts().values()).doesNotContain(Verdict.BROKEN, Verdict.KEPT);
    }
}

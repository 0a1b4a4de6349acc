package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guest kernel and its wrong variants can be assembled, and differ where they say. */
class GuestKernelTest {

    private static final ProbeImage PROBE = ProbeImage.standard();

    static List<WrongGuest> wrongGuests() {
        return WrongGuests.all();
    }

    private static KernelProgram right() {
        return GuestKernel.right().at(PROBE, PROBE.symbol("memory_end"));
    }

    @Test
    void theKernelLiesWhereItIsAssembledFor() {
        KernelProgram program = right();
        assertThat(program.symbol("kernel_start")).isEqualTo(program.origin());
        assertThat(program.bytes().length % 4096).isZero();
        assertThat(program.size()).isEqualTo(GuestKernel.right().pages(PROBE) * 4096);
        assertThat(GuestKernel.operations())
                .contains("irq_enable", "set_pte_init", "failsafe_callback", "start_of_day");
    }

    @Test
    void itsMemoryDoesNotOverlap() {
        KernelProgram program = right();
        List<String> inOrder = List.of(
                "kernel_image_end",
                "call_log",
                "mc_list",
                "mc_args",
                "mc_callbacks",
                "variables",
                "boot_stack_top",
                "kernel_memory_end");
        assertThat(inOrder.stream().map(program::symbol).toList()).isSorted();
        assertThat(program.symbol("call_log") + program.symbol("call_log_size") * 32)
                .isLessThanOrEqualTo(program.symbol("mc_list"));
        assertThat(program.symbol("mc_list") + program.symbol("mc_size") * 32)
                .isLessThanOrEqualTo(program.symbol("mc_args"));
        assertThat(program.symbol("mc_args") + program.symbol("mc_args_size"))
                .isLessThanOrEqualTo(program.symbol("mc_callbacks"));
        assertThat(program.symbol("traps") + 257 * 8).isLessThanOrEqualTo(program.symbol("kernel_memory_end"));
    }

    @ParameterizedTest
    @MethodSource("wrongGuests")
    void everyWrongGuestCanBeAssembledAndIsAnotherKernel(WrongGuest wrong) {
        KernelProgram program = wrong.kernel().at(PROBE, PROBE.symbol("memory_end"));
        assertThat(program.bytes()).isNotEqualTo(right().bytes());
        assertThat(program.symbols()).containsKey(wrong.operation());
    }

    @Test
    void everyWrongGuestHasASentenceOfItsOwn() {
        assertThat(WrongGuests.all()).extracting(WrongGuest::wrong).doesNotHaveDuplicates();
        assertThat(WrongGuests.of("EVT-05"))
                .isNotEmpty()
                .allMatch(guest -> guest.rule().equals("EVT-05"));
    }

    @Test
    void anOperationThatIsNotThereIsNamed() {
        WrongGuest strange = new WrongGuest("EVT-05", "does what nobody does", "no_such", "ret");
        assertThatThrownBy(strange::kernel)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no_such")
                .hasMessageContaining("irq_enable");
    }

    @Test
    void startedWithTheDomainItLiesBehindTheProbe() {
        ProbeImage image = right().started();
        net.fornwall.jelf.ElfFile elf = net.fornwall.jelf.ElfFile.from(image.elf());
        assertThat((int) elf.getProgramHeader(1).p_vaddr).isEqualTo(PROBE.symbol("memory_end"));
        assertThat((int) elf.getProgramHeader(1).p_memsz).isEqualTo(right().size());
    }
}

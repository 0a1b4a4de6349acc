package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Upcall;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.World;

/** The time that the hypervisor tells, and events that come with it. */
public final class TimeSteps {

    /** Reads a vcpu_info's time as the public header says: again until the version is even and was the same all along. */
    private static final String CLOCK = """
            push ecx
            push esi
            push edi
            push ebp
            again:
            mov ebp, [ebx + 32]
            test ebp, 1
            jnz again
            rdtsc
            sub eax, [ebx + 40]
            sbb edx, [ebx + 44]
            mov cl, [ebx + 60]
            test cl, cl
            js right
            shld edx, eax, cl
            shl eax, cl
            jmp scaled
            right:
            neg cl
            shrd eax, edx, cl
            shr edx, cl
            scaled:
            mov esi, edx
            mul dword [ebx + 56]
            mov edi, edx
            mov eax, esi
            mul dword [ebx + 56]
            add eax, edi
            adc edx, 0
            add eax, [ebx + 48]
            adc edx, [ebx + 52]
            cmp ebp, [ebx + 32]
            jne again
            pop ebp
            pop edi
            pop esi
            pop ecx
            ret
            """;

    private final World world;

    public TimeSteps(World world) {
        this.world = world;
    }

    /** Code to be called with a vcpu_info in EBX. It gives the system time in EDX:EAX and changes nothing else. */
    @Given("a clock {string}")
    public void clock(String name) {
        world.act(guest ->
                guest.probe().place(CodeRun.ring1(CLOCK).at(guest.take(name).address())));
    }

    @Then("between {int} and {int} upcalls came")
    public void between(int least, int most) {
        world.act(guest -> {
            if (!(world.outcome() instanceof Outcome.Completed completed)) {
                throw Violation.of("the code runs to its end", world.answer().toString());
            }
            long count =
                    completed.log().stream().filter(Upcall.class::isInstance).count();
            if (count < least || count > most) {
                throw Violation.of("between " + least + " and " + most + " upcalls", String.valueOf(count));
            }
        });
    }
}

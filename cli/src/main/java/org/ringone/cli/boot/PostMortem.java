package org.ringone.cli.boot;

import java.io.PrintWriter;
import java.util.List;
import org.ringone.reference.VcpuView;

/** Tells what a guest that came to a bad end was doing. */
final class PostMortem {

    private static final int INSTRUCTIONS = 24;
    private static final int STACK_WORDS = 64;
    private static final int WORDS_IN_A_LINE = 8;

    private final AddressNames names;

    PostMortem(AddressNames names) {
        this.names = names;
    }

    void print(VcpuView vcpu, RecordedRun run, PrintWriter err) {
        if (vcpu == null) {
            err.println("It had not run a single instruction.");
            return;
        }
        err.println();
        err.println(vcpu.name() + " was at " + names.text(vcpu.eip()) + "  " + vcpu.instruction());
        vcpu.registers().forEach(line -> err.println("  " + line));
        int[] stack = vcpu.stack(STACK_WORDS);
        err.println(stack.length == 0 ? "Its stack cannot be read." : "Stack:");
        for (int i = 0; i < stack.length; i++) {
            err.printf(
                    "%s%08x%s",
                    i % WORDS_IN_A_LINE == 0 ? "  " : " ",
                    stack[i],
                    i % WORDS_IN_A_LINE == WORDS_IN_A_LINE - 1 || i == stack.length - 1 ? System.lineSeparator() : "");
        }
        boolean any = false;
        for (int word : stack) {
            if (names.known(word)) {
                if (!any) {
                    err.println("Addresses of the kernel on it:");
                    any = true;
                }
                err.println("  " + names.text(word));
            }
        }
        List<String> last = run.lastInstructions(INSTRUCTIONS, names);
        err.println("Last instructions:");
        last.forEach(line -> err.println("  " + line));
        err.flush();
    }
}

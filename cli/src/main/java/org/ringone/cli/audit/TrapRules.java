package org.ringone.cli.audit;

import java.util.List;
import org.ringone.emulator.Vector;
import org.ringone.reference.VcpuView;
import org.ringone.xen.Hypercall;

/** How a guest takes its traps: TRAP-12, TRAP-13. */
final class TrapRules implements RuleObserver {

    private static final int ENTRIES = 257;
    private static final int SYSTEM_CALL = 0x80;
    private static final int ERROR_OF_SYSTEM_CALL = SYSTEM_CALL << 3 | Vector.IDT;

    private final RuleFinding gates = RuleFinding.of(
            "TRAP-12", "entries of trap tables name code; INT 0x80 of user code gets to a handler that is there");
    private final RuleFinding stack =
            RuleFinding.of("TRAP-13", "stack_switch before user code first runs, no LTR, no LIDT");
    private boolean stackPassed;
    private boolean withoutStack;

    @Override
    public List<RuleFinding> findings() {
        return List.of(gates, stack);
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        if (number == Hypercall.STACK_SWITCH.number()) {
            stackPassed = true;
            stack.kept();
        } else if (number == Hypercall.SET_TRAP_TABLE.number() && arguments[0] != 0) {
            trapTable(v, arguments[0]);
        }
    }

    private void trapTable(VcpuView v, int table) {
        for (int i = 0; i < ENTRIES; i++) {
            int low = v.word(table + 8 * i);
            int address = v.word(table + 8 * i + 4);
            if (address == 0) {
                return;
            }
            int selector = low >>> 16;
            if (v.codeSelector(selector)) {
                gates.kept();
            } else {
                gates.brokenByHypercall(
                        v,
                        String.format(
                                "passes an entry for vector %d whose selector %04x names no code",
                                low & 0xFF, selector));
            }
        }
    }

    @Override
    public void left(VcpuView v) {
        entered(v);
    }

    @Override
    public void entered(VcpuView v) {
        if (v.ring() == 3 && !stackPassed && !withoutStack && v.id() == 0) {
            withoutStack = true;
            stack.broken(v, v.eip(), "runs user code and has never passed a kernel stack");
        }
    }

    @Override
    public void trap(VcpuView v, int vector, int errorCode, int start) {
        boolean systemCall = vector == SYSTEM_CALL || vector == Vector.GP && errorCode == ERROR_OF_SYSTEM_CALL;
        int dpl = v.handlerDpl(SYSTEM_CALL);
        if (systemCall && v.ring() == 3 && dpl >= 0 && dpl < 3) {
            gates.broken(v, start, "has a handler of INT 0x80 that its user code may not raise");
        }
    }

    @Override
    public void privileged(VcpuView v, String instruction) {
        if (instruction.startsWith("ltr") || instruction.startsWith("lidt")) {
            stack.broken(v, v.eip(), "executes " + instruction);
        }
    }
}

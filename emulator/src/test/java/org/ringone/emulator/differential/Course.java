package org.ringone.emulator.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.UserMachine;
import org.ringone.emulator.UserSpace;
import org.ringone.emulator.Vector;

/**
 * What became of a program: the state at each trap, behind which it went on, and at the end, all memory then.
 *
 * @param traces how many traces there were at the end
 */
record Course(List<String> states, byte[] memory, int traces) {
    private static final int BUDGET = 20_000;
    private static final int MOST_STOPS = 60;

    static Course of(Program program, int base, Way way, long seed) {
        Random random = new Random(seed);
        UserMachine machine = new UserMachine();
        machine.enter(program.space(1));
        byte[] code = program.code(base);
        machine.memory().write(base, code, 0, code.length);
        System.arraycopy(program.r(), 0, machine.s.r, 0, 8);
        machine.s.eflags(program.eflags());
        machine.s.eip = base;
        NavigableMap<Integer, Integer> instructions = program.instructions(base);
        List<String> states = new ArrayList<>();
        while (states.size() < MOST_STOPS) {
            machine = run(machine, way, random);
            states.add(state(machine, way));
            boolean behind = machine.vector != FlatMachine.NONE
                    && machine.s.eip > base
                    && instructions.containsKey(machine.s.eip)
                    && softwareInterrupt(machine.vector);
            Integer next = instructions.higherKey(machine.s.eip - (behind ? 1 : 0));
            if (machine.vector == Program.END || machine.vector == FlatMachine.NONE || next == null) {
                break;
            }
            machine.s.eip = next;
            machine.s.eflags(machine.s.eflags() & ~(CpuState.TF | CpuState.RF));
        }
        byte[] memory = new byte[UserSpace.SIZE];
        machine.memory().read(0, memory, 0, memory.length);
        return new Course(states, memory, machine.traces());
    }

    private static boolean softwareInterrupt(int vector) {
        return vector == Vector.DB || vector == Vector.BP || vector == Vector.OF || vector == 0x20;
    }

    private static UserMachine run(UserMachine from, Way way, Random random) {
        UserMachine machine = from;
        long end = machine.cpu().retired() + BUDGET;
        do {
            machine = way.before(machine, random);
            long left = end - machine.cpu().retired();
            machine.run((int) Math.min(left, way.budget(random)));
        } while (machine.vector == FlatMachine.NONE && machine.cpu().retired() < end);
        return machine;
    }

    private static String state(UserMachine machine, Way way) {
        CpuState s = machine.s;
        return String.format(
                "vector %d %x %s%s",
                machine.vector, machine.error(), Report.state(s.r, s.eip, s.eflags()), machine.image(way.keepsTime()));
    }

    /** Where two differ first, as text; null when they agree. */
    static String difference(Course one, Course other, boolean time) {
        for (int n = 0; n < Math.max(one.states.size(), other.states.size()); n++) {
            String a = n < one.states.size() ? one.states.get(n) : "none";
            String b = n < other.states.size() ? other.states.get(n) : "none";
            String b2 = time ? b : b.replaceFirst(" way.*$", "");
            if (!a.equals(b2)) {
                return String.format("stop %d%n  %s%n  %s", n + 1, a, b2);
            }
        }
        int at = java.util.Arrays.mismatch(one.memory, other.memory);
        return at < 0 ? null : String.format("memory from %x: %02x, %02x", at, one.memory[at], other.memory[at]);
    }
}

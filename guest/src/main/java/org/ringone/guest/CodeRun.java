package org.ringone.guest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A piece of guest code to run and how: its assembly text, ring, initial registers, and what its traps do. Immutable.
 *
 * <p>The text is assembled where it will lie. It may name the probe's own symbols (see {@code docs/probe.md}), for
 * instance {@code hypercall_page}. Falling off its end completes the run. General registers that are not set start with
 * recognisable patterns ({@code 0xA0000000 + number * 0x01010101}), ESP with the top of an empty stack of its ring,
 * segment registers with the flat selectors of the ring.
 */
public final class CodeRun {

    /** Leaves the event mask as it is: the default. */
    public static final int MASK_AS_IS = -1;

    private final String assembly;
    private final int ring;
    private final Map<Register, Integer> registers;
    private final List<Handling> handlings;
    private final int mask;
    private final boolean hypercallIret;

    private CodeRun(
            String assembly,
            int ring,
            Map<Register, Integer> registers,
            List<Handling> handlings,
            int mask,
            boolean hypercallIret) {
        this.assembly = assembly;
        this.ring = ring;
        this.registers = registers;
        this.handlings = handlings;
        this.mask = mask;
        this.hypercallIret = hypercallIret;
    }

    /** Code of the guest kernel. */
    public static CodeRun ring1(String assembly) {
        return of(1, assembly);
    }

    /** User code, in a page that ring 3 may read and execute, with a stack of its own. */
    public static CodeRun ring3(String assembly) {
        return of(3, assembly);
    }

    private static CodeRun of(int ring, String assembly) {
        Objects.requireNonNull(assembly, "assembly");
        return new CodeRun(assembly, ring, Map.of(), List.of(), MASK_AS_IS, false);
    }

    /** The same with a register, selector or EFLAGS set at the start. */
    public CodeRun with(Register register, int value) {
        Map<Register, Integer> more = new EnumMap<>(Register.class);
        more.putAll(registers);
        more.put(register, value);
        return new CodeRun(assembly, ring, Collections.unmodifiableMap(more), handlings, mask, hypercallIret);
    }

    /** The same with the event mask (evtchn_upcall_mask) set just before the code is entered. It is 1 otherwise. */
    public CodeRun withMask(int newMask) {
        return new CodeRun(assembly, ring, registers, handlings, newMask & 0xFF, hypercallIret);
    }

    /** The same with one more handling; a later one for the same source replaces an earlier one. */
    public CodeRun on(Handling handling) {
        List<Handling> more = new ArrayList<>(handlings);
        more.removeIf(h -> h.source() == handling.source());
        more.add(handling);
        return new CodeRun(assembly, ring, registers, List.copyOf(more), mask, hypercallIret);
    }

    /**
     * The same, single-stepped: starts with TF set and survives that many debug exceptions; in the one with number
     * {@code hookAt} the commands are performed.
     */
    public CodeRun stepping(int times, int hookAt, Command... hook) {
        CodeRun stepped = with(Register.EFLAGS, registers.getOrDefault(Register.EFLAGS, 0x202) | 0x100);
        return stepped.on(Handling.go(1, times).withHook(hookAt, hook));
    }

    /** The same, entered by the iret hypercall and not by the IRET instruction. */
    public CodeRun byHypercallIret() {
        return new CodeRun(assembly, ring, registers, handlings, mask, true);
    }

    public String assembly() {
        return assembly;
    }

    /** The ring whose code page, stack and selectors are used, 1 or 3. */
    public int ring() {
        return ring;
    }

    public Map<Register, Integer> registers() {
        return registers;
    }

    public List<Handling> handlings() {
        return handlings;
    }

    /** The event mask at the start, 0 to 255, or {@link #MASK_AS_IS}. */
    public int mask() {
        return mask;
    }

    public boolean entersByHypercallIret() {
        return hypercallIret;
    }
}

package org.ringone.guest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A piece of guest code to run and how: its assembly text, ring, initial registers, and what its traps do. Immutable.
 *
 * <p>The text is assembled for where it will lie: in a page of the ring's own unless {@link #at} says otherwise. It may name
 * the probe's symbols (see {@code docs/probe.md}), for instance {@code hypercall_page} or {@code user_data}. Falling off
 * its end, or a jump to the label {@code done} that stands there, completes the run. General registers that are not set start with recognisable patterns ({@code 0xA0000000 +
 * number * 0x01010000}), ESP with the top of an empty stack of the ring, the segment registers with its flat selectors,
 * EFLAGS with 0x202.
 */
public final class CodeRun {

    private final String assembly;
    private final int ring;
    private final Map<Register, Integer> registers;
    private final List<Handling> handlings;
    private final OptionalInt mask;
    private final OptionalInt address;
    private final boolean hypercallIret;

    private CodeRun(
            String assembly,
            int ring,
            Map<Register, Integer> registers,
            List<Handling> handlings,
            OptionalInt mask,
            OptionalInt address,
            boolean hypercallIret) {
        this.assembly = assembly;
        this.ring = ring;
        this.registers = registers;
        this.handlings = handlings;
        this.mask = mask;
        this.address = address;
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

    /**
     * Code that is already in memory: nothing is written. It ends with the first trap that no handling covers; where it
     * starts is EIP, which must be set.
     */
    public static CodeRun inPlace(int ring) {
        if (ring != 1 && ring != 3) {
            throw new IllegalArgumentException("guest code runs at ring 1 or 3, not " + ring);
        }
        return of(ring, "");
    }

    private static CodeRun of(int ring, String assembly) {
        Objects.requireNonNull(assembly, "assembly");
        return new CodeRun(assembly, ring, Map.of(), List.of(), OptionalInt.empty(), OptionalInt.empty(), false);
    }

    /** The same with a register, selector, EIP or EFLAGS set at the start. */
    public CodeRun with(Register register, int value) {
        Map<Register, Integer> more = new EnumMap<>(Register.class);
        more.putAll(registers);
        more.put(register, value);
        return new CodeRun(assembly, ring, Collections.unmodifiableMap(more), handlings, mask, address, hypercallIret);
    }

    /** The same with the event mask (evtchn_upcall_mask) stored just before the code is entered. It stays as it is otherwise. */
    public CodeRun withMask(int newMask) {
        return new CodeRun(
                assembly, ring, registers, handlings, OptionalInt.of(newMask & 0xFF), address, hypercallIret);
    }

    /** The same with one more handling; a later one for the same source replaces an earlier one. */
    public CodeRun on(Handling handling) {
        List<Handling> more = new ArrayList<>(handlings);
        more.removeIf(h -> h.source() == handling.source());
        more.add(handling);
        return new CodeRun(assembly, ring, registers, List.copyOf(more), mask, address, hypercallIret);
    }

    /**
     * The same, single-stepped: starts with TF set and survives that many debug exceptions; in the one with number
     * {@code hookAt} the commands are performed.
     */
    public CodeRun stepping(int times, int hookAt, Command... hook) {
        CodeRun stepped = with(Register.EFLAGS, registers.getOrDefault(Register.EFLAGS, 0x202) | 0x100);
        return stepped.on(Handling.go(1, times).withHook(hookAt, hook));
    }

    /** The same, written to and assembled for another address, which must be writable, and executable at the ring. */
    public CodeRun at(int newAddress) {
        return new CodeRun(assembly, ring, registers, handlings, mask, OptionalInt.of(newAddress), hypercallIret);
    }

    /** The same, entered by the iret hypercall and not by the IRET instruction. */
    public CodeRun byHypercallIret() {
        return new CodeRun(assembly, ring, registers, handlings, mask, address, true);
    }

    /** The text; empty for code that is already in memory. */
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

    /** The event mask at the start, 0 to 255. */
    public OptionalInt mask() {
        return mask;
    }

    /** Where it is to lie. */
    public OptionalInt address() {
        return address;
    }

    public boolean entersByHypercallIret() {
        return hypercallIret;
    }
}

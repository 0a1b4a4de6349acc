package org.ringone.guest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
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
    private final Map<Register, Integer> registers = new EnumMap<>(Register.class);
    private final List<Handling> handlings = new ArrayList<>();
    private final Map<String, Integer> symbols = new HashMap<>();
    private OptionalInt mask = OptionalInt.empty();
    private OptionalInt address = OptionalInt.empty();
    private OptionalInt origin = OptionalInt.empty();
    private boolean hypercallIret;

    private CodeRun(String assembly, int ring) {
        this.assembly = Objects.requireNonNull(assembly, "assembly");
        this.ring = ring;
    }

    /** A copy to change before anybody else sees it. */
    private CodeRun copy() {
        CodeRun copy = new CodeRun(assembly, ring);
        copy.registers.putAll(registers);
        copy.handlings.addAll(handlings);
        copy.symbols.putAll(symbols);
        copy.mask = mask;
        copy.address = address;
        copy.origin = origin;
        copy.hypercallIret = hypercallIret;
        return copy;
    }

    /** Code of the guest kernel. */
    public static CodeRun ring1(String assembly) {
        return new CodeRun(assembly, 1);
    }

    /** User code, in a page that ring 3 may read and execute, with a stack of its own. */
    public static CodeRun ring3(String assembly) {
        return new CodeRun(assembly, 3);
    }

    /**
     * Code that is already in memory: nothing is written. It ends with the first trap that no handling covers; where it
     * starts is EIP, which must be set.
     */
    public static CodeRun inPlace(int ring) {
        if (ring != 1 && ring != 3) {
            throw new IllegalArgumentException("guest code runs at ring 1 or 3, not " + ring);
        }
        return new CodeRun("", ring);
    }

    /** The same with a register, selector, EIP or EFLAGS set at the start. */
    public CodeRun with(Register register, int value) {
        CodeRun copy = copy();
        copy.registers.put(register, value);
        return copy;
    }

    /** The same with the event mask (evtchn_upcall_mask) stored just before the code is entered. It stays as it is otherwise. */
    public CodeRun withMask(int newMask) {
        CodeRun copy = copy();
        copy.mask = OptionalInt.of(newMask & 0xFF);
        return copy;
    }

    /** The same with one more handling; a later one for the same source replaces an earlier one. */
    public CodeRun on(Handling handling) {
        CodeRun copy = copy();
        copy.handlings.removeIf(h -> h.source() == handling.source());
        copy.handlings.add(handling);
        return copy;
    }

    /**
     * The same, single-stepped: starts with TF set and survives that many debug exceptions; in the one with number
     * {@code hookAt} the commands are performed.
     */
    public CodeRun stepping(int times, int hookAt, Command... hook) {
        CodeRun stepped = with(Register.EFLAGS, registers.getOrDefault(Register.EFLAGS, 0x202) | 0x100);
        return stepped.on(Handling.go(1, times).withHook(hookAt, hook));
    }

    /** The same, its text also naming these symbols. */
    public CodeRun symbols(Map<String, Integer> more) {
        CodeRun copy = copy();
        copy.symbols.putAll(more);
        return copy;
    }

    /** The same, written to and assembled for another address, which must be writable, and executable at the ring. */
    public CodeRun at(int newAddress) {
        CodeRun copy = copy();
        copy.address = OptionalInt.of(newAddress);
        return copy;
    }

    /** The same, assembled for (and entered at) an offset in a code segment whose base is not 0. */
    public CodeRun origin(int offset) {
        CodeRun copy = copy();
        copy.origin = OptionalInt.of(offset);
        return copy;
    }

    /** The same, entered by the iret hypercall and not by the IRET instruction. */
    public CodeRun byHypercallIret() {
        CodeRun copy = copy();
        copy.hypercallIret = true;
        return copy;
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
        return Collections.unmodifiableMap(registers);
    }

    public List<Handling> handlings() {
        return Collections.unmodifiableList(handlings);
    }

    /** Symbols that the text may name besides the probe's. */
    public Map<String, Integer> symbols() {
        return Collections.unmodifiableMap(symbols);
    }

    /** The event mask at the start, 0 to 255. */
    public OptionalInt mask() {
        return mask;
    }

    /** The linear address that it is to lie at. */
    public OptionalInt address() {
        return address;
    }

    /** The offset that it is assembled for; its linear address when there is none. */
    public OptionalInt origin() {
        return origin;
    }

    public boolean entersByHypercallIret() {
        return hypercallIret;
    }
}

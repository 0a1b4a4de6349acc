package org.ringone.cli.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.ringone.api.Exit;
import org.ringone.emulator.Vector;
import org.ringone.reference.EntryWrite;
import org.ringone.reference.GuestObserver;
import org.ringone.reference.VcpuView;

/** Everything that is held of one guest: hears it all, and hands it on to the observers of the rules and to the counters. */
public final class GuestAudit implements GuestObserver {

    private final HypercallCounts hypercalls = new HypercallCounts();
    private final TrapCounts traps = new TrapCounts();
    private final TableWrites tables = new TableWrites();
    private final EventCounts events = new EventCounts();
    private final EventRules eventRules = new EventRules();
    private final List<RuleObserver> rules = List.of(
            new BootRules(),
            new PageTableRules(),
            new PrivilegedRules(),
            new SegmentRules(),
            new TrapRules(),
            eventRules,
            new CallbackRules(),
            new BatchRules());
    private final List<GuestObserver> all = new ArrayList<>();

    public GuestAudit() {
        all.add(new MaskWatch((vcpu, masked, eip) -> {
            for (RuleObserver rule : rules) {
                if (masked) {
                    rule.remasked(vcpu, eip);
                } else {
                    rule.unmasked(vcpu, eip);
                }
            }
        }));
        all.addAll(List.of(hypercalls, traps, tables, events));
        all.addAll(rules);
    }

    /** Nothing more will be heard. */
    public void finish() {
        rules.forEach(RuleObserver::finished);
    }

    /** What was found of every rule that binds guests, those of one area together. */
    public List<RuleFinding> findings() {
        return rules.stream().flatMap(rule -> rule.findings().stream()).toList();
    }

    /** The rules broken, in the order in which it first happened. */
    List<RuleFinding> broken() {
        return findings().stream()
                .filter(finding -> finding.verdict() == RuleFinding.Verdict.BROKEN)
                .sorted(Comparator.comparing(
                        finding -> finding.first().orElseThrow().retired()))
                .toList();
    }

    HypercallCounts hypercalls() {
        return hypercalls;
    }

    TrapCounts traps() {
        return traps;
    }

    TableWrites tables() {
        return tables;
    }

    EventCounts events() {
        return events;
    }

    /** How late events came. */
    EventRules lateness() {
        return eventRules;
    }

    private void tell(Consumer<GuestObserver> what) {
        for (int i = 0; i < all.size(); i++) {
            what.accept(all.get(i));
        }
    }

    @Override
    public void entered(VcpuView v) {
        tell(one -> one.entered(v));
    }

    @Override
    public void left(VcpuView v) {
        tell(one -> one.left(v));
    }

    @Override
    public void hypercall(VcpuView v, int number, int[] arguments) {
        tell(one -> one.hypercall(v, number, arguments));
    }

    @Override
    public void hypercallDone(VcpuView v, int number, int result) {
        tell(one -> one.hypercallDone(v, number, result));
    }

    @Override
    public void hypercallContinues(VcpuView v, int number) {
        tell(one -> one.hypercallContinues(v, number));
    }

    @Override
    public void trap(VcpuView v, int vector, int errorCode, int start) {
        tell(one -> one.trap(v, vector, errorCode, start));
        if (vector == Vector.GP && v.inGuestKernel()) {
            String instruction = traps.instruction();
            rules.forEach(rule -> rule.privileged(v, instruction));
        }
    }

    @Override
    public void trapHandled(VcpuView v, int vector, boolean passedOn) {
        tell(one -> one.trapHandled(v, vector, passedOn));
    }

    @Override
    public void entering(VcpuView v, int cs, int eip, boolean failsafe) {
        tell(one -> one.entering(v, cs, eip, failsafe));
    }

    @Override
    public void entryWrite(VcpuView v, EntryWrite write) {
        tell(one -> one.entryWrite(v, write));
    }

    @Override
    public void extended(VcpuView v, int command, int first, int second, int result) {
        tell(one -> one.extended(v, command, first, second, result));
    }

    @Override
    public void raised(VcpuView v, int port, boolean alreadyPending) {
        tell(one -> one.raised(v, port, alreadyPending));
    }

    @Override
    public void sentToNobody(VcpuView v, int port) {
        tell(one -> one.sentToNobody(v, port));
    }

    @Override
    public void upcall(VcpuView v) {
        tell(one -> one.upcall(v));
    }

    @Override
    public void vcpuInfoWritten(VcpuView v, int start) {
        tell(one -> one.vcpuInfoWritten(v, start));
    }

    @Override
    public void identifying(VcpuView v) {
        tell(one -> one.identifying(v));
    }

    @Override
    public void ended(int domain, Exit how) {
        tell(one -> one.ended(domain, how));
    }
}

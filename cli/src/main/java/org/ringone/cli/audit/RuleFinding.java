package org.ringone.cli.audit;

import java.util.Optional;
import org.ringone.reference.VcpuView;

/** What an audit holds of one rule: how often the guest kept it and broke it. */
public final class RuleFinding {

    /** How a guest stands with a rule. */
    public enum Verdict {
        BROKEN("broken"),
        KEPT("kept"),
        NOT_EXERCISED("not exercised"),
        /** Nothing that the rule asks for leaves the guest. */
        NOT_OBSERVABLE("not observable");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** As it stands in JSON. */
        public String key() {
            return words.replace(' ', '-');
        }
    }

    /** Bytes of INT 0x82. */
    private static final int INSTRUCTION = 2;

    private final String rule;
    private final String seenBy;
    private final boolean observable;
    private long kept;
    private long broken;
    private Occurrence first;

    private RuleFinding(String rule, String seenBy, boolean observable) {
        this.rule = rule;
        this.seenBy = seenBy;
        this.observable = observable;
    }

    /**
     * A rule that is judged.
     *
     * @param seenBy what counts as keeping it, for people
     */
    static RuleFinding of(String rule, String seenBy) {
        return new RuleFinding(rule, seenBy, true);
    }

    /** A rule that no observer can judge, and why. */
    static RuleFinding notObservable(String rule, String why) {
        return new RuleFinding(rule, why, false);
    }

    void kept() {
        kept++;
    }

    /** The guest has broken it, at an instruction, now. */
    void broken(VcpuView v, int eip, String what) {
        broken(what, v, eip, v.time(), v.machineRetired());
    }

    /** The guest breaks it by the hypercall that it makes now. */
    void brokenByHypercall(VcpuView v, String what) {
        broken++;
        if (first == null) {
            int eip = v.eip() - INSTRUCTION;
            first = new Occurrence(what, v.name(), eip, v.instructionAt(eip), v.caller(), v.time(), v.machineRetired());
        }
    }

    /** The same, some time ago. */
    void broken(String what, VcpuView v, int eip, long time, long retired) {
        broken++;
        if (first == null) {
            first = new Occurrence(what, v.name(), eip, v.instructionAt(eip), 0, time, retired);
        }
    }

    /** The rule's id. */
    public String rule() {
        return rule;
    }

    /** What was looked at; why nothing could be for a rule that is not observable. */
    public String seenBy() {
        return seenBy;
    }

    /** How often it was kept. */
    public long timesKept() {
        return kept;
    }

    /** How often it was broken. */
    public long timesBroken() {
        return broken;
    }

    /** The first time that it was broken. */
    public Optional<Occurrence> first() {
        return Optional.ofNullable(first);
    }

    public Verdict verdict() {
        if (!observable) {
            return Verdict.NOT_OBSERVABLE;
        }
        return broken > 0 ? Verdict.BROKEN : kept > 0 ? Verdict.KEPT : Verdict.NOT_EXERCISED;
    }
}

package org.ringone.properties.events;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.ringone.api.Profile;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.properties.Account;
import org.ringone.properties.Area;
import org.ringone.properties.StepCheck;
import org.ringone.properties.events.EventOperation.Kind;
import org.ringone.properties.events.EventOperation.Upcalls;

/** Events: masked, unmasked, sent, waited for, and returned to, in any order. */
public final class EventArea implements Area<EventOperation> {

    private static final int LONGEST = 60;

    @Override
    public int longest() {
        return LONGEST;
    }

    @Override
    public List<EventOperation> smaller(EventOperation operation) {
        return List.of();
    }

    @Override
    public List<EventOperation> decided(List<EventOperation> operations, Profile profile) {
        return performable(operations);
    }

    private static List<EventOperation> performable(List<EventOperation> operations) {
        EventModel model = new EventModel();
        List<EventOperation> decided = new ArrayList<>();
        for (EventOperation operation : operations) {
            if (model.perform(operation).isPresent()) {
                decided.add(operation);
            }
        }
        return decided;
    }

    /** A guest that waits for nothing waits for ever. */
    @Override
    public List<EventOperation> ending(List<EventOperation> operations) {
        return performable(operations);
    }

    @Override
    public Account<EventOperation> foretold(List<EventOperation> operations, Profile profile) {
        EventModel model = new EventModel();
        List<Account.Answer<EventOperation>> answers = new ArrayList<>();
        for (EventOperation operation : operations) {
            answers.add(new Account.Answer<>(
                    operation, model.perform(operation).orElseThrow().toString()));
        }
        return new Account<>(answers, List.of());
    }

    @Override
    public Account<EventOperation> performed(
            List<EventOperation> operations, Probe probe, Profile profile, StepCheck check) throws ProbeException {
        return new EventTrial(probe).run(operations, check);
    }

    @Override
    public String scenario(List<EventOperation> operations, Profile profile, String difference) {
        return EventScenario.of(operations, difference);
    }

    @Override
    public Arbitrary<EventOperation> operation() {
        Arbitrary<Integer> raised = Arbitraries.integers().between(0, EventOperation.TIMER);
        Arbitrary<Integer> any = Arbitraries.integers().between(0, EventOperation.NO_CHANNEL);
        Arbitrary<Integer> none = Arbitraries.just(0);
        Arbitrary<Integer> flag = Arbitraries.of(0, 1);
        Arbitrary<EventOperation> upcalls = Combinators.combine(
                        Arbitraries.integers().between(0, Upcalls.values().length - 1), any)
                .as((how, channel) -> new EventOperation(Kind.NEXT_UPCALLS, how, channel));
        return Arbitraries.frequencyOf(
                of(12, Kind.SEND, any),
                of(5, Kind.MASK, Arbitraries.of(0, 0, 0, 1, 1, 2, 0x80, 0xFF)),
                of(4, Kind.UNMASK, any),
                of(2, Kind.HYPERCALL, none),
                of(2, Kind.EMULATED, none),
                of(1, Kind.YIELD, none),
                of(3, Kind.BLOCK, none),
                of(2, Kind.POLL, raised),
                of(2, Kind.TIMER, none),
                of(3, Kind.SLEEP, none),
                of(4, Kind.IRET, flag),
                of(1, Kind.NATIVE_IRET, none),
                of(3, Kind.MASK_CHANNEL, raised),
                of(3, Kind.UNMASK_CHANNEL, raised),
                of(1, Kind.SET_PENDING, raised),
                of(2, Kind.CLEAR_PENDING, raised),
                of(2, Kind.UPCALL_PENDING, flag),
                of(2, Kind.CLEAR_SELECTOR, none),
                Tuple.of(4, upcalls));
    }

    private static Tuple2<Integer, Arbitrary<? extends EventOperation>> of(
            int weight, Kind kind, Arbitrary<Integer> operand) {
        return Tuple.of(weight, operand.map(value -> new EventOperation(kind, value, 0)));
    }
}

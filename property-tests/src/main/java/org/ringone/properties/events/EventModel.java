package org.ringone.properties.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.properties.events.EventOperation.Upcalls;
import org.ringone.properties.events.EventRecord.What;
import org.ringone.xen.Errno;

/**
 * The rules of events on one vcpu as plain bookkeeping of flags (EVT-02 to EVT-04, EVT-07 to EVT-12): what each operation
 * does to them, and when an upcall is made. It knows no port numbers and nothing of any hypervisor.
 */
final class EventModel {

    private static final int RAISED = 6;

    private int mask = 1;
    private boolean upcallPending;
    private int selector;
    private int pending;
    private int masked;
    private Upcalls upcalls = Upcalls.BY_IRET;
    private int sendsTo;
    private List<EventRecord> records = new ArrayList<>();

    /** What is written down while the operation is performed and after it; empty when the rules leave open when it ends. */
    Optional<List<EventRecord>> perform(EventOperation operation) {
        if (isOpen(operation)) {
            return Optional.empty();
        }
        records = new ArrayList<>();
        int value = result(operation);
        write(What.DONE, value);
        return Optional.of(records);
    }

    /** Nobody wakes a guest that sleeps when nothing is due. */
    private boolean isOpen(EventOperation operation) {
        int timer = 1 << EventOperation.TIMER;
        return switch (operation.kind()) {
            case BLOCK -> !upcallPending;
            case POLL -> (pending >>> operation.operand() & 1) == 0;
            case SLEEP ->
                upcallPending
                        || ((pending | masked) & timer) != 0
                        || (selector >>> word(EventOperation.TIMER) & 1) != 0;
            default -> false;
        };
    }

    private int result(EventOperation operation) {
        int operand = operation.operand();
        switch (operation.kind()) {
            case MASK -> mask = operand;
            case SEND -> {
                int sent = send(operand);
                enter();
                return sent;
            }
            case UNMASK -> {
                int unmasked = unmask(operand);
                enter();
                return unmasked;
            }
            case HYPERCALL, EMULATED, YIELD, POLL -> enter();
            case BLOCK -> {
                mask = 0;
                enter();
            }
            case TIMER -> {
                raise(EventOperation.TIMER);
                enter();
            }
            case SLEEP -> {
                mask = 0;
                raise(EventOperation.TIMER);
                enter();
            }
            case IRET -> {
                mask = operand == 0 ? 1 : 0;
                enter();
            }
            case MASK_CHANNEL -> masked |= 1 << operand;
            case UNMASK_CHANNEL -> masked &= ~(1 << operand);
            case SET_PENDING -> pending |= 1 << operand;
            case CLEAR_PENDING -> pending &= ~(1 << operand);
            case UPCALL_PENDING -> upcallPending = operand != 0;
            case CLEAR_SELECTOR -> selector = 0;
            case NEXT_UPCALLS -> {
                upcalls = Upcalls.values()[operand];
                sendsTo = operation.second();
            }
            default -> {
                // NATIVE_IRET: the event mask is no flag of the processor's
            }
        }
        return 0;
    }

    private int send(int channel) {
        switch (channel) {
            case EventOperation.NEAR_END -> raise(EventOperation.FAR_END);
            case EventOperation.FAR_END -> raise(EventOperation.NEAR_END);
            case EventOperation.TIMER, EventOperation.NO_CHANNEL -> {
                return Errno.EINVAL.result();
            }
            case EventOperation.UNBOUND -> {
                // nobody hears it
            }
            default -> raise(channel);
        }
        return 0;
    }

    /** EVT-09. */
    private void raise(int channel) {
        int bit = 1 << channel;
        if ((pending & bit) == 0) {
            pending |= bit;
            if ((masked & bit) == 0) {
                tell(channel);
            }
        }
    }

    private void tell(int channel) {
        int bit = 1 << word(channel);
        if ((selector & bit) == 0) {
            selector |= bit;
            upcallPending = true;
        }
    }

    /** EVT-10. */
    private int unmask(int channel) {
        if (channel == EventOperation.NO_CHANNEL) {
            return Errno.EINVAL.result();
        }
        int bit = 1 << channel;
        if (channel < RAISED && (masked & bit) != 0) {
            masked &= ~bit;
            if ((pending & bit) != 0) {
                tell(channel);
            }
        }
        return 0;
    }

    /** EVT-04, EVT-07: on every way back from the hypervisor an upcall is made when one is due. */
    private void enter() {
        while (mask == 0 && upcallPending) {
            mask = 1;
            write(What.UPCALL, 0);
            upcall();
        }
    }

    private void upcall() {
        switch (upcalls) {
            case BY_IRET -> {
                acknowledge();
                mask = 0;
            }
            case BY_STORE -> {
                acknowledge();
                mask = 0;
            }
            case SENDING -> {
                upcalls = Upcalls.BY_IRET;
                acknowledge();
                write(What.IN_UPCALL, send(sendsTo));
                mask = 0;
            }
            case NESTED -> {
                upcalls = Upcalls.BY_IRET;
                mask = 0;
                enter();
                write(What.IN_UPCALL, 0);
            }
            case IGNORED -> {
                // everything stays as it is
            }
        }
    }

    private void acknowledge() {
        upcallPending = false;
        for (int channel = 0; channel < RAISED; channel++) {
            if ((selector >>> word(channel) & 1) != 0 && (masked >>> channel & 1) == 0) {
                pending &= ~(1 << channel);
            }
        }
        selector = 0;
    }

    /** The word of pending bits that a channel's bit lies in. */
    static int word(int channel) {
        return channel == EventOperation.OTHER_WORD || channel == EventOperation.FAR_END ? 1 : 0;
    }

    private void write(What what, int value) {
        records.add(new EventRecord(what, value, mask, upcallPending ? 1 : 0, selector, pending, masked));
    }
}

package org.ringone.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a vcpu spends its time, in nanoseconds by state (VCPUOP_get_runstate_info). */
final class Runstate {

    static final int RUNNING = 0;
    static final int RUNNABLE = 1;
    static final int BLOCKED = 2;
    static final int OFFLINE = 3;

    /** Bytes of the structure that guests see. */
    static final int SIZE = 48;

    private int state = OFFLINE;
    private long entered;
    private final long[] spent = new long[4];

    int state() {
        return state;
    }

    void change(int newState, long now) {
        if (newState != state) {
            spent[state] += now - entered;
            state = newState;
            entered = now;
        }
    }

    /** The public structure: state, when it was entered, time in each state. */
    byte[] bytes(long now) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, state);
        bytes.putLong(8, entered);
        for (int i = 0; i < 4; i++) {
            bytes.putLong(16 + 8 * i, spent[i] + (i == state ? now - entered : 0));
        }
        return bytes.array();
    }

    Runstate copy() {
        Runstate copy = new Runstate();
        copy.state = state;
        copy.entered = entered;
        System.arraycopy(spent, 0, copy.spent, 0, 4);
        return copy;
    }
}

package org.ringone.xen;

/** {@code vcpu_op}: commands. */
public final class VcpuOp {

    /** Give a vcpu its context. */
    public static final int INITIALISE = 0;

    /** Start. */
    public static final int UP = 1;

    /** Stop. */
    public static final int DOWN = 2;

    /** Ask. */
    public static final int IS_UP = 3;

    /** Time spent in each state. */
    public static final int GET_RUNSTATE_INFO = 4;

    /** Keep the run state in guest memory. */
    public static final int REGISTER_RUNSTATE_MEMORY_AREA = 5;

    /** Set the periodic timer. */
    public static final int SET_PERIODIC_TIMER = 6;

    /** Stop the periodic timer. */
    public static final int STOP_PERIODIC_TIMER = 7;

    /** Set the one-shot timer. */
    public static final int SET_SINGLESHOT_TIMER = 8;

    /** Stop the one-shot timer. */
    public static final int STOP_SINGLESHOT_TIMER = 9;

    /** Place the vcpu's vcpu_info. */
    public static final int REGISTER_VCPU_INFO = 10;

    private VcpuOp() {}
}

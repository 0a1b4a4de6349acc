package org.ringone.suite.run;

/** The hypervisor itself threw, hung, died or answered nonsense. */
public final class HypervisorFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HypervisorFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public HypervisorFailure(String message) {
        this(message, null);
    }
}

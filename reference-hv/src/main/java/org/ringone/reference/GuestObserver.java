package org.ringone.reference;

import org.ringone.api.Exit;

/**
 * Hears what guests do, as it happens: whoever audits a guest. The machine behaves the same whether anybody listens or not, and
 * the views handed out are only good for looking. Nothing is called for what needs no hypervisor, but for two things that
 * processors tell: writes to vcpu_info, and CPUID.
 */
public interface GuestObserver {

    /** Nobody listens. */
    GuestObserver NONE = new GuestObserver() {};

    /** A vcpu has entered the hypervisor, for a trap or a hypercall that is told next. */
    default void entered(VcpuView vcpu) {
        // of no interest
    }

    /** A vcpu is about to go on with guest code, unless it sleeps or its domain has ended. */
    default void left(VcpuView vcpu) {
        // of no interest
    }

    /**
     * A hypercall begins; those of a multicall one by one after the multicall's own.
     *
     * @param arguments six; good until this returns
     */
    default void hypercall(VcpuView vcpu, int number, int[] arguments) {
        // of no interest
    }

    /** The hypercall that began last and has not ended yet ends with that result. */
    default void hypercallDone(VcpuView vcpu, int number, int result) {
        // of no interest
    }

    /** The present hypercall is interrupted, and will begin again with what is left of it (MC-06). */
    default void hypercallContinues(VcpuView vcpu, int number) {
        // of no interest
    }

    /**
     * An exception, or a software interrupt that is no hypercall, is about to be handled; EIP is at its instruction for faults.
     *
     * @param start the address of the instruction for software interrupts, of the present EIP for exceptions
     */
    default void trap(VcpuView vcpu, int vector, int errorCode, int start) {
        // of no interest
    }

    /**
     * The exception has been handled.
     *
     * @param passedOn whether the guest gets one; if not, the hypervisor has carried the instruction out or mended the fault
     */
    default void trapHandled(VcpuView vcpu, int vector, boolean passedOn) {
        // of no interest
    }

    /** A frame is about to be pushed onto the guest's stack, to enter a handler or a callback. */
    default void entering(VcpuView vcpu, int cs, int eip, boolean failsafe) {
        // of no interest
    }

    /**
     * An entry of a page table in use was to be written.
     *
     * @param write what was asked for; good until this returns
     */
    default void entryWrite(VcpuView vcpu, EntryWrite write) {
        // of no interest
    }

    /** One operation of an mmuext_op has ended. */
    default void extended(VcpuView vcpu, int command, int first, int second, int result) {
        // of no interest
    }

    /** An event was raised on a port of the vcpu's. */
    default void raised(VcpuView vcpu, int port, boolean alreadyPending) {
        // of no interest
    }

    /** An event was sent to a port that has no other end. */
    default void sentToNobody(VcpuView vcpu, int port) {
        // of no interest
    }

    /** The event callback is about to be entered. */
    default void upcall(VcpuView vcpu) {
        // of no interest
    }

    /**
     * The guest, or the hypervisor, has written to a vcpu's information in shared_info, or wherever it was placed.
     *
     * @param start the address of the last instruction
     */
    default void vcpuInfoWritten(VcpuView vcpu, int start) {
        // of no interest
    }

    /** CPUID is about to be carried out by the processor, without the hypervisor; EIP is behind it. */
    default void identifying(VcpuView vcpu) {
        // of no interest
    }

    /** A domain has ended. */
    default void ended(int domain, Exit how) {
        // of no interest
    }
}

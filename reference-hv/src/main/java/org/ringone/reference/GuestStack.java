package org.ringone.reference;

/**
 * A guest kernel's stack while the hypervisor pushes onto it, through the guest's stack segment with its limit, and with the
 * guest's page tables (TRAP-09). One per machine, reused.
 */
final class GuestStack {

    private final SegmentView segment = new SegmentView();
    private final Descriptor descriptor = new Descriptor();
    private Vcpu vcpu;
    private int esp;

    /** Takes a stack; false when ring 0 could not load that selector. */
    boolean use(Vcpu v, int selector, int newEsp) {
        vcpu = v;
        esp = newEsp;
        return v.parts().segmentReload.dataSegment(v, selector, descriptor, segment);
    }

    int esp() {
        return esp;
    }

    boolean push(int value) {
        int at = esp - 4;
        if (!segment.writable || !segment.covers(at, 4) || !store(segment.base + at, value)) {
            return false;
        }
        esp = at;
        return true;
    }

    boolean push(int first, int second) {
        return push(first) && push(second);
    }

    boolean push(int first, int second, int third) {
        return push(first) && push(second) && push(third);
    }

    boolean push(int first, int second, int third, int fourth) {
        return push(first) && push(second) && push(third) && push(fourth);
    }

    /** Unlike a hypercall's buffers, a stack may not lie in the hypervisor's range because its segment's limit says so. */
    private boolean store(int linear, int value) {
        return vcpu.parts().guestCopy.write32(vcpu, linear, value);
    }
}

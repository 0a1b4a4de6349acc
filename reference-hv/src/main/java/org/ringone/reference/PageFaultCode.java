package org.ringone.reference;

/** The bits of a page fault's error code (Intel SDM volume 3, 4.7). */
final class PageFaultCode {

    static final int PRESENT = 1;
    static final int WRITE = 2;
    static final int USER = 4;
    static final int RESERVED = 8;
    static final int FETCH = 16;

    private PageFaultCode() {}
}

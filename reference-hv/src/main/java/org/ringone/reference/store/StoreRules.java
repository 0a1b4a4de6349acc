package org.ringone.reference.store;

/** What the store makes of its guests' requests, each decision replaceable (XS-01 to XS-06). */
public class StoreRules {

    /** XS-01: the request number in an answer to a request of that number. */
    public int answered(int request) {
        return request;
    }

    /** XS-02: what is kept of a value. */
    public byte[] kept(byte[] value) {
        return value;
    }

    /**
     * XS-03: whether a domain may do with a node what the letter says.
     *
     * @param letter {@code r} or {@code w}
     * @param allowed what the node's permissions say
     */
    public boolean may(int domid, char letter, boolean allowed) {
        return allowed;
    }

    /** XS-04: whether somebody who watches a path hears of a change at another. */
    public boolean concerns(String changed, String watched) {
        return StorePath.within(changed, watched);
    }

    /** XS-05: whether a transaction that began with one state of the store may be made true in another. */
    public boolean mayCommit(long began, long now) {
        return began == now;
    }

    /** XS-06: what is still to come of a message of which so many bytes went into the ring. */
    public int rest(int bytes) {
        return bytes;
    }
}

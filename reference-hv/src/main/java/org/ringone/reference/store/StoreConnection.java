package org.ringone.reference.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.StoreRing;

/**
 * A domain's connection to the store: a page with a ring for requests and one for answers. The indices are the guest's to spoil: a
 * connection whose ring or requests make no sense is given up, as the daemon gives it up, and only that guest suffers.
 */
public final class StoreConnection {

    static final int HEADER = 16;
    static final int LONGEST_PAYLOAD = 4096;
    private static final int MOST_WAITING = 1 << 20;

    private final PhysicalMemory memory;
    private final long page;
    private final int domid;
    private final Store store;
    private final StoreRequests requests;
    private byte[] request = new byte[HEADER];
    private int received;
    private byte[] waiting = {};
    private boolean givenUp;

    /** Connects a domain whose store page is the frame given. */
    public StoreConnection(PhysicalMemory memory, int mfn, int domid, Store store) {
        this.memory = memory;
        this.page = (long) mfn << 12;
        this.domid = domid;
        this.store = store;
        this.requests = new StoreRequests(store, this, domid);
        store.add(this);
    }

    private StoreConnection(StoreConnection other, PhysicalMemory memory, Store store) {
        this.memory = memory;
        this.page = other.page;
        this.domid = other.domid;
        this.store = store;
        this.requests = other.requests.fork(store, this);
        this.request = other.request.clone();
        this.received = other.received;
        this.waiting = other.waiting;
        this.givenUp = other.givenUp;
        store.add(this);
    }

    /** The same connection in a forked machine. */
    public StoreConnection fork(PhysicalMemory forkedMemory, Store forkedStore) {
        return new StoreConnection(this, forkedMemory, forkedStore);
    }

    /** The domain is gone. */
    public void close() {
        store.remove(this);
        store.removeHome(domid);
    }

    /**
     * Takes the requests that wait in the ring, and puts answers into it as far as there is room.
     *
     * @return whether the guest is to be told
     */
    public boolean serve() {
        if (givenUp) {
            return false;
        }
        boolean moved = deliver();
        while (waiting.length == 0 && receive()) {
            moved = true;
            deliver();
        }
        return moved;
    }

    /** Takes one request, or as much of it as there is; false when there was nothing. */
    private boolean receive() {
        int consumed = memory.read32(page + StoreRing.REQ_CONS);
        int available = memory.read32(page + StoreRing.REQ_PROD) - consumed;
        if (available < 0 || available > StoreRing.RING_SIZE) {
            givenUp = true;
            return false;
        }
        int taken = 0;
        while (taken < available && received < request.length) {
            int slot = consumed + taken & StoreRing.RING_SIZE - 1;
            request[received++] = (byte) memory.read8(page + StoreRing.REQUEST + slot);
            taken++;
            if (received == HEADER && request.length == HEADER) {
                int length =
                        ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
                if (Integer.compareUnsigned(length, LONGEST_PAYLOAD) > 0) {
                    givenUp = true;
                    return false;
                }
                request = Arrays.copyOf(request, HEADER + length);
            }
        }
        if (taken > 0) {
            memory.write32(page + StoreRing.REQ_CONS, consumed + taken);
        }
        if (received >= HEADER && received == request.length) {
            ByteBuffer message = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
            byte[] payload = Arrays.copyOfRange(request, HEADER, request.length);
            request = new byte[HEADER];
            received = 0;
            requests.perform(message.getInt(0), message.getInt(4), message.getInt(8), payload);
        }
        return taken > 0;
    }

    private boolean deliver() {
        int produced = memory.read32(page + StoreRing.RSP_PROD);
        int used = produced - memory.read32(page + StoreRing.RSP_CONS);
        if (used < 0 || used > StoreRing.RING_SIZE) {
            givenUp = true;
            return false;
        }
        int count = Math.min(waiting.length, StoreRing.RING_SIZE - used);
        for (int i = 0; i < count; i++) {
            memory.write8(page + StoreRing.RESPONSE + (produced + i & StoreRing.RING_SIZE - 1), waiting[i]);
        }
        if (count > 0) {
            memory.write32(page + StoreRing.RSP_PROD, produced + count);
            int rest = store.rules().rest(waiting.length - count);
            waiting = Arrays.copyOfRange(waiting, waiting.length - rest, waiting.length);
        }
        return count > 0;
    }

    /** Queues a message to the guest. A guest that reads none of them is given up in the end. */
    void send(int type, int request, int transaction, byte[] payload) {
        if (waiting.length > MOST_WAITING) {
            givenUp = true;
            return;
        }
        int at = waiting.length;
        waiting = Arrays.copyOf(waiting, at + HEADER + payload.length);
        ByteBuffer.wrap(waiting, at, HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(request)
                .putInt(transaction)
                .putInt(payload.length);
        System.arraycopy(payload, 0, waiting, at + HEADER, payload.length);
    }

    void changed(String path) {
        requests.changed(path);
    }

    /** Texts, each with its NUL, as one payload. */
    static byte[] payload(List<String> texts) {
        return texts.stream()
                .map(text -> text + "\0")
                .reduce("", String::concat)
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}

package org.ringone.suite.world;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ringone.guest.ProbeException;
import org.ringone.suite.verdict.NotJudged;
import org.ringone.suite.verdict.Verdict;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.SchedOp;
import org.ringone.xen.StoreMessage;
import org.ringone.xen.StoreRing;

/** A guest's end of the rings between it and the store. */
public final class StoreClient {

    /** How often the guest looks for an answer, giving the processor away in between. */
    private static final int LOOKS = 300;

    /**
     * A message from the store.
     *
     * @param payload its bytes as Latin-1 text
     */
    public record Message(int type, int request, int transaction, String payload) {

        public boolean is(StoreMessage expected) {
            return type == expected.ordinal();
        }
    }

    private final Guest guest;
    private final int page;
    private final int port;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Message> messages = new ArrayList<>();

    public StoreClient(Guest guest) throws ProbeException {
        this.guest = guest;
        this.port = guest.probe().startOfDay().storePort();
        int mfn = guest.probe().startOfDay().storeMfn();
        if (mfn == 0 || port == 0) {
            throw new NotJudged(Verdict.NOT_APPLICABLE, "the domain is not connected to a store");
        }
        this.page = guest.frame(mfn).address();
    }

    /** Sends a message as a whole, in as many pieces as the ring makes necessary. */
    public void send(int type, int request, int transaction, byte[] payload) throws ProbeException {
        ByteBuffer message = Bytes.buffer(StoreMessage.HEADER_SIZE + payload.length);
        message.putInt(type)
                .putInt(request)
                .putInt(transaction)
                .putInt(payload.length)
                .put(payload);
        int looks = 0;
        for (int at = 0; at < message.capacity(); ) {
            int piece = put(message.array(), at);
            at += piece;
            if (piece == 0 && looks++ > LOOKS) {
                throw Violation.of("the store takes requests out of its ring", "it takes none");
            }
        }
    }

    /** Puts as much into the ring as there is room for; gives how much. */
    private int put(byte[] bytes, int from) throws ProbeException {
        int produced = guest.probe().read32(page + StoreRing.REQ_PROD);
        int used = produced - guest.probe().read32(page + StoreRing.REQ_CONS);
        int count = Math.min(bytes.length - from, StoreRing.RING_SIZE - used);
        for (int done = 0; done < count; ) {
            int slot = produced + done & StoreRing.RING_SIZE - 1;
            int run = Math.min(count - done, StoreRing.RING_SIZE - slot);
            guest.probe()
                    .write(page + StoreRing.REQUEST + slot, Arrays.copyOfRange(bytes, from + done, from + done + run));
            done += run;
        }
        guest.probe().write32(page + StoreRing.REQ_PROD, produced + count);
        tell();
        return count;
    }

    private void tell() throws ProbeException {
        guest.must(new Channels(guest).perform(EventChannelOp.SEND, port), "an event to the store");
    }

    /** The next message that is, or is not, a watch event; null when none comes. */
    public Message next(boolean watchEvent) throws ProbeException {
        for (int look = 0; look < LOOKS; look++) {
            for (Message message : messages) {
                if (message.is(StoreMessage.WATCH_EVENT) == watchEvent) {
                    messages.remove(message);
                    return message;
                }
            }
            if (!fetch()) {
                guest.call(Hypercall.SCHED_OP, SchedOp.YIELD, 0);
            }
        }
        return null;
    }

    /** Takes what is in the ring; false when there is nothing. */
    private boolean fetch() throws ProbeException {
        int consumed = guest.probe().read32(page + StoreRing.RSP_CONS);
        int count = guest.probe().read32(page + StoreRing.RSP_PROD) - consumed;
        if (count < 0 || count > StoreRing.RING_SIZE) {
            throw Violation.of("the ring holds at most " + StoreRing.RING_SIZE + " bytes", count + " bytes");
        }
        if (count == 0) {
            return false;
        }
        for (int done = 0; done < count; ) {
            int slot = consumed + done & StoreRing.RING_SIZE - 1;
            int run = Math.min(count - done, StoreRing.RING_SIZE - slot);
            received.writeBytes(guest.probe().read(page + StoreRing.RESPONSE + slot, run));
            done += run;
        }
        guest.probe().write32(page + StoreRing.RSP_CONS, consumed + count);
        tell();
        split();
        return true;
    }

    private void split() {
        ByteBuffer bytes = Bytes.of(received.toByteArray());
        received.reset();
        while (bytes.remaining() >= StoreMessage.HEADER_SIZE
                && bytes.remaining() - StoreMessage.HEADER_SIZE >= bytes.getInt(bytes.position() + 12)) {
            int type = bytes.getInt();
            int request = bytes.getInt();
            int transaction = bytes.getInt();
            int length = bytes.getInt();
            if (length < 0) {
                throw Violation.of("a message's length is 0 or more", String.valueOf(length));
            }
            byte[] payload = new byte[length];
            bytes.get(payload);
            messages.add(new Message(type, request, transaction, new String(payload, StandardCharsets.ISO_8859_1)));
        }
        received.write(bytes.array(), bytes.position(), bytes.remaining());
    }
}

package org.ringone.reference.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.StoreRing;

/** The store as a domain meets it: messages through the ring. */
class StoreConnectionTest {

    private static final int MFN = 1;
    private static final long PAGE = MFN << 12;
    private static final int DOMID = 7;

    private final PhysicalMemory memory = new PhysicalMemory(4);
    private final Store store = new Store(new StoreRules());
    private StoreConnection connection;

    @BeforeEach
    void connect() {
        store.makeHome(DOMID);
        store.put("/local/domain/7/name", "guest");
        store.put("/tool", "secret");
        store.makeHome(8);
        connection = new StoreConnection(memory, MFN, DOMID, store);
    }

    /** An answer: its type and its payload, NULs as bars. */
    private record Message(int type, int request, String text) {}

    private void write(byte[] bytes) {
        int produced = memory.read32(PAGE + StoreRing.REQ_PROD);
        for (int i = 0; i < bytes.length; i++) {
            memory.write8(PAGE + StoreRing.REQUEST + (produced + i & 1023), bytes[i]);
        }
        memory.write32(PAGE + StoreRing.REQ_PROD, produced + bytes.length);
    }

    private static byte[] request(int type, int transaction, String payload) {
        byte[] text = payload.replace('|', '\0').getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(16 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(42)
                .putInt(transaction)
                .putInt(text.length)
                .put(text)
                .array();
    }

    private List<Message> answers() {
        List<Message> messages = new ArrayList<>();
        int consumed = memory.read32(PAGE + StoreRing.RSP_CONS);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        while (consumed != memory.read32(PAGE + StoreRing.RSP_PROD)) {
            bytes.put((byte) memory.read8(PAGE + StoreRing.RESPONSE + (consumed++ & 1023)));
            memory.write32(PAGE + StoreRing.RSP_CONS, consumed);
            connection.serve();
        }
        bytes.flip();
        while (bytes.remaining() >= 16) {
            int type = bytes.getInt();
            int id = bytes.getInt();
            bytes.getInt();
            byte[] text = new byte[bytes.getInt()];
            bytes.get(text);
            messages.add(new Message(type, id, new String(text, StandardCharsets.ISO_8859_1).replace('\0', '|')));
        }
        return messages;
    }

    /** Sends a message in pieces that fit the ring. */
    private void send(byte[] whole) {
        for (int at = 0; at < whole.length; at += 700) {
            write(Arrays.copyOfRange(whole, at, Math.min(whole.length, at + 700)));
            assertThat(connection.serve()).as("the guest is told").isTrue();
        }
    }

    private Message ask(int type, int transaction, String payload) {
        send(request(type, transaction, payload));
        List<Message> answers = answers();
        assertThat(answers).isNotEmpty();
        assertThat(answers.get(0).request).isEqualTo(42);
        return answers.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "2, name|, 2, guest",
        "2, /local/domain/7/name|, 2, guest",
        "2, /tool|, 2, secret",
        "1, /local/domain|, 1, '7|8|'",
        "3, name|, 3, 'n7|'",
        "10, 9|, 10, '/local/domain/9|'",
        "17, 8|, 17, 'T|'",
        "17, 9|, 17, 'F|'",
        "12, a/b/c|, 12, 'OK|'",
        "13, nothing|, 13, 'OK|'",
        "2, nothing|, 16, 'ENOENT|'",
        "13, no/thing|, 16, 'ENOENT|'",
        "11, /tool|x, 16, 'EACCES|'",
        "2, /local/domain/8|, 16, 'EACCES|'",
        "14, /tool|n7|, 16, 'EACCES|'",
        "2, name, 16, 'EINVAL|'",
        "2, a//b|, 16, 'EINVAL|'",
        "2, a b|, 16, 'EINVAL|'",
        "2, a/|, 16, 'EINVAL|'",
        "13, /|, 16, 'EINVAL|'",
        "7, T|, 16, 'ENOENT|'",
        "8, x|, 16, 'EACCES|'",
        "99, x|, 16, 'EINVAL|'"
    })
    void requestsAreAnswered(int type, String payload, int answerType, String answer) {
        assertThat(ask(type, 0, payload)).isEqualTo(new Message(answerType, 42, answer));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(ask(11, 0, "device/x|a|b").text).isEqualTo("OK|");
        assertThat(ask(2, 0, "device/x|").text).isEqualTo("a|b");
        assertThat(ask(3, 0, "device/x|").text).isEqualTo("n7|");
        assertThat(ask(11, 0, "device/y|" + "v".repeat(2049)).text).isEqualTo("ENOSPC|");
    }

    @Test
    void aTransactionIsSeenWhenItEndsAndOnlyIfNothingCameBetween() {
        String id = ask(6, 0, "|").text.replace("|", "");
        int transaction = Integer.parseInt(id);
        assertThat(ask(11, transaction, "a|1").text).isEqualTo("OK|");
        assertThat(ask(2, transaction, "a|").text).isEqualTo("1");
        assertThat(ask(2, 0, "a|").text).isEqualTo("ENOENT|");
        assertThat(ask(7, transaction, "T|").text).isEqualTo("OK|");
        assertThat(ask(2, 0, "a|").text).isEqualTo("1");
        int late = Integer.parseInt(ask(6, 0, "|").text.replace("|", ""));
        ask(11, 0, "b|2");
        ask(11, late, "c|3");
        assertThat(ask(7, late, "T|").text).isEqualTo("EAGAIN|");
        assertThat(ask(2, 0, "c|").text).isEqualTo("ENOENT|");
    }

    @Test
    void aWatchFiresWhenItIsSetAndWhenSomethingBelowChanges() {
        write(request(4, 0, "control|token|"));
        connection.serve();
        assertThat(answers()).containsExactly(new Message(4, 42, "OK|"), new Message(15, 0, "control|token|"));
        store.put("/local/domain/7/control/shutdown", "halt");
        connection.serve();
        assertThat(answers()).containsExactly(new Message(15, 0, "control/shutdown|token|"));
        assertThat(ask(4, 0, "control|token|").text).isEqualTo("EEXIST|");
        assertThat(ask(5, 0, "control|token|").text).isEqualTo("OK|");
        assertThat(ask(5, 0, "control|token|").text).isEqualTo("ENOENT|");
        store.put("/local/domain/7/control/shutdown", "");
        assertThat(connection.serve()).isFalse();
    }

    @Test
    void requestsMayComeInPiecesAndAnswersMayBeLongerThanTheRing() {
        send(request(11, 0, "long|" + "x".repeat(2000)));
        assertThat(answers()).containsExactly(new Message(11, 42, "OK|"));
        assertThat(ask(2, 0, "long|").text).hasSize(2000);
    }

    @Test
    void aConnectionThatMakesNoSenseIsGivenUp() {
        memory.write32(PAGE + StoreRing.REQ_PROD, 5000);
        assertThat(connection.serve()).isFalse();
        memory.write32(PAGE + StoreRing.REQ_PROD, 0);
        write(request(2, 0, "name|"));
        assertThat(connection.serve()).as("nobody listens any more").isFalse();
    }

    @Test
    void tooLongARequestEndsTheConnection() {
        write(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(12, 4097)
                .array());
        assertThat(connection.serve()).isFalse();
        assertThat(memory.read32(PAGE + StoreRing.RSP_PROD)).isZero();
    }

    @Test
    void forksGoTheirOwnWay() {
        Store forkedStore = store.fork();
        PhysicalMemory forkedMemory = memory.fork();
        connection.fork(forkedMemory, forkedStore);
        ask(11, 0, "mine|1");
        assertThat(store.root().at(StorePath.parts("/local/domain/7/mine"))).isNotNull();
        assertThat(forkedStore.root().at(StorePath.parts("/local/domain/7/mine")))
                .isNull();
    }
}

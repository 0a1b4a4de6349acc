package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.ringone.guest.ProbeException;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.StoreClient;
import org.ringone.suite.world.StoreClient.Message;
import org.ringone.suite.world.World;
import org.ringone.xen.StoreMessage;

/** The store, asked over its ring. In payloads a bar stands for a NUL, and {@code DOMID} for the domain's number. */
public final class StoreSteps {

    private static final int FIRST_REQUEST = 0x1001;

    private final World world;
    private final Map<Guest, StoreClient> clients = new HashMap<>();
    private final Map<String, Integer> transactions = new HashMap<>();
    private int request = FIRST_REQUEST;
    private Message answer;

    public StoreSteps(World world) {
        this.world = world;
    }

    private StoreClient client(Guest guest) throws ProbeException {
        StoreClient client = clients.get(guest);
        if (client == null) {
            client = new StoreClient(guest);
            clients.put(guest, client);
        }
        return client;
    }

    @Given("the store has been asked to {word} {string}")
    public void asked(String type, String payload) {
        world.act(guest -> {
            ask(guest, StoreMessage.valueOf(type).ordinal(), 0, text(guest, payload));
            require(!answer.is(StoreMessage.ERROR), "the store does as it is asked", told());
        });
    }

    @When("the guest asks the store to {word} {string}")
    public void asks(String type, String payload) {
        world.act(guest -> ask(guest, StoreMessage.valueOf(type).ordinal(), 0, text(guest, payload)));
    }

    @When("the guest asks the store to {word} {string} in {string}")
    public void asksInside(String type, String payload, String transaction) {
        world.act(guest -> ask(
                guest,
                StoreMessage.valueOf(type).ordinal(),
                transactions.getOrDefault(transaction, 0),
                text(guest, payload)));
    }

    @When("the guest asks the store with type {int} and {int} bytes")
    public void asksAnything(int type, int length) {
        world.act(guest -> ask(guest, type, 0, new byte[length]));
    }

    @When("the guest asks the store to WRITE {int} bytes to {string}")
    public void writes(int length, String path) {
        world.act(guest -> ask(
                guest,
                StoreMessage.WRITE.ordinal(),
                0,
                (path + "\0" + "v".repeat(length)).getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Given("the first domain lets all others {string} the node {string}")
    public void lets(String letter, String node) {
        world.act(
                guest -> ask(guest, StoreMessage.SET_PERMS.ordinal(), 0, text(guest, node + "|" + letter + "DOMID|")));
    }

    @When("the guest asks the store to {word} the node {string} of the first domain")
    public void asksOfTheFirst(String type, String node) {
        world.act(guest -> {
            String path = "/local/domain/" + world.domain(0).word("domid") + "/" + node + "|";
            ask(guest, StoreMessage.valueOf(type).ordinal(), 0, text(guest, path));
        });
    }

    /** Lengths grow by one each time, so that messages begin and wrap everywhere. */
    @Given("the store has been asked, {int} times, to write and to read what it was given")
    public void many(int times) {
        world.act(guest -> {
            for (int i = 0; i < times; i++) {
                String value = "v".repeat(i);
                ask(guest, StoreMessage.WRITE.ordinal(), 0, text(guest, "data/value|" + value));
                ask(guest, StoreMessage.READ.ordinal(), 0, text(guest, "data/value|"));
                require(answer.is(StoreMessage.READ) && answer.payload().equals(value), i + " bytes back", told());
            }
        });
    }

    @Given("a transaction {string}")
    public void transaction(String name) {
        world.act(guest -> {
            ask(guest, StoreMessage.TRANSACTION_START.ordinal(), 0, new byte[1]);
            String number = answer.payload().replace("\0", "");
            require(
                    answer.is(StoreMessage.TRANSACTION_START) && number.matches("[1-9][0-9]{0,8}"),
                    "a transaction's number in digits",
                    told());
            transactions.put(name, Integer.parseInt(number));
        });
    }

    @Then("it answers {string}")
    public void answers(String payload) {
        world.act(guest -> require(
                !answer.is(StoreMessage.ERROR)
                        && answer.payload().equals(new String(text(guest, payload), StandardCharsets.ISO_8859_1)),
                "the answer " + payload,
                told()));
    }

    @Then("it answers {int} bytes")
    public void answersBytes(int length) {
        world.act(guest -> require(
                !answer.is(StoreMessage.ERROR) && answer.payload().equals("v".repeat(length)),
                "the " + length + " bytes that were written",
                told()));
    }

    @Then("it answers with the error {word}")
    public void error(String name) {
        world.act(guest -> require(
                answer.is(StoreMessage.ERROR) && answer.payload().equals(name + "\0"), "the error " + name, told()));
    }

    @Then("a watch event {string} comes")
    public void watchEvent(String payload) {
        world.act(guest -> {
            Message event = client(guest).next(true);
            require(
                    event != null
                            && event.request() == 0
                            && event.transaction() == 0
                            && event.payload().equals(new String(text(guest, payload), StandardCharsets.ISO_8859_1)),
                    "the watch event " + payload,
                    event == null ? "none came" : event.toString());
        });
    }

    @Then("no watch event comes")
    public void noWatchEvent() {
        world.act(guest -> {
            Message event = client(guest).next(true);
            require(event == null, "no watch event", String.valueOf(event));
        });
    }

    /** Asks, and holds the answer against what every answer must say: the request's number, its transaction and its type. */
    private void ask(Guest guest, int type, int transaction, byte[] payload) throws ProbeException {
        StoreClient client = client(guest);
        client.send(type, ++request, transaction, payload);
        answer = client.next(false);
        require(answer != null, "an answer", "none came");
        require(
                answer.request() == request
                        && answer.transaction() == transaction
                        && (answer.type() == type || answer.is(StoreMessage.ERROR)),
                "an answer of type " + type + " or an error, to request " + request + " in transaction " + transaction,
                told());
    }

    private String told() {
        String text = answer.payload().replace('\0', '|');
        return String.format(
                "type %d to request %d in transaction %d: %s",
                answer.type(),
                answer.request(),
                answer.transaction(),
                text.length() > 80 ? text.substring(0, 80) + "... (" + text.length() + " bytes)" : text);
    }

    private static byte[] text(Guest guest, String payload) {
        return payload.replace("DOMID", String.valueOf(guest.word("domid")))
                .replace('|', '\0')
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean good, String expected, String seen) {
        if (!good) {
            throw Violation.of(expected, seen);
        }
    }
}

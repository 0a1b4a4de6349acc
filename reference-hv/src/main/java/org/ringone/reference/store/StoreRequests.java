package org.ringone.reference.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests that a domain can make of the store, its transactions and its watches. Limits are the daemon's own of the era. */
final class StoreRequests {

    private static final int DIRECTORY = 1;
    private static final int READ = 2;
    private static final int GET_PERMS = 3;
    private static final int WATCH = 4;
    private static final int UNWATCH = 5;
    private static final int TRANSACTION_START = 6;
    private static final int TRANSACTION_END = 7;
    private static final int GET_DOMAIN_PATH = 10;
    private static final int WRITE = 11;
    private static final int MKDIR = 12;
    private static final int RM = 13;
    private static final int SET_PERMS = 14;
    private static final int WATCH_EVENT = 15;
    private static final int ERROR = 16;
    private static final int IS_DOMAIN_INTRODUCED = 17;
    private static final int LAST = 18;

    private static final int MOST_NODES = 1000;
    private static final int MOST_WATCHES = 128;
    private static final int MOST_TRANSACTIONS = 10;
    private static final int LONGEST_VALUE = 2048;

    private static final byte[] OK = {'O', 'K', 0};

    /** A wish to hear of changes: the name as the guest gave it, the path it means, and the guest's token. */
    private record Watch(String name, String path, String token) {}

    /** A tree of one's own until the end, what of it has changed, and the state of the store that it began with. */
    private record Transaction(StoreNode tree, List<String> changes, long generation) {}

    private final Store store;
    private final StoreConnection connection;
    private final int domid;
    private final List<Watch> watches = new ArrayList<>();
    private final Map<Integer, Transaction> transactions = new HashMap<>();
    private int nextTransaction = 1;

    StoreRequests(Store store, StoreConnection connection, int domid) {
        this.store = store;
        this.connection = connection;
        this.domid = domid;
    }

    StoreRequests fork(Store forkedStore, StoreConnection forkedConnection) {
        StoreRequests fork = new StoreRequests(forkedStore, forkedConnection, domid);
        fork.watches.addAll(watches);
        fork.transactions.putAll(transactions);
        fork.nextTransaction = nextTransaction;
        return fork;
    }

    /** A change somewhere: events for the watches that it concerns. */
    void changed(String path) {
        for (Watch watch : watches) {
            if (store.rules().concerns(path, watch.path)) {
                boolean relative = !watch.name.startsWith("/") && !watch.name.startsWith("@");
                String name = relative ? path.substring(StorePath.home(domid).length() + 1) : path;
                event(name, watch.token);
            }
        }
    }

    private void event(String name, String token) {
        connection.send(WATCH_EVENT, 0, 0, StoreConnection.payload(List.of(name, token)));
    }

    /** Performs a request and sends its answer. */
    void perform(int type, int request, int transaction, byte[] payload) {
        int answered = store.rules().answered(request);
        byte[] answer;
        try {
            if (transaction != 0 && type != TRANSACTION_START && !transactions.containsKey(transaction)) {
                throw new StoreError("ENOENT");
            }
            answer = answer(type, transaction, payload);
        } catch (StoreError e) {
            connection.send(ERROR, answered, transaction, StoreConnection.payload(List.of(e.getMessage())));
            return;
        }
        connection.send(type, answered, transaction, answer);
        if (type == WATCH) {
            Watch made = watches.get(watches.size() - 1);
            event(made.name, made.token); // each watch fires once when it is set
        }
    }

    private byte[] answer(int type, int transaction, byte[] payload) throws StoreError {
        return switch (type) {
            case DIRECTORY ->
                StoreConnection.payload(readable(path(payload), transaction).names());
            case READ -> readable(path(payload), transaction).value();
            case GET_PERMS ->
                StoreConnection.payload(
                        readable(path(payload), transaction).permissions().words());
            case WATCH -> watch(texts(payload, 2));
            case UNWATCH -> unwatch(texts(payload, 2));
            case TRANSACTION_START -> startTransaction(transaction);
            case TRANSACTION_END -> endTransaction(transaction, text(payload));
            case GET_DOMAIN_PATH -> StoreConnection.payload(List.of(StorePath.home(number(payload))));
            case WRITE -> write(payload, transaction);
            case MKDIR -> makeDirectory(path(payload), transaction);
            case RM -> remove(path(payload), transaction);
            case SET_PERMS -> setPermissions(payload, transaction);
            case IS_DOMAIN_INTRODUCED -> introduced(number(payload));
            default -> throw new StoreError(type >= 0 && type <= LAST ? "EACCES" : "EINVAL");
        };
    }

    // ---- reading

    private StoreNode tree(int transaction) {
        return transaction == 0 ? store.root() : transactions.get(transaction).tree;
    }

    private StoreNode readable(String path, int transaction) throws StoreError {
        StoreNode node = tree(transaction).at(StorePath.parts(path));
        if (node == null) {
            throw new StoreError("ENOENT");
        }
        if (!may('r', node.permissions().read(domid))) {
            throw new StoreError("EACCES");
        }
        return node;
    }

    private byte[] introduced(int other) {
        boolean there = other == 0 || store.root().at(StorePath.parts(StorePath.home(other))) != null;
        return StoreConnection.payload(List.of(there ? "T" : "F"));
    }

    private boolean may(char letter, boolean allowed) {
        return store.rules().may(domid, letter, allowed);
    }

    // ---- changing

    private void change(int transaction, String path, StoreNode changed) {
        if (transaction == 0) {
            store.setRoot(changed);
            store.changed(path);
        } else {
            Transaction old = transactions.get(transaction);
            List<String> changes = new ArrayList<>(old.changes);
            changes.add(path);
            transactions.put(transaction, new Transaction(changed, changes, old.generation));
        }
    }

    private byte[] write(byte[] payload, int transaction) throws StoreError {
        int nul = 0;
        while (nul < payload.length && payload[nul] != 0) {
            nul++;
        }
        if (nul == payload.length) {
            throw new StoreError("EINVAL");
        }
        String path = path(Arrays.copyOf(payload, nul + 1));
        byte[] value = Arrays.copyOfRange(payload, nul + 1, payload.length);
        if (value.length > LONGEST_VALUE) {
            throw new StoreError("ENOSPC");
        }
        StoreNode tree = withNode(path, transaction);
        List<String> parts = StorePath.parts(path);
        change(
                transaction,
                path,
                tree.with(parts, tree.at(parts).withValue(store.rules().kept(value))));
        return OK;
    }

    private byte[] makeDirectory(String path, int transaction) throws StoreError {
        StoreNode there = tree(transaction).at(StorePath.parts(path));
        StoreNode tree = withNode(path, transaction);
        if (there == null) {
            change(transaction, path, tree);
        }
        return OK;
    }

    /** The tree with a node at a path that the domain may write, made with those on the way if need be. */
    private StoreNode withNode(String path, int transaction) throws StoreError {
        StoreNode tree = tree(transaction);
        List<String> parts = StorePath.parts(path);
        int known = parts.size();
        while (tree.at(parts.subList(0, known)) == null) {
            known--;
        }
        if (!may('w', tree.at(parts.subList(0, known)).permissions().write(domid))) {
            throw new StoreError("EACCES");
        }
        if (tree.ownedBy(domid) + parts.size() - known > MOST_NODES) {
            throw new StoreError("ENOSPC");
        }
        for (int i = known + 1; i <= parts.size(); i++) {
            Permissions permissions =
                    tree.at(parts.subList(0, i - 1)).permissions().inheritedBy(domid);
            tree = tree.with(parts.subList(0, i), StoreNode.empty(permissions));
        }
        return tree;
    }

    private byte[] remove(String path, int transaction) throws StoreError {
        List<String> parts = StorePath.parts(path);
        StoreNode node = tree(transaction).at(parts);
        if (parts.isEmpty()) {
            throw new StoreError("EINVAL");
        }
        if (node == null) {
            if (tree(transaction).at(parts.subList(0, parts.size() - 1)) == null) {
                throw new StoreError("ENOENT");
            }
            return OK; // what is not there need not be removed
        }
        if (!may('w', node.permissions().write(domid))) {
            throw new StoreError("EACCES");
        }
        change(transaction, path, tree(transaction).with(parts, null));
        return OK;
    }

    private byte[] setPermissions(byte[] payload, int transaction) throws StoreError {
        List<String> texts = texts(payload, 0);
        Permissions permissions = Permissions.parse(texts.subList(Math.min(1, texts.size()), texts.size()));
        if (permissions == null) {
            throw new StoreError("EINVAL");
        }
        String path = path((texts.get(0) + "\0").getBytes(StandardCharsets.ISO_8859_1));
        List<String> parts = StorePath.parts(path);
        StoreNode node = tree(transaction).at(parts);
        if (node == null) {
            throw new StoreError("ENOENT");
        }
        if (node.permissions().owner() != domid || permissions.owner() != domid) {
            throw new StoreError("EACCES");
        }
        change(transaction, path, tree(transaction).with(parts, node.withPermissions(permissions)));
        return OK;
    }

    // ---- transactions

    private byte[] startTransaction(int inside) throws StoreError {
        if (inside != 0) {
            throw new StoreError("EBUSY");
        }
        if (transactions.size() == MOST_TRANSACTIONS) {
            throw new StoreError("ENOSPC");
        }
        int id = nextTransaction++;
        transactions.put(id, new Transaction(store.root(), List.of(), store.generation()));
        return StoreConnection.payload(List.of(String.valueOf(id)));
    }

    private byte[] endTransaction(int transaction, String commit) throws StoreError {
        if (!commit.equals("T") && !commit.equals("F")) {
            throw new StoreError("EINVAL");
        }
        if (transaction == 0) {
            throw new StoreError("ENOENT");
        }
        Transaction ended = transactions.remove(transaction);
        if (commit.equals("T")) {
            if (!store.rules().mayCommit(ended.generation, store.generation())) {
                throw new StoreError("EAGAIN");
            }
            if (!ended.changes.isEmpty()) {
                store.setRoot(ended.tree);
                ended.changes.forEach(store::changed);
            }
        }
        return OK;
    }

    // ---- watches

    private byte[] watch(List<String> texts) throws StoreError {
        String name = texts.get(0);
        String path = name.startsWith("@") ? name : StorePath.absolute(name, domid);
        if (path == null) {
            throw new StoreError("EINVAL");
        }
        Watch watch = new Watch(name, path, texts.get(1));
        if (watches.contains(watch)) {
            throw new StoreError("EEXIST");
        }
        if (watches.size() == MOST_WATCHES) {
            throw new StoreError("E2BIG");
        }
        watches.add(watch);
        return OK;
    }

    private byte[] unwatch(List<String> texts) throws StoreError {
        if (!watches.removeIf(watch -> watch.name.equals(texts.get(0)) && watch.token.equals(texts.get(1)))) {
            throw new StoreError("ENOENT");
        }
        return OK;
    }

    // ---- what requests are made of

    /** The texts of a payload, each ended by a NUL; so many, or any number when 0 is said. */
    private static List<String> texts(byte[] payload, int count) throws StoreError {
        if (payload.length == 0 || payload[payload.length - 1] != 0) {
            throw new StoreError("EINVAL");
        }
        String all = new String(payload, 0, payload.length - 1, StandardCharsets.ISO_8859_1);
        List<String> texts = List.of(all.split("\0", -1));
        if (count != 0 && texts.size() < count) {
            throw new StoreError("EINVAL");
        }
        return texts;
    }

    private static String text(byte[] payload) throws StoreError {
        return texts(payload, 1).get(0);
    }

    private String path(byte[] payload) throws StoreError {
        String path = StorePath.absolute(text(payload), domid);
        if (path == null) {
            throw new StoreError("EINVAL");
        }
        return path;
    }

    private static int number(byte[] payload) throws StoreError {
        String text = text(payload);
        if (!text.matches("[0-9]{1,5}")) {
            throw new StoreError("EINVAL");
        }
        return Integer.parseInt(text);
    }
}

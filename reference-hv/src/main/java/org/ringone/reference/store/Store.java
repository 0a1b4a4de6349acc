package org.ringone.reference.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The store of a machine: the tree, and who wants to hear of changes. */
public final class Store {

    private static final int SYSTEM = 0;

    private final StoreRules rules;
    private StoreNode root = StoreNode.empty(Permissions.of('r', SYSTEM));
    private long generation;
    private final List<StoreConnection> connections = new ArrayList<>();

    public Store(StoreRules rules) {
        this.rules = rules;
    }

    /** The same store in a forked machine, with the connections that the domains there give it. */
    public Store fork() {
        Store fork = new Store(rules);
        fork.root = root;
        fork.generation = generation;
        return fork;
    }

    StoreRules rules() {
        return rules;
    }

    StoreNode root() {
        return root;
    }

    /** Grows with every change. */
    long generation() {
        return generation;
    }

    void setRoot(StoreNode changed) {
        root = changed;
        generation++;
    }

    void add(StoreConnection connection) {
        connections.add(connection);
    }

    void remove(StoreConnection connection) {
        connections.remove(connection);
    }

    /** Tells everybody who watches a path, or one above it, that something there has changed. */
    void changed(String path) {
        for (StoreConnection connection : connections) {
            connection.changed(path);
        }
    }

    /** Writes a value for the system, which may do so, with the nodes on the way to it. */
    public void put(String path, String value) {
        put(path, value, null);
    }

    private void put(String path, String value, Permissions permissions) {
        List<String> parts = StorePath.parts(path);
        StoreNode tree = root;
        for (int i = 1; i <= parts.size(); i++) {
            List<String> part = parts.subList(0, i);
            if (tree.at(part) == null) {
                tree = tree.with(
                        part, StoreNode.empty(tree.at(parts.subList(0, i - 1)).permissions()));
            }
        }
        StoreNode node = tree.at(parts).withValue(value.getBytes(StandardCharsets.ISO_8859_1));
        setRoot(tree.with(parts, permissions == null ? node : node.withPermissions(permissions)));
        changed(path);
    }

    /** Makes the home of a domain, which is the domain's own. */
    public void makeHome(int domid) {
        put(StorePath.home(domid), "", Permissions.of('n', domid));
        changed("@introduceDomain");
    }

    /** Takes a domain's home away. */
    public void removeHome(int domid) {
        List<String> home = StorePath.parts(StorePath.home(domid));
        if (root.at(home) != null) {
            setRoot(root.with(home, null));
            changed(StorePath.home(domid));
            changed("@releaseDomain");
        }
    }
}
